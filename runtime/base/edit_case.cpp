#include "runtime/base/edit_case.h"

#include <fmt/format.h>

namespace proviso {
namespace {

/// Copies entities from one case to another, without the element that is left out.
class Copier {
 public:
  Copier(const Case& from, const Vocabulary& vocabulary, InstanceId left_out)
      : from_(from), vocabulary_(vocabulary), left_out_(left_out) {}

  Case Run() {
    to_.root = Copy(from_.root, from_.instances[from_.root].path);
    return std::move(to_);
  }

 private:
  InstanceId Copy(InstanceId instance, const std::string& path) {
    Instance copy = from_.instances[instance];
    copy.path = path;
    const InstanceId made = to_.instances.Add(copy);
    for (std::size_t i = 0; i < copy.facts.size(); ++i) {
      const FactId fact = vocabulary_.entities[copy.entity].facts[i];
      const std::string below = FactPath(to_, vocabulary_, made, fact);
      std::optional<Value>& value = copy.facts[i].value;
      if (!value) continue;
      if (auto* const entity = std::get_if<EntityValue>(&*value)) {
        entity->instance = Copy(entity->instance, below);
      } else if (auto* const list = std::get_if<ListValue>(&*value)) {
        std::erase(list->elements, left_out_);
        for (std::size_t at = 0; at < list->elements.size(); ++at)
          list->elements[at] = Copy(list->elements[at], fmt::format("{}[{}]", below, at));
      }
      to_.instances[made].facts[i].value = value;
    }
    return made;
  }

  const Case& from_;
  const Vocabulary& vocabulary_;
  InstanceId left_out_;
  Case to_;
};

}  // namespace

Case WithoutElement(const Case& facts, const Vocabulary& vocabulary, InstanceId holder, FactId list,
                    std::size_t index) {
  const Value& value = *facts.State(vocabulary, holder, list).value;
  return Copier(facts, vocabulary, std::get<ListValue>(value).elements[index]).Run();
}

Case Tidied(const Case& facts, const Vocabulary& vocabulary) { return Copier(facts, vocabulary, {}).Run(); }

Case Widened(Case facts, const Vocabulary& vocabulary) {
  const std::size_t instances = facts.instances.size();
  for (std::size_t i = 0; i < instances; ++i) {
    const InstanceId id(i);
    const std::vector<FactId>& wanted = vocabulary.entities[facts.instances[id].entity].facts;
    for (std::size_t at = facts.instances[id].facts.size(); at < wanted.size(); ++at) {
      facts.instances[id].facts.emplace_back();
      const Type& type = vocabulary.facts[wanted[at]].type;
      if (type.kind != TypeKind::kEntity || type.or_none) continue;
      const std::string path = FactPath(facts, vocabulary, id, wanted[at]);
      const InstanceId child = AddInstance(facts, vocabulary, type.entity, path);
      facts.instances[id].facts[at].value = EntityValue{child};
    }
  }
  FillAssumed(facts, vocabulary);
  return facts;
}

}  // namespace proviso
