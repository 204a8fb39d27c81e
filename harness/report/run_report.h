// run_report.h: the answers of one case, for people and for programs (JSON shape: README.md).
#pragma once

#include <string>
#include <vector>

#include "compiler/reference/evaluate.h"
#include "compiler/source/source_files.h"
#include "harness/report/case_run.h"
#include "harness/report/style.h"
#include "harness/report/what_if_report.h"

namespace proviso::report {

/// Every shown decision: its outcome, or its outcomes by option sets, each with what it rests on or waits for.
[[nodiscard]] std::string RunText(const CaseRun& run, const Style& style);

/// One group of option sets, and for every shown decision its answer there and the explanation under the example.
struct ExplainedGroup {
  struct Decision {
    AnswerGroup answer;
    reference::Explanation explanation;
  };
  AnswerGroup group;
  std::vector<Decision> decisions;  // as in `CaseRun::decisions`
};

/// Option sets that agree on all decisions shown, group by group; without an outcome.
[[nodiscard]] std::vector<AnswerGroup> AgreeingGroups(const CaseRun& run);

/// Explains every decision under each of these groups.
[[nodiscard]] std::vector<ExplainedGroup> Explain(const CaseRun& run);

/// The explanations of the shown decisions, group by group.
[[nodiscard]] std::string ExplanationText(const CaseRun& run, const std::vector<ExplainedGroup>& groups,
                                          const Style& style);

/// `explained` and `what_if` are empty where they were not asked for; `diagnostics` is a JSON array.
[[nodiscard]] std::string RunJson(const CaseRun& run, const std::vector<ExplainedGroup>& explained,
                                  const std::vector<WhatIfGroup>& what_if, const source::SourceFiles& files,
                                  const std::string& diagnostics);

}  // namespace proviso::report
