#include <charconv>

#include "compiler/check/checker.h"

namespace proviso::check {

using syntax::BinaryOperator;

namespace {

Op ArithmeticOp(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::kAdd:
      return Op::kAdd;
    case BinaryOperator::kSubtract:
      return Op::kSubtract;
    case BinaryOperator::kMultiply:
      return Op::kMultiply;
    default:
      return Op::kDivide;
  }
}

bool IsCalendar(const Type& type) { return type.kind == TypeKind::kDate || type.kind == TypeKind::kDays; }

std::string_view Verb(Op op) {
  if (op == Op::kAdd) return "add";
  if (op == Op::kSubtract) return "subtract";
  return op == Op::kMultiply ? "multiply" : "divide";
}

}  // namespace

Typed Checker::Arithmetic(const syntax::Binary& binary, syntax::ExprId id, const Scope& scope, const Type* expected) {
  if (auto months = MonthArithmetic(binary, id, scope)) return *months;
  const Op op = ArithmeticOp(binary.op);
  const Type* pass_on = op == Op::kAdd || op == Op::kSubtract ? expected : nullptr;
  const Typed left = CheckExpr(binary.left, scope, pass_on);
  const Typed right = CheckExpr(binary.right, scope, pass_on);
  if (!left || !right) return {};
  if (op != Op::kMultiply && op != Op::kDivide && (IsCalendar(TypeOf(left)) || IsCalendar(TypeOf(right))))
    return DateArithmetic(op, left, right, id);
  for (const Typed* side : {&left, &right}) {
    if (TypeOf(*side).IsNumber()) continue;
    sink_.Report<Kind::kTypeMismatch>(At(side->id).span, fmt::format("a number to {}", Verb(op)), Shown(TypeOf(*side)))
        .Label(Shown(TypeOf(*side)));
    return {};
  }
  if (op == Op::kMultiply) return Multiply(left, right, id);
  if (op == Op::kDivide) return Divide(left, right, id);
  return AddOrSubtract(op, left, right, id);
}

Typed Checker::AddOrSubtract(Op op, Typed left, Typed right, syntax::ExprId id) {
  const bool literal = left.literal && right.literal;
  if (!Unify(left, right, Verb(op), Text(id).span, false)) return {};
  Expr node = Node(op, WiderNumber(TypeOf(left), TypeOf(right)), id);
  node.operands = {left.id, right.id};
  return Add(std::move(node), literal);
}

Typed Checker::DateArithmetic(Op op, Typed left, Typed right, syntax::ExprId id) {
  const TypeKind a = TypeOf(left).kind;
  const TypeKind b = TypeOf(right).kind;
  std::optional<TypeKind> result;
  if (a == TypeKind::kDate && b == TypeKind::kDays) result = TypeKind::kDate;
  if (a == TypeKind::kDays && b == TypeKind::kDays) result = TypeKind::kDays;
  if (a == TypeKind::kDate && b == TypeKind::kDate && op == Op::kSubtract) result = TypeKind::kDays;
  if (!result) {
    auto& report = sink_.Report<Kind::kTypeMismatch>(Text(id).span, "a date and days, or two dates to subtract",
                                                     Shown(TypeOf(left)) + " and " + Shown(TypeOf(right)));
    if (TypeOf(right).IsNumber()) report.Help("write how many `days`");
    return {};
  }
  Expr node = Node(op, Type{.kind = *result}, id);
  node.operands = {left.id, right.id};
  return Add(std::move(node));
}

std::optional<Typed> Checker::MonthArithmetic(const syntax::Binary& binary, syntax::ExprId id, const Scope& scope) {
  const auto* duration = std::get_if<syntax::DurationLiteral>(&Text(binary.right).kind);
  if (duration == nullptr || duration->period == syntax::Period::kDays) return std::nullopt;
  if (binary.op != BinaryOperator::kAdd && binary.op != BinaryOperator::kSubtract) return std::nullopt;
  const Typed date = Coerce(CheckExpr(binary.left, scope), Type{.kind = TypeKind::kDate}, Text(binary.left).span);
  const std::string shown = duration->number + " " + duration->unit_word;
  if (duration->rule == syntax::MonthRule::kMissing) {
    sink_.Report<Kind::kMonthRuleMissing>(Text(binary.right).span, shown)
        .Help(fmt::format("write `{} (clipped)` for the month's last day, or `{} (spilled)` to run into the next",
                          shown, shown));
    return Typed();
  }
  const auto count = Exact::Parse(duration->number);
  const auto whole = count ? count->ToInt64() : std::nullopt;
  if (!whole || *whole > 120'000) {
    sink_.Report<Kind::kLiteralDoesNotFit>(Text(binary.right).span, shown, "whole months up to 10,000 years");
    return Typed();
  }
  if (!date) return Typed();
  Expr node = Node(Op::kAddMonths, Type{.kind = TypeKind::kDate}, id);
  node.operands = {date.id};
  node.number = *whole * (duration->period == syntax::Period::kYears ? 12 : 1) *
                (binary.op == BinaryOperator::kSubtract ? -1 : 1);
  node.month_end = duration->rule == syntax::MonthRule::kClipped ? MonthEnd::kClipped : MonthEnd::kSpilled;
  return Add(std::move(node));
}

