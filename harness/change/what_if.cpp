#include "harness/change/what_if.h"

#include <llvm/ADT/STLExtras.h>

#include "compiler/reference/evaluate.h"

namespace proviso::change {

Counterfactual WhatIf::Of(check::DecisionId decision, const Case& facts, const check::OptionSet& options,
                          const std::optional<Value>& why_not) {
  Counterfactual found{.decision = decision};
  const reference::Outcome said = reference::EvaluateDecision(*draft_, decision, facts, options);
  const bool is_known = said.determined && !said.error;
  const Type& type = draft_->decisions[decision].type;
  found.outcome = said.error ? "no outcome"
                  : is_known ? ValueToText(*draft_->vocabulary, type, said.value())
                             : "undetermined";
  found.distances = reference::Distances(*draft_, decision, facts, options);
  std::unique_ptr<Nearest>& nearest = nearest_[decision];
  if (is_known && nearest == nullptr) nearest = std::make_unique<Nearest>(draft_, decision);
  std::vector<Value> wanted;
  if (why_not) {
    wanted = {*why_not};
  } else if (nearest != nullptr) {
    wanted = nearest->Outcomes();
  }
  for (const Value& value : wanted) {
    if (is_known && value == said.value()) continue;
    Counterfactual::Other& other = found.others.emplace_back();
    other.outcome = value;
    if (why_not) other.why_not = reference::WhyNot(*draft_, decision, value, facts, options);
    const auto may_change = [](InstanceId, FactId) { return true; };
    if (is_known) other.changes = nearest->Find({facts, options}, value, may_change, kShown);
  }
  return found;
}

}  // namespace proviso::change
