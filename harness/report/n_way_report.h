// n_way_report.h: several drafts against one of them (JSON shape: README.md).
#pragma once

#include <string>
#include <vector>

#include "harness/compare/n_way.h"
#include "harness/report/style.h"

namespace proviso::report {

struct NWayRun {
  std::vector<compare::Side> sides;
  std::size_t baseline = 0;  // which of them the others are held against
  std::vector<compare::Parting> decisions;
};

/// Of each decision a row for each part of the cases in which the drafts are not alike, the baseline's outcome first,
/// what is alike with it as `=`, and a case; of rows at most `limit`.
[[nodiscard]] std::string NWayText(const NWayRun& run, std::size_t limit, const Style& style);
[[nodiscard]] std::string NWayJson(const NWayRun& run, const std::string& diagnostics);
/// Whether all decisions are proved to be alike in all drafts.
[[nodiscard]] bool AreAlike(const NWayRun& run);

}  // namespace proviso::report
