#include "runtime/analyse/questions.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <bit>

namespace proviso::analyse {
namespace {

using evaluate::DerivedCondition;
using evaluate::Quantity;
using evaluate::Variable;
using Aggregate = Quantity::Aggregate;

/// Elements tried where no number is known to be enough.
constexpr std::size_t kElementsToTry = 3;
/// More elements than this are not tried.
constexpr std::size_t kMaxElements = 8;

class Surveyor {
 public:
  explicit Surveyor(const Space& space) : space_(space) {}

  Questions Find(llvm::ArrayRef<NodeId> conditions) {
    for (const NodeId condition : conditions) Visit(condition);
    for (auto& [list, asked] : asked_) Argue(list, asked);
    return std::move(questions_);
  }

 private:
  /// All that one list is asked, as it turns up.
  struct List {
    std::size_t witnesses = 0;
    std::size_t truths = 0;  // that cut elements into classes
    bool has_sums = false;
    bool has_counts = false;
    bool is_plain = true;
    bool is_argued = true;
    std::set<std::pair<PlaceId, FactId>> summed;
  };

  void Visit(NodeId root) {
    for (const NodeId node : space_.graph.Reachable(root)) {
      if (!space_.graph.IsTerminal(node)) {
        Visit(space_.graph.VariableOf(node));
      } else if (const auto* quantity = std::get_if<QuantityId>(&space_.LeafOf(node))) {
        Visit(*quantity, nullptr);
      }
    }
  }

  void Visit(VariableId id) {
    if (!variables_.insert(id).second) return;
    const Variable& variable = space_[id];
    switch (variable.kind) {
      case Variable::Kind::kFact:
        tested_.emplace(variable.place, variable.fact);
        break;
      case Variable::Kind::kList:
        AddList(id, space_[variable.list]);
        break;
      case Variable::Kind::kQuantity:
        Visit(variable.quantity, &variable);
        break;
      case Variable::Kind::kOrder:
        Visit(variable.quantity, nullptr);
        Visit(variable.other, nullptr);
        break;
      case Variable::Kind::kCondition:
        AddCondition(space_[variable.condition]);
        break;
      default:
        break;
    }
  }

  void AddList(VariableId id, const evaluate::List& list) {
    List& asked = asked_[{list.place, list.fact}];
    // Under options a condition has more than two answers; each witness changes at least one of them.
    for (const std::vector<NodeId>& by_cell : list.answers) {
      asked.witnesses += std::set<NodeId>(by_cell.begin(), by_cell.end()).size() - 1;
    }
    asked.truths += Truths(list.joined.size());
    asked.is_plain = asked.is_plain && space_.IsFree(id);
    Inside({list.place, list.fact}, list.element, list.classes);
  }

  /// How many yes/no questions tell so many things apart.
  static std::size_t Truths(std::size_t kinds) { return static_cast<std::size_t>(std::bit_width(kinds - 1)); }

  void AddCondition(const DerivedCondition& condition) {
    questions_.has_tiers = questions_.has_tiers || condition.kind == DerivedCondition::Kind::kTier;
    if (condition.kind == DerivedCondition::Kind::kTier) VisitTier(condition.tier);
    if (condition.kind == DerivedCondition::Kind::kTerm) Visit(condition.condition);
    if (condition.kind != DerivedCondition::Kind::kSome) return;
    List& asked = asked_[{condition.place, condition.fact}];
    asked.is_plain = false;
    ++asked.witnesses;
    ++asked.truths;
    Inside({condition.place, condition.fact}, condition.element, condition.condition);
  }

  void VisitTier(evaluate::TierId tier) {
    questions_.has_tiers = true;
    if (tiers_.insert(tier).second && space_[tier].body.IsValid()) Visit(space_[tier].body);
  }

  /// `compared`: the variable that asks for the quantity itself; null where something else does.
  void Visit(QuantityId id, const Variable* compared) {
    const Quantity& quantity = space_[id];
    if (quantity.kind == Quantity::Kind::kAggregate) AddAggregate(quantity, compared);
    if (!quantities_.insert(id).second) return;
    for (const auto& [term, factor] : quantity.terms) {
      Visit(term, nullptr);
      if (space_[term].kind == Quantity::Kind::kFact) tested_.emplace(space_[term].place, space_[term].fact);
    }
    for (const QuantityId operand : quantity.operands) Visit(operand, nullptr);
    if (quantity.kind == Quantity::Kind::kFact) tested_.emplace(quantity.place, quantity.fact);
    if (quantity.tier.IsValid()) VisitTier(quantity.tier);
  }

  void AddAggregate(const Quantity& quantity, const Variable* compared) {
    const ListOf list{quantity.place, quantity.fact};
    List& asked = asked_[list];
    asked.is_plain = false;
    if (!aggregates_.insert({&quantity, compared}).second) return;
    ++asked.truths;
    Inside(list, quantity.element, quantity.guard);
    switch (quantity.aggregate) {
      case Aggregate::kCount:
        asked.has_counts = true;
        asked.is_argued = asked.is_argued && compared != nullptr;
        asked.witnesses += compared != nullptr ? GreatestCut(*compared) : kElementsToTry;
        break;
      case Aggregate::kSum:
        asked.has_sums = true;
        AddSummands(quantity, asked);
        break;
      default:
        ++asked.witnesses;
        Inside(list, quantity.element, quantity.value);
        asked.is_argued = asked.is_argued && IsOfFacts(quantity.value, quantity.element);
        break;
    }
  }

