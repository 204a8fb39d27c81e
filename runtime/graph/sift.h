// sift.h: orders of variables in which functions take fewer nodes.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/graph/graph.h"

namespace proviso::graph {

/// Variables that stand together in the order.
struct Block {
  std::vector<VariableId> variables;  // topmost first
  std::uint32_t band = 0;
};

struct Sifted {
  std::vector<std::size_t> order;  // blocks by their index, topmost first
  std::size_t nodes_before = 0;    // tests that the functions take together, in the order that was and in this one
  std::size_t nodes_after = 0;
};

/// An order of the blocks, each among those of its band, in which the functions take fewer nodes together. Each block,
/// the largest first, is moved through all places of its band and left where there are fewest (R. Rudell, Dynamic
/// Variable Ordering for Ordered Binary Decision Diagrams, 1993; by blocks after S. Panda and F. Somenzi, Who Are the
/// Variables in Your Neighborhood, 1995). The graph stays as it is. `blocks`: all variables of the functions, in their
/// present order, bands one after another. When `max_work` nodes have been rewritten, no further block is moved.
[[nodiscard]] Sifted Sift(const Graph& graph, llvm::ArrayRef<NodeId> roots, llvm::ArrayRef<Block> blocks,
                          std::size_t max_work);

}  // namespace proviso::graph
