// diff_report.h: what changes between two drafts, as text and JSON.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <cstddef>
#include <string>

#include "harness/compare/compare.h"
#include "harness/report/json.h"
#include "harness/report/style.h"

namespace proviso::report {

struct DiffShown {
  std::size_t limit = 12;  // regions of a decision; how many are not shown is said
  bool terms = false;      // where terms differ, not only which
};

/// Per decision the verdict, then regions; then the terms that it comes from.
[[nodiscard]] std::string DiffText(const compare::Comparisons& comparisons, const DiffShown& shown, const Style& style);

/// The same for programs: see README.md.
[[nodiscard]] std::string DiffJson(const compare::Comparisons& comparisons, const std::string& diagnostics);

/// Whether every decision is proved to be identical, and both sides have the same decisions.
[[nodiscard]] bool AreEqual(const compare::Comparisons& comparisons);

// ---- Parts, for other reports that are made of comparisons -----------------------------------------------------

/// What is said of a region, by its place, instead of its case.
using MoreOfRegion = llvm::function_ref<std::string(std::size_t)>;
[[nodiscard]] std::string RegionsText(const compare::Comparison& comparison, const compare::Difference& difference,
                                      std::size_t limit, const Style& style, MoreOfRegion more);
/// The attribute `regions`; `more` writes what is said of each instead of its case.
void WriteRegions(llvm::json::OStream& json, const compare::Comparison& comparison,
                  const compare::Difference& difference, llvm::function_ref<void(std::size_t)> more);

}  // namespace proviso::report
