#include "compiler/lower/cell_values.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include "compiler/lower/witness.h"
#include "runtime/base/arithmetic.h"

namespace proviso::lower {
namespace {

using evaluate::Variable;

/// How much there is to read of a number.
std::size_t LengthOf(const Value& value) {
  if (const auto* exact = std::get_if<Exact>(&value)) return exact->ToPlainText().size();
  if (const auto* real = std::get_if<double>(&value)) return fmt::format("{}", *real).size();
  return 0;
}

}  // namespace

Value PlainValue(const Type& type) {
  if (type.or_none) return NoValue{};
  switch (type.kind) {
    case TypeKind::kBoolean:
      return false;
    case TypeKind::kEnum:
      return Member{0};
    case TypeKind::kSet:
      return MemberSet{};
    case TypeKind::kList:
      return ListValue{};
    case TypeKind::kReal:
      return 0.0;
    case TypeKind::kDays:
      return Days{0};
    case TypeKind::kDate:
      return Date(std::chrono::year(2025) / 1 / 1);
    default:
      return Exact(0);
  }
}

Value PlainNumber(const Type& type) {
  Type there = type;
  there.or_none = false;
  return PlainValue(there);
}

Value ThresholdValue(const Variable& variable, std::size_t cell) {
  const auto& first = variable.begins[cell];
  const std::optional<Value> last =
      cell + 1 < variable.begins.size() ? ValueBefore(variable, cell + 1) : std::optional<Value>();
  if (!first || !last) return first ? *first : last.value_or(PlainNumber(variable.type));
  const bool is_last = *first == PlainNumber(variable.type) || LengthOf(*last) < LengthOf(*first);
  return is_last ? *last : *first;
}

std::optional<std::size_t> CellOfNothing(const evaluate::Space& space, evaluate::VariableId id) {
  const Variable& variable = space[id];
  if (variable.kind == Variable::Kind::kList) return 0;
  if (variable.kind == Variable::Kind::kCondition && !space.IsTerm(id)) return 0;
  if (variable.kind != Variable::Kind::kQuantity) return std::nullopt;
  std::size_t cell = variable.has_none ? 1 : 0;
  for (std::size_t i = cell; i < variable.begins.size(); ++i) {
    const auto* const begin = variable.begins[i] ? std::get_if<Exact>(&*variable.begins[i]) : nullptr;
    if (begin != nullptr && !(Exact(0) < *begin)) cell = i;
  }
  return cell;
}

std::optional<Exact> PlaceAmongAll(const Type& type, const Value& value) {
  if (const auto* exact = std::get_if<Exact>(&value)) return *exact * Exact::PowerOfTen(type.digits);
  if (const auto* real = std::get_if<double>(&value)) return Exact(OrdinalOf(*real));
  if (const auto* days = std::get_if<Days>(&value)) return Exact(days->count);
  if (const auto* date = std::get_if<Date>(&value)) return Exact(std::int64_t{date->time_since_epoch().count()});
  if (const auto* member = std::get_if<Member>(&value)) return Exact(std::int64_t{member->index});
  return std::nullopt;
}

Value ValueAtPlace(const Type& type, const Exact& place) {
  const std::int64_t whole = place.ToInt64().value_or(0);
  if (type.kind == TypeKind::kReal) return RealAt(whole);
  if (type.kind == TypeKind::kDays) return Days{whole};
  if (type.kind == TypeKind::kDate) return Date(std::chrono::days(whole));
  if (type.kind == TypeKind::kEnum) return Member{static_cast<std::uint32_t>(whole)};
  return place * Exact::PowerOfTen(-type.digits);
}

Exact Middle(const Exact& one, const Exact& other) { return ((one + other) / Exact(2)).Round(0); }

}  // namespace proviso::lower
