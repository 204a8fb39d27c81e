// case_answers.h: the answers for one case that expectations are held against.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "compiler/lower/answer.h"
#include "compiler/reference/evaluate.h"
#include "harness/test/compiled.h"
#include "runtime/base/case.h"

namespace proviso::test {

/// Answers are found when they are asked for. What three-valued logic settles is as it says; where it leaves a decision
/// undetermined, the decision graph says what is really possible and which facts it turns on.
class CaseAnswers {
 public:
  /// `facts`, and what the draft was compiled to, if it was, must outlive the answers.
  CaseAnswers(std::shared_ptr<const check::CheckedDraft> draft, const Case& facts, const Compiled* compiled = nullptr)
      : draft_(std::move(draft)), facts_(facts), plain_(*draft_, facts) {
    if (compiled != nullptr) walked_.emplace(*compiled, facts);
  }

  /// Of a decision of the case, not one `of` another entity. The reference stays good.
  [[nodiscard]] const reference::Outcome& Of(check::DecisionId decision, const check::OptionSet& options);

  /// The same, but of what is determined perhaps without what decided it: the quickest there is.
  [[nodiscard]] const reference::Outcome& OutcomeOf(check::DecisionId decision, const check::OptionSet& options);

 private:
  [[nodiscard]] lower::Answer& GraphOf(check::DecisionId decision);

  std::shared_ptr<const check::CheckedDraft> draft_;
  const Case& facts_;
  reference::Answers plain_;
  std::optional<CompiledCase> walked_;
  std::map<check::DecisionId, lower::Answer> by_graph_;
};

}  // namespace proviso::test
