// settle.h: what a difference is, and whether one that is said in terms can be at all.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <optional>

#include "compiler/lower/occurs.h"

namespace proviso::compare {

/// Whether two terminals are not one outcome: a condition.
[[nodiscard]] evaluate::NodeId Differ(evaluate::Space& space, evaluate::NodeId from, evaluate::NodeId to);

/// Whether the reference evaluator's outcome is the one that the terminal stands for; any value where that is worked
/// out from facts.
[[nodiscard]] bool IsSaid(const evaluate::Space& space, const reference::Outcome& outcome, evaluate::NodeId leaf);

/// How many cases meet the condition, on facts and options, under each option set of `care` under which some do;
/// nothing where that is not one number, or quantities made of several facts come in.
[[nodiscard]] std::optional<Exact> CasesUnderEach(lower::Lowered& lowered, evaluate::NodeId condition,
                                                  evaluate::NodeId care);

/// Whether the condition, on facts, terms and options, occurs (lower::Occurs). Where it speaks of terms or of
/// quantities made of several facts, a case is looked for by going from terms to their definitions, and only if none is
/// found the solver is asked, as often as `questions` says, which is made smaller.
[[nodiscard]] lower::Occurrence OccursByTerms(lower::Lowered& lowered, evaluate::NodeId condition,
                                              llvm::function_ref<bool(const lower::Witness&)> is_shown, int& questions);

}  // namespace proviso::compare
