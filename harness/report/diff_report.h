// diff_report.h: what changes between two drafts, as text and JSON.
#pragma once

#include <cstddef>
#include <string>

#include "harness/compare/compare.h"
#include "harness/report/style.h"

namespace proviso::report {

/// Per decision the verdict, then at most `limit` regions; how many are not shown is said.
[[nodiscard]] std::string DiffText(const compare::Comparisons& comparisons, std::size_t limit, const Style& style);

/// The same for programs: see README.md.
[[nodiscard]] std::string DiffJson(const compare::Comparisons& comparisons, const std::string& diagnostics);

/// Whether every decision is proved to be identical, and both sides have the same decisions.
[[nodiscard]] bool AreEqual(const compare::Comparisons& comparisons);

}  // namespace proviso::report
