#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include "runtime/analyse/translator.h"
#include "runtime/evaluate/operate.h"

namespace proviso::analyse {

using evaluate::Quantity;
using Operator = Quantity::Operation;

/// Days by which a number of months from some date on is shorter or longer than on average, at most: 4.4, by trying
/// dates of 400 years.
constexpr const char* kMostOffAverage = "5.0";

Symbol Translator::QuantityOf(QuantityId id, PlacesId places) {
  if (const auto found = quantities_.find({id, places}); found != quantities_.end()) return found->second;
  Symbol value = Make(id, places);
  value.none = Define("Bool", value.none);
  value.term = Define(space_[id].type == TypeKind::kReal ? "Int" : "Real", value.term);
  return quantities_[{id, places}] = value;
}

Symbol Translator::OpenQuantity(const Quantity& quantity) {
  return {.none = quantity.may_be_none ? Open("Bool") : "false",
          .term = Open(quantity.type == TypeKind::kReal ? "Int" : "Real")};
}

Symbol Translator::Make(QuantityId id, PlacesId places) {
  const Quantity& quantity = space_[id];
  switch (quantity.kind) {
    case Quantity::Kind::kConstant:
      return Literal(quantity.constant);
    case Quantity::Kind::kFact: {
      const BeingId being = BeingAt(quantity.place, places);
      Symbol value = FactOf(being, quantity.fact);
      value.none = Or(Not(formula_.beings[being].exists), value.none);
      return value;
    }
    case Quantity::Kind::kLinear:
      return Linear(quantity, places);
    case Quantity::Kind::kOperation:
      return Operation(quantity, places);
    case Quantity::Kind::kAggregate:
      return Aggregate(quantity, places);
    case Quantity::Kind::kTier: {
      const std::optional<PlacesId> inside = InTier(quantity.tier, quantity.place, places);
      if (!inside) break;
      Symbol value = ValueOf(space_[quantity.tier].body, *inside, quantity.type == TypeKind::kReal);
      value.none = Or(Not(formula_.beings[BeingAt(quantity.place, places)].exists), value.none);
      return value;
    }
    case Quantity::Kind::kUnsettled:
      break;
  }
  return OpenQuantity(quantity);
}

Symbol Translator::Linear(const Quantity& quantity, PlacesId places) {
  Symbol total{.none = "false", .term = Number(quantity.offset)};
  for (const auto& [term, factor] : quantity.terms) {
    const Symbol value = QuantityOf(term, places);
    total.none = Or(total.none, value.none);
    total.term = fmt::format("(+ {} (* {} {}))", total.term, Number(factor), value.term);
  }
  return total;
}

Symbol Translator::Operation(const Quantity& quantity, PlacesId places) {
  const bool is_real =
      llvm::any_of(quantity.operands, [&](QuantityId operand) { return space_[operand].type == TypeKind::kReal; });
  if (is_real || quantity.type == TypeKind::kReal || quantity.type == TypeKind::kDays) return OpenQuantity(quantity);
  Symbol one = QuantityOf(quantity.operands.front(), places);
  Symbol other = QuantityOf(quantity.operands.back(), places);
  const std::string none = Or(one.none, other.none);
  const auto both = [&](const char* symbol) {
    return Symbol{.none = none, .term = fmt::format("({} {} {})", symbol, one.term, other.term)};
  };
  switch (quantity.operation) {
    case Operator::kNegate:
      return {.none = one.none, .term = fmt::format("(- {})", one.term)};
    case Operator::kAdd:
      return both("+");
    case Operator::kSubtract:
      return both("-");
    case Operator::kMultiply:
      return both("*");
    case Operator::kDivide:
      return {.none = Or(none, fmt::format("(= {} 0.0)", other.term)),
              .term = fmt::format("(/ {} {})", one.term, other.term)};
    case Operator::kRound: {
      // Halves away from zero.
      const std::string step = Number(Exact::PowerOfTen(-static_cast<int>(quantity.number)));
      const auto rounded = [&](const std::string& term) {
        return fmt::format("(* {0} (to_real (to_int (+ (/ {1} {0}) 0.5))))", step, term);
      };
      const std::string negative = fmt::format("(- {})", rounded(fmt::format("(- {})", one.term)));
      return {.none = one.none, .term = fmt::format("(ite (>= {} 0.0) {} {})", one.term, rounded(one.term), negative)};
    }
    case Operator::kAddMonths: {
      // How long months are is left open, but for what they are on average: 146,097 days in 4,800.
      Symbol later = OpenQuantity(quantity);
      const std::string average =
          fmt::format("(+ {} (/ {} 4800.0))", one.term, Number(Exact(quantity.number) * 146097));
      Assert(fmt::format("(and (is_int {0}) (<= (- {1} {2}) {0}) (<= {0} (+ {1} {2})))", later.term, average,
                         kMostOffAverage));
      return later;
    }
    default:
      return OpenQuantity(quantity);
  }
}

Symbol Translator::Aggregate(const Quantity& quantity, PlacesId places) {
  const ListOf list{quantity.place, quantity.fact};
  using Kind = Quantity::Aggregate;
  if (IsLeftOpen(list)) return OpenQuantity(quantity);
  if (quantity.aggregate == Kind::kMax || quantity.aggregate == Kind::kMin) return Extreme(quantity, places);
  if (quantity.type == TypeKind::kReal) return OpenQuantity(quantity);
  const std::string owner = formula_.beings[BeingAt(quantity.place, places)].exists;
  Symbol total{.none = "false", .term = "0.0"};
  for (const BeingId element : Elements(list, places)) {
    const PlacesId inside = With(places, quantity.element, element);
    const std::string counts =
        Define("Bool", And(owner, And(formula_.beings[element].exists, Holds(quantity.guard, inside))));
    const Symbol added = quantity.aggregate == Kind::kCount ? Symbol{.none = "false", .term = "1.0"}
                                                            : ValueOf(quantity.value, inside, false);
    total.none = Or(total.none, And(counts, added.none));
    total.term = Define("Real", fmt::format("(+ {} {})", total.term, IfThenElse(counts, added.term, "0.0")));
  }
  return total;
}

Symbol Translator::Extreme(const Quantity& quantity, PlacesId places) {
  const bool is_real = quantity.type == TypeKind::kReal;
  const bool is_greatest = quantity.aggregate == Quantity::Aggregate::kMax;
  const std::string owner = formula_.beings[BeingAt(quantity.place, places)].exists;
  Symbol best{.none = "true", .term = is_real ? "0" : "0.0"};
  for (const BeingId element : Elements({quantity.place, quantity.fact}, places)) {
    const PlacesId inside = With(places, quantity.element, element);
    const Symbol added = ValueOf(quantity.value, inside, is_real);
    const std::string counts = Define(
        "Bool", And(And(owner, formula_.beings[element].exists), And(Holds(quantity.guard, inside), Not(added.none))));
    const std::string wins = fmt::format("({} {} {})", is_greatest ? ">" : "<", added.term, best.term);
    best.term = Define(is_real ? "Int" : "Real", IfThenElse(And(counts, Or(best.none, wins)), added.term, best.term));
    best.none = Define("Bool", And(best.none, Not(counts)));
  }
  return best;
}

}  // namespace proviso::analyse
