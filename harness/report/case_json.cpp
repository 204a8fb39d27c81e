#include "harness/report/case_json.h"

#include "harness/report/json.h"
#include "runtime/base/edit_case.h"

namespace proviso::report {

void WriteCase(llvm::json::OStream& json, const Vocabulary& words, const Case& facts) {
  const Case tidy = Tidied(facts, words);
  json.attributeObject("case", [&] {
    for (std::size_t i = 0; i < tidy.instances.size(); ++i) {
      const InstanceId instance(i);
      for (const FactId fact : words.entities[tidy.instances[instance].entity].facts) {
        const Type& type = words.facts[fact].type;
        const FactState& state = tidy.State(words, instance, fact);
        if (!state.value || std::holds_alternative<EntityValue>(*state.value)) continue;
        const std::string path = FactPath(tidy, words, instance, fact);
        const auto* const list = std::get_if<ListValue>(&*state.value);
        const auto* const set = std::get_if<MemberSet>(&*state.value);
        if (list != nullptr && !list->elements.empty()) continue;
        if (list == nullptr && set == nullptr) {
          WriteText(json, path, ValueToText(words, type, *state.value));
          continue;
        }
        json.attributeArray(path, [&] {
          if (set == nullptr) return;
          for (const std::uint32_t member : set->members)
            json.value(AsUtf8(words.enums[type.enumeration].members[member].name));
        });
      }
    }
  });
}

}  // namespace proviso::report
