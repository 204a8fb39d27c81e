#include <algorithm>
#include <cmath>

#include "compiler/check/checker.h"

namespace proviso::check {

namespace {

/// Digits after the point that `value` needs; nothing where no decimal of the language holds it.
std::optional<std::uint8_t> FractionDigits(const Exact& value) {
  for (int digits = 0; digits <= kMaxDigits; ++digits)
    if (value.HasFractionWithin(digits)) return static_cast<std::uint8_t>(digits);
  return std::nullopt;
}

Type ExactTypeFor(const Exact& value, UnitId unit, bool is_percent) {
  const auto digits = FractionDigits(value);
  if (!digits || !value.FitsDecimal(*digits)) return {.kind = TypeKind::kRatio, .is_percent = is_percent, .unit = unit};
  if (is_percent)
    return {.kind = TypeKind::kDecimal, .digits = std::max<std::uint8_t>(*digits, 6), .is_percent = true, .unit = unit};
  if (*digits == 0) return {.kind = TypeKind::kInteger, .unit = unit};
  return {.kind = TypeKind::kDecimal, .digits = *digits, .unit = unit};
}

int DigitsOf(const Type& type) { return type.kind == TypeKind::kDecimal ? type.digits : 0; }

}  // namespace

std::string Checker::UnitText(UnitId unit) const {
  return unit.IsValid() ? vocabulary_->units[unit].name : std::string("a plain number");
}

bool Checker::SameDimension(UnitId a, UnitId b) const {
  if (!a.IsValid() || !b.IsValid()) return a.IsValid() == b.IsValid();
  return vocabulary_->units[a].base == vocabulary_->units[b].base;
}

Typed Checker::NumberConstant(const std::string& digits, UnitId unit, syntax::ExprId id, bool is_percent) {
  auto value = Exact::Parse(digits);
  if (!value) {
    sink_.Report<Kind::kLiteralDoesNotFit>(Text(id).span, PathText(id), "any number type");
    return {};
  }
  if (is_percent) value = *value / Exact(100);
  Expr node = Node(Op::kConstant, ExactTypeFor(*value, unit, is_percent), id);
  node.constant = *value;
  return Add(std::move(node), true);
}

Typed Checker::ConvertUnit(Typed value, UnitId to) {
  const Type from_type = TypeOf(value);
  if (from_type.unit == to || !to.IsValid() || !from_type.unit.IsValid()) return value;
  const Exact factor = vocabulary_->units[from_type.unit].factor / vocabulary_->units[to].factor;
  Expr node = At(value.id);
  if (node.op == Op::kConstant && std::holds_alternative<Exact>(node.constant)) {
    const Exact converted = std::get<Exact>(node.constant) * factor;
    node.type = ExactTypeFor(converted, to, false);
    node.constant = converted;
    return Add(std::move(node), value.literal);
  }
  Expr scale = Node(Op::kScale, from_type, node.text);
  scale.operands = {value.id};
  scale.constant = factor;
  scale.type.unit = to;
  // A whole or decimal number of one unit need not be one of another: exact, but of no fixed length.
  if (from_type.IsExactNumber()) {
    const auto digits = FractionDigits(factor * Exact::PowerOfTen(-DigitsOf(from_type)));
    const bool is_ratio = from_type.kind == TypeKind::kRatio || !digits;
    scale.type.kind = is_ratio ? TypeKind::kRatio : *digits == 0 ? TypeKind::kInteger : TypeKind::kDecimal;
    scale.type.digits = is_ratio ? std::uint8_t{0} : *digits;
    scale.type.is_percent = false;
  }
  return Add(std::move(scale), value.literal);
}

Typed Checker::ToReal(Typed value) {
  Expr node = At(value.id);
  Type type{.kind = TypeKind::kReal, .unit = node.type.unit};
  if (node.op == Op::kConstant && std::holds_alternative<Exact>(node.constant)) {
    const double rounded = std::get<Exact>(node.constant).ToDouble();
    if (!std::isfinite(rounded)) {
      sink_.Report<Kind::kLiteralDoesNotFit>(node.span, PathText(node.text), "a real: it is beyond 1.8 × 10^308");
      return {};
    }
    node.type = type;
    node.constant = rounded;
    return Add(std::move(node));
  }
  Expr real = Node(Op::kToReal, type, node.text);
  real.operands = {value.id};
  return Add(std::move(real));
}

bool Checker::LiteralFits(ExprId literal, const Type& type, const Span& at) {
  const Expr node = At(literal);
  switch (node.op) {
    case Op::kConstant: {
      const Exact& value = std::get<Exact>(node.constant);
      const int digits = DigitsOf(type);
      if (value.HasFractionWithin(digits) && value.FitsDecimal(digits)) return true;
      auto& report = sink_.Report<Kind::kLiteralDoesNotFit>(node.span, PathText(node.text), Shown(type));
      if (at != node.span) report.AddNote(fmt::format("it meets {} here", Shown(type)), at);
      const int shown_digits = type.is_percent ? digits - 2 : digits;
      report.Help(digits == 0 ? "write a whole number"
                              : fmt::format("write at most {} digits after the point", shown_digits));
      return false;
    }
    case Op::kOption: {
      bool fits = true;
      for (const Alternative& each : draft_.options[node.option].alternatives)
        fits = (!each.value.IsValid() || LiteralFits(each.value, type, at)) && fits;
      return fits;
    }
    case Op::kTerm:
      return LiteralFits(draft_.terms[node.term].body, type, at);
    case Op::kIf: {
      const bool first = LiteralFits(node.operands[1], type, at);
      return LiteralFits(node.operands[2], type, at) && first;
    }
    case Op::kMax:
    case Op::kMin: {
      bool fits = true;
      for (const ExprId each : node.operands) fits = LiteralFits(each, type, at) && fits;
      return fits;
    }
    default:
      return true;  // computed from literals: its own type holds it
  }
}

Typed Checker::LiteralAs(Typed literal, const Type& type, bool must_fit, const Span& meets) {
  const Typed converted = ConvertUnit(literal, type.unit);
  if (type.kind == TypeKind::kReal) return ToReal(converted);
  if (must_fit && type.kind != TypeKind::kRatio && !LiteralFits(converted.id, type, meets)) return {};
  return {converted.id, false};
}

bool Checker::Unify(Typed& left, Typed& right, std::string_view verb, const Span& at, bool must_fit) {
  const Type a = TypeOf(left);
  const Type b = TypeOf(right);
  if (!SameDimension(a.unit, b.unit)) {
    const bool left_is_bare = !a.unit.IsValid() && left.literal;
    const bool right_is_bare = !b.unit.IsValid() && right.literal;
    if (left_is_bare != right_is_bare && (left_is_bare ? b : a).unit.IsValid()) {
      const Typed& bare = left_is_bare ? left : right;
      const UnitId needed = left_is_bare ? b.unit : a.unit;
      const std::string text = PathText(At(bare.id).text);
      sink_.Report<Kind::kUnitMissing>(At(bare.id).span, text, UnitText(needed))
          .Help((left_is_bare ? a : b).is_percent ? fmt::format("say of what: `{} * …`", text)
                                                  : fmt::format("write `{} {}`", text, UnitText(needed)));
      return false;
    }
    auto& report =
        sink_.Report<Kind::kUnitMismatch>(At(right.id).span, Operation(verb, UnitText(a.unit), UnitText(b.unit)))
            .Label(UnitText(b.unit))
            .AddNote(UnitText(a.unit), At(left.id).span);
    for (const Typed* side : {&left, &right}) {
      const Expr& node = At(side->id);
      if (node.op != Op::kFact) continue;
      const Fact& fact = vocabulary_->facts[node.fact];
      report.AddNote(fmt::format("`{}` is declared here", fact.ShownName()), fact.span);
    }
    return false;
  }
  if (left.literal && !right.literal) {
    left = LiteralAs(left, b, must_fit, At(right.id).span);
  } else if (right.literal && !left.literal) {
    right = LiteralAs(right, a, must_fit, At(left.id).span);
  } else if (!left.literal && (a.kind == TypeKind::kReal) != (b.kind == TypeKind::kReal)) {
    const auto word = [](const Type& type) { return type.kind == TypeKind::kReal ? "a real" : "an exact number"; };
    sink_.Report<Kind::kMixedNumbers>(at, Operation(verb, word(a), word(b)))
        .Help("write `real(…)` around the exact one where binary64 is meant");
    return false;
  } else {
    right = ConvertUnit(right, a.unit);
  }
  return left && right;
}

Type Checker::WiderNumber(const Type& a, const Type& b) {
  if (a.kind == TypeKind::kReal || b.kind == TypeKind::kReal) return {.kind = TypeKind::kReal, .unit = a.unit};
  const bool is_percent = a.is_percent && b.is_percent;
  if (a.kind == TypeKind::kRatio || b.kind == TypeKind::kRatio)
    return {.kind = TypeKind::kRatio, .is_percent = is_percent, .unit = a.unit};
  const auto digits = static_cast<std::uint8_t>(std::max(DigitsOf(a), DigitsOf(b)));
  if (a.kind == TypeKind::kInteger && b.kind == TypeKind::kInteger) return {.kind = TypeKind::kInteger, .unit = a.unit};
  return {.kind = TypeKind::kDecimal, .digits = digits, .is_percent = is_percent, .unit = a.unit};
}

Typed Checker::Coerce(Typed value, const Type& type, const Span& at) {
  if (!value) return {};
  const Type from = TypeOf(value);
  const Expr& node = At(value.id);
  if (node.op == Op::kConstant && IsNone(node.constant)) {
    if (type.kind == TypeKind::kBoolean || type.kind == TypeKind::kSet || type.kind == TypeKind::kList) {
      sink_.Report<Kind::kNeverValue>(at, Shown(type));
      return {};
    }
    return value;
  }
  if (type.IsNumber() && from.IsNumber()) {
    Expr like = Node(Op::kConstant, type, node.text);
    like.type.or_none = false;
    like.constant = Exact(0);
    if (!SameDimension(from.unit, type.unit) || (from.kind == TypeKind::kReal) != (type.kind == TypeKind::kReal)) {
      Typed target = Add(std::move(like));
      Typed source = value;
      if (!Unify(target, source, "use", at, true)) return {};
      return Coerce(source, type, at);
    }
    if (value.literal) return LiteralAs(value, type, true, at);
    const Typed converted = ConvertUnit(value, type.unit);
    const Type& now = TypeOf(converted);
    const bool loses = type.kind != TypeKind::kReal && type.kind != TypeKind::kRatio &&
                       (now.kind == TypeKind::kRatio || DigitsOf(now) > DigitsOf(type));
    if (!loses) return converted;
    sink_.Report<Kind::kLosesDigits>(at, Shown(now), ShownWithoutNone(type))
        .Help(fmt::format("write `round(…, {})` where the law rounds", DigitsOf(type)));
    return {};
  }
  if (SameKind(from, type)) return value;
  sink_.Report<Kind::kTypeMismatch>(at, ShownWithoutNone(type), ShownWithoutNone(from)).Label(ShownWithoutNone(from));
  return {};
}

}  // namespace proviso::check
