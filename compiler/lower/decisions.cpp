// Rules, exceptions and what a decision comes to: as the reference evaluator has them, for all cases at once.
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/lower/lists.h"
#include "compiler/lower/lowerer.h"

namespace proviso::lower {
namespace {

using check::Rule;
using check::RuleId;
using evaluate::NoOutcome;
using evaluate::Nothing;
using syntax::HitPolicy;

}  // namespace

bool Lowerer::AddConjuncts(check::ExprId id, const Scope& scope, std::vector<NodeId>& conjuncts) {
  if (draft_[id].op == check::Op::kAnd)
    return llvm::all_of(draft_[id].operands,
                        [&](check::ExprId operand) { return AddConjuncts(operand, scope, conjuncts); });
  conjuncts.push_back(Node(id, scope));
  return !IsDecided(conjuncts.back(), graph_.No());
}

std::vector<NodeId> Lowerer::Conjuncts(RuleId id, const Scope& scope) {
  const Rule& rule = draft_.rules[id];
  std::vector<NodeId> conjuncts;
  if (rule.under) {
    const auto [option, alternative] = *rule.under;
    const auto chosen = Chosen(option, scope.context);
    if (chosen && *chosen != alternative) return {graph_.No()};
    if (!chosen) conjuncts.push_back(graph_.InCells(OptionVariable(option), alternative, alternative + 1));
  }
  if (!AddConjuncts(rule.condition, scope, conjuncts)) return {graph_.No()};
  for (const RuleId exception : rule.exceptions) {
    conjuncts.push_back(graph_.Not(Fires(exception, scope)));
    if (IsDecided(conjuncts.back(), graph_.No())) return {graph_.No()};
  }
  return conjuncts;
}

NodeId Lowerer::AllOf(const std::vector<NodeId>& conjuncts) {
  NodeId all = graph_.Yes();
  for (const NodeId conjunct : conjuncts) all = graph_.And(all, conjunct);
  return all;
}

NodeId Lowerer::Fires(RuleId id, const Scope& scope) {
  return Remember(fires_, std::pair(id, scope), [&] { return AllOf(Conjuncts(id, scope)); });
}

NodeId Lowerer::Decides(RuleId id, const Scope& scope) {
  const Rule& rule = draft_.rules[id];
  if (rule.except_to) return graph_.No();
  const bool first_wins = draft_.decisions[rule.decision].Policy() == HitPolicy::kFirstWins;
  NodeId decides = Fires(id, scope);
  const auto add_before = [&](const std::vector<RuleId>& rules) {
    for (const RuleId other : rules) {
      if (other == id) break;
      decides = graph_.Without(decides, Fires(other, scope));
    }
  };
  add_before(draft_.DecisionWideExceptionsOf(rule.decision));
  if (rule.is_exception) return decides;
  if (first_wins) {
    add_before(draft_.RulesOf(rule.decision));
    return decides;
  }
  const NodeId is_outcome =
      graph_.Combine(Node(*rule.value, scope), RulesOrOtherwise(rule.decision, scope), [&](NodeId one, NodeId other) {
        const bool is_failed = std::holds_alternative<NoOutcome>(space_.LeafOf(other));
        if (one == other && !is_failed) return graph_.Yes();
        return AreSame(one, other);
      });
  return graph_.And(decides, is_outcome);
}

Symbol Lowerer::Outcome(check::DecisionId id, const Scope& scope) {
  return {Remember(decided_, std::pair(id, scope), [&] { return Decide(id, scope); }), {}};
}

NodeId Lowerer::Decide(check::DecisionId id, const Scope& scope) {
  return FirstThatFires(draft_.DecisionWideExceptionsOf(id), RulesOrOtherwise(id, scope), scope);
}

NodeId Lowerer::RulesOrOtherwise(check::DecisionId id, const Scope& scope) {
  return Remember(rules_, std::pair(id, scope), [&] {
    const check::Decision& decision = draft_.decisions[id];
    const NodeId otherwise =
        decision.otherwise ? Node(*decision.otherwise, scope) : space_.Terminal(NoOutcome{Failure::kGap, id.Index()});
    if (decision.Policy() == HitPolicy::kFirstWins) return FirstThatFires(draft_.RulesOf(id), otherwise, scope);
    const NodeId nothing = space_.Terminal(Nothing{});
    const NodeId outcome = AllThatFire(id, scope);
    const NodeId is_open = graph_.Replace(outcome, [&](NodeId leaf) {
      if (std::holds_alternative<NoOutcome>(space_.LeafOf(leaf))) return leaf;
      return leaf == nothing ? graph_.Yes() : graph_.No();
    });
    return graph_.IfThenElse(is_open, otherwise, outcome);
  });
}

// Rules of one decision share conditions (`covered and …`). What they share is taken out before they are put together,
// so that it is gone through once rather than for every rule.

std::vector<Lowerer::Firing> Lowerer::Firings(const std::vector<RuleId>& rules, const Scope& scope) {
  std::vector<Firing> firings;
  for (const RuleId rule : rules) {
    std::vector<NodeId> conjuncts = Conjuncts(rule, scope);
    if (llvm::any_of(conjuncts, [&](NodeId conjunct) { return IsDecided(conjunct, graph_.No()); })) continue;
    const check::ExprId value = *draft_.rules[rule].value;
    firings.push_back({std::move(conjuncts), Node(value, scope), value});
  }
  return firings;
}

bool Lowerer::IsPlain(NodeId condition) const { return graph_.Terminals(condition).back() <= graph::kYes; }

NodeId Lowerer::MostShared(llvm::ArrayRef<Firing> rules) const {
  std::map<NodeId, std::size_t> times;
  for (const Firing& rule : rules) {
    for (const NodeId conjunct : std::set<NodeId>(rule.conjuncts.begin(), rule.conjuncts.end())) ++times[conjunct];
  }
  NodeId most;
  std::size_t most_times = 1;
  for (const auto& [conjunct, count] : times) {
    const bool is_more = count > most_times && !graph_.IsTerminal(conjunct) && IsPlain(conjunct);
    if (!is_more) continue;
    most = conjunct;
    most_times = count;
  }
  return most;
}

NodeId Lowerer::FirstThatFires(const std::vector<RuleId>& rules, NodeId otherwise, const Scope& scope) {
  std::vector<Firing> firings = Firings(rules, scope);
  return FirstOf(firings, otherwise);
}

NodeId Lowerer::FirstOf(llvm::MutableArrayRef<Firing> rules, NodeId otherwise) {
  NodeId result = otherwise;
  while (!rules.empty()) {
    // The longest run at the end that shares a condition.
    std::size_t run = 1;
    NodeId shared;
    for (const NodeId conjunct : rules.back().conjuncts) {
      if (graph_.IsTerminal(conjunct) || !IsPlain(conjunct)) continue;
      const auto has = [&](const Firing& rule) { return llvm::is_contained(rule.conjuncts, conjunct); };
      std::size_t length = 1;
      while (length < rules.size() && has(rules[rules.size() - 1 - length])) ++length;
      if (length <= run) continue;
      run = length;
      shared = conjunct;
    }
    if (shared.IsValid()) {
      for (Firing& rule : rules.take_back(run)) std::erase(rule.conjuncts, shared);
      result = graph_.IfThenElse(shared, FirstOf(rules.take_back(run), result), result);
    } else {
      result = graph_.IfThenElse(AllOf(rules.back().conjuncts), rules.back().value, result);
    }
    rules = rules.drop_back(run);
  }
  return result;
}

NodeId Lowerer::AllThatFire(check::DecisionId id, const Scope& scope) {
  std::vector<Firing> rules = Firings(draft_.RulesOf(id), scope);
  return Joined(id, rules);
}

NodeId Lowerer::Joined(check::DecisionId id, std::vector<Firing> rules) {
  const NodeId nothing = space_.Terminal(Nothing{});
  const NodeId shared = MostShared(rules);
  if (!shared.IsValid()) {
    if (draft_.decisions[id].Policy() == HitPolicy::kStrictestWins && rules.size() > 1) return InHalves(id, rules);
    NodeId outcome = nothing;
    for (const Firing& rule : rules) {
      const NodeId with = graph_.Combine(outcome, rule.value, [&](NodeId before, NodeId added) {
        return JoinOutcomes(id, rule.value_id, before, added);
      });
      outcome = graph_.IfThenElse(AllOf(rule.conjuncts), with, outcome);
    }
    return outcome;
  }
  const auto has_shared = [&](const Firing& rule) { return llvm::is_contained(rule.conjuncts, shared); };
  const auto others = std::ranges::stable_partition(rules, has_shared);
  std::vector<Firing> rest(others.begin(), others.end());
  rules.erase(others.begin(), others.end());
  for (Firing& rule : rules) std::erase(rule.conjuncts, shared);
  const check::ExprId value_id = rules.front().value_id;
  const NodeId first = graph_.IfThenElse(shared, Joined(id, std::move(rules)), nothing);
  return graph_.Combine(first, Joined(id, std::move(rest)),
                        [&](NodeId before, NodeId added) { return JoinOutcomes(id, value_id, before, added); });
}

// One after the other would go through all that there is for every rule.
NodeId Lowerer::InHalves(check::DecisionId id, llvm::ArrayRef<Firing> rules) {
  const Firing& first = rules.front();
  if (rules.size() == 1) return graph_.IfThenElse(AllOf(first.conjuncts), first.value, space_.Terminal(Nothing{}));
  const std::size_t half = rules.size() / 2;
  return graph_.Combine(InHalves(id, rules.take_front(half)), InHalves(id, rules.drop_front(half)),
                        [&](NodeId before, NodeId added) { return JoinOutcomes(id, first.value_id, before, added); });
}

NodeId Lowerer::AreSame(NodeId one, NodeId other) {
  // Two outcomes that are both `none` are one; a comparison would not say so.
  return graph_.Or(Compare(space_, Relation::kEqual, one, other),
                   graph_.And(IsNone(space_, one), IsNone(space_, other)));
}

NodeId Lowerer::JoinOutcomes(check::DecisionId id, check::ExprId value_id, NodeId before, NodeId added) {
  const NodeId nothing = space_.Terminal(Nothing{});
  if (before == nothing) return added;
  if (added == nothing || before == added) return before;
  if (draft_.decisions[id].Policy() == HitPolicy::kStrictestWins)
    return Operate(space_, Quantity::Operation::kGreatest, draft_[value_id], before, added);
  for (const NodeId outcome : {before, added}) {
    if (std::holds_alternative<NoOutcome>(space_.LeafOf(outcome))) return outcome;
  }
  // Where a quantity is the same as a value, the outcome is that value, whichever comes first in the text.
  const bool is_value = std::holds_alternative<Value>(space_.LeafOf(added));
  const NodeId either = is_value                                               ? added
                        : std::holds_alternative<Value>(space_.LeafOf(before)) ? before
                                                                               : std::min(before, added);
  return graph_.IfThenElse(AreSame(before, added), either,
                           space_.Terminal(NoOutcome{Failure::kDisagreement, id.Index()}));
}

}  // namespace proviso::lower
