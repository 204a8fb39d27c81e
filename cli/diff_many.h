// diff_many.h: `proviso diff` of more than two drafts.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"

namespace proviso::cli {

struct DiffMany {
  std::vector<std::string> files;
  std::string baseline;  // the name of one of the drafts; the first where empty
  std::string decision;  // all where empty
  std::vector<std::string> renames;
  std::size_t limit;  // of parts that are shown
  std::size_t max_nodes;
};

[[nodiscard]] Status DiffDrafts(const DiffMany& arguments, Terminal& terminal);

}  // namespace proviso::cli
