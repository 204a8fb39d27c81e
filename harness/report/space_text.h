// space_text.h: what the variables of a decision graph ask, and what their cells are, in the drafter's words.
#pragma once

#include <string>

#include "runtime/evaluate/space.h"

namespace proviso::report {

/// `target.country`, `uses includes military`, `2 × committed - paid`, `ai_compute`.
[[nodiscard]] std::string VariableText(const evaluate::Space& space, evaluate::VariableId id);

/// Cells [`first`, `last`) of the variable: `yes`, `china or macau`, `from $2,000,000`, `none`, `above 10^24 flop`.
[[nodiscard]] std::string CellsText(const evaluate::Space& space, evaluate::VariableId id, std::size_t first,
                                    std::size_t last);

/// Where an interval that begins at the value, or just after it, begins, or the one before it ends: `above 10^25 flop`,
/// `at most 10^25 flop`, rather than the next number there is.
[[nodiscard]] std::string BoundText(const Vocabulary& words, const Type& type, Value begin, bool is_after,
                                    bool is_lower);

/// Why there is no outcome, in a few words: `no rule fires`.
[[nodiscard]] std::string FailureText(Failure failure);

/// What a terminal stands for: `prohibited`, `closes_on + 30 days`, `no outcome: no rule fires`.
[[nodiscard]] std::string LeafText(const evaluate::Space& space, const Type& type, evaluate::NodeId terminal);

}  // namespace proviso::report
