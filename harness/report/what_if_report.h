// what_if_report.h: what else a case could come to (JSON shape: README.md).
#pragma once

#include <string>
#include <vector>

#include "harness/change/what_if.h"
#include "harness/report/case_run.h"
#include "harness/report/json.h"
#include "harness/report/style.h"

namespace proviso::report {

/// What else the decisions of a case could come to, under option sets that agree on all of them.
struct WhatIfGroup {
  std::string where;       // in words; empty where these are all that were asked about
  check::OptionSet under;  // the one of them that was looked at
  bool is_one = true;      // there is no other
  std::vector<change::Counterfactual> decisions;
};

/// For every decision: what blocks an outcome, where that was asked; the nearest changes to others; how far numbers are
/// from their thresholds.
[[nodiscard]] std::string WhatIfText(const CaseRun& run, const std::vector<WhatIfGroup>& groups, const Style& style);

/// The same, as the array `what_if`.
void WriteWhatIf(llvm::json::OStream& json, const CaseRun& run, const std::vector<WhatIfGroup>& groups,
                 const source::SourceFiles& files);

/// How much more or less: `0.5 of it`, `3 steps less`; empty of what is not counted.
[[nodiscard]] std::string HowFarText(const Vocabulary& words, const change::FactChange& change);
/// As an object.
void WriteFactChange(llvm::json::OStream& json, const Vocabulary& words, const change::FactChange& fact);

/// `target.country: china → other`; of a number with how much more or less that is.
[[nodiscard]] std::string FactChangeText(const Vocabulary& words, const change::FactChange& change);

}  // namespace proviso::report
