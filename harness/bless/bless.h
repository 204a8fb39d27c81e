// bless.h: changes that were taken → the new texts of a suite's files, held against what they were to be.
#pragma once

#include <string>
#include <vector>

#include "harness/bless/change.h"

namespace proviso::bless {

struct NewText {
  std::string path;
  std::string text;
};

struct Blessed {
  std::vector<NewText> files;
  std::string refusal;  // why nothing is to be written; no files then
};

/// The suite is read and run once more with the changes made. Refused where that does not come to exactly the failures
/// of before without those of the changes, and as many expectations. `result` is what `options` gave.
[[nodiscard]] Blessed Bless(load::Workspace& workspace, const scenario::Suite& suite, const test::SuiteResult& result,
                            const test::RunOptions& options, const std::vector<Change>& taken);

}  // namespace proviso::bless
