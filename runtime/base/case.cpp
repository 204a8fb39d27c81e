#include "runtime/base/case.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/SmallVector.h>

namespace proviso {
namespace {

using Ancestors = llvm::SmallVector<EntityId, 8>;

std::string ChildPath(const std::string& path, const Fact& fact) {
  return path.empty() ? fact.ShownName() : path + "." + fact.ShownName();
}

bool IsFixedChild(const Type& type, const Ancestors& above) {
  return type.kind == TypeKind::kEntity && !type.or_none && !llvm::is_contained(above, type.entity);
}

/// `above`: the entities on the way here, so that one that holds itself is not made without end.
InstanceId AddWithChildren(Case& facts, const Vocabulary& vocabulary, EntityId entity, const std::string& path,
                           Ancestors& above) {
  const std::vector<FactId>& fact_ids = vocabulary.entities[entity].facts;
  const InstanceId id = facts.instances.Add({entity, path, std::vector<FactState>(fact_ids.size())});
  above.push_back(entity);
  for (const FactId fact_id : fact_ids) {
    const Fact& fact = vocabulary.facts[fact_id];
    if (!IsFixedChild(fact.type, above)) continue;
    const InstanceId child = AddWithChildren(facts, vocabulary, fact.type.entity, ChildPath(path, fact), above);
    facts.State(vocabulary, id, fact_id).value = EntityValue{child};
  }
  above.pop_back();
  return id;
}

}  // namespace

Case EmptyCase(const Vocabulary& vocabulary) {
  Case facts;
  facts.root = AddInstance(facts, vocabulary, vocabulary.case_entity, "");
  return facts;
}

InstanceId AddInstance(Case& facts, const Vocabulary& vocabulary, EntityId entity, const std::string& path) {
  Ancestors above;
  return AddWithChildren(facts, vocabulary, entity, path, above);
}

void FillAssumed(Case& facts, const Vocabulary& vocabulary) {
  for (Instance& instance : facts.instances) {
    for (const FactId fact_id : vocabulary.entities[instance.entity].facts) {
      const Fact& fact = vocabulary.facts[fact_id];
      FactState& state = instance.facts[fact.position];
      if (state.value || !fact.assumed) continue;
      state.value = fact.assumed;
      state.assumed = true;
    }
  }
}

std::vector<InstanceId> EntitiesAt(const Case& facts, const Vocabulary& vocabulary, const std::vector<FactId>& path) {
  std::vector<InstanceId> at = {facts.root};
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    std::vector<InstanceId> next;
    for (const InstanceId instance : at) {
      const std::optional<Value>& value = facts.State(vocabulary, instance, path[i]).value;
      if (!value) continue;
      if (const auto* const entity = std::get_if<EntityValue>(&*value)) next.push_back(entity->instance);
      if (const auto* const list = std::get_if<ListValue>(&*value))
        next.insert(next.end(), list->elements.begin(), list->elements.end());
    }
    at = std::move(next);
  }
  return at;
}

std::string FactPath(const Case& facts, const Vocabulary& vocabulary, InstanceId instance, FactId fact) {
  return ChildPath(facts.instances[instance].path, vocabulary.facts[fact]);
}

}  // namespace proviso
