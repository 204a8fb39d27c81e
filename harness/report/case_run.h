// case_run.h: the answers of one case under one or more option sets, grouped for showing.
#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/load/workspace.h"
#include "compiler/reference/evaluate.h"
#include "runtime/base/case.h"

namespace proviso::report {

/// What `proviso run` found. `outcomes[s][d]` is the answer of the case's decision `d` under `option_sets[s]`.
struct CaseRun {
  const check::CheckedDraft* draft = nullptr;
  const Case* facts = nullptr;
  std::vector<check::OptionSet> option_sets;  // those asked about, at least one
  std::vector<check::DecisionId> decisions;   // of the case, in the order of the text
  std::vector<std::vector<reference::Outcome>> outcomes;
  std::vector<std::size_t> shown;  // indices into `decisions`
};

/// The decisions of the case, in the order in which the evaluator answers.
[[nodiscard]] std::vector<check::DecisionId> DecisionsOfCase(const check::CheckedDraft& draft);

/// Reports each reason for which a shown decision has no outcome under some option set.
void ReportNoOutcomes(const CaseRun& run, diagnostics::DiagnosticSink& sink);

/// Option sets under which the shown decisions that a group is about have one and the same answer.
struct AnswerGroup {
  std::vector<std::size_t> option_sets;  // indices into `CaseRun::option_sets`, ascending; never empty
  std::string where;                     // in words; empty where these are all of them
};

/// The groups of one decision (index into `CaseRun::decisions`): determined answers first, the strongest outcome
/// before weaker ones, then the undetermined, then those without an outcome.
[[nodiscard]] std::vector<AnswerGroup> GroupsOfDecision(const CaseRun& run, std::size_t decision);

/// Option sets that agree on all shown decisions, in the order of the option sets.
[[nodiscard]] std::vector<AnswerGroup> GroupsOfAllShown(const CaseRun& run);

/// The paragraphs of the rules that decide under the option sets of `group`, each once.
[[nodiscard]] std::vector<Citation> DecidingCites(const CaseRun& run, std::size_t decision, const AnswerGroup& group);

/// Facts that the answers of `group` turned on, each once: unknown ones, or those whose value was assumed.
[[nodiscard]] std::vector<reference::MissingFact> MissingFacts(const CaseRun& run, std::size_t decision,
                                                               const AnswerGroup& group);
[[nodiscard]] std::vector<reference::MissingFact> AssumedFacts(const CaseRun& run, std::size_t decision,
                                                               const AnswerGroup& group);

/// `prohibited`, `undetermined`, `no outcome`.
[[nodiscard]] std::string AnswerText(const CaseRun& run, std::size_t decision, const reference::Outcome& outcome);

/// The possible outcomes of an undetermined answer as the language writes them, strongest first where they are ordered.
[[nodiscard]] std::vector<std::string> PossibleTexts(const CaseRun& run, std::size_t decision,
                                                     const reference::Outcome& outcome);

}  // namespace proviso::report
