#include "runtime/graph/sift.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

namespace proviso::graph {
namespace {

std::size_t Tests(const Graph& graph, llvm::ArrayRef<NodeId> roots) {
  return static_cast<std::size_t>(
      std::ranges::count_if(graph.Reachable(roots), [&](NodeId node) { return !graph.IsTerminal(node); }));
}

/// The same functions where the variables have the ranks that the order gives them.
struct Reordered {
  Graph graph;
  std::vector<NodeId> roots;
};
Reordered InOrder(const Graph& from, llvm::ArrayRef<NodeId> roots, llvm::ArrayRef<Block> blocks,
                  llvm::ArrayRef<std::size_t> order) {
  Reordered made;
  std::vector<Rank> ranks(from.Variables());
  Rank rank = 0;
  for (const std::size_t block : order)
    for (const VariableId variable : blocks[block].variables) ranks[variable.Index()] = rank++;
  for (std::size_t i = 0; i < from.Variables(); ++i)
    static_cast<void>(made.graph.AddVariable(ranks[i], from.Cells(VariableId(i))));
  const auto copy = [&](const auto& self, NodeId node) -> NodeId {
    if (from.IsTerminal(node)) return made.graph.TerminalNode(from.TerminalOf(node));
    std::vector<NodeId> children;
    const VariableId variable = from.VariableOf(node);
    for (std::size_t cell = 0; cell < from.Cells(variable); ++cell)
      children.push_back(self(self, from.ChildAt(node, cell)));
    return made.graph.ByCell(variable, children);
  };
  for (const NodeId root : roots) made.roots.push_back(copy(copy, root));
  return made;
}

TEST(SiftTest, PairsThatStandApartComeTogether) {
  constexpr std::size_t kPairs = 8;
  Graph graph;
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < 2 * kPairs; ++i) blocks.push_back({{graph.AddVariable(i, 2)}});
  NodeId any = graph.No();
  for (std::size_t i = 0; i < kPairs; ++i) {
    const NodeId one = graph.InCells(blocks[i].variables.front(), 1, 2);
    const NodeId other = graph.InCells(blocks[i + kPairs].variables.front(), 1, 2);
    any = graph.Or(any, graph.And(one, other));
  }
  const Sifted sifted = Sift(graph, any, blocks, 1'000'000);
  EXPECT_EQ(sifted.nodes_before, (2U << kPairs) - 2);
  EXPECT_EQ(sifted.nodes_after, 2 * kPairs);
}

TEST(SiftTest, WhatAnOrderSavesIsCountedTruly) {
  std::mt19937 random(7);
  std::size_t saved = 0;
  for (int round = 0; round < 300; ++round) {
    Graph graph;
    const std::size_t variables = 4 + random() % 4;
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < variables; ++i) {
      const VariableId variable = graph.AddVariable(i, 2 + random() % 3);
      const bool is_own = blocks.empty() || random() % 3 != 0;
      if (is_own) blocks.push_back({{}, static_cast<std::uint32_t>(i < variables - 2 ? 0 : 1)});
      blocks.back().variables.push_back(variable);
    }
    std::vector<NodeId> roots;
    for (int root = 0; root < 2; ++root) {
      NodeId function = graph.TerminalNode(static_cast<Terminal>(random() % 3));
      for (int part = 0; part < 5; ++part) {
        NodeId condition = graph.Yes();
        for (int i = 0; i < 3; ++i) {
          const VariableId variable(random() % variables);
          const std::size_t cell = random() % graph.Cells(variable);
          condition = graph.And(condition, graph.InCells(variable, cell, cell + 1));
        }
        function = graph.IfThenElse(condition, graph.TerminalNode(static_cast<Terminal>(random() % 3)), function);
      }
      roots.push_back(function);
    }
    const Sifted sifted = Sift(graph, roots, blocks, 100'000);
    EXPECT_EQ(sifted.nodes_before, Tests(graph, roots));
    EXPECT_LE(sifted.nodes_after, sifted.nodes_before);
    const Reordered reordered = InOrder(graph, roots, blocks, sifted.order);
    EXPECT_EQ(sifted.nodes_after, Tests(reordered.graph, reordered.roots));
    EXPECT_EQ(std::set<std::size_t>(sifted.order.begin(), sifted.order.end()).size(), blocks.size());
    EXPECT_TRUE(std::ranges::is_sorted(sifted.order, {}, [&](std::size_t block) { return blocks[block].band; }));
    saved += sifted.nodes_before - sifted.nodes_after;
  }
  EXPECT_GT(saved, 300U);
}

TEST(SiftTest, WithoutWorkToDoNothingMoves) {
  Graph graph;
  const std::vector<Block> blocks = {{{graph.AddVariable(0, 2)}}, {{graph.AddVariable(1, 2)}}};
  const NodeId both = graph.And(graph.InCells(VariableId(0), 1, 2), graph.InCells(VariableId(1), 1, 2));
  EXPECT_EQ(Sift(graph, both, blocks, 0).order, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(Sift(graph, graph.Yes(), blocks, 100).nodes_before, 0U);
}

}  // namespace
}  // namespace proviso::graph
