#include "compiler/lower/describe_witness.h"

#include <fmt/format.h>

#include <algorithm>

namespace proviso::lower {

std::vector<std::string> WitnessParts(const check::CheckedDraft& draft, const Witness& witness) {
  std::vector<NamedValue> told;
  for (const reference::MissingFact& one : witness.matter) {
    const Type& type = draft.vocabulary->facts[one.fact].type;
    const Value& value = *witness.facts.State(*draft.vocabulary, one.instance, one.fact).value;
    told.emplace_back(FactPath(witness.facts, *draft.vocabulary, one.instance, one.fact),
                      value == Value(ListValue{}) ? "[]" : ValueToText(*draft.vocabulary, type, value));
  }
  std::vector<std::string> parts;
  for (const auto& [path, value] : told) {
    // A list is told by its elements, if by any of them.
    const bool is_told =
        std::ranges::any_of(told, [&](const NamedValue& other) { return other.first.starts_with(path + "["); });
    if (!is_told) parts.push_back(fmt::format("{}: {}", path, value));
  }
  for (const auto& [option, alternative] : WitnessOptions(draft, witness))
    parts.push_back(fmt::format("{} is {}", option, alternative));
  return parts;
}

std::vector<NamedValue> WitnessFacts(const check::CheckedDraft& draft, const Case& facts) {
  const Vocabulary& words = *draft.vocabulary;
  std::vector<NamedValue> named;
  for (std::size_t i = 0; i < facts.instances.size(); ++i) {
    const InstanceId instance(i);
    for (const FactId fact : words.entities[facts.instances[instance].entity].facts) {
      const FactState& state = facts.State(words, instance, fact);
      const Type& type = words.facts[fact].type;
      if (!state.value || std::holds_alternative<EntityValue>(*state.value)) continue;
      const auto* const list = std::get_if<ListValue>(&*state.value);
      if (list != nullptr && !list->elements.empty()) continue;  // its elements have facts of their own
      named.emplace_back(FactPath(facts, words, instance, fact),
                         list != nullptr ? "[]" : ValueToText(words, type, *state.value));
    }
  }
  return named;
}

std::vector<NamedValue> WitnessOptions(const check::CheckedDraft& draft, const Witness& witness) {
  std::vector<NamedValue> named;
  const check::OptionSet& options = witness.options.front();
  for (std::size_t i = 0; i < options.size(); ++i) {
    const check::Option& option = draft.options[check::OptionId(i)];
    if (!option.settled) named.emplace_back(option.name, option.alternatives[options[i]].name);
  }
  return named;
}

}  // namespace proviso::lower