  /// Whether the function leads to values and facts of the element alone.
  [[nodiscard]] bool IsOfFacts(NodeId value, PlaceId element) const {
    return llvm::all_of(space_.graph.Terminals(value), [&](graph::Terminal terminal) {
      const auto* quantity = std::get_if<QuantityId>(&space_.LeafAt(terminal));
      return quantity == nullptr ||
             (space_[*quantity].kind == Quantity::Kind::kFact && space_.IsWithin(space_[*quantity].place, element));
    });
  }

  static std::size_t GreatestCut(const Variable& variable) {
    std::size_t greatest = 1;
    for (const auto& begin : variable.begins) {
      const auto* number = begin ? std::get_if<Exact>(&*begin) : nullptr;
      if (number == nullptr || *number <= Exact(0)) continue;
      greatest = std::max<std::size_t>(greatest, number->ToInt64().value_or(kMaxElements * 2) + 1);
    }
    return greatest;
  }

  /// Two elements of one class can be put together where what is added is a multiple of facts of their own that
  /// nothing else asks for.
  void AddSummands(const Quantity& quantity, List& asked) {
    for (const NodeId node : space_.graph.Reachable(quantity.value)) {
      if (!space_.graph.IsTerminal(node)) {
        Visit(space_.graph.VariableOf(node));
        asked.truths += Truths(space_.graph.Cells(space_.graph.VariableOf(node)));
        asked.is_argued = asked.is_argued && IsOwn(space_.graph.VariableOf(node), quantity.element);
        continue;
      }
      const auto* summand = std::get_if<QuantityId>(&space_.LeafOf(node));
      if (summand == nullptr) {
        const auto* value = std::get_if<Value>(&space_.LeafOf(node));
        const auto* number = value != nullptr ? std::get_if<Exact>(value) : nullptr;
        asked.is_argued = asked.is_argued && number != nullptr && number->IsZero();
        continue;
      }
      AddSummand(*summand, quantity.element, asked);
    }
  }

  void AddSummand(QuantityId id, PlaceId element, List& asked) {
    const Quantity& summand = space_[id];
    const auto add = [&](QuantityId term) {
      const Quantity& fact = space_[term];
      const bool is_fact = fact.kind == Quantity::Kind::kFact && fact.type != TypeKind::kReal &&
                           fact.type != TypeKind::kDate && space_.IsWithin(fact.place, element) &&
                           space_[fact.place].depth == space_[element].depth;
      asked.is_argued = asked.is_argued && is_fact;
      if (is_fact) asked.summed.emplace(fact.place, fact.fact);
      if (!is_fact) Visit(term, nullptr);
    };
    if (summand.kind != Quantity::Kind::kLinear) return add(id);
    asked.is_argued = asked.is_argued && summand.offset.IsZero();
    for (const auto& [term, factor] : summand.terms) add(term);
  }

  [[nodiscard]] bool IsOwn(VariableId variable, PlaceId element) const {
    const std::vector<PlaceId> places = space_.PlacesOf(variable);
    return !places.empty() && llvm::all_of(places, [&](PlaceId place) { return space_.IsWithin(place, element); });
  }

  /// A condition on the elements of a list. Where it speaks of other elements, or of the list itself, the number of
  /// times that it is asked is not the number of times that it is written.
  void Inside(const ListOf& list, PlaceId element, NodeId condition) {
    Visit(condition);
    List& asked = asked_[list];
    for (const VariableId variable : space_.graph.Support(condition)) {
      for (const PlaceId place : space_.PlacesOf(variable)) {
        const bool is_apart =
            space_[place].depth > 0 && !space_.IsWithin(place, element) && !space_.IsWithin(list.place, place);
        if (is_apart || (place == list.place && AsksFor(variable, list))) asked.is_argued = false;
      }
    }
  }

  [[nodiscard]] bool AsksFor(VariableId id, const ListOf& list) const {
    const Variable& variable = space_[id];
    if (variable.kind == Variable::Kind::kFact || variable.kind == Variable::Kind::kMember) return false;
    if (variable.kind == Variable::Kind::kList) return variable.fact == list.fact;
    return true;  // not looked into
  }

  void Argue(const ListOf& list, const List& found) {
    Asked& asked = questions_.lists[list];
    asked.is_plain = found.is_plain;
    asked.is_argued = found.is_argued && !questions_.has_tiers;
    asked.elements = found.witnesses;
    if (found.has_sums) {
      const bool are_apart = llvm::none_of(found.summed, [&](const auto& fact) { return tested_.contains(fact); });
      const bool are_few = found.truths < 4 && !found.has_counts;
      asked.is_argued = asked.is_argued && are_apart && are_few;
      // The witnesses stay as they are; of all others of one class, one.
      asked.elements += are_few ? (std::size_t{1} << found.truths) - 1 : kElementsToTry;
    }
    if (!asked.is_argued) asked.elements = std::max(asked.elements, kElementsToTry);
    if (asked.elements <= kMaxElements) return;
    asked.elements = kMaxElements;
    asked.is_argued = false;
  }

  const Space& space_;
  Questions questions_;
  std::map<ListOf, List> asked_;
  std::set<VariableId> variables_;
  std::set<QuantityId> quantities_;
  std::set<evaluate::TierId> tiers_;
  std::set<std::pair<const Quantity*, const Variable*>> aggregates_;
  std::set<std::pair<PlaceId, FactId>> tested_;  // other than by being summed
};

}  // namespace

Questions QuestionsOf(const Space& space, llvm::ArrayRef<NodeId> conditions) {
  return Surveyor(space).Find(conditions);
}

}  // namespace proviso::analyse
