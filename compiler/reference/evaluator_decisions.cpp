// Rules, exceptions and what a decision comes to.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/reference/evaluator.h"

namespace proviso::reference {
namespace {

using check::Decision;
using check::Rule;
using check::RuleId;
using syntax::HitPolicy;

Attempt SameOutcome(const Parameters& /*parameters*/, const Value& left, const Value& right) {
  return Value(left == right);
}

bool AsksAllRules(const Decision& decision) { return decision.Policy() != HitPolicy::kFirstWins; }

}  // namespace

// ---- Rules -----------------------------------------------------------------------------------------------

check::ExprId Evaluator::ValueOf(RuleId rule) const { return draft_.rules[rule].value.value_or(check::ExprId()); }

Possible Evaluator::Fires(RuleId rule, const Scope& scope) {
  return Remember(Known::kFires, rule.Index(), scope, [&] { return FiresAnew(rule, scope); });
}

Possible Evaluator::FiresAnew(RuleId id, const Scope& scope) {
  const Rule& rule = draft_.rules[id];
  if (rule.under && Chosen(rule.under->first) != rule.under->second) return Possible(false);
  const std::size_t conditions = 1 + rule.exceptions.size();
  Tally tally(conditions, conditions, missing_);
  tally.Add(Evaluate(rule.condition, scope));
  for (const RuleId exception : rule.exceptions) {
    if (tally.IsDecided()) break;
    tally.Add(Negated(Fires(exception, scope)));
  }
  return tally.Result();
}

Possible Evaluator::RuleValue(RuleId rule, const Scope& scope) {
  return Remember(Known::kValue, rule.Index(), scope, [&] { return Evaluate(ValueOf(rule), scope); });
}

Possible Evaluator::Decides(RuleId rule, const Scope& scope) {
  return Remember(Known::kDecides, rule.Index(), scope, [&] { return DecidesAnew(rule, scope); });
}

Possible Evaluator::DecidesAnew(RuleId id, const Scope& scope) {
  const Rule& rule = draft_.rules[id];
  if (rule.except_to) return Possible(false);
  const Decision& decision = draft_.decisions[rule.decision];
  std::vector<RuleId> stronger = draft_.DecisionWideExceptionsOf(rule.decision);
  if (rule.IsDecisionWide()) {
    stronger.erase(std::ranges::find(stronger, id), stronger.end());
  } else if (!AsksAllRules(decision)) {
    const std::vector<RuleId> rules = draft_.RulesOf(rule.decision);
    stronger.insert(stronger.end(), rules.begin(), std::ranges::find(rules, id));
  }
  const bool must_win = !rule.is_exception && AsksAllRules(decision);
  const std::size_t conditions = 1 + stronger.size() + (must_win ? 1 : 0);
  Tally tally(conditions, conditions, missing_);
  tally.Add(Fires(id, scope));
  for (const RuleId other : stronger) {
    if (tally.IsDecided()) break;
    tally.Add(Negated(Fires(other, scope)));
  }
  if (must_win && !tally.IsDecided()) {
    const Type boolean;
    const Possible outcome = RulesOrOtherwise(rule.decision, scope);
    tally.Add(Apply(draft_[ValueOf(id)], boolean, RuleValue(id, scope), outcome, SameOutcome));
  }
  return tally.Result();
}

// ---- Decisions -------------------------------------------------------------------------------------------

Possible Evaluator::Outcome(check::DecisionId decision, const Scope& scope) {
  return Remember(Known::kDecision, decision.Index(), scope, [&] { return DecideAnew(decision, scope); });
}

Possible Evaluator::DecideAnew(check::DecisionId id, const Scope& scope) {
  Standing standing = FirstThatFires(draft_.DecisionWideExceptionsOf(id), scope);
  if (standing.open) Join(standing.outcome, RulesOrOtherwise(id, scope), missing_);
  return Settled(std::move(standing.outcome));
}

Possible Evaluator::RulesOrOtherwise(check::DecisionId id, const Scope& scope) {
  return Remember(Known::kRules, id.Index(), scope, [&] {
    const Decision& decision = draft_.decisions[id];
    Standing standing = Rules(id, scope);
    if (standing.open) {
      Join(standing.outcome, decision.otherwise ? Evaluate(*decision.otherwise, scope) : Gap(decision), missing_);
    }
    return Settled(std::move(standing.outcome));
  });
}

Possible Evaluator::Gap(const Decision& decision) {
  return Failed({.kind = Failure::kGap,
                 .message = fmt::format("no rule of `{}` fires, and it has no `otherwise`", decision.name),
                 .span = decision.span});
}

Evaluator::Standing Evaluator::Rules(check::DecisionId id, const Scope& scope) {
  const Decision& decision = draft_.decisions[id];
  if (!AsksAllRules(decision)) return FirstThatFires(draft_.RulesOf(id), scope);
  return decision.Policy() == HitPolicy::kStrictestWins ? Strictest(id, scope) : AllAgreed(id, scope);
}

Evaluator::Standing Evaluator::FirstThatFires(llvm::ArrayRef<RuleId> rules, const Scope& scope) {
  Standing standing;
  for (const RuleId rule : rules) {
    const Possible fires = Fires(rule, scope);
    if (!standing.outcome.error) standing.outcome.error = fires.error;
    standing.outcome.missing = missing_.Merge(standing.outcome.missing, fires.missing);
    if (fires.MayBe(true)) Join(standing.outcome, RuleValue(rule, scope), missing_);
    standing.open = fires.MayBe(false);
    if (!standing.open) break;
  }
  return standing;
}

Possible Evaluator::Stronger(RuleId rule, const Possible& before, const Possible& value) {
  return Apply(draft_[ValueOf(rule)], draft_.decisions[draft_.rules[rule].decision].type, before, value, Greatest);
}

Evaluator::Standing Evaluator::SureFloor(llvm::ArrayRef<RuleId> rules, const Scope& scope) {
  Standing floor;
  for (const RuleId rule : rules) {
    if (!Fires(rule, scope).Is(true)) continue;
    const Possible value = RuleValue(rule, scope);
    if (!value.IsKnown()) continue;
    floor.outcome = floor.open ? value : Stronger(rule, floor.outcome, value);
    floor.open = false;
  }
  return floor;
}

Evaluator::Standing Evaluator::Strictest(check::DecisionId id, const Scope& scope) {
  const std::vector<RuleId> rules = draft_.RulesOf(id);
  const Standing floor = SureFloor(rules, scope);
  Standing standing = floor;
  for (const RuleId rule : rules) {
    const Possible fires = Fires(rule, scope);
    if (fires.Is(false)) continue;
    const Possible value = RuleValue(rule, scope);
    // What cannot come out above a sure outcome does not matter, nor do the facts it turns on.
    if (!floor.open && !fires.error && !value.IsFailed()) {
      const Possible with = Stronger(rule, floor.outcome, value);
      if (with.IsKnown() && with.values == floor.outcome.values) continue;
    }
    AddRule(standing, rule, scope,
            [&](const Possible& before, const Possible& added) { return Stronger(rule, before, added); });
  }
  return standing;
}

Evaluator::Standing Evaluator::AllAgreed(check::DecisionId id, const Scope& scope) {
  Standing standing;
  for (const RuleId rule : draft_.RulesOf(id)) {
    AddRule(standing, rule, scope,
            [&](const Possible& before, const Possible& added) { return Agreed(before, added, rule, scope); });
  }
  return standing;
}

void Evaluator::AddRule(Standing& standing, RuleId rule, const Scope& scope, CombineOutcomes combine) {
  const Possible fires = Fires(rule, scope);
  if (fires.Is(false)) return;
  Standing next;
  next.open = standing.open && fires.MayBe(false);
  next.outcome.error = standing.outcome.error ? standing.outcome.error : fires.error;
  next.outcome.missing = missing_.Merge(standing.outcome.missing, fires.missing);
  if (fires.MayBe(false)) Join(next.outcome, standing.outcome, missing_);
  if (fires.MayBe(true)) {
    const Possible value = RuleValue(rule, scope);
    if (standing.open) Join(next.outcome, value, missing_);
    if (!standing.outcome.IsFailed()) Join(next.outcome, combine(standing.outcome, value), missing_);
  }
  standing = std::move(next);
}

Possible Evaluator::Agreed(const Possible& before, const Possible& value, RuleId rule, const Scope& scope) {
  Possible agreed;
  agreed.error = before.error ? before.error : value.error;
  agreed.missing = missing_.Merge(before.missing, value.missing);
  agreed.any = before.any || value.any;
  if (agreed.any) return agreed;
  for (const Value& one : value.values) {
    if (llvm::is_contained(before.values, one)) AddValue(agreed, one);
    const auto* const other = llvm::find_if(before.values, [&](const Value& earlier) { return earlier != one; });
    if (other != before.values.end() && !agreed.error) agreed.error = Disagreement(rule, one, *other, scope).error;
  }
  return agreed;
}

Possible Evaluator::Disagreement(RuleId id, const Value& value, const Value& other, const Scope& scope) {
  const Rule& rule = draft_.rules[id];
  const Decision& decision = draft_.decisions[rule.decision];
  const auto earlier = llvm::find_if(decision.rules, [&](RuleId candidate) {
    return !draft_.rules[candidate].is_exception && Fires(candidate, scope).MayBe(true) &&
           llvm::is_contained(RuleValue(candidate, scope).values, other);
  });
  const auto shown = [&](const Value& outcome) { return ValueToText(vocabulary_, decision.type, outcome); };
  return Failed(
      {.kind = Failure::kDisagreement,
       .message = fmt::format("rules `{}` and `{}` of `{}` both fire, with different outcomes: {} and {}",
                              draft_.rules[*earlier].name, rule.name, decision.name, shown(other), shown(value)),
       .span = rule.span});
}

}  // namespace proviso::reference
