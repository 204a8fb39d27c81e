// sweep_report.h: what a draft's options change, over given cases or all, for people and programs (JSON: README.md).
#pragma once

#include <string>

#include "harness/report/style.h"
#include "harness/sweep/over_cases.h"

namespace proviso::report {

/// Of each decision: a row for each group of option sets with the counts, a matrix of the cases that an option changes,
/// and break-even by option. Of a list of cases at most `limit`, the others counted.
[[nodiscard]] std::string OverCasesText(const sweep::OverCases& over, std::size_t limit, const Style& style);

[[nodiscard]] std::string OverCasesJson(const sweep::OverCases& over, const std::string& diagnostics);

/// A row a case of the one decision, a column a group of option sets.
[[nodiscard]] std::string OverCasesCsv(const sweep::OverCases& over);

}  // namespace proviso::report
