// Resolves a flat list of operands and operators into a tree, by the table of the language reference.
#include <utility>

#include "compiler/syntax/parse.h"
#include "compiler/syntax/resolver.h"

namespace proviso::syntax {

using diagnostics::Kind;
using Role = OperatorItem::Role;

namespace {

/// From loosest to tightest.
enum Level : int { kImplies, kUnless, kOr, kAnd, kNot, kSupposing, kComparison, kSum, kProduct, kOperand };

Level LevelOf(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::kImplies:
      return kImplies;
    case BinaryOperator::kUnless:
      return kUnless;
    case BinaryOperator::kOr:
      return kOr;
    case BinaryOperator::kAnd:
      return kAnd;
    case BinaryOperator::kAdd:
    case BinaryOperator::kSubtract:
      return kSum;
    case BinaryOperator::kMultiply:
    case BinaryOperator::kDivide:
      return kProduct;
    default:
      return kComparison;
  }
}

Level LevelOf(const OperatorItem& item) {
  switch (item.role) {
    case Role::kBinary:
      return LevelOf(item.op);
    case Role::kPostfix:
      return item.postfix->SUPPOSING() != nullptr ? kSupposing : kComparison;
    default:
      return kComparison;
  }
}

bool LeadsInward(const OperatorItem& item) {
  const bool is_prefix = item.role == Role::kNot || item.role == Role::kMinus || item.role == Role::kHead;
  return is_prefix || (item.role == Role::kBinary && item.op == BinaryOperator::kImplies);
}

Level Tighter(Level level) { return static_cast<Level>(level + 1); }

}  // namespace

ExprId TreeBuilder::Resolver::Resolve() {
  int inward = 0;  // the items that recursion follows; all else is a loop
  for (const OperatorItem& item : list_) {
    inward += LeadsInward(item) ? 1 : 0;
    if (inward <= kMaxConditionDepth) continue;
    builder_.sink_.Report<Kind::kNestingTooDeep>(item.span, "conditions", kMaxConditionDepth)
        .Help("define the inner conditions as terms of their own");
    return builder_.Add(NoneLiteral{}, item.span);
  }
  return Parse(kImplies);
}

ExprId TreeBuilder::Resolver::Parse(int loosest) {
  ExprId left = ParsePrefix();
  int ended_at = kOperand;
  while (position_ < list_.size() && LevelOf(list_[position_]) >= loosest) {
    const OperatorItem& item = list_[position_];
    const Level level = LevelOf(item);
    ++position_;
    const ExprId whole = Apply(item, level, left);
    if (ended_at == level) RefuseChain(item, level, left, whole);
    left = whole;
    ended_at = level;
  }
  return left;
}

ExprId TreeBuilder::Resolver::ParsePrefix() {
  const OperatorItem& item = list_[position_++];
  if (item.role == Role::kOperand) return item.operand;
  if (item.role == Role::kHead) return builder_.ApplyHead(item.head, Parse(kImplies));
  if (item.role == Role::kNot) {
    const ExprId operand = Parse(Tighter(kNot));
    return builder_.Add(Not{operand}, Join(item.span, SpanOf(operand)), {operand});
  }
  const ExprId operand = ParsePrefix();
  return builder_.Add(Negate{operand}, Join(item.span, SpanOf(operand)), {operand});
}

ExprId TreeBuilder::Resolver::Apply(const OperatorItem& item, int level, ExprId left) {
  if (item.role == Role::kPostfix) return builder_.ApplyPostfix(item.postfix, left);
  if (item.role == Role::kBetween) return ApplyBetween(item, left);
  BinaryOperator op = item.op;
  Span op_span = item.span;
  if (op == BinaryOperator::kIs && list_[position_].role == Role::kNot) {
    op = BinaryOperator::kIsNot;
    op_span = Join(op_span, list_[position_++].span);
  }
  const bool to_the_right = op == BinaryOperator::kImplies;
  const ExprId right = Parse(to_the_right ? level : level + 1);
  return builder_.Add(Binary{op, left, right, op_span}, Join(SpanOf(left), SpanOf(right)), {left, right});
}

ExprId TreeBuilder::Resolver::ApplyBetween(const OperatorItem& item, ExprId left) {
  const ExprId low = Parse(kSum);
  const bool has_and =
      position_ < list_.size() && list_[position_].role == Role::kBinary && list_[position_].op == BinaryOperator::kAnd;
  if (!has_and) {
    if (!std::exchange(mistake_reported_, true))
      builder_.sink_.Report<Kind::kBetweenWithoutAnd>(Join(item.span, SpanOf(low)))
          .Help("both ends are in: `between 1 and 5`");
    return left;
  }
  ++position_;
  const ExprId high = Parse(kSum);
  return builder_.Add(Between{left, low, high}, Join(SpanOf(left), SpanOf(high)), {left, low, high});
}

void TreeBuilder::Resolver::RefuseChain(const OperatorItem& item, int level, ExprId left, ExprId whole) {
  if ((level != kUnless && level != kComparison) || std::exchange(mistake_reported_, true)) return;
  if (level == kUnless)
    builder_.sink_.Report<Kind::kUnlessTwice>(item.span)
        .AddNote("the first `unless` is in here", SpanOf(left))
        .Help("say by brackets which belongs to which: `a unless (b unless c)`, or `a unless (b or c)`");
  else
    builder_.sink_.Report<Kind::kComparisonChain>(SpanOf(whole)).Help(WithoutChain(left, whole));
}

namespace {

/// Whether both are `at least`, or both `at most`.
bool AreEndsOfRange(BinaryOperator first, BinaryOperator second) {
  const auto is_at_least = [](BinaryOperator op) {
    return op == BinaryOperator::kGreaterEqual || op == BinaryOperator::kAtLeast;
  };
  const auto is_at_most = [](BinaryOperator op) {
    return op == BinaryOperator::kLessEqual || op == BinaryOperator::kAtMost;
  };
  return (is_at_least(first) && is_at_least(second)) || (is_at_most(first) && is_at_most(second));
}

}  // namespace

std::string TreeBuilder::Resolver::WithoutChain(ExprId left, ExprId whole) const {
  const auto* first = std::get_if<Binary>(&builder_.tree_.exprs[left].kind);
  const auto* second = std::get_if<Binary>(&builder_.tree_.exprs[whole].kind);
  const auto text = [&](const Span& span) { return builder_.tokens_.TextOf(span); };
  if (first == nullptr || second == nullptr || text(SpanOf(whole)).find('\n') != std::string_view::npos)
    return "join two comparisons by `and`";
  const std::string_view middle = text(SpanOf(first->right));
  std::string_view low = text(SpanOf(first->left));
  std::string_view high = text(SpanOf(second->right));
  if (!AreEndsOfRange(first->op, second->op))
    return fmt::format("write `{} and {} {} {}`", text(SpanOf(left)), middle, text(second->op_span), high);
  if (first->op == BinaryOperator::kGreaterEqual || first->op == BinaryOperator::kAtLeast) std::swap(low, high);
  return fmt::format("write `{} between {} and {}`", middle, low, high);
}

Span TreeBuilder::Resolver::SpanOf(ExprId expr) const { return builder_.tree_.exprs[expr].span; }

}  // namespace proviso::syntax
