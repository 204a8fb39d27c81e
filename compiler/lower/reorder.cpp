#include "compiler/lower/reorder.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>
#include <vector>

#include "runtime/graph/sift.h"

namespace proviso::lower {
namespace {

using evaluate::NodeId;
using evaluate::Space;
using evaluate::VariableId;

/// So many nodes are looked at, and so many rewritten: about a second.
constexpr std::size_t kMaxNodes = 60'000;
constexpr std::size_t kMaxWork = 3'000'000;

/// An order that saves less is not worth beginning again for.
constexpr double kWorthwhile = 0.7;

/// The largest functions that were made, being those that begin with the topmost variables and are part of no other.
std::vector<NodeId> LargestFunctions(const graph::Graph& graph) {
  std::vector<bool> is_part(graph.Size());
  std::vector<NodeId> functions;
  for (std::size_t i = graph.Size(); i-- > 0;) {
    const NodeId node(i);
    if (graph.IsTerminal(node)) continue;
    for (const graph::Edge& edge : graph.Edges(node)) is_part[edge.to.Index()] = true;
    if (!is_part[i]) functions.push_back(node);
  }
  std::ranges::stable_sort(functions, {}, [&](NodeId node) { return graph.RankOf(graph.VariableOf(node)); });
  std::vector<NodeId> largest;
  std::vector<bool> is_reached(graph.Size());
  std::size_t reached = 0;
  for (const NodeId function : functions) {
    std::vector<NodeId> open = {function};
    while (!open.empty()) {
      const NodeId node = open.back();
      open.pop_back();
      if (is_reached[node.Index()]) continue;
      is_reached[node.Index()] = true;
      ++reached;
      if (graph.IsTerminal(node)) continue;
      for (const graph::Edge& edge : graph.Edges(node)) open.push_back(edge.to);
    }
    largest.push_back(function);
    if (reached > kMaxNodes) break;
  }
  return largest;
}

}  // namespace

std::optional<evaluate::Ranks> BetterRanks(const Space& space) {
  const graph::Graph& graph = space.graph;
  std::map<graph::Rank, std::vector<VariableId>> by_rank;
  for (std::size_t i = 0; i < graph.Variables(); ++i) by_rank[graph.RankOf(VariableId(i))].emplace_back(i);
  std::vector<graph::Block> blocks;
  std::vector<graph::Rank> ranks;
  for (const auto& [rank, variables] : by_rank) {
    blocks.push_back({.variables = variables, .band = Space::BandOf(rank)});
    ranks.push_back(rank);
  }
  const graph::Sifted sifted = graph::Sift(graph, LargestFunctions(graph), blocks, kMaxWork);
  if (static_cast<double>(sifted.nodes_after) > kWorthwhile * static_cast<double>(sifted.nodes_before))
    return std::nullopt;
  std::map<graph::Rank, graph::Rank> moved;
  for (std::size_t i = 0; i < ranks.size(); ++i) moved[ranks[sifted.order[i]]] = ranks[i];
  return space.RanksAfter(moved);
}

}  // namespace proviso::lower
