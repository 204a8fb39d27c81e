#include "compiler/lower/quantities.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "compiler/lower/one_fact.h"
#include "runtime/base/arithmetic.h"
#include "runtime/evaluate/operate.h"

namespace proviso::lower {
namespace {

using evaluate::AsNumber;
using evaluate::NoOutcome;
using evaluate::VariableId;
using Operation = Quantity::Operation;

/// An exact number, a date or days: so many times each quantity, and an offset.
struct Linear {
  std::map<QuantityId, Exact> terms;
  Exact offset;

  void Add(const Linear& other, const Exact& factor) {
    offset = offset + other.offset * factor;
    for (const auto& [term, times] : other.terms) {
      Exact& sum = terms[term];
      sum = sum + times * factor;
      if (sum.IsZero()) terms.erase(term);
    }
  }
};

TypeKind KindOf(const Value& value) {
  if (std::holds_alternative<double>(value)) return TypeKind::kReal;
  if (std::holds_alternative<Date>(value)) return TypeKind::kDate;
  if (std::holds_alternative<Member>(value)) return TypeKind::kEnum;
  return std::holds_alternative<Days>(value) ? TypeKind::kDays : TypeKind::kRatio;
}

/// All exact numbers are one kind of quantity.
TypeKind KindOf(const Type& type) { return type.IsExactNumber() ? TypeKind::kRatio : type.kind; }

QuantityId AsQuantity(Space& space, NodeId terminal) {
  const auto& leaf = space.LeafOf(terminal);
  if (const auto* quantity = std::get_if<QuantityId>(&leaf)) return *quantity;
  const auto* const known = std::get_if<Value>(&leaf);
  const Value value = known != nullptr ? *known : Value(NoValue{});  // none where the store is full
  return space.Add({.kind = Quantity::Kind::kConstant, .type = KindOf(value), .constant = value});
}

Linear AsLinear(const Space& space, QuantityId id) {
  const Quantity& quantity = space[id];
  Linear linear;
  if (quantity.kind == Quantity::Kind::kLinear) {
    linear.terms.insert(quantity.terms.begin(), quantity.terms.end());
    linear.offset = quantity.offset;
  } else if (const auto number = AsNumber(quantity.constant); quantity.kind == Quantity::Kind::kConstant && number) {
    linear.offset = *number;
  } else {
    linear.terms[id] = 1;
  }
  return linear;
}

bool MayBeNone(const Space& space, const Linear& linear) {
  return llvm::any_of(linear.terms, [&](const auto& term) { return space[term.first].may_be_none; });
}

/// A form with one term and no offset is that term itself.
QuantityId AddLinear(Space& space, const Linear& linear, TypeKind type) {
  if (linear.terms.size() == 1 && linear.offset.IsZero() && linear.terms.begin()->second == Exact(1) &&
      space[linear.terms.begin()->first].type == type)
    return linear.terms.begin()->first;
  return space.Add({.kind = Quantity::Kind::kLinear,
                    .type = type,
                    .may_be_none = MayBeNone(space, linear),
                    .terms = {linear.terms.begin(), linear.terms.end()},
                    .offset = linear.offset});
}

/// The form of an operation where it is linear.
std::optional<Linear> LinearResult(const Space& space, Operation operation, const check::Expr& expr,
                                   llvm::ArrayRef<QuantityId> operands) {
  std::array<Linear, 2> forms;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (space[operands[i]].type == TypeKind::kReal) return std::nullopt;
    forms[i] = AsLinear(space, operands[i]);
  }
  auto& [left, right] = forms;
  Linear result;
  const auto times = [&](const Linear& form, const Exact& factor) {
    // A fraction of a day is an error that only the operation itself sees.
    if (expr.type.kind == TypeKind::kDays && !factor.IsInteger()) return std::optional<Linear>();
    result.Add(form, factor);
    return std::optional(result);
  };
  switch (operation) {
    case Operation::kNegate:
      return times(left, -1);
    case Operation::kAdd:
      result = left;
      result.Add(right, 1);
      return result;
    case Operation::kSubtract:
      result = left;
      result.Add(right, -1);
      return result;
    case Operation::kMultiply:
      if (left.terms.empty()) return times(right, left.offset);
      if (right.terms.empty()) return times(left, right.offset);
      return std::nullopt;
    case Operation::kDivide:
      if (right.terms.empty() && !right.offset.IsZero()) return times(left, Exact(1) / right.offset);
      return std::nullopt;
    case Operation::kScale:
      if (const auto* factor = std::get_if<Exact>(&expr.constant)) return times(left, *factor);
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

/// Not more than ten to the `power`, and to `degree` times the power of ten that every fact is below.
struct Bound {
  double power = 0;
  double degree = 0;
};

double PowerOf(const Exact& number) { return number.IsZero() ? 0 : std::log10(std::abs(number.ToDouble())); }

/// Lists longer than this are left to the reference evaluator.
constexpr double kPowerOfElements = 4;

Bound BoundOf(const Space& space, QuantityId id) {
  const Quantity& quantity = space[id];
  if (quantity.kind == Quantity::Kind::kConstant) {
    const auto number = AsNumber(quantity.constant);
    return {.power = std::max(0.0, number ? PowerOf(*number) : 0)};
  }
  Bound bound{.power = 0, .degree = 1};
  if (quantity.kind == Quantity::Kind::kAggregate) bound.power = kPowerOfElements;
  if (quantity.kind == Quantity::Kind::kLinear) bound.power = std::max(0.0, PowerOf(quantity.offset));
  for (const auto& [term, factor] : quantity.terms) {
    const Bound one = BoundOf(space, term);
    bound.power += std::max(0.0, one.power + PowerOf(factor)) + 1;
    bound.degree = std::max(bound.degree, one.degree);
  }
  if (quantity.kind != Quantity::Kind::kOperation) return bound;
  bound.degree = 0;
  for (const QuantityId operand : quantity.operands) {
    const Bound one = BoundOf(space, operand);
    bound.power += one.power;
    bound.degree += one.degree;
  }
  return bound;
}

/// Whether what the quantity adds to its facts is some thousand years from where the calendar ends.
bool IsAmidTheCalendar(const Quantity& quantity) {
  constexpr std::int64_t kYear = 365;
  return quantity.kind != Quantity::Kind::kLinear ||
         (Exact(-kYear * 1000) < quantity.offset && quantity.offset < Exact(kYear * 6000));
}

/// Takes note of how great facts may be for the operation to stay within the digits of its type.
void LimitFacts(Space& space, const Type& type, QuantityId result) {
  if (type.kind == TypeKind::kDate || type.kind == TypeKind::kDays) space.LimitDates();
  if (type.kind == TypeKind::kDate && !IsAmidTheCalendar(space[result])) space.DistrustDates();
  if (type.kind != TypeKind::kInteger && type.kind != TypeKind::kDecimal) return;
  const int digits = type.kind == TypeKind::kInteger ? 0 : type.digits;
  const Bound bound = BoundOf(space, result);
  space.LimitFacts((kMaxDigits - digits - 1 - bound.power) / std::max(1.0, bound.degree));
}

/// More days or months than between any two dates that are far from the calendar's ends.
bool IsBeyondCalendar(const Space& space, QuantityId id) {
  const Quantity& quantity = space[id];
  const bool is_calendar = quantity.type == TypeKind::kDate || quantity.type == TypeKind::kDays;
  if (is_calendar && quantity.kind == Quantity::Kind::kLinear) {
    const Exact limit = quantity.type == TypeKind::kDate ? Exact(2'000'000) : Exact(300'000);
    return quantity.offset > limit || quantity.offset < -limit;
  }
  return quantity.operation == Operation::kAddMonths && std::abs(quantity.number) > 12 * 500;
}

bool MayComeToNone(const Space& space, Operation operation, llvm::ArrayRef<QuantityId> operands) {
  if (llvm::any_of(operands, [&](QuantityId operand) { return space[operand].may_be_none; })) return true;
  // A quotient by zero, and a real that is not finite.
  return operation == Operation::kDivide || space[operands.front()].type == TypeKind::kReal ||
         operation == Operation::kToReal;
}

/// What has come to no longer depend on any fact.
NodeId AsConstant(Space& space, TypeKind type, const Exact& number) {
  const std::int64_t days = number.ToInt64().value_or(0);
  if (type == TypeKind::kDays) return space.Terminal(Value(Days{days}));
  if (type == TypeKind::kDate) return space.Terminal(Value(Date(std::chrono::days(days))));
  return space.Terminal(Value(number));
}

NodeId AddOperation(Space& space, Operation operation, const check::Expr& expr, llvm::ArrayRef<QuantityId> operands) {
  const TypeKind type = KindOf(expr.type);
  const auto keep = [&](QuantityId result) {
    LimitFacts(space, expr.type, result);
    if (IsBeyondCalendar(space, result)) {
      result = space.Add({.kind = Quantity::Kind::kUnsettled,
                          .type = type,
                          .may_be_none = true,
                          .number = static_cast<std::int64_t>(result.Index())});
    }
    return space.Terminal(result);
  };
  if (const auto linear = LinearResult(space, operation, expr, operands)) {
    const bool may_be_none = llvm::any_of(operands, [&](QuantityId operand) { return space[operand].may_be_none; });
    if (!linear->terms.empty()) return keep(AddLinear(space, *linear, type));
    if (!may_be_none) return AsConstant(space, type, linear->offset);
  }
  Quantity quantity{.kind = Quantity::Kind::kOperation,
                    .type = type,
                    .may_be_none = !KeepsOrder(space, operation, operands, expr.constant) &&
                                   MayComeToNone(space, operation, operands),
                    .operation = operation,
                    .operands = operands.vec(),
                    .number = expr.number,
                    .month_end = expr.month_end};
  if (operation == Operation::kScale) quantity.constant = expr.constant;
  const bool commutes = operation == Operation::kMultiply || operation == Operation::kAdd;
  if (commutes) llvm::sort(quantity.operands);
  return keep(space.Add(quantity));
}

// ---- On values -------------------------------------------------------------------------------------------

NodeId AsTerminal(Space& space, const Type& type, const Attempt& attempt) {
  const Attempt within = WithinType(type, attempt);
  if (const auto* value = std::get_if<Value>(&within)) return space.Terminal(*value);
  return space.Terminal(NoOutcome{.failure = std::get<Failure>(within)});
}

const Value* AsValue(const Space& space, NodeId terminal) { return std::get_if<Value>(&space.LeafOf(terminal)); }
bool IsFailure(const Space& space, NodeId terminal) {
  return std::holds_alternative<NoOutcome>(space.LeafOf(terminal));
}

// ---- Comparisons -----------------------------------------------------------------------------------------

Relation Mirrored(Relation relation) {
  static constexpr std::array kMirrored = {Relation::kGreater, Relation::kGreaterEqual, Relation::kEqual,
                                           Relation::kLessEqual, Relation::kLess};
  return kMirrored[static_cast<std::size_t>(relation)];
}

bool Holds(Relation relation, const Value& left, const Value& right) {
  if (proviso::IsNone(left) || proviso::IsNone(right)) return false;
  using Test = Attempt (*)(const Parameters&, const Value&, const Value&);
  static constexpr std::array<Test, 5> kTests = {Less, LessEqual, Equal, GreaterEqual, Greater};
  const Value nothing;
  const Attempt holds = kTests[static_cast<std::size_t>(relation)]({.constant = nothing}, left, right);
  const auto* const value = std::get_if<Value>(&holds);
  const bool* const truth = value != nullptr ? std::get_if<bool>(value) : nullptr;
  return truth != nullptr && *truth;  // there is none where the store is full and gives any node
}

/// How many units of the grid that all values of the form lie on one is; nothing where there is no grid.
std::optional<Exact> GridOf(const Space& space, const Linear& linear) {
  std::optional<Exact> grid;
  for (const auto& [term, factor] : linear.terms) {
    const Quantity& quantity = space[term];
    if (quantity.kind != Quantity::Kind::kFact) return std::nullopt;
    const Type& type = space.Words().facts[quantity.fact].type;
    const Exact step = factor * Exact::PowerOfTen(type.kind == TypeKind::kDecimal ? -type.digits : 0);
    grid = grid ? Exact::GreatestCommonMeasure(*grid, step) : step;
  }
  return grid;
}

/// Beyond every date and every number of days between two dates.
constexpr std::int64_t kManyDays = 1'000'000'000;

/// Days and dates are whole: what is from a fraction on is from the next day on.
std::pair<std::int64_t, Relation> WholeDays(const Exact& number, Relation relation) {
  if (number > Exact(kManyDays)) return {kManyDays, relation};
  if (number < Exact(-kManyDays)) return {-kManyDays, relation};
  const Exact rounded = number.Round(0);
  if (rounded == number) return {*number.ToInt64(), relation};
  const bool is_up = rounded > number;
  const Exact floor = is_up ? rounded - Exact(1) : rounded;
  const bool is_lower_bound = relation == Relation::kGreater || relation == Relation::kGreaterEqual;
  return {*floor.ToInt64(), is_lower_bound ? Relation::kGreater : Relation::kLessEqual};
}

NodeId CompareFact(Space& space, const Quantity& fact, const Exact& threshold, Relation relation) {
  const VariableId variable = space.FactVariable(fact.place, fact.fact);
  const Type& type = space.Words().facts[fact.fact].type;
  if (type.IsExactNumber()) return space.Within(variable, threshold, relation);
  if (relation == Relation::kEqual && !threshold.IsInteger()) return space.graph.No();
  const auto [days, whole] = WholeDays(threshold, relation);
  const Value value = type.kind == TypeKind::kDays ? Value(Days{days}) : Value(Date(std::chrono::days(days)));
  return space.Within(variable, value, whole);
}

/// What is known of a count of at least one; nothing where it depends.
std::optional<bool> KnownOfCount(const Quantity& quantity, const Exact& threshold, Relation relation) {
  if (quantity.kind != Quantity::Kind::kAggregate || quantity.number == 0) return std::nullopt;
  const bool is_below = threshold < Exact(1);
  switch (relation) {
    case Relation::kGreaterEqual:
      return is_below || threshold == Exact(1) ? std::optional(true) : std::nullopt;
    case Relation::kGreater:
      return is_below ? std::optional(true) : std::nullopt;
    case Relation::kLess:
      return is_below || threshold == Exact(1) ? std::optional(false) : std::nullopt;
    default:
      return is_below ? std::optional(false) : std::nullopt;
  }
}

/// Whether the form stands so to zero.
NodeId CompareLinear(Space& space, Linear linear, Relation relation) {
  if (linear.terms.empty()) return space.graph.TerminalNode(Holds(relation, linear.offset, Exact(0)) ? 1 : 0);
  const auto& [first, factor] = *linear.terms.begin();
  if (factor < Exact(0)) relation = Mirrored(relation);
  const bool is_single = linear.terms.size() == 1;
  const std::optional<Exact> grid = is_single ? std::nullopt : GridOf(space, linear);
  Exact scale = grid ? *grid : factor;
  if ((scale < Exact(0)) != (factor < Exact(0))) scale = -scale;
  Linear form;
  form.Add(linear, Exact(1) / scale);
  const Exact threshold = -form.offset;
  form.offset = 0;
  if (is_single && space[first].kind == Quantity::Kind::kFact)
    return CompareFact(space, space[first], threshold, relation);
  if (is_single) {
    if (const auto known = KnownOfCount(space[first], threshold, relation))
      return *known ? space.graph.Yes() : space.graph.No();
  }
  if (is_single) {
    if (const auto by_fact = CompareByFact(space, first, threshold, relation)) return *by_fact;
  }
  const QuantityId quantity = AddLinear(space, form, grid ? TypeKind::kInteger : TypeKind::kRatio);
  return space.Within(space.QuantityVariable(quantity), threshold, relation);
}

NodeId CompareInOrder(Space& space, Relation relation, QuantityId first, QuantityId second) {
  const VariableId order = space.OrderVariable(first, second);
  static constexpr std::array<std::pair<std::size_t, std::size_t>, 5> kCells = {
      {{1, 2}, {1, 3}, {2, 3}, {2, 4}, {3, 4}}};
  const auto [from, to] = kCells[static_cast<std::size_t>(relation)];
  return space.graph.InCells(order, from, to);
}

NodeId CompareReals(Space& space, Relation relation, NodeId left, NodeId right) {
  const QuantityId first = AsQuantity(space, left);
  const QuantityId second = AsQuantity(space, right);
  if (first == second && !space[first].may_be_none) {
    const bool holds = relation != Relation::kLess && relation != Relation::kGreater;
    return holds ? space.graph.Yes() : space.graph.No();
  }
  if (const Value* value = AsValue(space, right)) {
    if (const auto by_fact = CompareByFact(space, first, *value, relation)) return *by_fact;
    const Quantity& quantity = space[first];
    const VariableId variable = quantity.kind == Quantity::Kind::kFact
                                    ? space.FactVariable(quantity.place, quantity.fact)
                                    : space.QuantityVariable(first);
    return space.Within(variable, *value, relation);
  }
  if (AsValue(space, left) != nullptr) return CompareReals(space, Mirrored(relation), right, left);
  if (second < first) return CompareReals(space, Mirrored(relation), right, left);
  return CompareInOrder(space, relation, first, second);
}

}  // namespace

NodeId Operate(Space& space, Operation operation, const check::Expr& expr, NodeId operand) {
  if (IsFailure(space, operand)) return operand;
  if (const Value* value = AsValue(space, operand)) {
    return AsTerminal(space, expr.type, evaluate::Operate(operation, expr.Parameters(), *value));
  }
  return AddOperation(space, operation, expr, AsQuantity(space, operand));
}

NodeId Operate(Space& space, Operation operation, const check::Expr& expr, NodeId left, NodeId right) {
  if (IsFailure(space, left)) return left;
  if (IsFailure(space, right)) return right;
  const Value* const first = AsValue(space, left);
  const Value* const second = AsValue(space, right);
  if (first != nullptr && second != nullptr)
    return AsTerminal(space, expr.type, evaluate::Operate(operation, expr.Parameters(), {*first, *second}));
  const bool is_choice = operation == Operation::kGreatest || operation == Operation::kSmallest;
  if (!is_choice) {
    const bool has_none =
        (first != nullptr && proviso::IsNone(*first)) || (second != nullptr && proviso::IsNone(*second));
    if (has_none) return space.None();
    return AddOperation(space, operation, expr, {AsQuantity(space, left), AsQuantity(space, right)});
  }
  // The greater or smaller of two, leaving out what has no value.
  const Relation gives_way = operation == Operation::kGreatest ? Relation::kLess : Relation::kGreater;
  graph::Graph& graph = space.graph;
  const NodeId second_wins = graph.Or(IsNone(space, left), Compare(space, gives_way, left, right));
  return graph.IfThenElse(second_wins, right, left);
}

NodeId Compare(Space& space, Relation relation, NodeId left, NodeId right) {
  if (IsFailure(space, left)) return left;
  if (IsFailure(space, right)) return right;
  const Value* const first = AsValue(space, left);
  const Value* const second = AsValue(space, right);
  if (first != nullptr && second != nullptr)
    return Holds(relation, *first, *second) ? space.graph.Yes() : space.graph.No();
  const bool has_none =
      (first != nullptr && proviso::IsNone(*first)) || (second != nullptr && proviso::IsNone(*second));
  if (has_none) return space.graph.No();
  const QuantityId left_quantity = AsQuantity(space, left);
  const QuantityId right_quantity = AsQuantity(space, right);
  if (space[left_quantity].type == TypeKind::kReal) return CompareReals(space, relation, left, right);
  // A member that only the reference evaluator can tell.
  if (space[left_quantity].type == TypeKind::kEnum)
    return CompareInOrder(space, relation, left_quantity, right_quantity);
  Linear difference = AsLinear(space, left_quantity);
  difference.Add(AsLinear(space, right_quantity), -1);
  const bool cancels_none =
      (space[left_quantity].may_be_none || space[right_quantity].may_be_none) && !MayBeNone(space, difference);
  const NodeId holds = CompareLinear(space, std::move(difference), relation);
  if (!cancels_none) return holds;
  const NodeId none = space.graph.Or(IsNone(space, left), IsNone(space, right));
  return space.graph.Without(holds, none);
}

NodeId IsNone(Space& space, NodeId terminal) {
  if (IsFailure(space, terminal)) return terminal;
  if (const Value* value = AsValue(space, terminal))
    return proviso::IsNone(*value) ? space.graph.Yes() : space.graph.No();
  const auto* quantity = std::get_if<QuantityId>(&space.LeafOf(terminal));
  if (quantity == nullptr || !space[*quantity].may_be_none) return space.graph.No();
  return space.IsNone(space.QuantityVariable(*quantity));
}

NodeId FactQuantity(Space& space, evaluate::PlaceId place, FactId fact) {
  return space.Terminal(space.Add(
      {.kind = Quantity::Kind::kFact, .type = KindOf(space.Words().facts[fact].type), .place = place, .fact = fact}));
}

}  // namespace proviso::lower
