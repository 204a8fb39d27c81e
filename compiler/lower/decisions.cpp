// Rules, exceptions and what a decision comes to: as the reference evaluator has them, for all cases at once.
#include <algorithm>

#include "compiler/lower/lists.h"
#include "compiler/lower/lowerer.h"

namespace proviso::lower {
namespace {

using check::Rule;
using check::RuleId;
using evaluate::NoOutcome;
using evaluate::Nothing;
using syntax::HitPolicy;

bool IsDecisionWide(const Rule& rule) { return rule.is_exception && !rule.except_to; }

std::vector<RuleId> Select(const check::CheckedDraft& draft, check::DecisionId decision, bool exceptions) {
  std::vector<RuleId> selected;
  std::ranges::copy_if(draft.decisions[decision].rules, std::back_inserter(selected), [&](RuleId id) {
    const Rule& rule = draft.rules[id];
    return exceptions ? IsDecisionWide(rule) : !rule.is_exception;
  });
  return selected;
}

HitPolicy PolicyOf(const check::Decision& decision) { return decision.policy.value_or(HitPolicy::kFirstWins); }

}  // namespace

NodeId Lowerer::Fires(RuleId id, const Scope& scope) {
  return Remember(fires_, std::pair(id, scope), [&] {
    const Rule& rule = draft_.rules[id];
    NodeId fires = graph_.Yes();
    if (rule.under) {
      const auto [option, alternative] = *rule.under;
      const auto chosen = Chosen(option, scope.context);
      if (chosen && *chosen != alternative) return graph_.No();
      if (!chosen) fires = graph_.InCells(OptionVariable(option), alternative, alternative + 1);
    }
    NodeId holds = Node(rule.condition, scope);
    for (const RuleId exception : rule.exceptions) holds = graph_.And(holds, graph_.Not(Fires(exception, scope)));
    return graph_.And(holds, fires);
  });
}

NodeId Lowerer::Decides(RuleId id, const Scope& scope) {
  const Rule& rule = draft_.rules[id];
  if (rule.except_to) return graph_.No();
  const bool first_wins = PolicyOf(draft_.decisions[rule.decision]) == HitPolicy::kFirstWins;
  NodeId decides = Fires(id, scope);
  const auto add_before = [&](const std::vector<RuleId>& rules) {
    for (const RuleId other : rules) {
      if (other == id) break;
      decides = graph_.And(decides, graph_.Not(Fires(other, scope)));
    }
  };
  add_before(Select(draft_, rule.decision, true));
  if (rule.is_exception) return decides;
  if (first_wins) {
    add_before(Select(draft_, rule.decision, false));
    return decides;
  }
  const NodeId is_outcome =
      graph_.Combine(Node(*rule.value, scope), RulesOrOtherwise(rule.decision, scope), [&](NodeId one, NodeId other) {
        const bool is_failed = std::holds_alternative<NoOutcome>(space_.LeafOf(other));
        if (one == other && !is_failed) return graph_.Yes();
        return Compare(space_, Relation::kEqual, one, other);
      });
  return graph_.And(decides, is_outcome);
}

Symbol Lowerer::Outcome(check::DecisionId id, const Scope& scope) {
  return {Remember(decided_, std::pair(id, scope), [&] { return Decide(id, scope); }), {}};
}

NodeId Lowerer::Decide(check::DecisionId id, const Scope& scope) {
  return FirstThatFires(Select(draft_, id, true), RulesOrOtherwise(id, scope), scope);
}

NodeId Lowerer::RulesOrOtherwise(check::DecisionId id, const Scope& scope) {
  return Remember(rules_, std::pair(id, scope), [&] {
    const check::Decision& decision = draft_.decisions[id];
    const NodeId otherwise =
        decision.otherwise ? Node(*decision.otherwise, scope) : space_.Terminal(NoOutcome{Failure::kGap, id.Index()});
    if (PolicyOf(decision) == HitPolicy::kFirstWins) return FirstThatFires(Select(draft_, id, false), otherwise, scope);
    const NodeId nothing = space_.Terminal(Nothing{});
    const NodeId outcome = AllThatFire(id, scope);
    const NodeId is_open = graph_.Replace(outcome, [&](NodeId leaf) {
      if (std::holds_alternative<NoOutcome>(space_.LeafOf(leaf))) return leaf;
      return leaf == nothing ? graph_.Yes() : graph_.No();
    });
    return graph_.IfThenElse(is_open, otherwise, outcome);
  });
}

NodeId Lowerer::FirstThatFires(const std::vector<RuleId>& rules, NodeId otherwise, const Scope& scope) {
  NodeId result = otherwise;
  for (auto rule = rules.rbegin(); rule != rules.rend(); ++rule) {
    result = graph_.IfThenElse(Fires(*rule, scope), Node(*draft_.rules[*rule].value, scope), result);
  }
  return result;
}

NodeId Lowerer::AllThatFire(check::DecisionId id, const Scope& scope) {
  const bool strictest = PolicyOf(draft_.decisions[id]) == HitPolicy::kStrictestWins;
  const NodeId nothing = space_.Terminal(Nothing{});
  const NodeId disagreement = space_.Terminal(NoOutcome{Failure::kDisagreement, id.Index()});
  NodeId outcome = nothing;
  for (const RuleId rule : Select(draft_, id, false)) {
    const check::ExprId value_id = *draft_.rules[rule].value;
    const NodeId value = Node(value_id, scope);
    const auto join = [&](NodeId before, NodeId added) {
      if (before == nothing) return added;
      if (strictest) return Operate(space_, Quantity::Operation::kGreatest, draft_[value_id], before, added);
      if (before == added || std::holds_alternative<NoOutcome>(space_.LeafOf(before))) return before;
      // Two outcomes that are both `none` are one; a comparison would not say so.
      const NodeId same = graph_.Or(Compare(space_, Relation::kEqual, before, added),
                                    graph_.And(IsNone(space_, before), IsNone(space_, added)));
      return graph_.IfThenElse(same, before, disagreement);
    };
    outcome = graph_.IfThenElse(Fires(rule, scope), graph_.Combine(outcome, value, join), outcome);
  }
  return outcome;
}

}  // namespace proviso::lower
