// What can be reached from nodes of a store.
#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>

#include "runtime/graph/graph.h"

namespace proviso::graph {

std::vector<NodeId> Graph::Reachable(llvm::ArrayRef<NodeId> roots) const {
  std::vector<NodeId> reached;
  llvm::DenseSet<unsigned> seen;  // mostly of few nodes of a large store
  std::vector<NodeId> open(roots.begin(), roots.end());
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    if (!seen.insert(node.Index()).second) continue;
    reached.push_back(node);
    if (IsTerminal(node)) continue;
    for (const Edge& edge : Edges(node)) open.push_back(edge.to);
  }
  return reached;
}

std::vector<VariableId> Graph::Support(NodeId node) const {
  std::vector<VariableId> support;
  for (const NodeId at : Reachable(node)) {
    if (!IsTerminal(at)) support.push_back(VariableOf(at));
  }
  llvm::sort(support, [&](VariableId first, VariableId second) { return IsAbove(first, second); });
  support.erase(std::ranges::unique(support).begin(), support.end());
  return support;
}

std::vector<Terminal> Graph::Terminals(NodeId node) const {
  std::vector<Terminal> terminals;
  for (const NodeId at : Reachable(node)) {
    if (IsTerminal(at)) terminals.push_back(TerminalOf(at));
  }
  llvm::sort(terminals);
  return terminals;
}

}  // namespace proviso::graph
