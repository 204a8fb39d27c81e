#include "harness/report/space_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cmath>

#include "harness/report/style.h"

namespace proviso::report {
namespace {

using evaluate::DerivedCondition;
using evaluate::Place;
using evaluate::PlaceId;
using evaluate::Quantity;
using evaluate::QuantityId;
using evaluate::Space;
using evaluate::Variable;
using evaluate::VariableId;

/// Most likely the number that the drafter wrote: `above 100`, not `from 101`.
bool IsRounder(const Exact& one, const Exact& other) {
  const auto digits = [](const Exact& number) {
    const std::string text = number.ToText();
    return text.find_last_not_of('0') + 1;
  };
  return digits(one) < digits(other);
}

std::string QuantityText(const Space& space, QuantityId id);

std::string PlaceText(const Space& space, PlaceId place) {
  const Place& at = space[place];
  if (!at.parent.IsValid()) return at.kind == Place::Kind::kCase ? "the case" : "an entity";
  return space.PathOf(at.parent, at.fact) + (at.kind == Place::Kind::kElement ? "[]" : "");
}

/// In brackets where it is put together by a sign.
std::string Operand(const Space& space, QuantityId id) {
  const Quantity& quantity = space[id];
  using Operation = Quantity::Operation;
  const bool is_function = quantity.operation == Operation::kGreatest || quantity.operation == Operation::kSmallest ||
                           quantity.operation == Operation::kRound;
  const bool has_sign =
      quantity.kind == Quantity::Kind::kLinear || (quantity.kind == Quantity::Kind::kOperation && !is_function);
  return has_sign ? "(" + QuantityText(space, id) + ")" : QuantityText(space, id);
}

/// Sums are counted in steps so small that all their terms are whole numbers of them: so many are one for people.
Exact ScaleOf(const Quantity& quantity) {
  const bool is_number = quantity.kind == Quantity::Kind::kLinear && quantity.type == TypeKind::kInteger;
  if (!is_number) return Exact(1);
  Exact scale = quantity.offset;
  for (const auto& [term, factor] : quantity.terms) scale = Exact::GreatestCommonMeasure(scale, factor);
  return scale;
}

std::string LinearText(const Space& space, const Quantity& quantity) {
  const Exact scale = ScaleOf(quantity);
  std::string text;
  for (const auto& [term, factor] : quantity.terms) {
    const bool is_negative = factor < Exact(0);
    const Exact size = (is_negative ? -factor : factor) / scale;
    text += text.empty() ? (is_negative ? "-" : "") : (is_negative ? " - " : " + ");
    if (size != Exact(1)) text += size.ToText() + " × ";
    text += Operand(space, term);
  }
  if (quantity.offset.IsZero()) return text;
  const bool is_days = quantity.type == TypeKind::kDate || quantity.type == TypeKind::kDays;
  const bool is_negative = quantity.offset < Exact(0);
  return fmt::format("{} {} {}{}", text, is_negative ? "-" : "+",
                     ((is_negative ? -quantity.offset : quantity.offset) / scale).ToText(), is_days ? " days" : "");
}

std::string OperationText(const Space& space, const Quantity& quantity) {
  static constexpr std::array kSigns = {"-", " + ", " - ", " × ", " / ", "", "", "", "", "", ""};
  const QuantityId first = quantity.operands.front();
  const QuantityId last = quantity.operands.back();
  switch (quantity.operation) {
    case Quantity::Operation::kGreatest:
      return fmt::format("max({}, {})", QuantityText(space, first), QuantityText(space, last));
    case Quantity::Operation::kSmallest:
      return fmt::format("min({}, {})", QuantityText(space, first), QuantityText(space, last));
    case Quantity::Operation::kRound:
      return fmt::format("round({}, {})", QuantityText(space, first), quantity.number);
    case Quantity::Operation::kAddMonths:
      return fmt::format("{} + {} months", Operand(space, first), quantity.number);
    default: {
      const char* const sign = kSigns[static_cast<std::size_t>(quantity.operation)];
      return quantity.operands.size() == 2 ? Operand(space, first) + sign + Operand(space, last)
                                           : sign + Operand(space, first);
    }
  }
}

std::string QuantityText(const Space& space, QuantityId id) {
  const Quantity& quantity = space[id];
  static constexpr std::array kAggregates = {"count of", "sum over", "max over", "min over"};
  switch (quantity.kind) {
    case Quantity::Kind::kConstant: {
      Type type;
      type.kind = quantity.type;
      return ValueToText(space.Words(), type, quantity.constant);
    }
    case Quantity::Kind::kFact:
      return space.PathOf(quantity.place, quantity.fact);
    case Quantity::Kind::kLinear:
      return LinearText(space, quantity);
    case Quantity::Kind::kOperation:
      return OperationText(space, quantity);
    case Quantity::Kind::kAggregate:
      if (const std::string& name = space.NameOf(id); !name.empty())
        return space[quantity.place].parent.IsValid() ? name + " of " + PlaceText(space, quantity.place) : name;
      return fmt::format("{} {}", kAggregates[static_cast<std::size_t>(quantity.aggregate)],
                         space.PathOf(quantity.place, quantity.fact));
    case Quantity::Kind::kTier:
      return fmt::format("{} of {}", space[quantity.tier].name, PlaceText(space, quantity.place));
    case Quantity::Kind::kUnsettled:
      break;
  }
  return "a value that the graph cannot settle";
}

std::string ConditionText(const Space& space, const DerivedCondition& condition) {
  switch (condition.kind) {
    case DerivedCondition::Kind::kSome:
      return fmt::format("some of {} meets a condition with facts outside it",
                         space.PathOf(condition.place, condition.fact));
    case DerivedCondition::Kind::kTier:
      return fmt::format("{} of {}", space[condition.tier].name, PlaceText(space, condition.place));
    case DerivedCondition::Kind::kSame:
      return "the same element";
    case DerivedCondition::Kind::kTerm:
      return space.TermName(condition);
    case DerivedCondition::Kind::kUnsettled:
      break;
  }
  return "a condition that the graph cannot settle";
}

/// What a cell of a list answers to the questions asked of it.
std::string ListCellText(const Space& space, const Variable& variable, std::size_t cell) {
  const evaluate::List& list = space[variable.list];
  std::vector<std::string> met;
  for (std::size_t i = 0; i < list.questions.size(); ++i) {
    const evaluate::NodeId answer = list.answers[i][cell];
    if (answer == space.graph.No()) continue;
    met.push_back(list.questions[i] + (answer == space.graph.Yes() ? "" : " (by option)"));
  }
  return met.empty() ? "none of what is asked" : fmt::format("{}", fmt::join(met, "; "));
}

std::string IntervalText(const Space& space, const Variable& variable, std::size_t first, std::size_t last) {
  const Exact scale = variable.quantity.IsValid() ? ScaleOf(space[variable.quantity]) : Exact(1);
  const auto bound = [&](std::size_t cell, bool is_lower) {
    const auto* const exact = std::get_if<Exact>(&*variable.begins[cell]);
    if (exact == nullptr || scale == Exact(1))
      return BoundText(space.Words(), variable.type, *variable.begins[cell], variable.after[cell], is_lower);
    // Between the steps of the sum there is nothing: the one before may be easier to say.
    const Exact begin = *exact / scale;
    const Exact before = (*exact - Exact(1)) / scale;
    const bool is_after = IsRounder(before, begin);
    Type ratio;
    ratio.kind = TypeKind::kRatio;
    return BoundText(space.Words(), ratio, is_after ? before : begin, is_after, is_lower);
  };
  const std::size_t lowest = variable.has_none ? 1 : 0;
  const bool has_none = first < lowest;
  const std::size_t from = std::max(first, lowest);
  std::vector<std::string> parts;
  if (from > lowest) parts.push_back(bound(from, true));
  if (last < variable.begins.size() && last > lowest) parts.push_back(bound(last, false));
  std::string text = fmt::format("{}", fmt::join(parts, ", "));
  if (text.empty()) text = has_none && last <= lowest ? "" : "any value";
  if (!has_none) return text;
  return text.empty() ? "none" : "none, or " + text;
}

}  // namespace

std::string VariableText(const Space& space, VariableId id) {
  const Variable& variable = space[id];
  switch (variable.kind) {
    case Variable::Kind::kFact:
    case Variable::Kind::kList:
      return space.PathOf(variable.place, variable.fact);
    case Variable::Kind::kMember: {
      const Type& type = space.Words().facts[variable.fact].type;
      return fmt::format("{} includes {}", space.PathOf(variable.place, variable.fact),
                         space.Words().enums[type.enumeration].members[variable.member].name);
    }
    case Variable::Kind::kQuantity:
      return QuantityText(space, variable.quantity);
    case Variable::Kind::kOrder:
      return fmt::format("{} against {}", QuantityText(space, variable.quantity), QuantityText(space, variable.other));
    case Variable::Kind::kCondition:
      return ConditionText(space, space[variable.condition]);
    case Variable::Kind::kOption:
      break;
  }
  return space.Options()[variable.option].name;
}

std::string BoundText(const Vocabulary& words, const Type& type, Value begin, bool is_after, bool is_lower) {
  if (const auto* real = std::get_if<double>(&begin); real != nullptr && !is_after) {
    const double before = std::nextafter(*real, -HUGE_VAL);
    is_after = RealToText(before).size() < RealToText(*real).size();
    if (is_after) begin = before;
  }
  const bool has_step = type.kind == TypeKind::kInteger || type.kind == TypeKind::kDecimal;
  if (const auto* exact = std::get_if<Exact>(&begin); exact != nullptr && !is_after && has_step) {
    const Exact before = *exact - Exact::PowerOfTen(-static_cast<int>(type.digits));
    is_after = IsRounder(before, *exact);
    if (is_after) begin = before;
  }
  const bool is_date = type.kind == TypeKind::kDate;
  const std::string value = ValueToText(words, type, begin);
  if (is_lower) return (is_after ? "above " : "from ") + value;
  return (is_after ? (is_date ? "until " : "at most ") : (is_date ? "before " : "below ")) + value;
}

std::string CellsText(const Space& space, VariableId id, std::size_t first, std::size_t last) {
  const Variable& variable = space[id];
  const bool has_intervals =
      variable.type.IsNumber() || variable.type.kind == TypeKind::kDate || variable.type.kind == TypeKind::kDays;
  if ((variable.kind == Variable::Kind::kFact && has_intervals) || variable.kind == Variable::Kind::kQuantity)
    return IntervalText(space, variable, first, last);
  const auto one = [&](std::size_t cell) -> std::string {
    static constexpr std::array kOrders = {"no value", "less", "equal", "greater"};
    if (variable.kind == Variable::Kind::kOrder) return kOrders[cell];
    if (variable.kind == Variable::Kind::kOption) return space.Options()[variable.option].alternatives[cell];
    if (variable.kind == Variable::Kind::kList) return ListCellText(space, variable, cell);
    if (variable.has_none && cell == 0) return "none";
    const std::size_t value = cell - (variable.has_none ? 1 : 0);
    if (variable.type.kind == TypeKind::kEnum)
      return space.Words().enums[variable.type.enumeration].members[value].name;
    if (variable.type.kind == TypeKind::kEntity || variable.type.kind == TypeKind::kSet) return "there";
    return value == 0 ? "no" : "yes";
  };
  constexpr std::size_t kMaxNamed = 4;
  std::vector<std::string> names;
  for (std::size_t cell = first; cell < last && names.size() < kMaxNamed; ++cell) names.push_back(one(cell));
  if (last - first > kMaxNamed) names.back() = fmt::format("{} more", last - first - kMaxNamed + 1);
  return Joined(names, "or");
}

std::string FailureText(Failure failure) {
  static constexpr std::array kReasons = {"more than 38 digits", "a date beyond the calendar", "no rule fires",
                                          "rules disagree", "nested too deep"};
  return kReasons[static_cast<std::size_t>(failure)];
}

std::string LeafText(const Space& space, const Type& type, evaluate::NodeId terminal) {
  const evaluate::Leaf& leaf = space.LeafOf(terminal);
  if (const auto* const value = std::get_if<Value>(&leaf)) return ValueToText(space.Words(), type, *value);
  if (const auto* const quantity = std::get_if<QuantityId>(&leaf)) return QuantityText(space, *quantity);
  if (std::holds_alternative<evaluate::Nothing>(leaf)) return "cannot occur";
  const auto* const failure = std::get_if<evaluate::NoOutcome>(&leaf);
  return failure == nullptr ? "" : "no outcome: " + FailureText(failure->failure);
}

}  // namespace proviso::report
