// diff_over_report.h: which cases change from one draft to another (JSON shape: README.md).
#pragma once

#include <string>

#include "harness/compare/over_cases.h"
#include "harness/report/style.h"

namespace proviso::report {

/// Of each decision how many cases change, then each change of outcome with the cases by name; of a list at most
/// `limit`.
[[nodiscard]] std::string DiffOverText(const compare::ComparisonOver& over, std::size_t limit, const Style& style);
[[nodiscard]] std::string DiffOverJson(const compare::ComparisonOver& over, const std::string& diagnostics);

}  // namespace proviso::report
