#include "compiler/lower/describe_witness.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/edit_case.h"

namespace proviso::lower {

bool AreElementsNamed(const Vocabulary& words, const Witness& witness, InstanceId instance, FactId list) {
  const std::string element = FactPath(witness.facts, words, instance, list) + "[";
  return std::ranges::any_of(witness.matter, [&](const reference::MissingFact& one) {
    return FactPath(witness.facts, words, one.instance, one.fact).starts_with(element);
  });
}

std::vector<std::string> WitnessParts(const check::CheckedDraft& draft, const Witness& witness) {
  const Vocabulary& words = *draft.vocabulary;
  std::vector<std::string> parts;
  for (const reference::MissingFact& one : witness.matter) {
    const Type& type = words.facts[one.fact].type;
    const Value& value = *witness.facts.State(words, one.instance, one.fact).value;
    if (type.kind == TypeKind::kList && AreElementsNamed(words, witness, one.instance, one.fact)) continue;
    parts.push_back(fmt::format("{}: {}", FactPath(witness.facts, words, one.instance, one.fact),
                                value == Value(ListValue{}) ? "[]" : ValueToText(words, type, value)));
  }
  for (const auto& [option, alternative] : WitnessOptions(draft, witness))
    parts.push_back(fmt::format("{} is {}", option, alternative));
  return parts;
}

std::vector<NamedValue> WitnessFacts(const check::CheckedDraft& draft, const Case& facts) {
  const Vocabulary& words = *draft.vocabulary;
  const Case tidy = Tidied(facts, words);
  std::vector<NamedValue> named;
  for (std::size_t i = 0; i < tidy.instances.size(); ++i) {
    const InstanceId instance(i);
    for (const FactId fact : words.entities[tidy.instances[instance].entity].facts) {
      const FactState& state = tidy.State(words, instance, fact);
      const Type& type = words.facts[fact].type;
      if (!state.value || std::holds_alternative<EntityValue>(*state.value)) continue;
      const auto* const list = std::get_if<ListValue>(&*state.value);
      if (list != nullptr && !list->elements.empty()) continue;  // its elements have facts of their own
      named.emplace_back(FactPath(tidy, words, instance, fact),
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
    const bool may_matter = witness.options_matter.empty() || witness.options_matter[i];
    if (!option.settled && may_matter) named.emplace_back(option.name, option.alternatives[options[i]].name);
  }
  return named;
}

}  // namespace proviso::lower
