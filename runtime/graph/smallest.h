// smallest.h: the fewest tests that make a condition sure.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <optional>
#include <utility>
#include <vector>

#include "runtime/graph/graph.h"

namespace proviso::graph {

/// Variables, each with the cell that it is in; each variable once, topmost first.
using Tests = std::vector<std::pair<VariableId, std::size_t>>;

/// What it costs that the variable is known to be in the cell.
using CostOfTest = llvm::function_ref<std::size_t(VariableId, std::size_t)>;

/// Beyond so many steps no variable that a function tests is left out any more: the tests are then those of a cheapest
/// way through the graph, not the cheapest of all.
inline constexpr std::size_t kMaxSmallestSteps = 20'000;

/// The cheapest tests that can come out so within `care`, and where `wanted` holds whenever they do, whatever all other
/// variables are: a smallest implicant. Nothing where `wanted` holds nowhere within `care`, or the store is full. Takes
/// time in the steps times the size of the functions.
[[nodiscard]] std::optional<Tests> SmallestTests(Graph& graph, NodeId wanted, NodeId care, CostOfTest cost,
                                                 std::size_t max_steps = kMaxSmallestSteps);

}  // namespace proviso::graph
