// count.h: how many assignments of cells to variables lead where.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <map>

#include "runtime/base/exact.h"
#include "runtime/graph/graph.h"

namespace proviso::graph {

/// For each terminal, the number of assignments of one cell to each of `variables` that lead to it: exact, of any size.
/// `variables` are those that the function depends on, and any others; each once. Linear in nodes times terminals.
[[nodiscard]] std::map<Terminal, Exact> CountCells(const Graph& graph, NodeId node,
                                                   llvm::ArrayRef<VariableId> variables);

}  // namespace proviso::graph
