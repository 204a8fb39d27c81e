// The fewest tests that make a condition sure: against every way to fix cells, on small functions at random.
#include "runtime/graph/smallest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace proviso::graph {
namespace {

constexpr std::size_t kVariables = 4;
constexpr std::size_t kFree = ~std::size_t{0};

/// By variable its cell, or `kFree`.
using Cells = std::vector<std::size_t>;

class SmallestTest : public testing::Test {
 protected:
  SmallestTest() {
    for (std::size_t i = 0; i < kVariables; ++i) variables_.push_back(graph_.AddVariable(i, i == 0 ? 3 : 2));
  }

  NodeId Random(std::mt19937& random, int percent_yes) {
    NodeId condition = graph_.No();
    ForEach([&](const Cells& cells) {
      if (random() % 100 < static_cast<unsigned>(percent_yes)) condition = graph_.Or(condition, NodeOf(cells));
    });
    return condition;
  }

  NodeId NodeOf(const Cells& cells) {
    NodeId product = graph_.Yes();
    for (std::size_t i = 0; i < kVariables; ++i) {
      if (cells[i] != kFree) product = graph_.And(product, graph_.InCells(variables_[i], cells[i], cells[i] + 1));
    }
    return product;
  }

  template <typename Visit>
  void ForEach(Visit visit, bool with_free = false) {
    Cells cells(kVariables, with_free ? kFree : 0);
    for (;;) {
      visit(cells);
      std::size_t i = 0;
      while (i < kVariables && ++cells[i] == graph_.Cells(variables_[i])) cells[i++] = with_free ? kFree : 0;
      if (i == kVariables) return;
    }
  }

  static std::size_t CostOf(VariableId variable, std::size_t cell) { return variable.Index() == 1 ? 3 : 1 + cell; }

  static std::size_t CostOf(const Tests& tests) {
    std::size_t cost = 0;
    for (const auto& [variable, cell] : tests) cost += CostOf(variable, cell);
    return cost;
  }

  /// Whether it can be so within `care`, and `wanted` then holds.
  bool IsEnough(NodeId product, NodeId wanted, NodeId care) {
    const NodeId inside = graph_.And(product, care);
    return inside != graph_.No() && graph_.And(inside, graph_.Not(wanted)) == graph_.No();
  }

  Graph graph_;
  std::vector<VariableId> variables_;
};

TEST_F(SmallestTest, NoCheaperTestsAreEnough) {
  std::mt19937 random(11);
  std::size_t found = 0;
  for (int round = 0; round < 400; ++round) {
    const NodeId wanted = Random(random, 20 + round % 60);
    const NodeId care = Random(random, 40 + round % 61);
    std::size_t least = kFree;
    ForEach(
        [&](const Cells& cells) {
          if (!IsEnough(NodeOf(cells), wanted, care)) return;
          std::size_t cost = 0;
          for (std::size_t i = 0; i < kVariables; ++i) cost += cells[i] == kFree ? 0 : CostOf(variables_[i], cells[i]);
          least = std::min(least, cost);
        },
        true);
    const auto cost = [](VariableId variable, std::size_t cell) { return CostOf(variable, cell); };
    const std::optional<Tests> tests = SmallestTests(graph_, wanted, care, cost);
    ASSERT_EQ(tests.has_value(), least != kFree);
    if (!tests) continue;
    ++found;
    NodeId product = graph_.Yes();
    for (const auto& [variable, cell] : *tests) product = graph_.And(product, graph_.InCells(variable, cell, cell + 1));
    EXPECT_TRUE(IsEnough(product, wanted, care));
    EXPECT_EQ(CostOf(*tests), least);
    // Without a variable left out it is still a way to yes.
    const std::optional<Tests> way = SmallestTests(graph_, wanted, care, cost, 0);
    ASSERT_TRUE(way.has_value());
    EXPECT_GE(CostOf(*way), least);
  }
  EXPECT_GT(found, 300U);
}

}  // namespace
}  // namespace proviso::graph
