#include "compiler/lower/survey.h"

#include <llvm/ADT/STLExtras.h>

namespace proviso::lower {
namespace {

using check::Expr;
using check::ExprId;
using check::Op;

/// What only puts conditions together: options under one operand do not concern the others.
bool IsConnective(Op op) {
  return op == Op::kAnd || op == Op::kOr || op == Op::kNot || op == Op::kAtLeast || op == Op::kIf || op == Op::kTerm ||
         op == Op::kDecision || op == Op::kRuleFires || op == Op::kRuleDecides || op == Op::kSupposing;
}

bool GoesThroughList(Op op) {
  return op == Op::kSome || op == Op::kEvery || op == Op::kCount || op == Op::kSum || op == Op::kMaxOf ||
         op == Op::kMinOf;
}

}  // namespace

void Survey::AddFact(PlaceId place, FactId fact, bool meets_options) {
  used_.push_back({{place, fact}, space_.Position()});
  if (meets_options) meet_options_.insert({place, fact});
}

void Survey::RankFacts() {
  for (const auto& [used, position] : used_) {
    space_.MoveTo(position);
    space_.Rank(used.place, used.fact, meet_options_.contains(used));
  }
}

void Survey::VisitDecision(check::DecisionId id, const Scope& scope) {
  if (!visited_decisions_.emplace(id, scope).second) return;
  const check::Decision& decision = draft_.decisions[id];
  for (const check::RuleId rule : decision.rules) {
    VisitRule(rule, scope);
    if (draft_.rules[rule].value) Visit(*draft_.rules[rule].value, scope, false);
  }
  if (decision.otherwise) Visit(*decision.otherwise, scope, false);
}

void Survey::VisitRule(check::RuleId id, const Scope& scope) {
  Visit(draft_.rules[id].condition, scope, false);
  for (const check::RuleId exception : draft_.rules[id].exceptions) VisitRule(exception, scope);
}

Scope Survey::TermScope(check::TermId term, const Scope& scope, PlaceId place) {
  const bool is_tier = !lowerer_.IsKnown(place) && lowerer_.Reached().IsRecursive(term);
  const Scope inside = lowerer_.At(
      scope, is_tier ? space_.TierPlace(draft_.terms[term].of.value_or(space_.Words().case_entity)) : place);
  return lowerer_.Relevant(inside, draft_.terms[term].body);
}

void Survey::Visit(ExprId id, const Scope& scope, bool meets_options) {
  const Expr& expr = draft_[id];
  if (!IsConnective(expr.op) && !lowerer_.Reached().OptionsUnder(id).empty()) meets_options = true;
  if (!visited_.emplace(id, scope, meets_options).second) return;
  space_.MoveTo(space_.Position() + 1);
  lowerer_.SetPosition(id, scope, space_.Position());
  const bool is_derived = (GoesThroughList(expr.op) && expr.op != Op::kSome && expr.op != Op::kEvery &&
                           expr.type.kind != TypeKind::kEnum) ||
                          (expr.op == Op::kTerm && lowerer_.Reached().IsRecursive(expr.term));
  if (is_derived) {
    for (const check::OptionId option : lowerer_.Reached().OptionsUnder(id))
      space_.PutFirst(draft_.options[option].name);
  }
  if (expr.op == Op::kSupposing) {
    VisitOverrides(id, scope, meets_options);
    Visit(expr.operands[0], lowerer_.Supposing(id, scope), meets_options);
    return;
  }
  if (GoesThroughList(expr.op)) {
    VisitList(id, scope, meets_options);
    return;
  }
  for (const ExprId operand : expr.operands) Visit(operand, scope, meets_options);
  const bool is_of_entity = expr.op == Op::kFact || expr.op == Op::kTerm || expr.op == Op::kOption ||
                            expr.op == Op::kDecision || expr.op == Op::kRuleFires || expr.op == Op::kRuleDecides;
  if (!is_of_entity) return;
  for (const PlaceId place : Places(expr.operands[0], scope)) {
    const Scope inside = lowerer_.At(scope, place);
    if (expr.op == Op::kFact) AddFact(place, expr.fact, meets_options);
    if (expr.op == Op::kTerm) Visit(draft_.terms[expr.term].body, TermScope(expr.term, scope, place), meets_options);
    if (expr.op == Op::kDecision) VisitDecision(expr.decision, inside);
    if (expr.op == Op::kRuleFires) VisitRule(expr.rule, inside);
    if (expr.op == Op::kRuleDecides) VisitDecision(draft_.rules[expr.rule].decision, inside);
    if (expr.op != Op::kOption) continue;
    for (const check::Alternative& alternative : draft_.options[expr.option].alternatives) {
      Visit(alternative.value, inside, true);
    }
  }
}

void Survey::VisitOverrides(ExprId id, const Scope& scope, bool meets_options) {
  for (const check::Override& change : draft_[id].overrides) {
    Visit(draft_[change.fact].operands[0], scope, meets_options);
    Visit(change.value, scope, meets_options);
  }
}

void Survey::VisitList(ExprId id, const Scope& scope, bool meets_options) {
  const Expr& expr = draft_[id];
  Visit(expr.operands[0], scope, meets_options);
  const bool is_question =
      expr.op == Op::kSome || expr.op == Op::kEvery || expr.op == Op::kCount || expr.type.kind == TypeKind::kEnum;
  for (const ListOf& list : ListsOf(expr.operands[0], scope)) {
    if (const auto elements = lowerer_.KnownElements(list)) {
      for (const PlaceId known : *elements) {
        const Scope at = lowerer_.With(scope, expr.variable, known);
        for (std::size_t i = 1; i < expr.operands.size(); ++i) Visit(expr.operands[i], at, meets_options);
      }
      continue;
    }
    const PlaceId element = lowerer_.ElementPlace(list, scope);
    const Scope inside = lowerer_.With(scope, expr.variable, element);
    for (std::size_t i = 1; i < expr.operands.size(); ++i) Visit(expr.operands[i], inside, meets_options);
    if (is_question && sites_.emplace(id, scope, list).second) lists_.AddSite(list, lowerer_, id, scope, meets_options);
  }
}

// ---- Entities and lists ----------------------------------------------------------------------------------

std::set<PlaceId> Survey::Places(ExprId expr, const Scope& scope) {
  std::set<PlaceId> places;
  AddPlaces(expr, scope, places);
  return places;
}

void Survey::AddPlaces(ExprId id, const Scope& scope, std::set<PlaceId>& places) {
  const Expr& expr = draft_[id];
  switch (expr.op) {
    case Op::kCase:
      places.insert(space_.Root());
      return;
    case Op::kSelf:
      places.insert(scope.self);
      return;
    case Op::kElement:
      places.insert(lowerer_.PlaceOf(expr.variable, scope));
      return;
    case Op::kFact:
      for (const PlaceId place : Places(expr.operands[0], scope)) places.insert(space_.Part(place, expr.fact));
      return;
    case Op::kTerm:
      if (lowerer_.Reached().IsRecursive(expr.term)) return;
      for (const PlaceId place : Places(expr.operands[0], scope))
        AddPlaces(draft_.terms[expr.term].body, lowerer_.At(scope, place), places);
      return;
    case Op::kOption:
      for (const PlaceId place : Places(expr.operands[0], scope)) {
        for (const check::Alternative& alternative : draft_.options[expr.option].alternatives)
          AddPlaces(alternative.value, lowerer_.At(scope, place), places);
      }
      return;
    case Op::kSupposing:
      AddPlaces(expr.operands[0], lowerer_.Supposing(id, scope), places);
      return;
    default:
      for (const ExprId operand : expr.operands) {
        if (draft_[operand].type.kind == TypeKind::kEntity) AddPlaces(operand, scope, places);
      }
  }
}

std::set<ListOf> Survey::ListsOf(ExprId expr, const Scope& scope) {
  std::set<ListOf> lists;
  AddLists(expr, scope, lists);
  return lists;
}

void Survey::AddLists(ExprId id, const Scope& scope, std::set<ListOf>& lists) {
  const Expr& expr = draft_[id];
  if (expr.op == Op::kFact) {
    for (const PlaceId place : Places(expr.operands[0], scope)) lists.insert({place, expr.fact});
  } else if (expr.op == Op::kTerm) {
    if (lowerer_.Reached().IsRecursive(expr.term)) return;
    for (const PlaceId place : Places(expr.operands[0], scope))
      AddLists(draft_.terms[expr.term].body, lowerer_.At(scope, place), lists);
  } else if (expr.op == Op::kOption) {
    for (const PlaceId place : Places(expr.operands[0], scope)) {
      for (const check::Alternative& alternative : draft_.options[expr.option].alternatives)
        AddLists(alternative.value, lowerer_.At(scope, place), lists);
    }
  } else if (expr.op == Op::kSupposing) {
    AddLists(expr.operands[0], lowerer_.Supposing(id, scope), lists);
  } else {
    for (const ExprId operand : expr.operands) {
      if (draft_[operand].type.kind == TypeKind::kList) AddLists(operand, scope, lists);
    }
  }
}

}  // namespace proviso::lower
