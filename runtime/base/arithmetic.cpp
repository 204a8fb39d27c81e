#include "runtime/base/arithmetic.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace proviso {
namespace {

/// Both operands as `T`, where they are.
template <typename T>
bool Both(const Value& left, const Value& right) {
  return std::holds_alternative<T>(left) && std::holds_alternative<T>(right);
}

Attempt DaysOrOverflow(bool overflows, std::int64_t count) {
  if (overflows) return Failure::kOverflow;
  return Value(Days{count});
}

Attempt DateOrOutOfRange(std::optional<Date> date) {
  if (!date) return Failure::kDateRange;
  return Value(*date);
}

Attempt AddDayCounts(Days left, Days right) {
  std::int64_t sum = 0;
  const bool overflows = __builtin_add_overflow(left.count, right.count, &sum);
  return DaysOrOverflow(overflows, sum);
}

Attempt SubtractDayCounts(Days left, Days right) {
  std::int64_t difference = 0;
  const bool overflows = __builtin_sub_overflow(left.count, right.count, &difference);
  return DaysOrOverflow(overflows, difference);
}

Attempt MultiplyDays(Days days, const Exact& factor) {
  const auto product = (Exact(days.count) * factor).ToInt64();
  return DaysOrOverflow(!product, product.value_or(0));
}

/// Values of one kind, in their order; nothing where one of them is `none`.
std::partial_ordering Compare(const Value& left, const Value& right) {
  if (IsNone(left) || IsNone(right)) return std::partial_ordering::unordered;
  return left <=> right;
}

const MemberSet& Members(const Value& set) {
  static const MemberSet kEmpty;
  const auto* members = std::get_if<MemberSet>(&set);
  return members != nullptr ? *members : kEmpty;
}

}  // namespace

Attempt Negate(const Parameters& /*parameters*/, const Value& operand) {
  if (const auto* exact = std::get_if<Exact>(&operand)) return Value(-*exact);
  if (const auto* real = std::get_if<double>(&operand)) return Value(-*real);
  if (const auto* days = std::get_if<Days>(&operand)) return SubtractDayCounts(Days{0}, *days);
  return Value(NoValue{});
}

Attempt Add(const Parameters& /*parameters*/, const Value& left, const Value& right) {
  if (Both<Exact>(left, right)) return Value(std::get<Exact>(left) + std::get<Exact>(right));
  if (Both<double>(left, right)) return Value(std::get<double>(left) + std::get<double>(right));
  if (Both<Days>(left, right)) return AddDayCounts(std::get<Days>(left), std::get<Days>(right));
  const auto* days = std::get_if<Days>(&right);
  if (const auto* date = std::get_if<Date>(&left); date != nullptr && days != nullptr)
    return DateOrOutOfRange(AddDays(*date, days->count));
  return Value(NoValue{});
}

Attempt Subtract(const Parameters& /*parameters*/, const Value& left, const Value& right) {
  if (Both<Exact>(left, right)) return Value(std::get<Exact>(left) - std::get<Exact>(right));
  if (Both<double>(left, right)) return Value(std::get<double>(left) - std::get<double>(right));
  if (Both<Days>(left, right)) return SubtractDayCounts(std::get<Days>(left), std::get<Days>(right));
  if (Both<Date>(left, right)) return Value(Days{(std::get<Date>(left) - std::get<Date>(right)).count()});
  const auto* date = std::get_if<Date>(&left);
  const auto* days = std::get_if<Days>(&right);
  if (date == nullptr || days == nullptr) return Value(NoValue{});
  const Attempt back = SubtractDayCounts(Days{0}, *days);
  if (std::holds_alternative<Failure>(back)) return Failure::kDateRange;
  return DateOrOutOfRange(AddDays(*date, std::get<Days>(std::get<Value>(back)).count));
}

Attempt Multiply(const Parameters& /*parameters*/, const Value& left, const Value& right) {
  if (Both<Exact>(left, right)) return Value(std::get<Exact>(left) * std::get<Exact>(right));
  if (Both<double>(left, right)) return Value(std::get<double>(left) * std::get<double>(right));
  const auto* left_days = std::get_if<Days>(&left);
  const auto* right_days = std::get_if<Days>(&right);
  if (const auto* factor = std::get_if<Exact>(&right); factor != nullptr && left_days != nullptr)
    return MultiplyDays(*left_days, *factor);
  if (const auto* factor = std::get_if<Exact>(&left); factor != nullptr && right_days != nullptr)
    return MultiplyDays(*right_days, *factor);
  return Value(NoValue{});
}

Attempt Divide(const Parameters& /*parameters*/, const Value& left, const Value& right) {
  if (Both<double>(left, right)) return Value(std::get<double>(left) / std::get<double>(right));
  if (Both<Days>(left, right) && std::get<Days>(right).count != 0) {
    return Value(Exact(std::get<Days>(left).count) / Exact(std::get<Days>(right).count));
  }
  if (Both<Exact>(left, right) && !std::get<Exact>(right).IsZero()) {
    return Value(std::get<Exact>(left) / std::get<Exact>(right));
  }
  return Value(NoValue{});
}

