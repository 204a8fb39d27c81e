// What an amending draft says: settle, add, replace, remove, repeal, amend.
#include "compiler/syntax/build_tree.h"

namespace proviso::syntax {

using P = grammar::ProvisoParser;

namespace {

DeclarationWord WordOf(P::DeclarationWordContext* context) {
  if (context == nullptr) return DeclarationWord::kNone;
  switch (context->start->getType()) {
    case P::UNIT:
      return DeclarationWord::kUnit;
    case P::ENUM:
      return DeclarationWord::kEnum;
    case P::ENTITY:
      return DeclarationWord::kEntity;
    case P::SET:
      return DeclarationWord::kSet;
    case P::OPTION:
      return DeclarationWord::kOption;
    case P::READING:
      return DeclarationWord::kReading;
    case P::CONSTRAINT:
      return DeclarationWord::kConstraint;
    case P::OPTION_SET:
      return DeclarationWord::kOptionSet;
    case P::TERM:
      return DeclarationWord::kTerm;
    case P::DECISION:
      return DeclarationWord::kDecision;
    case P::RULE:
      return DeclarationWord::kRule;
    case P::EXCEPTION:
      return DeclarationWord::kException;
    case P::PROPERTY:
      return DeclarationWord::kProperty;
    case P::TRANSFORM:
      return DeclarationWord::kTransform;
    default:
      return DeclarationWord::kAssume;
  }
}

template <typename ChangeKind, typename Context>
ChangeKind KindOf(Context* context) {
  if (context->REPLACE() != nullptr) return ChangeKind::kReplace;
  return context->ADD() != nullptr ? ChangeKind::kAdd : ChangeKind::kRepeal;
}

template <typename Context>
Placement PlacementOf(Context* context) {
  if (context->BEFORE() != nullptr) return Placement::kBefore;
  return context->AFTER() != nullptr ? Placement::kAfter : Placement::kLast;
}

}  // namespace

DeclarationKind TreeBuilder::MakeAmendment(P::AmendmentContext* context) {
  auto* part = static_cast<antlr4::ParserRuleContext*>(context->children.front());
  switch (part->getRuleIndex()) {
    case P::RuleSettleAmendment:
      return MakeSettle(static_cast<P::SettleAmendmentContext*>(part));
    case P::RuleAddAmendment:
      return AddAmendment{MakeNested(static_cast<P::AddAmendmentContext*>(part)->plainDeclaration())};
    case P::RuleReplaceAmendment:
      return ReplaceAmendment{MakeNested(static_cast<P::ReplaceAmendmentContext*>(part)->plainDeclaration())};
    case P::RuleSetAmendment:
      return MakeSetAmendment(static_cast<P::SetAmendmentContext*>(part));
    case P::RuleRepealAmendment:
      return MakeRepeal(static_cast<P::RepealAmendmentContext*>(part));
    default:
      return MakeAmend(static_cast<P::AmendAmendmentContext*>(part));
  }
}

DeclarationId TreeBuilder::MakeNested(P::PlainDeclarationContext* context) {
  DeclarationKind kind = MakePlain(context);
  return tree_.nested.Add({std::move(kind), tokens_.SpanOf(context), {}});
}

DeclarationKind TreeBuilder::MakeSettle(P::SettleAmendmentContext* context) {
  SettleAmendment settle{MakeName(context->name(0)), std::nullopt, MakeOptionalExpr(context->expr())};
  if (context->name(1) != nullptr) settle.alternative = MakeName(context->name(1));
  return settle;
}

DeclarationKind TreeBuilder::MakeSetAmendment(P::SetAmendmentContext* context) {
  SetAmendment change{context->ADD() != nullptr, {}, MakeName(context->name())};
  for (P::MemberContext* member : context->member()) change.members.push_back(MakeMember(member));
  return change;
}

DeclarationKind TreeBuilder::MakeRepeal(P::RepealAmendmentContext* context) {
  return RepealAmendment{WordOf(context->declarationWord()), MakeOf(context->ofEntity()), MakeName(context->name())};
}

DeclarationKind TreeBuilder::MakeAmend(P::AmendAmendmentContext* context) {
  AmendAmendment amend{WordOf(context->declarationWord()), MakeOf(context->ofEntity()), MakeName(context->name()), {}};
  for (P::ChangeContext* change : context->change())
    if (!change->exception) amend.changes.push_back(MakeChange(change));
  return amend;
}

Change TreeBuilder::MakeChange(P::ChangeContext* context) {
  const Span span = tokens_.SpanOf(context);
  if (context->paragraphChange() != nullptr) return MakeParagraphChange(context->paragraphChange());
  if (context->ruleChange() != nullptr) return MakeRuleChange(context->ruleChange());
  if (auto* otherwise = context->otherwiseChange(); otherwise != nullptr)
    return OtherwiseChange{MakeOtherwise(otherwise->otherwise()), span, otherwise->ADD() != nullptr};
  auto* policy = context->hitPolicyChange();
  return HitPolicyChange{MakeHitPolicy(policy->hitPolicy()), span, policy->ADD() != nullptr};
}

ParagraphChange TreeBuilder::MakeParagraphChange(P::ParagraphChangeContext* context) {
  ParagraphChange change;
  change.kind = KindOf<ParagraphChange::Kind>(context);
  change.cite = MakeCitation(context->citation(0));
  if (context->STRING() != nullptr) change.description = MakeString(context->STRING());
  change.condition = MakeOptionalExpr(context->expr());
  change.placement = PlacementOf(context);
  if (change.placement != Placement::kLast) change.anchor = MakeCitation(context->citation(1));
  change.span = tokens_.SpanOf(context);
  return change;
}

RuleChange TreeBuilder::MakeRuleChange(P::RuleChangeContext* context) {
  RuleChange change;
  change.kind = KindOf<RuleChange::Kind>(context);
  change.placement = PlacementOf(context);
  change.span = tokens_.SpanOf(context);
  if (context->ruleText() != nullptr) {
    change.rule = MakeRule(context->ruleText());
  } else {
    change.rule.is_exception = context->EXCEPTION() != nullptr;
    change.rule.name = MakeName(context->name());
    change.rule.span = change.span;
  }
  if (change.placement != Placement::kLast) change.anchor = MakeName(context->name());
  return change;
}

}  // namespace proviso::syntax
