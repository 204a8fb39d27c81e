#include "harness/cover/observer.h"

#include <llvm/ADT/STLExtras.h>

namespace proviso::cover {

using check::DecisionId;
using check::Expr;
using check::ExprId;
using check::Op;
using check::RuleId;
using reference::Possible;

namespace {

Truth AsTruth(const Possible& possible) {
  if (possible.Is(true)) return Truth::kYes;
  return possible.Is(false) ? Truth::kNo : Truth::kUnknown;
}

template <typename Points>
void MergePoints(const check::CheckedDraft& draft, const Points& more, Points& all) {
  for (const auto& [id, point] : more) {
    Point& into = all.at(id);
    for (const auto& [truths, scenario] : point.noticed) into.Notice(draft, truths, scenario);
  }
}

}  // namespace

void Merge(const check::CheckedDraft& draft, const Exercised& more, Exercised& all) {
  MergePoints(draft, more.points, all.points);
  MergePoints(draft, more.rules, all.rules);
  for (const auto& [id, counts] : more.counts) {
    RuleCounts& into = all.counts.at(id);
    into.fires += counts.fires;
    into.does_not += counts.does_not;
    into.blocked += counts.blocked;
  }
  for (const auto& [id, threshold] : more.thresholds) {
    for (std::size_t i = 0; i < threshold.seen.size(); ++i) all.thresholds.at(id).seen[i] += threshold.seen[i];
  }
  for (const auto& [id, counts] : more.alternatives) {
    for (std::size_t i = 0; i < counts.size(); ++i) all.alternatives.at(id)[i] += counts[i];
  }
}

template <typename Id>
bool Observer::IsNew(What what, Id id, const Scope& scope) {
  std::vector<InstanceId> elements;
  for (const reference::Binding* at = scope.elements; at != nullptr; at = at->outer) elements.push_back(at->element);
  check::OptionSet mattering;
  for (const unsigned option : behind_.Of(id).set_bits()) mattering.push_back(Options()[option]);
  // Suppositions are numbered anew by each evaluator.
  const std::size_t supposed = scope.context.Index() == 0 ? 0 : (observed_ << 32U) + scope.context.Index();
  return seen_.insert({what, id.Index(), scope.self, std::move(elements), supposed, std::move(mattering)}).second;
}

void Observer::Observe(DecisionId decision, const check::OptionSet& options) {
  options_ = &options;
  evaluator_.emplace(draft_, facts_, options);
  ++observed_;
  const llvm::SmallBitVector& asked = AskedBy(decision);
  for (auto& [option, counts] : exercised_.alternatives) {
    if (option.Index() < asked.size() && asked[option.Index()]) ++counts[options[option.Index()]];
  }
  VisitDecision(decision, evaluator_->CaseScope());
}

const llvm::SmallBitVector& Observer::AskedBy(DecisionId decision) {
  std::deque<std::pair<llvm::SmallBitVector, check::OptionSet>>& known = asked_[decision];
  for (const auto& [asked, options] : known) {
    const auto is_same = [&, &as = options](unsigned option) { return as[option] == Options()[option]; };
    if (llvm::all_of(asked.set_bits(), is_same)) return asked;
  }
  static_cast<void>(evaluator_->Outcome(decision, evaluator_->CaseScope()));
  return known.emplace_back(evaluator_->OptionsAsked(), Options()).first;
}

void Observer::Visit(ExprId id, const Scope& scope) {
  if (exercised_.points.contains(id)) return VisitPoint(id, scope);
  VisitInside(id, scope);
}

void Observer::VisitInside(ExprId id, const Scope& scope) {
  const Expr& expr = draft_[id];
  switch (expr.op) {
    case Op::kTerm:
      return VisitTerm(expr, scope);
    case Op::kSome:
    case Op::kEvery:
    case Op::kCount:
    case Op::kSum:
    case Op::kMaxOf:
    case Op::kMinOf:
      return VisitOverList(expr, scope);
    case Op::kOption:
      return VisitOption(expr, scope);
    case Op::kDecision: {
      VisitOperands(expr, scope);
      const auto entity = EntityOf(expr, scope);
      if (entity) VisitDecision(expr.decision, scope.At(*entity));
      return;
    }
    case Op::kRuleFires:
    case Op::kRuleDecides: {
      const auto entity = EntityOf(expr, scope);
      if (entity) VisitDecision(draft_.rules[expr.rule].decision, scope.At(*entity));
      return;
    }
    case Op::kSupposing: {
      const auto supposed = evaluator_->Suppose(expr, scope);
      if (supposed) Visit(expr.operands.front(), *supposed);
      return;
    }
    default:
      if (exercised_.thresholds.contains(id)) VisitComparison(id, scope);
      VisitOperands(expr, scope);
  }
}

void Observer::VisitOperands(const Expr& expr, const Scope& scope) {
  for (const ExprId operand : expr.operands) Visit(operand, scope);
}

void Observer::VisitPoint(ExprId id, const Scope& scope) {
  if (IsNew(What::kPoint, id, scope)) VisitLeaves(exercised_.points.at(id), scope);
}

void Observer::VisitTerm(const Expr& expr, const Scope& scope) {
  VisitOperands(expr, scope);
  const auto entity = EntityOf(expr, scope);
  if (!entity) return;
  const ExprId body = draft_.terms[expr.term].body;
  if (IsNew(What::kTerm, body, scope.At(*entity))) Visit(body, scope.At(*entity));
}

void Observer::VisitOverList(const Expr& expr, const Scope& scope) {
  Visit(expr.operands.front(), scope);
  const Possible list = evaluator_->Evaluate(expr.operands.front(), scope);
  const ListValue* const elements = list.IsKnown() ? std::get_if<ListValue>(&list.values.front()) : nullptr;
  if (elements == nullptr) return;
  for (const InstanceId element : elements->elements) {
    const reference::Binding binding = {.variable = expr.variable, .element = element, .outer = scope.elements};
    const Scope inside = scope.With(binding);
    for (std::size_t i = 1; i < expr.operands.size(); ++i) Visit(expr.operands[i], inside);
  }
}

void Observer::VisitOption(const Expr& expr, const Scope& scope) {
  const auto entity = EntityOf(expr, scope);
  if (!entity) return;
  const check::Option& option = draft_.options[expr.option];
  const std::uint32_t chosen = option.settled.value_or(Options()[expr.option.Index()]);
  Visit(option.alternatives[chosen].value, scope.At(*entity));
}

void Observer::VisitComparison(ExprId id, const Scope& scope) {
  if (!IsNew(What::kThreshold, id, scope)) return;
  const Expr& expr = draft_[id];
  const Possible left = evaluator_->Evaluate(expr.operands[0], scope);
  const Possible right = evaluator_->Evaluate(expr.operands[1], scope);
  if (!left.IsKnown() || !right.IsKnown()) return;
  const Value& measured = left.values.front();
  const Value& limit = right.values.front();
  const bool has_none = std::holds_alternative<NoValue>(measured) || std::holds_alternative<NoValue>(limit);
  if (has_none || measured.index() != limit.index()) return;
  const std::size_t side = measured == limit ? 1 : (measured < limit ? 0 : 2);
  ++exercised_.thresholds.at(id).seen[side];
}

void Observer::VisitDecision(DecisionId id, const Scope& scope) {
  if (!IsNew(What::kDecision, id, scope)) return;
  const check::Decision& decision = draft_.decisions[id];
  for (const RuleId rule : decision.rules) VisitRule(rule, scope);
  if (decision.otherwise) Visit(*decision.otherwise, scope);
}

void Observer::VisitRule(RuleId id, const Scope& scope) {
  const check::Rule& rule = draft_.rules[id];
  if (rule.under && Options()[rule.under->first.Index()] != rule.under->second) return;
  if (!IsNew(What::kRule, id, scope)) return;
  RuleCounts& counts = exercised_.counts[id];
  const Truth fires = AsTruth(evaluator_->Fires(id, scope));
  const Truth holds = AsTruth(evaluator_->Evaluate(rule.condition, scope));
  if (fires == Truth::kYes) ++counts.fires;
  if (fires == Truth::kNo && holds == Truth::kYes) ++counts.blocked;
  if (holds == Truth::kNo) ++counts.does_not;
  VisitLeaves(exercised_.rules.at(id), scope);
  for (const RuleId exception : rule.exceptions) VisitRule(exception, scope);
  if (rule.value) Visit(*rule.value, scope);
}

void Observer::VisitLeaves(Point& point, const Scope& scope) {
  std::vector<Truth> truths;
  for (const Leaf& leaf : point.leaves) truths.push_back(TruthOf(leaf, scope));
  point.Notice(draft_, truths, scenario_);
  for (const Leaf& leaf : point.leaves) {
    const ExprId* const condition = std::get_if<ExprId>(&leaf.what);
    if (condition == nullptr) continue;
    if (*condition == point.root) {
      VisitInside(*condition, scope);
    } else {
      Visit(*condition, scope);
    }
  }
}

Truth Observer::TruthOf(const Leaf& leaf, const Scope& scope) {
  if (const ExprId* const condition = std::get_if<ExprId>(&leaf.what)) {
    return AsTruth(evaluator_->Evaluate(*condition, scope));
  }
  return AsTruth(reference::Negated(evaluator_->Fires(std::get<RuleId>(leaf.what), scope)));
}

std::optional<InstanceId> Observer::EntityOf(const Expr& expr, const Scope& scope) {
  const Possible entity = evaluator_->Evaluate(expr.operands.front(), scope);
  const EntityValue* const known = entity.IsKnown() ? std::get_if<EntityValue>(&entity.values.front()) : nullptr;
  return known == nullptr ? std::nullopt : std::optional(known->instance);
}

}  // namespace proviso::cover
