// small_witness.h: witnesses of few facts, and what they are put together from.
#pragma once

#include <optional>

#include "compiler/lower/witness.h"
#include "runtime/graph/smallest.h"

namespace proviso::lower {

/// The case in which the tests come out so: values at thresholds, lists of as few elements as can be, elements of few
/// facts; and in which `others`, on other variables, holds. Only the facts of the tests matter. What the tests say of
/// quantities made of several facts is not set.
[[nodiscard]] Witness SmallWitness(Lowered& lowered, const graph::Tests& tests, evaluate::NodeId others);

/// What an element of the list's is to be of the class; what is assumed of every element.
[[nodiscard]] evaluate::NodeId IsOfClass(evaluate::Space& space, const evaluate::List& list, std::uint32_t kind);
[[nodiscard]] evaluate::NodeId AssumedOf(Lowered& lowered, const evaluate::List& list);
/// The fewest facts of an element that meets the condition on its own facts, within the assumptions.
[[nodiscard]] std::optional<graph::Tests> SmallestElement(Lowered& lowered, const evaluate::List& list,
                                                          evaluate::NodeId condition);

}  // namespace proviso::lower
