#include "runtime/graph/count.h"

#include <llvm/ADT/STLExtras.h>

#include <vector>

namespace proviso::graph {
namespace {

using Counts = std::map<Terminal, Exact>;

class Counter {
 public:
  Counter(const Graph& graph, llvm::ArrayRef<VariableId> variables) : graph_(graph), order_(variables.vec()) {
    llvm::sort(order_, [&](VariableId one, VariableId other) { return graph.IsAbove(one, other); });
    for (std::size_t i = 0; i < order_.size(); ++i) level_[order_[i]] = i;
    // `below_[i]`: the assignments to the variables from level i on.
    below_.assign(order_.size() + 1, Exact(1));
    for (std::size_t i = order_.size(); i-- > 0;) {
      below_[i] = below_[i + 1] * Exact(static_cast<std::int64_t>(graph.Cells(order_[i])));
    }
  }

  Counts Count(NodeId node) {
    Counts counts = From(node);
    for (auto& [terminal, count] : counts) count = count * Skipped(0, LevelOf(node));
    return counts;
  }

 private:
  [[nodiscard]] std::size_t LevelOf(NodeId node) const {
    return graph_.IsTerminal(node) ? order_.size() : level_.at(graph_.VariableOf(node));
  }
  /// The assignments to the variables of levels [`first`, `last`).
  [[nodiscard]] Exact Skipped(std::size_t first, std::size_t last) const { return below_[first] / below_[last]; }

  /// Over the variables from the node's own on.
  const Counts& From(NodeId node) {
    if (const auto found = known_.find(node); found != known_.end()) return found->second;
    Counts counts;
    if (graph_.IsTerminal(node)) {
      counts[graph_.TerminalOf(node)] = 1;
      return known_[node] = std::move(counts);
    }
    for (const Graph::Run& run : graph_.Runs(node)) {
      const Exact times =
          Exact(static_cast<std::int64_t>(run.last - run.first)) * Skipped(LevelOf(node) + 1, LevelOf(run.to));
      for (const auto& [terminal, count] : From(run.to)) counts[terminal] = counts[terminal] + count * times;
    }
    return known_[node] = std::move(counts);
  }

  const Graph& graph_;
  std::vector<VariableId> order_;
  std::map<VariableId, std::size_t> level_;
  std::vector<Exact> below_;
  std::map<NodeId, Counts> known_;
};

}  // namespace

std::map<Terminal, Exact> CountCells(const Graph& graph, NodeId node, llvm::ArrayRef<VariableId> variables) {
  return Counter(graph, variables).Count(node);
}

}  // namespace proviso::graph
