// cover.h: a condition as a few products of cells (`loud is strict, and visitors above 500`).
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <optional>
#include <vector>

#include "runtime/graph/graph.h"

namespace proviso::graph {

/// For each of some variables the cells allowed, ascending; none where the variable does not matter.
using Product = std::vector<std::vector<std::uint32_t>>;

inline constexpr std::size_t kNoLimit = ~std::size_t{0};

/// Yes in the cells.
[[nodiscard]] NodeId InAnyOf(Graph& graph, VariableId variable, llvm::ArrayRef<std::uint32_t> cells);

/// The cells of the variable in which the condition cannot hold. Linear in the size of the condition.
[[nodiscard]] std::vector<std::uint32_t> CellsWithout(const Graph& graph, NodeId condition, VariableId variable);

/// The product as a condition.
[[nodiscard]] NodeId NodeOf(Graph& graph, llvm::ArrayRef<VariableId> variables, const Product& product);

/// Products that cover `must` and nothing outside `may`; none of them can be widened or left out. `variables` are all
/// that the two depend on, and others; an invalid one never matters. Nothing where more than `max` would come up on the
/// way. (After S. Minato, Fast Generation of Irredundant Sum-of-Products Forms from Binary Decision Diagrams, 1992.)
[[nodiscard]] std::optional<std::vector<Product>> Cover(Graph& graph, llvm::ArrayRef<VariableId> variables, NodeId must,
                                                        NodeId may, std::size_t max = kNoLimit);

/// Products that cover `wanted` and are disjoint, both as far as `care` goes, the widest first; no two of them can be
/// joined to one. Nothing where more than `max` would come up.
[[nodiscard]] std::optional<std::vector<Product>> DisjointCover(Graph& graph, llvm::ArrayRef<VariableId> variables,
                                                                NodeId wanted, NodeId care, std::size_t max);

}  // namespace proviso::graph