Typed Checker::Multiply(Typed left, Typed right, syntax::ExprId id) {
  const UnitId a = TypeOf(left).unit;
  const UnitId b = TypeOf(right).unit;
  if (a.IsValid() && b.IsValid()) {
    sink_.Report<Kind::kBadProduct>(Text(id).span, "multiply", UnitText(a), UnitText(b))
        .Help("one of the two must be a plain number or a percent");
    return {};
  }
  const bool literal = left.literal && right.literal;
  const bool real = TypeOf(left).kind == TypeKind::kReal || TypeOf(right).kind == TypeKind::kReal;
  if (real && left.literal) left = ToReal(left);
  if (real && right.literal) right = ToReal(right);
  if (!left || !right) return {};
  const Type x = TypeOf(left);
  const Type y = TypeOf(right);
  if ((x.kind == TypeKind::kReal) != (y.kind == TypeKind::kReal)) {
    sink_.Report<Kind::kMixedNumbers>(Text(id).span, Operation("multiply", Shown(x), Shown(y)))
        .Help("write `real(…)` around the exact one where binary64 is meant");
    return {};
  }
  Type type{.kind = real ? TypeKind::kReal : TypeKind::kRatio, .unit = a.IsValid() ? a : b};
  if (!real) {
    type.is_percent = x.is_percent && y.is_percent;
    const int digits = (x.kind == TypeKind::kDecimal ? x.digits : 0) + (y.kind == TypeKind::kDecimal ? y.digits : 0);
    const bool is_ratio = x.kind == TypeKind::kRatio || y.kind == TypeKind::kRatio;
    if (!is_ratio && digits > kMaxDigits) {
      sink_.Report<Kind::kTooManyDigits>(Text(id).span, "this product").Help("use `round` on one of the two");
      return {};
    }
    if (!is_ratio) {
      type.kind = digits == 0 ? TypeKind::kInteger : TypeKind::kDecimal;
      type.digits = static_cast<std::uint8_t>(digits);
      type.is_percent = false;  // no percent has that many digits
    }
  }
  Expr node = Node(Op::kMultiply, type, id);
  node.operands = {left.id, right.id};
  return Add(std::move(node), literal);
}

Typed Checker::Divide(Typed left, Typed right, syntax::ExprId id) {
  const UnitId a = TypeOf(left).unit;
  const UnitId b = TypeOf(right).unit;
  if (b.IsValid() && !SameDimension(a, b)) {
    sink_.Report<Kind::kBadProduct>(Text(id).span, "divide", UnitText(a), UnitText(b))
        .Help("divide by a plain number, or by a quantity of the same kind");
    return {};
  }
  const bool literal = left.literal && right.literal;
  if (b.IsValid()) {
    if (!Unify(left, right, "divide", Text(id).span, false)) return {};
  } else {
    const bool real = TypeOf(left).kind == TypeKind::kReal || TypeOf(right).kind == TypeKind::kReal;
    if (real && left.literal) left = ToReal(left);
    if (real && right.literal) right = ToReal(right);
    if (!left || !right) return {};
  }
  const bool real = TypeOf(left).kind == TypeKind::kReal;
  if (real != (TypeOf(right).kind == TypeKind::kReal)) {
    sink_.Report<Kind::kMixedNumbers>(Text(id).span, Operation("divide", Shown(TypeOf(left)), Shown(TypeOf(right))))
        .Help("write `real(…)` around the exact one where binary64 is meant");
    return {};
  }
  Type type{.kind = real ? TypeKind::kReal : TypeKind::kRatio};
  if (!b.IsValid()) type.unit = a;
  Expr node = Node(Op::kDivide, type, id);
  node.operands = {left.id, right.id};
  return Add(std::move(node), literal);
}

std::optional<Type> Checker::CommonType(std::vector<Typed>& values, syntax::ExprId id, std::string_view verb) {
  // The first value that is neither `none` nor a literal decides; a literal only where there is nothing else.
  std::optional<std::size_t> model;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (At(values[i].id).op == Op::kConstant && IsNone(At(values[i].id).constant)) continue;
    if (!model || (values[*model].literal && !values[i].literal)) model = i;
  }
  if (!model) return TypeOf(values.front());
  Type type = TypeOf(values[*model]);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (At(values[i].id).op == Op::kConstant && IsNone(At(values[i].id).constant)) continue;
    if (i == *model) continue;
    if (!type.IsNumber() || !TypeOf(values[i]).IsNumber()) {
      if (SameKind(type, TypeOf(values[i]))) continue;
      ReportTypesDiffer(values[std::min(*model, i)], values[std::max(*model, i)]);
      return std::nullopt;
    }
    Typed like = values[*model];
    if (!Unify(like, values[i], verb, Text(id).span, false)) return std::nullopt;
    type = WiderNumber(type, TypeOf(values[i]));
  }
  return type;
}

void Checker::ReportTypesDiffer(const Typed& first, const Typed& second) {
  const std::string one = ShownWithoutNone(TypeOf(first));
  const std::string other = ShownWithoutNone(TypeOf(second));
  sink_.Report<Kind::kTypesDiffer>(At(second.id).span, one, other).Label(other).AddNote(one, At(first.id).span);
}

Typed Checker::OverCommonType(Op op, std::vector<Typed> operands, syntax::ExprId id, std::string_view verb) {
  bool literal = true;
  for (const Typed& each : operands) {
    if (!each) return {};
    literal = literal && each.literal;
  }
  const auto type = CommonType(operands, id, verb);
  if (!type) return {};
  Expr node = Node(op, *type, id);
  for (const Typed& each : operands) node.operands.push_back(each.id);
  return Add(std::move(node), literal && type->IsNumber());
}

}  // namespace proviso::check
