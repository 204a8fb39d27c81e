// diff_scenarios.h: a comparison's regions as scenarios.
#pragma once

#include <array>
#include <string>

#include "cli/terminal.h"
#include "harness/compare/compare.h"

namespace proviso::cli {

/// One of the two that are compared, as it was loaded; its path is empty where a suite cannot name it.
struct DiffSource {
  std::shared_ptr<const check::CheckedDraft> draft;
  std::string path;
};

/// Adds the case of each region that has one to the suite at `path`, or makes it, with what either draft says of it,
/// for a person to judge. Says how many were added, or why it could not be done; whether it could.
bool WriteRegions(const compare::Comparisons& comparisons, std::array<DiffSource, 2> sources, const std::string& path,
                  Terminal& terminal);

}  // namespace proviso::cli
