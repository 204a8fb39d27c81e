// compare.h: one expectation against one answer.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "compiler/reference/evaluate.h"
#include "harness/scenario/suite.h"
#include "harness/test/case_answers.h"

namespace proviso::test {

/// Expected and got, where they differ, in the language's words.
struct Mismatch {
  std::string expected;
  std::string got;
};

/// `prohibited`, `undetermined, prohibited or notifiable`, or why there is no outcome.
[[nodiscard]] std::string OutcomeText(const check::CheckedDraft& draft, check::DecisionId decision,
                                      const reference::Outcome& outcome);

[[nodiscard]] std::optional<Mismatch> Compare(const check::CheckedDraft& draft, const Case& facts,
                                              const scenario::DecisionExpectation& expected,
                                              const reference::Outcome& outcome);

/// Whether each paragraph of the clause's `because` is among those that decide one of its decisions.
[[nodiscard]] std::optional<Mismatch> CompareBecause(const check::CheckedDraft& draft, const scenario::Clause& clause,
                                                     const check::OptionSet& option_set, CaseAnswers& answers);

}  // namespace proviso::test
