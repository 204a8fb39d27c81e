// Operands, calls, lists: everything an expression is made of but the precedence of its operators.
#include "compiler/syntax/build_tree.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/resolver.h"

namespace proviso::syntax {

using diagnostics::Kind;
using P = grammar::ProvisoParser;

// ---- The tree's nodes --------------------------------------------------------------------------------------

ExprId TreeBuilder::Add(ExprKind kind, Span span, std::initializer_list<ExprId> children) {
  int below = 0;
  for (const ExprId child : children) below = std::max(below, DepthBelow(child));
  return AddAtDepth(std::move(kind), span, below + 1);
}

ExprId TreeBuilder::Add(ExprKind kind, Span span, const std::vector<ExprId>& children) {
  int below = 0;
  for (const ExprId child : children) below = std::max(below, DepthBelow(child));
  return AddAtDepth(std::move(kind), span, below + 1);
}

ExprId TreeBuilder::AddAtDepth(ExprKind kind, Span span, int depth) {
  if (depth == kMaxConditionDepth + 1)
    sink_.Report<Kind::kNestingTooDeep>(span, "conditions", kMaxConditionDepth)
        .Help("write a long chain as a list: `any of { … }`, `all of { … }`");
  depths_.push_back(depth);
  return tree_.exprs.Add({std::move(kind), span});
}

// ---- Operators -------------------------------------------------------------------------------------------

namespace {

using Role = OperatorItem::Role;

Role RoleOf(P::PrefixContext* prefix) {
  if (prefix->NOT() != nullptr) return Role::kNot;
  return prefix->MINUS() != nullptr ? Role::kMinus : Role::kHead;
}

}  // namespace

ExprId TreeBuilder::MakeExpr(P::ExprContext* context) {
  OperatorList list;
  for (antlr4::tree::ParseTree* child : context->children) {
    auto* part = static_cast<antlr4::ParserRuleContext*>(child);
    if (part->getRuleIndex() == P::RuleBinaryOperator)
      ListOperator(static_cast<P::BinaryOperatorContext*>(part), list);
    else
      ListOperand(static_cast<P::OperandContext*>(part), list);
  }
  if (list.size() == 1) return list.front().operand;
  return Resolver(*this, list).Resolve();
}

void TreeBuilder::ListOperand(P::OperandContext* context, OperatorList& list) {
  for (antlr4::tree::ParseTree* child : context->children) {
    auto* part = static_cast<antlr4::ParserRuleContext*>(child);
    OperatorItem item{Role::kOperand, tokens_.SpanOf(part), {}};
    switch (part->getRuleIndex()) {
      case P::RulePrefix:
        item.head = static_cast<P::PrefixContext*>(part);
        item.role = RoleOf(item.head);
        break;
      case P::RulePrimary:
        item.operand = MakePrimary(static_cast<P::PrimaryContext*>(part));
        break;
      default:
        item.role = Role::kPostfix;
        item.postfix = static_cast<P::PostfixContext*>(part);
    }
    list.push_back(item);
  }
}

namespace {

BinaryOperator WordOperator(std::size_t first_token) {
  switch (first_token) {
    case P::LESS:
      return BinaryOperator::kLessThan;
    case P::MORE_WORD:
      return BinaryOperator::kMoreThan;
    default:
      return BinaryOperator::kAtMost;
  }
}

BinaryOperator SignOperator(std::size_t token) {
  switch (token) {
    case P::IMPLIES:
      return BinaryOperator::kImplies;
    case P::UNLESS:
      return BinaryOperator::kUnless;
    case P::OR:
      return BinaryOperator::kOr;
    case P::AND:
      return BinaryOperator::kAnd;
    case P::EQUAL:
      return BinaryOperator::kEqual;
    case P::LESS_SIGN:
      return BinaryOperator::kLess;
    case P::LESS_EQUAL:
      return BinaryOperator::kLessEqual;
    case P::GREATER_SIGN:
      return BinaryOperator::kGreater;
    case P::GREATER_EQUAL:
      return BinaryOperator::kGreaterEqual;
    case P::PLUS:
      return BinaryOperator::kAdd;
    case P::MINUS:
      return BinaryOperator::kSubtract;
    case P::STAR:
      return BinaryOperator::kMultiply;
    case P::SLASH:
      return BinaryOperator::kDivide;
    default:
      return BinaryOperator::kIs;
  }
}

bool IsBetween(P::BinaryOperatorContext* context) {
  if (context->BETWEEN() != nullptr) return true;
  return context->isComparison() != nullptr && context->isComparison()->BETWEEN() != nullptr;
}

BinaryOperator OperatorOf(P::BinaryOperatorContext* context) {
  P::WordComparisonContext* words = context->wordComparison();
  if (context->isComparison() != nullptr) words = context->isComparison()->wordComparison();
  if (words == nullptr) return SignOperator(context->start->getType());
  return words->LEAST() != nullptr ? BinaryOperator::kAtLeast : WordOperator(words->start->getType());
}

}  // namespace

void TreeBuilder::ListOperator(P::BinaryOperatorContext* context, OperatorList& list) {
  if (context->isComparison() != nullptr) ReportIsComparison(context->isComparison());
  OperatorItem item{IsBetween(context) ? Role::kBetween : Role::kBinary, tokens_.SpanOf(context), {}};
  item.op = OperatorOf(context);
  list.push_back(item);
}

void TreeBuilder::ReportIsComparison(P::IsComparisonContext* context) {
  const bool negated = context->NOT() != nullptr;
  antlr4::Token* comparison = negated ? context->NOT()->getSymbol() : context->IS()->getSymbol();
  comparison = tokens_.At(comparison->getTokenIndex() + 1);
  for (; comparison->getChannel() != antlr4::Token::DEFAULT_CHANNEL;)
    comparison = tokens_.At(comparison->getTokenIndex() + 1);
  std::string words(tokens_.TextOf(comparison));
  if (comparison != context->stop) words.append(" ").append(tokens_.TextOf(context->stop));
  sink_.Report<Kind::kIsBeforeComparison>(tokens_.SpanOf(context), words)
      .Help(negated ? fmt::format("write `not (… {} …)`", words) : fmt::format("drop `is`: `… {} …`", words));
}

ExprId TreeBuilder::ApplyHead(P::PrefixContext* context, ExprId last) {
  const Span span = Join(tokens_.SpanOf(context), tree_.exprs[last].span);
  if (context->IF() != nullptr) {
    const ExprId condition = MakeExpr(context->expr(0));
    const ExprId then_value = MakeExpr(context->expr(1));
    return Add(Conditional{condition, then_value, last}, span, {condition, then_value, last});
  }
  const ExprId list = MakePathExpr(context->path());
  const ExprId where = context->WHERE() != nullptr ? MakeExpr(context->expr(0)) : ExprId();
  return Add(Quantified{context->EVERY() != nullptr, MakeName(context->name()), list, where, last}, span,
             {list, where, last});
}

ExprId TreeBuilder::ApplyPostfix(P::PostfixContext* context, ExprId subject) {
  const Span span = Join(tree_.exprs[subject].span, tokens_.SpanOf(context));
  if (context->SUPPOSING() != nullptr) return MakeSupposing(context, subject, span);
  if (context->INCLUDES() != nullptr) return MakeIncludes(context, subject, span);
  if (context->DESCRIBED() != nullptr)
    return Add(DescribedIn{subject, MakeCitation(context->CITATION())}, span, {subject});
  const ExprId set = MakeSetOperand(context->setOperand());
  return Add(InSet{subject, set}, span, {subject, set});
}

ExprId TreeBuilder::MakeIncludes(P::PostfixContext* context, ExprId subject, Span span) {
  if (context->path() != nullptr) {
    const ExprId member = MakePathExpr(context->path());
    return Add(Includes{IncludesKind::kOne, subject, member}, span, {subject, member});
  }
  const ExprId set = MakeSetOperand(context->setOperand());
  const IncludesKind kind = context->ANY() != nullptr ? IncludesKind::kAny : IncludesKind::kAll;
  return Add(Includes{kind, subject, set}, span, {subject, set});
}

ExprId TreeBuilder::MakeSupposing(P::PostfixContext* context, ExprId subject, Span span) {
  Supposing supposing{subject, {}};
  std::vector<ExprId> children{subject};
  for (P::OverrideContext* change : context->override()) {
    const ExprId value = MakeExpr(change->expr());
    supposing.overrides.push_back({MakePath(change->path()), tokens_.SpanOf(change->path()), value});
    children.push_back(value);
  }
  return Add(std::move(supposing), span, children);
}

// ---- Operands --------------------------------------------------------------------------------------------

ExprId TreeBuilder::MakePrimary(P::PrimaryContext* context) {
  auto* part = dynamic_cast<antlr4::ParserRuleContext*>(context->children.front());
  if (part == nullptr) return context->LPAREN() != nullptr ? MakeParenthesised(context) : MakeDescribedIn(context);
  switch (part->getRuleIndex()) {
    case P::RuleNumber: {
      auto* number = static_cast<P::NumberContext*>(part);
      return MakeNumber(number, number->NUMBER(), number->unitName(), number->period());
    }
    case P::RuleLiteral:
      return MakeLiteral(static_cast<P::LiteralContext*>(part));
    case P::RuleSetLiteral:
      return MakeSetLiteral(static_cast<P::SetLiteralContext*>(part));
    case P::RuleConditionList:
      return MakeConditionList(static_cast<P::ConditionListContext*>(part));
    case P::RuleCall:
      return MakeCall(static_cast<P::CallContext*>(part));
    default:
      return MakePathPrimary(context);
  }
}

ExprId TreeBuilder::MakeParenthesised(P::PrimaryContext* context) {
  const ExprId inner = MakeExpr(context->expr());
  return Add(Parenthesised{inner}, tokens_.SpanOf(context), {inner});
}

ExprId TreeBuilder::MakePathPrimary(P::PrimaryContext* context) {
  const ExprId path = MakePathExpr(context->path());
  if (context->DECIDES() == nullptr) return path;
  return Add(Decides{path}, tokens_.SpanOf(context), {path});
}

ExprId TreeBuilder::MakeDescribedIn(P::PrimaryContext* context) {
  return Add(DescribedIn{ExprId(), MakeCitation(context->CITATION())}, tokens_.SpanOf(context));
}

ExprId TreeBuilder::MakeNumber(const antlr4::ParserRuleContext* context, antlr4::tree::TerminalNode* number,
                               P::UnitNameContext* unit, P::PeriodContext* period) {
  const Span span = tokens_.SpanOf(context);
  if (period != nullptr) return MakeDuration(TextOf(number), period, span);
  return Add(NumberLiteral{TextOf(number), unit != nullptr ? MakeName(unit) : Name()}, span);
}

ExprId TreeBuilder::MakeDuration(std::string number, P::PeriodContext* period, Span span) {
  DurationLiteral duration{std::move(number), Period::kDays, std::string(tokens_.TextOf(period->start))};
  if (period->MONTH() != nullptr || period->MONTHS() != nullptr) duration.period = Period::kMonths;
  if (period->YEAR() != nullptr || period->YEARS() != nullptr) duration.period = Period::kYears;
  if (period->CLIPPED() != nullptr) duration.rule = MonthRule::kClipped;
  if (period->SPILLED() != nullptr) duration.rule = MonthRule::kSpilled;
  return Add(std::move(duration), span);
}

ExprId TreeBuilder::MakeLiteral(P::LiteralContext* context) {
  const Span span = tokens_.SpanOf(context);
  std::string text(tokens_.TextOf(context->start));
  switch (context->start->getType()) {
    case P::PERCENT:
      return Add(PercentLiteral{text.substr(0, text.size() - 1)}, span);
    case P::DATE:
      return Add(DateLiteral{std::move(text)}, span);
    case P::MONEY: {
      std::erase_if(text, [](char c) { return c == '$' || c == ',' || c == '_'; });
      return Add(MoneyLiteral{std::move(text)}, span);
    }
    case P::NONE:
      return Add(NoneLiteral{}, span);
    default: {
      const bool value = context->YES() != nullptr || context->TRUE() != nullptr;
      return Add(BooleanLiteral{value, std::move(text)}, span);
    }
  }
}

ExprId TreeBuilder::MakeSetLiteral(P::SetLiteralContext* context) {
  SetLiteral set;
  for (P::ExprContext* member : context->expr()) set.members.push_back(MakeExpr(member));
  const std::vector<ExprId> children = set.members;
  return Add(std::move(set), tokens_.SpanOf(context), children);
}

ExprId TreeBuilder::MakeSetOperand(P::SetOperandContext* context) {
  if (context->path() != nullptr) return MakePathExpr(context->path());
  return MakeSetLiteral(context->setLiteral());
}

ExprId TreeBuilder::MakeConditionList(P::ConditionListContext* context) {
  ConditionList list{ListKind::kAtLeast, {}, {}};
  if (context->ANY() != nullptr) list.kind = ListKind::kAnyOf;
  if (context->ALL() != nullptr) list.kind = ListKind::kAllOf;
  if (context->NONE() != nullptr) list.kind = ListKind::kNoneOf;
  if (context->NUMBER() != nullptr) list.number = TextOf(context->NUMBER());
  std::vector<ExprId> children;
  for (P::ConditionItemContext* item : context->conditionItem()) {
    list.items.push_back(MakeConditionItem(item));
    children.push_back(list.items.back().condition);
  }
  return Add(std::move(list), tokens_.SpanOf(context), children);
}

ConditionItem TreeBuilder::MakeConditionItem(P::ConditionItemContext* context) {
  Supports supports = MakeSupports(context->supports());
  ConditionItem item;
  item.cites = std::move(supports.cites);
  item.description = std::move(supports.description);
  item.condition = MakeExpr(context->expr());
  item.span = tokens_.SpanOf(context);
  return item;
}

}  // namespace proviso::syntax
