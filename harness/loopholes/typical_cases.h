// typical_cases.h: the plainest cases of a decision: for each of its rules, small ones that it decides by itself.
#pragma once

#include <memory>
#include <vector>

#include "compiler/lower/witness.h"

namespace proviso::loopholes {

/// Of every rule that can decide alone: cases, each under the first of its option sets, that between them show it under
/// every option set, as far as few cases do. Empty where the graph would grow over its limit.
[[nodiscard]] std::vector<lower::Witness> TypicalCases(const std::shared_ptr<const check::CheckedDraft>& draft,
                                                       check::DecisionId decision,
                                                       const std::vector<check::OptionSet>& option_sets,
                                                       std::size_t max_nodes);

}  // namespace proviso::loopholes