Attempt Scale(const Parameters& parameters, const Value& operand) {
  const auto* factor = std::get_if<Exact>(&parameters.constant);
  if (factor == nullptr) return Multiply(parameters, operand, parameters.constant);
  if (const auto* exact = std::get_if<Exact>(&operand)) return Value(*exact * *factor);
  // A real is converted exactly and rounded once.
  if (const auto* real = std::get_if<double>(&operand)) return Value((Exact::FromDouble(*real) * *factor).ToDouble());
  return Value(NoValue{});
}

Attempt Round(const Parameters& parameters, const Value& operand) {
  const auto digits = static_cast<int>(parameters.number);
  if (const auto* exact = std::get_if<Exact>(&operand)) return Value(exact->Round(digits));
  if (const auto* real = std::get_if<double>(&operand)) return Value(Exact::FromDouble(*real).Round(digits));
  return Value(NoValue{});
}

Attempt ToReal(const Parameters& /*parameters*/, const Value& operand) {
  if (const auto* exact = std::get_if<Exact>(&operand)) return Value(exact->ToDouble());
  return operand;
}

Attempt AddMonthsTo(const Parameters& parameters, const Value& operand) {
  if (const auto* date = std::get_if<Date>(&operand)) {
    return DateOrOutOfRange(AddMonths(*date, parameters.number, parameters.month_end));
  }
  return Value(NoValue{});
}

Attempt Greatest(const Parameters& /*parameters*/, const Value& left, const Value& right) {
  if (IsNone(left)) return right;
  return Compare(left, right) < 0 ? right : left;
}

Attempt Smallest(const Parameters& /*parameters*/, const Value& left, const Value& right) {
  if (IsNone(left)) return right;
  return Compare(left, right) > 0 ? right : left;
}

Attempt Equal(const Parameters& /*parameters*/, const Value& left, const Value& right) {
  return Value(Compare(left, right) == 0);
}
Attempt Less(const Parameters& /*parameters*/, const Value& left, const Value& right) {
  return Value(Compare(left, right) < 0);
}
Attempt LessEqual(const Parameters& /*parameters*/, const Value& left, const Value& right) {
  return Value(Compare(left, right) <= 0);
}
Attempt Greater(const Parameters& /*parameters*/, const Value& left, const Value& right) {
  return Value(Compare(left, right) > 0);
}
Attempt GreaterEqual(const Parameters& /*parameters*/, const Value& left, const Value& right) {
  return Value(Compare(left, right) >= 0);
}

Attempt In(const Parameters& /*parameters*/, const Value& member, const Value& set) {
  const auto* known = std::get_if<Member>(&member);
  return Value(known != nullptr && Members(set).Contains(known->index));
}

Attempt IncludesAny(const Parameters& /*parameters*/, const Value& set, const Value& members) {
  const auto& wanted = Members(members).members;
  return Value(std::ranges::any_of(wanted, [&](std::uint32_t member) { return Members(set).Contains(member); }));
}

Attempt IncludesAll(const Parameters& /*parameters*/, const Value& set, const Value& members) {
  const auto& wanted = Members(members).members;
  return Value(std::ranges::all_of(wanted, [&](std::uint32_t member) { return Members(set).Contains(member); }));
}

Attempt IsNoneTest(const Parameters& /*parameters*/, const Value& operand) { return Value(IsNone(operand)); }

Attempt WithinType(const Type& type, Attempt attempt) {
  const auto* value = std::get_if<Value>(&attempt);
  if (value == nullptr) return attempt;
  if (const auto* real = std::get_if<double>(value); real != nullptr && !std::isfinite(*real)) return Value(NoValue{});
  const auto* exact = std::get_if<Exact>(value);
  const bool limited = type.kind == TypeKind::kInteger || type.kind == TypeKind::kDecimal;
  if (exact == nullptr || !limited) return attempt;
  const int digits = type.kind == TypeKind::kInteger ? 0 : type.digits;
  if (!exact->FitsDecimal(digits)) return Failure::kOverflow;
  return attempt;
}

Value ZeroOf(const Type& type) {
  if (type.kind == TypeKind::kReal) return 0.0;
  if (type.kind == TypeKind::kDays) return Days{0};
  return Exact(0);
}

Value ThroughNone(const Type& type) {
  if (type.kind == TypeKind::kBoolean) return false;
  if (type.kind == TypeKind::kSet) return MemberSet{};
  if (type.kind == TypeKind::kList) return ListValue{};
  return NoValue{};
}

std::int64_t OrdinalOf(double value) {
  const auto bits = std::bit_cast<std::int64_t>(value);
  return bits < 0 ? -(bits & std::numeric_limits<std::int64_t>::max()) : bits;
}

double RealAt(std::int64_t ordinal) {
  return ordinal < 0 ? -std::bit_cast<double>(-ordinal) : std::bit_cast<double>(ordinal);
}

}  // namespace proviso
