#include "compiler/reference/evaluate.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <ranges>
#include <utility>

#include "compiler/reference/evaluator.h"

namespace proviso::reference {
namespace {

using check::CheckedDraft;
using check::DecisionId;
using check::RuleId;

std::vector<RuleId> DecidingRules(const CheckedDraft& draft, DecisionId decision, Evaluator& evaluator) {
  std::vector<RuleId> deciding;
  std::ranges::copy_if(draft.decisions[decision].rules, std::back_inserter(deciding),
                       [&](RuleId rule) { return evaluator.Decides(rule, evaluator.CaseScope()).Is(true); });
  return deciding;
}

Outcome EvaluateDecision(const CheckedDraft& draft, DecisionId decision, Evaluator& evaluator) {
  const Possible result = evaluator.Outcome(decision, evaluator.CaseScope());
  Outcome outcome;
  outcome.assumed = evaluator.AssumedRead();
  if (result.IsFailed()) {
    outcome.error = *result.error;
    return outcome;
  }
  outcome.possible.assign(result.values.begin(), result.values.end());
  std::ranges::sort(outcome.possible, [](const Value& left, const Value& right) { return left < right; });
  outcome.determined = result.IsKnown();
  outcome.deciding = DecidingRules(draft, decision, evaluator);
  outcome.missing = evaluator.Missing(result);
  return outcome;
}

/// The entities of the case that can be reached from its root.
std::vector<InstanceId> Reachable(const Case& facts) {
  std::vector<InstanceId> reached = {facts.root};
  for (std::size_t next = 0; next < reached.size(); ++next) {
    for (const FactState& state : facts.instances[reached[next]].facts) {
      if (!state.value) continue;
      if (const auto* entity = std::get_if<EntityValue>(&*state.value)) reached.push_back(entity->instance);
      const auto* list = std::get_if<ListValue>(&*state.value);
      if (list != nullptr) reached.insert(reached.end(), list->elements.begin(), list->elements.end());
    }
  }
  return reached;
}

}  // namespace

const Outcome& Answers::Of(DecisionId decision, const check::OptionSet& options) {
  std::deque<Known>& known = known_[decision.Index()];
  for (const Known& each : known) {
    const auto alike = [&](unsigned option) { return each.options[option] == options[option]; };
    if (llvm::all_of(each.asked.set_bits(), alike)) return each.outcome;
  }
  Evaluator evaluator(draft_, facts_, options);
  Outcome outcome = EvaluateDecision(draft_, decision, evaluator);
  return known.emplace_back(evaluator.OptionsAsked(), options, std::move(outcome)).outcome;
}

Outcome EvaluateDecision(const CheckedDraft& draft, DecisionId decision, const Case& facts,
                         const check::OptionSet& options) {
  Evaluator evaluator(draft, facts, options);
  return EvaluateDecision(draft, decision, evaluator);
}

std::vector<Outcome> Evaluate(const CheckedDraft& draft, const Case& facts, const check::OptionSet& options) {
  std::vector<Outcome> outcomes;
  for (const DecisionId decision : draft.DecisionsOfCase()) {
    // Each decision is asked anew, so that the assumed facts it read are its own.
    outcomes.push_back(EvaluateDecision(draft, decision, facts, options));
  }
  return outcomes;
}

std::optional<bool> Holds(const CheckedDraft& draft, check::ExprId condition, const Case& facts,
                          const check::OptionSet& options) {
  Evaluator evaluator(draft, facts, options);
  const Possible said = evaluator.Evaluate(condition, evaluator.CaseScope());
  if (!said.IsKnown()) return std::nullopt;
  return said.Is(true);
}

std::optional<bool> HoldsOf(const CheckedDraft& draft, check::TermId term, InstanceId entity, const Case& facts,
                            const check::OptionSet& options) {
  Evaluator evaluator(draft, facts, options);
  const Possible said = evaluator.Evaluate(draft.terms[term].body, evaluator.CaseScope().At(entity));
  if (!said.IsKnown()) return std::nullopt;
  return said.Is(true);
}

bool HoldsUnder(const CheckedDraft& draft, check::ExprId condition, const check::OptionSet& options) {
  const Case nothing = EmptyCase(*draft.vocabulary);
  Evaluator evaluator(draft, nothing, options);
  return evaluator.Evaluate(condition, evaluator.CaseScope()).Is(true);
}

std::vector<BrokenAssumption> BrokenAssumptions(const CheckedDraft& draft, const Case& facts) {
  const check::OptionSet no_options(draft.options.size());
  Evaluator evaluator(draft, facts, no_options);
  const std::vector<InstanceId> reachable = Reachable(facts);
  std::vector<BrokenAssumption> broken;
  for (std::size_t i = 0; i < draft.assumptions.size(); ++i) {
    const check::Assumption& assumption = draft.assumptions[i];
    for (const InstanceId instance : reachable) {
      if (assumption.of ? facts.instances[instance].entity != *assumption.of : instance != facts.root) continue;
      Scope scope = evaluator.CaseScope();
      scope.self = instance;
      if (evaluator.Evaluate(assumption.condition, scope).Is(false)) broken.push_back({i, instance});
    }
  }
  return broken;
}

}  // namespace proviso::reference
