// Outcomes that a decision does not come to, and distances to thresholds.
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <cmath>

#include "compiler/reference/explainer.h"
#include "runtime/base/arithmetic.h"

namespace proviso::reference {
namespace {

using check::DecisionId;
using check::Expr;
using check::ExprId;
using check::Op;
using check::RuleId;
using ExplanationKind = Explanation::Kind;

/// The place of the value among all of its type, whose neighbours are 1 apart; nothing where it has none.
std::optional<Exact> PlaceOf(const Type& type, const Value& value) {
  if (const auto* const exact = std::get_if<Exact>(&value)) {
    if (type.kind == TypeKind::kRatio) return std::nullopt;
    const Exact place = *exact * Exact::PowerOfTen(type.digits);
    return place.IsInteger() ? std::optional(place) : std::nullopt;
  }
  if (const auto* const date = std::get_if<Date>(&value)) return Exact(std::int64_t{date->time_since_epoch().count()});
  if (const auto* const days = std::get_if<Days>(&value)) return Exact(days->count);
  return std::nullopt;
}

std::optional<double> AsPositive(const Value& value) {
  double number = 0;
  if (const auto* const exact = std::get_if<Exact>(&value)) number = exact->ToDouble();
  if (const auto* const real = std::get_if<double>(&value)) number = *real;
  return number > 0 && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

}  // namespace

Explanation Explainer::WhyNot(DecisionId id, const Value& outcome) {
  const Scope scope = evaluator_.CaseScope();
  const check::Decision& decision = draft_.decisions[id];
  const Possible wanted(outcome);
  Explanation line;
  line.kind = ExplanationKind::kDecision;
  line.text = "not " + ValueToText(vocabulary_, decision.type, outcome);
  line.answer = OutcomeText(decision, evaluator_.Outcome(id, scope));
  line.span = decision.span;
  for (const RuleId rule : decision.rules) {
    if (!draft_.rules[rule].value) continue;
    const Possible value = evaluator_.RuleValue(rule, scope);
    if (value.any || llvm::is_contained(value.values, outcome)) AddWouldGive(rule, decision, scope, line.parts);
  }
  if (decision.otherwise) {
    const Possible value = evaluator_.Evaluate(*decision.otherwise, scope);
    if (value.any || llvm::is_contained(value.values, outcome)) {
      Explanation otherwise = Line(ExplanationKind::kRule, "otherwise", draft_[*decision.otherwise], wanted);
      otherwise.answer = "gives way to what fires";
      AddDeciding(decision, scope, otherwise.parts);
      Keep(line.parts, std::move(otherwise));
    }
  }
  return line;
}

void Explainer::AddWouldGive(RuleId id, const check::Decision& decision, const Scope& scope, Parts& parts) {
  Explanation line = Rule(id, scope);
  if (evaluator_.Fires(id, scope).Is(true) && !evaluator_.Decides(id, scope).Is(true)) {
    line.answer += ", but does not decide";
    line.parts.clear();
    AddDeciding(decision, scope, line.parts);
  }
  Keep(parts, std::move(line));
}

void Explainer::AddDeciding(const check::Decision& decision, const Scope& scope, Parts& parts) {
  for (const RuleId id : decision.rules) {
    if (draft_.rules[id].except_to || !evaluator_.Decides(id, scope).MayBe(true)) continue;
    Explanation line = Rule(id, scope);
    line.answer = evaluator_.Decides(id, scope).Is(true) ? "decides" : "may decide";
    line.parts.clear();
    Keep(parts, std::move(line));
  }
}

void Explainer::NoteDistance(ExprId measured, const Value& value, const Expr& limit, const Value& limit_value,
                             const Scope& scope) {
  ExprId named = measured;
  while (draft_[named].op == Op::kScale || draft_[named].op == Op::kToReal) named = draft_[named].operands[0];
  const Expr& expr = draft_[measured];
  Distance distance;
  distance.text = Text(draft_[named]);
  if (draft_[named].op == Op::kFact) {
    if (const auto entity = EntityOf(draft_[named], scope))
      distance.text = PathOf(*entity, vocabulary_.facts[draft_[named].fact].ShownName());
  }
  distance.value = ValueToText(vocabulary_, expr.type, value);
  distance.limit = ValueToText(vocabulary_, limit.type, limit_value);
  const auto number = AsPositive(value);
  const auto limit_number = AsPositive(limit_value);
  if (number && limit_number && std::isfinite(*number / *limit_number)) distance.factor = *number / *limit_number;
  const auto* const real = std::get_if<double>(&value);
  const auto* const real_limit = std::get_if<double>(&limit_value);
  distance.is_counted = real == nullptr;
  if (real != nullptr && real_limit != nullptr) {
    distance.steps = Exact(OrdinalOf(*real)) - Exact(OrdinalOf(*real_limit));
  } else {
    Type type = expr.type;
    if (limit.type.kind == TypeKind::kDecimal) type.digits = std::max(type.digits, limit.type.digits);
    const auto place = PlaceOf(type, value);
    const auto limit_place = PlaceOf(type, limit_value);
    if (place && limit_place) distance.steps = *place - *limit_place;
  }
  if (!distance.factor && !distance.steps) return;
  distance.is_above = distance.steps ? *distance.steps > Exact(0) : *distance.factor > 1;
  if (distance.steps && *distance.steps < Exact(0)) distance.steps = -*distance.steps;
  if (!llvm::is_contained(distances_, distance)) distances_.push_back(std::move(distance));
}

Explanation WhyNot(const check::CheckedDraft& draft, DecisionId decision, const Value& outcome, const Case& facts,
                   const check::OptionSet& options) {
  return Explainer(draft, facts, options).WhyNot(decision, outcome);
}

std::vector<Distance> Distances(const check::CheckedDraft& draft, DecisionId decision, const Case& facts,
                                const check::OptionSet& options) {
  Explainer explainer(draft, facts, options);
  static_cast<void>(explainer.Decision(decision));
  return explainer.Distances();
}

}  // namespace proviso::reference
