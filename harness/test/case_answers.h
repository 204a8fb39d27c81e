// case_answers.h: the answers for one case that expectations are held against.
#pragma once

#include <map>
#include <memory>
#include <utility>

#include "compiler/lower/answer.h"
#include "compiler/reference/evaluate.h"
#include "runtime/base/case.h"

namespace proviso::test {

/// Answers are found when they are asked for. What three-valued logic settles is as it says; where it leaves a decision
/// undetermined, the decision graph says what is really possible and which facts it turns on.
class CaseAnswers {
 public:
  /// `facts` must outlive the answers.
  CaseAnswers(std::shared_ptr<const check::CheckedDraft> draft, const Case& facts)
      : draft_(std::move(draft)), facts_(facts), plain_(*draft_, facts) {}

  /// Of a decision of the case, not one `of` another entity. The reference stays good.
  [[nodiscard]] const reference::Outcome& Of(check::DecisionId decision, const check::OptionSet& options);

 private:
  [[nodiscard]] lower::Answer& GraphOf(check::DecisionId decision);

  std::shared_ptr<const check::CheckedDraft> draft_;
  const Case& facts_;
  reference::Answers plain_;
  std::map<check::DecisionId, lower::Answer> by_graph_;
};

}  // namespace proviso::test
