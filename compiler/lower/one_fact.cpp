#include "compiler/lower/one_fact.h"

#include <llvm/ADT/STLExtras.h>

#include <cmath>
#include <limits>
#include <vector>

#include "compiler/lower/cell_values.h"
#include "runtime/evaluate/operate.h"

namespace proviso::lower {
namespace {

using evaluate::NodeId;
using evaluate::Quantity;
using evaluate::QuantityId;
using evaluate::Relation;
using evaluate::Space;
using Operation = Quantity::Operation;

/// A `real` plus or minus no more than this stays finite.
constexpr double kSmallBesideLargest = 1e290;

bool IsConstant(const Space& space, QuantityId id) { return space[id].kind == Quantity::Kind::kConstant; }

/// Of a `real` and a constant.
bool StaysFinite(Operation operation, double constant, bool is_second) {
  const double size = std::abs(constant);
  switch (operation) {
    case Operation::kAdd:
    case Operation::kSubtract:
      return size <= kSmallBesideLargest;
    case Operation::kMultiply:
      return size > 0 && size <= 1;
    case Operation::kDivide:
      return is_second && size >= 1 && std::isfinite(size);
    default:
      return false;
  }
}

/// The value of a quantity made from one fact, where the fact has the value.
std::optional<Value> ValueOf(const Space& space, QuantityId id, const Value& fact) {
  const Quantity& quantity = space[id];
  if (quantity.kind == Quantity::Kind::kFact) return fact;
  if (quantity.kind == Quantity::Kind::kConstant) return quantity.constant;
  if (quantity.kind == Quantity::Kind::kLinear) {
    const auto term = ValueOf(space, quantity.terms.front().first, fact);
    const auto* const number = term ? std::get_if<Exact>(&*term) : nullptr;
    if (number == nullptr) return std::nullopt;
    return Value(*number * quantity.terms.front().second + quantity.offset);
  }
  std::vector<Value> operands;
  for (const QuantityId operand : quantity.operands) {
    const auto value = ValueOf(space, operand, fact);
    if (!value) return std::nullopt;
    operands.push_back(*value);
  }
  const Attempt result = evaluate::Operate(
      quantity.operation, {.constant = quantity.constant, .number = quantity.number, .month_end = quantity.month_end},
      operands);
  const auto* const value = std::get_if<Value>(&result);
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

/// The fact that the quantity comes from by operations that keep the order; invalid where it comes from none so.
QuantityId FactBelow(const Space& space, QuantityId id) {
  for (;;) {
    const Quantity& quantity = space[id];
    if (quantity.kind == Quantity::Kind::kFact) return id;
    if (quantity.kind == Quantity::Kind::kLinear && quantity.terms.size() == 1) {
      id = quantity.terms.front().first;
      continue;
    }
    if (quantity.kind != Quantity::Kind::kOperation ||
        !KeepsOrder(space, quantity.operation, quantity.operands, quantity.constant))
      return {};
    id = *llvm::find_if(quantity.operands, [&](QuantityId operand) { return !IsConstant(space, operand); });
  }
}

/// Whether the first stands so to the second.
bool Stands(const Value& first, const Value& second, Relation relation) {
  switch (relation) {
    case Relation::kLess:
      return first < second;
    case Relation::kLessEqual:
      return first <= second;
    case Relation::kEqual:
      return first == second;
    case Relation::kGreaterEqual:
      return first >= second;
    case Relation::kGreater:
      return first > second;
  }
  return false;
}

/// The places of the least and the greatest number of the type (PlaceAmongAll).
std::pair<Exact, Exact> EndsOf(const Type& type) {
  if (type.kind == TypeKind::kReal) {
    const double largest = std::numeric_limits<double>::max();
    return {*PlaceAmongAll(type, -largest), *PlaceAmongAll(type, largest)};
  }
  const Exact end = Exact::PowerOfTen(kMaxDigits) - Exact(1);
  return {-end, end};
}

}  // namespace

bool KeepsOrder(const Space& space, Operation operation, llvm::ArrayRef<QuantityId> operands, const Value& constant) {
  const auto is_open = [&](QuantityId operand) { return !IsConstant(space, operand); };
  const auto* const open = llvm::find_if(operands, is_open);
  if (llvm::count_if(operands, is_open) != 1 || space[*open].may_be_none) return false;
  if (operation == Operation::kNegate || operation == Operation::kRound) return true;
  if (space[*open].type != TypeKind::kReal) return false;
  if (operation == Operation::kScale) {
    const auto* const factor = std::get_if<Exact>(&constant);
    return factor != nullptr && *factor > Exact(0) && *factor <= Exact(1);
  }
  if (operands.size() != 2) return false;
  const bool is_second = open == operands.begin();
  const auto* const number = std::get_if<double>(&space[operands[is_second ? 1 : 0]].constant);
  return number != nullptr && StaysFinite(operation, *number, is_second);
}

std::optional<NodeId> CompareByFact(Space& space, QuantityId quantity, const Value& number, Relation relation) {
  if (relation == Relation::kEqual) {
    const auto from = CompareByFact(space, quantity, number, Relation::kGreaterEqual);
    const auto to = CompareByFact(space, quantity, number, Relation::kLessEqual);
    return from && to ? std::optional(space.graph.And(*from, *to)) : std::nullopt;
  }
  const QuantityId below = FactBelow(space, quantity);
  if (!below.IsValid()) return std::nullopt;
  const Quantity fact = space[below];
  Type type = space.Words().facts[fact.fact].type;
  type.or_none = false;
  if (!type.IsNumber()) return std::nullopt;
  bool has_value = true;
  const auto holds_at = [&](const Exact& place) {
    const auto value = ValueOf(space, quantity, ValueAtPlace(type, place));
    has_value = has_value && value && value->index() == number.index();
    return has_value && Stands(*value, number, relation);
  };
  auto [low, high] = EndsOf(type);
  const bool at_low = holds_at(low);
  const bool at_high = holds_at(high);
  if (at_low == at_high) {
    if (!has_value) return std::nullopt;
    return at_low ? space.graph.Yes() : space.graph.No();
  }
  for (Exact middle = Middle(low, high); middle != low && middle != high; middle = Middle(low, high))
    (holds_at(middle) == at_low ? low : high) = middle;
  if (!has_value) return std::nullopt;
  return space.Within(space.FactVariable(fact.place, fact.fact), ValueAtPlace(type, at_low ? low : high),
                      at_low ? Relation::kLessEqual : Relation::kGreaterEqual);
}

}  // namespace proviso::lower
