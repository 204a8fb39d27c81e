// describe_witness.h: a witness in the words of scenarios.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/lower/witness.h"

namespace proviso::lower {

using NamedValue = std::pair<std::string, std::string>;

/// `target.country: china`, `loud is strict`: the facts that matter and the open options, those of the first draft.
[[nodiscard]] std::vector<std::string> WitnessParts(const check::CheckedDraft& draft, const Witness& witness);

/// Whether something of the list's elements is among what matters, which then tells that there are some.
[[nodiscard]] bool AreElementsNamed(const Vocabulary& words, const Witness& witness, InstanceId instance, FactId list);

/// Every fact of the case with a value, by path.
[[nodiscard]] std::vector<NamedValue> WitnessFacts(const check::CheckedDraft& draft, const Case& facts);

/// The open options with the alternative chosen, those of the first draft.
[[nodiscard]] std::vector<NamedValue> WitnessOptions(const check::CheckedDraft& draft, const Witness& witness);

}  // namespace proviso::lower
