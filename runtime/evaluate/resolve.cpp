#include "runtime/evaluate/resolve.h"

namespace proviso::evaluate {

Resolved Resolve(const Space& space, const Case& facts, PlaceId id, llvm::ArrayRef<InstanceId> bound) {
  const Place& place = space[id];
  if (place.kind == Place::Kind::kCase) return {Resolved::Kind::kThere, facts.root};
  if (place.kind == Place::Kind::kElement || place.kind == Place::Kind::kTier) {
    const bool is_bound = id.Index() < bound.size() && bound[id.Index()].IsValid();
    return is_bound ? Resolved{Resolved::Kind::kThere, bound[id.Index()]} : Resolved{};
  }
  const Resolved parent = Resolve(space, facts, place.parent, bound);
  if (parent.kind != Resolved::Kind::kThere) return parent;
  const FactState& state = facts.State(space.Words(), parent.instance, place.fact);
  if (!state.value) return {};
  if (const auto* entity = std::get_if<EntityValue>(&*state.value)) return {Resolved::Kind::kThere, entity->instance};
  const auto* list = std::get_if<ListValue>(&*state.value);
  if (list == nullptr || place.nesting >= list->elements.size()) return {Resolved::Kind::kNone, {}};
  return {Resolved::Kind::kThere, list->elements[place.nesting]};
}

const Value* KnownValue(const Space& space, const Case& facts, PlaceId place, FactId fact) {
  const Resolved at = Resolve(space, facts, place);
  if (at.kind != Resolved::Kind::kThere) return nullptr;
  const std::optional<Value>& value = facts.State(space.Words(), at.instance, fact).value;
  return value ? &*value : nullptr;
}

std::optional<FactOfInstance> FirstUnknown(const Space& space, const Case& facts, PlaceId place, FactId fact) {
  const Resolved at = Resolve(space, facts, place);
  if (at.kind == Resolved::Kind::kThere) return FactOfInstance{at.instance, fact};
  if (at.kind == Resolved::Kind::kNone || !space[place].parent.IsValid()) return std::nullopt;
  return FirstUnknown(space, facts, space[place].parent, space[place].fact);
}

}  // namespace proviso::evaluate
