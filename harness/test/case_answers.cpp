#include "harness/test/case_answers.h"

namespace proviso::test {

const reference::Outcome& CaseAnswers::Of(check::DecisionId decision, const check::OptionSet& options) {
  const reference::Outcome& plain = plain_.Of(decision, options);
  if (plain.determined || plain.error) return plain;
  lower::Answer& answer = GraphOf(decision);
  if (answer.TooLargeAt()) return plain;
  const lower::AnswerGroup* const group = answer.GroupOf(answer.Decisions().front(), options);
  return group != nullptr ? group->outcome : plain;
}

const reference::Outcome& CaseAnswers::OutcomeOf(check::DecisionId decision, const check::OptionSet& options) {
  const reference::Outcome* const walked = walked_ ? walked_->Of(decision, options) : nullptr;
  return walked != nullptr ? *walked : Of(decision, options);
}

lower::Answer& CaseAnswers::GraphOf(check::DecisionId decision) {
  const auto found = by_graph_.find(decision);
  if (found != by_graph_.end()) return found->second;
  return by_graph_
      .try_emplace(decision, draft_, facts_, llvm::ArrayRef<lower::OptionProduct>(), llvm::ArrayRef(decision))
      .first->second;
}

}  // namespace proviso::test
