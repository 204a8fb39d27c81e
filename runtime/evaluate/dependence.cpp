// What variables and terminals are made from.
#include <llvm/ADT/STLExtras.h>

#include <algorithm>

#include "runtime/evaluate/space.h"

namespace proviso::evaluate {
namespace {

using Kind = Variable::Kind;

}  // namespace

std::vector<PlaceId> Space::PlacesOf(VariableId id) const {
  const Variable& variable = variables_[id];
  std::vector<PlaceId> places;
  const auto add = [&](PlaceId place) {
    if (place.IsValid()) places.push_back(place);
  };
  add(variable.place);
  if (variable.quantity.IsValid()) AddPlaces(variable.quantity, places);
  if (variable.other.IsValid()) AddPlaces(variable.other, places);
  if (variable.condition.IsValid()) {
    const DerivedCondition& condition = conditions_[variable.condition];
    add(condition.place);
    if (condition.kind == DerivedCondition::Kind::kSame) add(condition.element);
    if (condition.kind == DerivedCondition::Kind::kTerm) AddPlaces(condition.condition, {}, places);
    if (condition.kind == DerivedCondition::Kind::kSome) AddPlaces(condition.condition, condition.element, places);
  }
  llvm::sort(places);
  places.erase(std::ranges::unique(places).begin(), places.end());
  return places;
}

void Space::AddPlaces(QuantityId id, std::vector<PlaceId>& places) const {
  const Quantity& quantity = quantities_[id];
  if (quantity.place.IsValid()) places.push_back(quantity.place);
  for (const auto& [term, factor] : quantity.terms) AddPlaces(term, places);
  for (const QuantityId operand : quantity.operands) AddPlaces(operand, places);
  if (quantity.kind != Quantity::Kind::kAggregate) return;
  AddPlaces(quantity.guard, quantity.element, places);
  AddPlaces(quantity.value, quantity.element, places);
}

void Space::AddPlaces(NodeId node, PlaceId except, std::vector<PlaceId>& places) const {
  std::vector<PlaceId> inside;
  for (const NodeId at : graph.Reachable(node)) {
    if (!graph.IsTerminal(at)) {
      llvm::append_range(inside, PlacesOf(graph.VariableOf(at)));
    } else if (const auto* quantity = std::get_if<QuantityId>(&LeafOf(at))) {
      AddPlaces(*quantity, inside);
    }
  }
  for (const PlaceId place : inside) {
    if (!IsWithin(place, except)) places.push_back(place);
  }
}

/// All variables and quantities that one of them is made from, itself included.
class Space::Makings {
 public:
  explicit Makings(const Space& space) : space_(space) {}

  void Add(VariableId id) {
    if (!variables.insert(id).second) return;
    const Variable& variable = space_[id];
    if (variable.quantity.IsValid()) Add(variable.quantity);
    if (variable.other.IsValid()) Add(variable.other);
    if (variable.list.IsValid()) Add(space_[variable.list].classes);
    if (!variable.condition.IsValid()) return;
    const DerivedCondition& condition = space_[variable.condition];
    if (condition.condition.IsValid()) Add(condition.condition);
    if (condition.tier.IsValid()) Add(condition.tier);
  }

  void Add(QuantityId id) {
    if (!quantities.insert(id).second) return;
    const Quantity& quantity = space_[id];
    for (const auto& [term, factor] : quantity.terms) Add(term);
    for (const QuantityId operand : quantity.operands) Add(operand);
    if (quantity.tier.IsValid()) Add(quantity.tier);
    if (quantity.kind != Quantity::Kind::kAggregate) return;
    Add(quantity.guard);
    Add(quantity.value);
  }

  void Add(NodeId root) {
    for (const NodeId node : space_.graph.Reachable(root)) {
      if (!space_.graph.IsTerminal(node)) {
        Add(space_.graph.VariableOf(node));
      } else if (const auto* quantity = std::get_if<QuantityId>(&space_.LeafOf(node))) {
        Add(*quantity);
      }
    }
  }

  [[nodiscard]] bool AreUnsettled() const {
    return llvm::any_of(quantities, [&](QuantityId id) { return space_[id].kind == Quantity::Kind::kUnsettled; }) ||
           llvm::any_of(variables, [&](VariableId id) {
             const ConditionId condition = space_[id].condition;
             return condition.IsValid() && space_[condition].kind == DerivedCondition::Kind::kUnsettled;
           });
  }

  std::set<VariableId> variables;
  std::set<QuantityId> quantities;

 private:
  void Add(TierId id) {
    if (tiers_.insert(id).second && space_[id].body.IsValid()) Add(space_[id].body);
  }

  const Space& space_;
  std::set<TierId> tiers_;
};

bool Space::IsFree(VariableId id) const {
  const auto is_plain = [&](VariableId made_from) {
    const Kind kind = variables_[made_from].kind;
    return kind == Kind::kFact || kind == Kind::kMember || kind == Kind::kList || kind == Kind::kOption;
  };
  if (variables_[id].kind != Kind::kList) return is_plain(id);
  Makings makings(*this);
  makings.Add(id);
  return llvm::all_of(makings.variables, is_plain);
}

bool Space::MayBeSame(PlaceId one, PlaceId other) const {
  if (one == other) return true;
  const Place& mine = places_[one];
  const Place& theirs = places_[other];
  if (mine.entity != theirs.entity) return false;
  if (mine.kind == Place::Kind::kTier || theirs.kind == Place::Kind::kTier) return true;
  const bool is_alike = mine.kind == theirs.kind && mine.fact == theirs.fact && mine.parent.IsValid();
  return is_alike && theirs.parent.IsValid() && MayBeSame(mine.parent, theirs.parent);
}

bool Space::Reads(VariableId id, PlaceId place, FactId fact) const {
  Makings makings(*this);
  makings.Add(id);
  const auto is_it = [&](const auto& made) { return made.fact == fact && MayBeSame(made.place, place); };
  return llvm::any_of(makings.variables, [&](VariableId made) { return is_it(variables_[made]); }) ||
         llvm::any_of(makings.quantities, [&](QuantityId made) {
           return quantities_[made].kind == Quantity::Kind::kUnsettled || is_it(quantities_[made]);
         });
}

bool Space::IsUnsettled(VariableId id) const {
  if (!has_unsettled_) return false;
  Makings makings(*this);
  makings.Add(id);
  return makings.AreUnsettled();
}

bool Space::IsUnsettled(NodeId terminal) const {
  if (!has_unsettled_) return false;
  Makings makings(*this);
  makings.Add(terminal);
  return makings.AreUnsettled();
}

}  // namespace proviso::evaluate
