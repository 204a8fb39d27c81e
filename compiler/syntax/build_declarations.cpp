// Declarations of vocabularies and drafts.
#include "compiler/syntax/build_tree.h"

namespace proviso::syntax {

using diagnostics::Kind;
using P = grammar::ProvisoParser;

std::optional<Declaration> TreeBuilder::MakeDeclaration(P::DeclarationContext* context) {
  if (context->exception) {
    CheckParts(context);
    return std::nullopt;
  }
  DeclarationKind kind =
      context->amendment() != nullptr ? MakeAmendment(context->amendment()) : MakePlain(context->plainDeclaration());
  return Declaration{std::move(kind), tokens_.SpanOf(context), {}};
}

/// A declaration with a syntax error is not built, but what is wrong with its sound parts is said all the same.
void TreeBuilder::CheckParts(antlr4::ParserRuleContext* context) {
  for (antlr4::tree::ParseTree* child : context->children) {
    auto* part = dynamic_cast<antlr4::ParserRuleContext*>(child);
    if (part == nullptr) continue;
    if (part->exception)
      CheckParts(part);
    else if (auto* rule = dynamic_cast<P::DecisionItemContext*>(part); rule != nullptr && rule->ruleText() != nullptr)
      MakeRule(rule->ruleText());
    else if (auto* fact = dynamic_cast<P::FactContext*>(part))
      MakeFact(fact);
    else if (auto* change = dynamic_cast<P::ChangeContext*>(part))
      MakeChange(change);
    else if (auto* expr = dynamic_cast<P::ExprContext*>(part))
      MakeExpr(expr);
  }
}

DeclarationKind TreeBuilder::MakePlain(P::PlainDeclarationContext* context) {
  auto* part = static_cast<antlr4::ParserRuleContext*>(context->children.front());
  switch (part->getRuleIndex()) {
    case P::RuleUnitDeclaration:
      return MakeUnit(static_cast<P::UnitDeclarationContext*>(part));
    case P::RuleEnumDeclaration:
      return MakeEnum(static_cast<P::EnumDeclarationContext*>(part));
    case P::RuleEntityDeclaration:
      return MakeEntity(static_cast<P::EntityDeclarationContext*>(part));
    case P::RuleCaseDeclaration:
      return MakeCase(static_cast<P::CaseDeclarationContext*>(part));
    case P::RuleAssumeDeclaration:
      return MakeAssume(static_cast<P::AssumeDeclarationContext*>(part));
    case P::RuleSetDeclaration:
      return MakeSet(static_cast<P::SetDeclarationContext*>(part));
    case P::RuleOptionDeclaration:
      return MakeOption(static_cast<P::OptionDeclarationContext*>(part));
    case P::RuleConstraintDeclaration:
      return MakeConstraint(static_cast<P::ConstraintDeclarationContext*>(part));
    case P::RuleOptionSetDeclaration:
      return MakeOptionSet(static_cast<P::OptionSetDeclarationContext*>(part));
    case P::RuleTermDeclaration:
      return MakeTerm(static_cast<P::TermDeclarationContext*>(part));
    case P::RuleDecisionDeclaration:
      return MakeDecision(static_cast<P::DecisionDeclarationContext*>(part));
    case P::RuleWaiverDeclaration:
      return MakeWaiver(static_cast<P::WaiverDeclarationContext*>(part));
    case P::RuleTransformDeclaration:
      return MakeTransform(static_cast<P::TransformDeclarationContext*>(part));
    default:
      return MakeProperty(static_cast<P::PropertyDeclarationContext*>(part));
  }
}

// ---- The vocabulary's --------------------------------------------------------------------------------------

DeclarationKind TreeBuilder::MakeUnit(P::UnitDeclarationContext* context) {
  UnitDeclaration unit{MakeName(context->unitName(0)), std::nullopt, MakeSupports(context->supports())};
  if (context->NUMBER() != nullptr)
    unit.factor = NumberLiteral{TextOf(context->NUMBER()), MakeName(context->unitName(1))};
  return unit;
}

DeclarationKind TreeBuilder::MakeEnum(P::EnumDeclarationContext* context) {
  EnumDeclaration enumeration{
      MakeName(context->name()), context->ORDERED() != nullptr, MakeSupports(context->supports()), {}};
  for (P::EnumMemberContext* member : context->enumMember())
    enumeration.members.push_back({MakeName(member->name()), MakeSupports(member->supports())});
  return enumeration;
}

DeclarationKind TreeBuilder::MakeEntity(P::EntityDeclarationContext* context) {
  EntityDeclaration entity{MakeName(context->name()), MakeSupports(context->supports()), {}};
  for (P::FactContext* fact : context->fact())
    if (!fact->exception) entity.facts.push_back(MakeFact(fact));
  return entity;
}

FactDeclaration TreeBuilder::MakeFact(P::FactContext* context) {
  FactDeclaration fact;
  for (P::FactNameContext* name : context->factName()) fact.names.push_back(MakeFactName(name));
  fact.type = MakeType(context->type());
  if (context->assumedValue() != nullptr) fact.assumed = MakeAssumed(context->assumedValue());
  fact.controlled = CostOf(context->control());
  fact.supports = MakeSupports(context->supports());
  fact.span = tokens_.SpanOf(context);
  return fact;
}

std::optional<Cost> TreeBuilder::CostOf(P::ControlContext* context) {
  if (context->CONTROLLED() == nullptr) return std::nullopt;
  if (context->cost()->CHEAP() != nullptr) return Cost::kCheap;
  return context->cost()->COSTLY() != nullptr ? Cost::kCostly : Cost::kUnsaid;
}

FactDeclaration::NameWithEnums TreeBuilder::MakeFactName(P::FactNameContext* context) {
  const std::vector<P::NameContext*> names = context->name();
  FactDeclaration::NameWithEnums made{MakeName(names.front()), {}};
  for (std::size_t i = 1; i < names.size(); ++i) made.enumerations.push_back(MakeName(names[i]));
  if (names.size() > 1) RefuseParameters(made.name, tokens_.SpanOf(context));
  return made;
}

ExprId TreeBuilder::MakeAssumed(P::AssumedValueContext* context) {
  ExprId value;
  if (P::AssumedNumberContext* number = context->assumedNumber())
    value = MakeNumber(number, number->NUMBER(), number->unitName(), number->period());
  else if (context->literal() != nullptr)
    value = MakeLiteral(context->literal());
  else if (context->setLiteral() != nullptr)
    value = MakeSetLiteral(context->setLiteral());
  else
    value = MakePathExpr(context->path());
  return context->MINUS() != nullptr ? Add(Negate{value}, tokens_.SpanOf(context), {value}) : value;
}

DeclarationKind TreeBuilder::MakeCase(P::CaseDeclarationContext* context) {
  return CaseDeclaration{MakeName(context->name())};
}

DeclarationKind TreeBuilder::MakeAssume(P::AssumeDeclarationContext* context) {
  return AssumeDeclaration{MakeName(context->name()), MakeOf(context->ofEntity()), MakeSupports(context->supports()),
                           MakeExpr(context->expr())};
}

DeclarationKind TreeBuilder::MakeSet(P::SetDeclarationContext* context) {
  SetDeclaration set{MakeName(context->name()), MakeSupports(context->supports()), {}};
  for (P::MemberContext* member : context->member()) set.members.push_back(MakeMember(member));
  return set;
}

// ---- The draft's -------------------------------------------------------------------------------------------

DeclarationKind TreeBuilder::MakeOption(P::OptionDeclarationContext* context) {
  OptionDeclaration option{MakeName(context->name()),
                           context->READING() != nullptr,
                           MakeOf(context->ofEntity()),
                           MakeSupports(context->supports()),
                           {}};
  for (P::AlternativeContext* alternative : context->alternative())
    option.alternatives.push_back(MakeAlternative(alternative));
  return option;
}

AlternativeText TreeBuilder::MakeAlternative(P::AlternativeContext* context) {
  return {MakeName(context->name()), MakeSupports(context->supports()), MakeExpr(context->expr()),
          tokens_.SpanOf(context)};
}

DeclarationKind TreeBuilder::MakeConstraint(P::ConstraintDeclarationContext* context) {
  ConstraintDeclaration constraint;
  if (context->name() != nullptr) constraint.name = MakeName(context->name());
  constraint.condition = MakeExpr(context->expr());
  if (context->STRING() != nullptr) constraint.because = MakeString(context->STRING());
  return constraint;
}

DeclarationKind TreeBuilder::MakeWaiver(P::WaiverDeclarationContext* context) {
  WaiverDeclaration waiver;
  if (context->IN() != nullptr) waiver.condition = MakeString(context->STRING(0));
  waiver.declaration = MakeMember(context->member());
  waiver.because = MakeString(context->STRING().back());
  return waiver;
}

DeclarationKind TreeBuilder::MakeTransform(P::TransformDeclarationContext* context) {
  TransformDeclaration transform;
  transform.name = MakeName(context->name());
  if (P::RangeContext* range = context->range())
    transform.range = {MakeName(range->name()), TextOf(range->NUMBER(0)), TextOf(range->NUMBER(1)),
                       tokens_.SpanOf(range)};
  transform.supports = MakeSupports(context->supports());
  transform.fact = MakePathExpr(context->path());
  transform.value = MakeExpr(context->expr());
  return transform;
}

DeclarationKind TreeBuilder::MakeOptionSet(P::OptionSetDeclarationContext* context) {
  OptionSetDeclaration set{MakeName(context->name()), {}};
  for (P::ChoiceContext* choice : context->choice())
    set.choices.push_back({MakeName(choice->name(0)), MakeName(choice->name(1))});
  return set;
}

DeclarationKind TreeBuilder::MakeTerm(P::TermDeclarationContext* context) {
  TermDeclaration term;
  term.name = MakeName(context->name());
  term.of = MakeOf(context->ofEntity());
  if (P::ParametersContext* parameters = context->parameters()) {
    RefuseParameters(term.name, tokens_.SpanOf(parameters));
    for (P::ParameterContext* parameter : parameters->parameter())
      term.parameters.push_back({MakeName(parameter->name(0)), MakeName(parameter->name(1))});
  }
  if (context->type() != nullptr) term.type = MakeType(context->type());
  term.supports = MakeSupports(context->supports());
  term.value = MakeExpr(context->expr());
  return term;
}

void TreeBuilder::RefuseParameters(const Name& name, Span parameters) {
  for (const std::string_view word : {"count", "sum", "max", "min", "round"})
    if (name.text == word)
      sink_.Report<Kind::kCallWithParameters>(Join(name.span, parameters), name.text).Help("give it another name");
}

DeclarationKind TreeBuilder::MakeDecision(P::DecisionDeclarationContext* context) {
  DecisionDeclaration decision;
  decision.name = MakeName(context->name());
  decision.of = MakeOf(context->ofEntity());
  decision.type = MakeType(context->type());
  decision.supports = MakeSupports(context->supports());
  for (P::DecisionItemContext* item : context->decisionItem()) {
    if (item->exception) continue;
    if (item->hitPolicy() != nullptr)
      decision.items.emplace_back(MakeHitPolicy(item->hitPolicy()));
    else if (item->otherwise() != nullptr)
      decision.items.emplace_back(MakeOtherwise(item->otherwise()));
    else
      decision.items.emplace_back(MakeRule(item->ruleText()));
  }
  return decision;
}

HitPolicyText TreeBuilder::MakeHitPolicy(P::HitPolicyContext* context) const {
  HitPolicy policy = HitPolicy::kOneApplies;
  if (context->STRICTEST() != nullptr) policy = HitPolicy::kStrictestWins;
  if (context->FIRST() != nullptr) policy = HitPolicy::kFirstWins;
  return {policy, tokens_.SpanOf(context)};
}

OtherwiseText TreeBuilder::MakeOtherwise(P::OtherwiseContext* context) {
  return {MakeExpr(context->expr()), tokens_.SpanOf(context), {}};
}

RuleText TreeBuilder::MakeRule(P::RuleTextContext* context) {
  RuleText rule;
  rule.is_exception = context->EXCEPTION() != nullptr;
  rule.supports = MakeSupports(context->supports());
  const std::vector<P::NameContext*> names = context->name();
  auto name = names.begin();
  rule.name = MakeName(*name++);
  if (context->TO() != nullptr) rule.except_to = MakeName(*name++);
  if (context->UNDER() != nullptr) {
    rule.under_option = MakeName(*name++);
    rule.under_alternative = MakeName(*name);
  }
  if (context->ARROW() != nullptr) rule.value = MakeExpr(context->expr(0));
  rule.condition = MakeExpr(context->expr(context->ARROW() != nullptr ? 1 : 0));
  rule.span = tokens_.SpanOf(context);
  CheckOutcome(context, rule);
  return rule;
}

void TreeBuilder::CheckOutcome(P::RuleTextContext* context, const RuleText& rule) {
  const bool has_value = rule.value.IsValid();
  if (!rule.is_exception && rule.except_to)
    sink_.Report<Kind::kRuleTakesAway>(SpanOf(context->TO()), rule.name.text)
        .Help("write `exception` instead of `rule`");
  else if (!rule.is_exception && !has_value)
    sink_.Report<Kind::kMissingOutcome>(rule.name.span, "rule", rule.name.text)
        .Help("write `-> OUTCOME` before `when`");
  else if (rule.is_exception && !has_value && !rule.except_to)
    sink_.Report<Kind::kMissingOutcome>(rule.name.span, "exception", rule.name.text)
        .Help("write `to RULE` to take away from a rule, or `-> OUTCOME` to stand against the whole decision");
  else if (rule.is_exception && has_value && rule.except_to)
    sink_.Report<Kind::kExceptionWithOutcome>(SpanOf(context->ARROW()), rule.name.text)
        .Help("leave out either `to` with its rule or the outcome");
}

DeclarationKind TreeBuilder::MakeProperty(P::PropertyDeclarationContext* context) {
  PropertyDeclaration property;
  property.name = MakeName(context->name());
  property.supports = MakeSupports(context->supports());
  P::ClaimContext* claim = context->claim();
  if (claim->expr() != nullptr) {
    property.kind = claim->ALWAYS() != nullptr ? PropertyKind::kAlways : PropertyKind::kNever;
    property.condition = MakeExpr(claim->expr());
    return property;
  }
  property.decision = MakePathExpr(claim->path(0));
  if (claim->STRICT() != nullptr) {
    property.kind = PropertyKind::kAtLeastAsStrict;
    property.draft = MakeName(claim->name());
    return property;
  }
  property.kind = PropertyKind::kNeverFalls;
  property.fact = MakePathExpr(claim->path(1));
  property.falls = claim->RISES() == nullptr;
  return property;
}

}  // namespace proviso::syntax
