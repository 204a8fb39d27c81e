// case_run.h: the answers of one case for all option sets asked about, grouped for showing.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/lower/answer.h"
#include "compiler/reference/evaluate.h"
#include "runtime/base/case.h"

namespace proviso::report {

/// Option sets under which a decision, or all shown ones, have one and the same answer.
struct AnswerGroup {
  std::string where;                                          // in words; empty where these are all of them
  std::vector<lower::OptionProduct> where_products;           // the same for programs
  Exact option_sets;                                          // how many
  check::OptionSet example;                                   // one of them
  reference::Outcome outcome;                                 // of one decision's group
  bool is_settled = true;                                     // see lower::AnswerGroup
  std::vector<std::pair<Value, lower::Witness>> completions;  // the same; in the order of `PossibleTexts`
};

/// What `proviso run` found.
struct CaseRun {
  std::shared_ptr<const check::CheckedDraft> draft;
  const Case* facts = nullptr;
  std::shared_ptr<lower::Answer> answer;
  Exact option_sets;  // how many were asked about
  struct Decision {
    check::DecisionId id;
    /// Determined answers first, the strongest outcome before weaker ones, then the undetermined, then those without.
    std::vector<AnswerGroup> groups;
  };
  std::vector<Decision> decisions;  // those shown, in the order of the text
};

/// The answer, which is not too large and has an option set, in groups for showing.
[[nodiscard]] CaseRun GroupAnswers(const std::shared_ptr<lower::Answer>& answer,
                                   const std::shared_ptr<const check::CheckedDraft>& draft, const Case& facts);

/// Reports each reason for which a decision has no outcome under some option set.
void ReportNoOutcomes(const CaseRun& run, diagnostics::DiagnosticSink& sink);

/// The paragraphs of the rules that decide, each once.
[[nodiscard]] std::vector<Citation> DecidingCites(const CaseRun& run, const reference::Outcome& outcome);

/// `prohibited`, `undetermined`, `no outcome`.
[[nodiscard]] std::string AnswerText(const CaseRun& run, const CaseRun::Decision& decision,
                                     const reference::Outcome& outcome);

/// The possible outcomes of an undetermined answer as the language writes them, strongest first where they are ordered.
[[nodiscard]] std::vector<std::string> PossibleTexts(const CaseRun& run, const CaseRun::Decision& decision,
                                                     const reference::Outcome& outcome);

}  // namespace proviso::report
