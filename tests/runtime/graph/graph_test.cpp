// Every operation against the table of all assignments, on random functions of a few variables.
#include "runtime/graph/graph.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <random>

#include "runtime/graph/count.h"

namespace proviso::graph {
namespace {

constexpr Terminal kFailure = 7;
constexpr std::array<std::size_t, 4> kCells = {2, 3, 4, 2};
constexpr std::size_t kAssignments = 2 * 3 * 4 * 2;

using Assignment = std::array<std::size_t, kCells.size()>;

Assignment Assigned(std::size_t number) {
  Assignment cells;
  for (std::size_t i = 0; i < kCells.size(); ++i) {
    cells[i] = number % kCells[i];
    number /= kCells[i];
  }
  return cells;
}

class GraphTest : public testing::Test {
 protected:
  GraphTest() {
    // The ranks are not in the order in which the variables are made.
    for (std::size_t i = 0; i < kCells.size(); ++i) variables_.push_back(graph_.AddVariable((i * 3) % 4, kCells[i]));
  }

  Terminal At(NodeId node, const Assignment& cells) const {
    while (!graph_.IsTerminal(node)) {
      const auto variable = std::ranges::find(variables_, graph_.VariableOf(node)) - variables_.begin();
      node = graph_.ChildAt(node, cells[static_cast<std::size_t>(variable)]);
    }
    return graph_.TerminalOf(node);
  }

  /// The function with these values, put together case by case.
  NodeId FromTable(const std::vector<Terminal>& table) {
    NodeId all = graph_.No();
    for (std::size_t number = 0; number < kAssignments; ++number) {
      const Assignment cells = Assigned(number);
      NodeId here = graph_.Yes();
      for (std::size_t i = 0; i < kCells.size(); ++i)
        here = graph_.And(here, graph_.InCells(variables_[i], cells[i], cells[i] + 1));
      all = graph_.IfThenElse(here, graph_.TerminalNode(table[number]), all);
    }
    return all;
  }

  std::vector<Terminal> RandomTable(const std::vector<Terminal>& values) {
    std::vector<Terminal> table;
    for (std::size_t i = 0; i < kAssignments; ++i) table.push_back(values[random_() % values.size()]);
    return table;
  }

  void ExpectTable(NodeId node, const std::function<Terminal(std::size_t)>& expected) {
    for (std::size_t number = 0; number < kAssignments; ++number)
      ASSERT_EQ(At(node, Assigned(number)), expected(number)) << "assignment " << number;
  }

  /// The number of the assignment that has another cell at one variable.
  static std::size_t With(std::size_t number, std::size_t variable, std::size_t cell) {
    Assignment cells = Assigned(number);
    cells[variable] = cell;
    std::size_t result = 0;
    for (std::size_t i = kCells.size(); i-- > 0;) result = result * kCells[i] + cells[i];
    return result;
  }

  Graph graph_;
  std::vector<VariableId> variables_;
  std::mt19937 random_{850};
};

/// Of two failures the smaller remains, and a condition that decides does so beside a failure.
Terminal AndOf(Terminal one, Terminal other) {
  if (one == kNo || other == kNo) return kNo;
  if (one == kYes) return other;
  return other == kYes ? one : std::min(one, other);
}
Terminal OrOf(Terminal one, Terminal other) {
  if (one == kYes || other == kYes) return kYes;
  if (one == kNo) return other;
  return other == kNo ? one : std::min(one, other);
}

const std::vector<Terminal> kTruths = {kNo, kYes};
const std::vector<Terminal> kConditions = {kNo, kYes, kYes, kNo, kFailure, kFailure + 1};

TEST_F(GraphTest, ConditionsAreThreeValued) {
  for (int round = 0; round < 30; ++round) {
    const std::vector<Terminal> first = RandomTable(kConditions);
    const std::vector<Terminal> second = RandomTable(kConditions);
    const NodeId one = FromTable(first);
    const NodeId other = FromTable(second);
    ExpectTable(graph_.And(one, other), [&](std::size_t i) { return AndOf(first[i], second[i]); });
    ExpectTable(graph_.Or(one, other), [&](std::size_t i) { return OrOf(first[i], second[i]); });
    const auto not_of = [](Terminal condition) { return condition > kYes ? condition : 1 - condition; };
    ExpectTable(graph_.Not(one), [&](std::size_t i) { return not_of(first[i]); });
    ExpectTable(graph_.Without(one, other), [&](std::size_t i) { return AndOf(first[i], not_of(second[i])); });
  }
}

TEST_F(GraphTest, WhetherConditionsMeetOrImplyIsFoundWithoutMakingEither) {
  // Mostly no, and mostly yes, so that both answers come up.
  const std::vector<std::vector<Terminal>> mixes = {{kNo, kNo, kNo, kNo, kNo, kNo, kNo, kNo, kYes},
                                                    {kYes, kYes, kYes, kYes, kYes, kYes, kYes, kYes, kNo},
                                                    {kNo, kNo, kNo, kNo, kNo, kNo, kNo, kFailure},
                                                    kConditions,
                                                    {kNo},
                                                    {kYes},
                                                    {kFailure}};
  std::array<int, 4> answers = {};
  for (int round = 0; round < 200; ++round) {
    const NodeId one = FromTable(RandomTable(mixes[random_() % mixes.size()]));
    const NodeId both = FromTable(RandomTable(mixes[random_() % mixes.size()]));
    const NodeId other = round % 3 == 0 ? graph_.Or(one, both) : both;
    const std::size_t size = graph_.Size();
    const bool meet = graph_.Meet(one, other);
    const bool implies = graph_.Implies(one, other);
    EXPECT_EQ(graph_.Size(), size);
    EXPECT_EQ(meet, graph_.And(one, other) != graph_.No());
    EXPECT_EQ(implies, graph_.Without(one, other) == graph_.No());
    ++answers[(meet ? 0 : 1) + (implies ? 0 : 2)];
  }
  for (const int count : answers) EXPECT_GT(count, 0);
}

TEST_F(GraphTest, IfThenElseTakesABranchOrFails) {
  for (int round = 0; round < 30; ++round) {
    const std::vector<Terminal> condition = RandomTable(kConditions);
    const std::vector<Terminal> then = RandomTable({11, 12, 13});
    const std::vector<Terminal> otherwise = RandomTable({12, 13, 14});
    const NodeId node = graph_.IfThenElse(FromTable(condition), FromTable(then), FromTable(otherwise));
    ExpectTable(node, [&](std::size_t i) {
      return condition[i] > kYes ? condition[i] : condition[i] == kYes ? then[i] : otherwise[i];
    });
  }
}

TEST_F(GraphTest, EqualFunctionsAreOneNode) {
  for (int round = 0; round < 30; ++round) {
    const NodeId one = FromTable(RandomTable(kTruths));
    const NodeId other = FromTable(RandomTable(kTruths));
    EXPECT_EQ(graph_.Not(graph_.And(one, other)), graph_.Or(graph_.Not(one), graph_.Not(other)));
    EXPECT_EQ(graph_.Not(graph_.Not(one)), one);
    EXPECT_EQ(graph_.IfThenElse(one, other, graph_.No()), graph_.And(one, other));
    EXPECT_EQ(graph_.Same(one, other) == graph_.Yes(), one == other);
  }
}

TEST_F(GraphTest, RestrictHoldsAVariable) {
  for (int round = 0; round < 30; ++round) {
    const std::vector<Terminal> table = RandomTable({3, 4, 5});
    const std::size_t variable = random_() % kCells.size();
    const std::size_t cell = random_() % kCells[variable];
    const NodeId held = graph_.Restrict(FromTable(table), variables_[variable], cell);
    ExpectTable(held, [&](std::size_t i) { return table[With(i, variable, cell)]; });
    EXPECT_EQ(std::ranges::count(graph_.Support(held), variables_[variable]), 0);
  }
}

TEST_F(GraphTest, MoveTakesEachCellFromAnother) {
  for (int round = 0; round < 30; ++round) {
    const std::vector<Terminal> table = RandomTable({3, 4, 5});
    const std::size_t variable = random_() % kCells.size();
    std::vector<std::uint32_t> from;
    for (std::size_t cell = 0; cell < kCells[variable]; ++cell)
      from.push_back(static_cast<std::uint32_t>(random_() % kCells[variable]));
    const NodeId moved = graph_.Move(FromTable(table), variables_[variable], from);
    ExpectTable(moved, [&](std::size_t i) { return table[With(i, variable, from[Assigned(i)[variable]])]; });
  }
}

TEST_F(GraphTest, QuantifiersGoThroughAllCells) {
  for (int round = 0; round < 30; ++round) {
    const std::vector<Terminal> table = RandomTable(kTruths);
    const std::size_t chosen = random_() % kCells.size();
    const auto is_chosen = [&](VariableId variable) { return variable == variables_[chosen]; };
    const auto count = [&](std::size_t i) {
      std::size_t yes = 0;
      for (std::size_t cell = 0; cell < kCells[chosen]; ++cell) yes += table[With(i, chosen, cell)];
      return yes;
    };
    ExpectTable(graph_.Exists(FromTable(table), is_chosen), [&](std::size_t i) { return count(i) > 0 ? kYes : kNo; });
    ExpectTable(graph_.ForAll(FromTable(table), is_chosen),
                [&](std::size_t i) { return count(i) == kCells[chosen] ? kYes : kNo; });
  }
}

TEST_F(GraphTest, SimplifiedWithinIsEqualThere) {
  for (int round = 0; round < 60; ++round) {
    const std::vector<Terminal> table = RandomTable({3, 4});
    const std::vector<Terminal> care = RandomTable({kNo, kNo, kNo, kYes});
    const NodeId node = FromTable(table);
    const NodeId where = FromTable(care);
    const NodeId simple = graph_.SimplifyWithin(node, where);
    for (std::size_t i = 0; i < kAssignments; ++i) {
      if (care[i] == kYes) {
        EXPECT_EQ(At(simple, Assigned(i)), table[i]);
      }
    }
    EXPECT_TRUE(graph_.AreEqualWithin(node, simple, where));
    EXPECT_LE(graph_.Reachable(simple).size(), graph_.Reachable(node).size());
  }
}

TEST_F(GraphTest, EqualWithinLooksNoFurther) {
  const NodeId one = FromTable(RandomTable({3, 4}));
  const NodeId here = graph_.InCells(variables_[2], 1, 3);
  const NodeId other = graph_.IfThenElse(here, one, graph_.TerminalNode(5));
  EXPECT_TRUE(graph_.AreEqualWithin(one, other, here));
  EXPECT_FALSE(graph_.AreEqualWithin(one, other, graph_.Yes()));
}

TEST_F(GraphTest, CountsAreThoseOfTheTable) {
  for (int round = 0; round < 30; ++round) {
    const std::vector<Terminal> table = RandomTable({3, 3, 3, 4, 5});
    std::map<Terminal, Exact> expected;
    for (const Terminal terminal : table) expected[terminal] = expected[terminal] + Exact(1);
    EXPECT_EQ(CountCells(graph_, FromTable(table), variables_), expected);
  }
  // What is not asked multiplies: 2 of 3 cells, times all others.
  const std::map<Terminal, Exact> counts = CountCells(graph_, graph_.InCells(variables_[1], 1, 3), variables_);
  EXPECT_EQ(counts.at(kYes), Exact(2 * 2 * 4 * 2));
}

TEST_F(GraphTest, ANewCutLeavesFunctionsAsTheyWere) {
  const VariableId amount = graph_.AddVariable(9, 1);
  graph_.InsertCut(amount, 1);  // two cells
  const NodeId upper = graph_.InCells(amount, 1, 2);
  graph_.InsertCut(amount, 1);  // the lower one is cut in two
  EXPECT_EQ(graph_.Cells(amount), 3);
  EXPECT_EQ(graph_.InCells(amount, 2, 3), upper);
  EXPECT_EQ(graph_.ChildAt(upper, 0), graph_.No());
  EXPECT_EQ(graph_.ChildAt(upper, 1), graph_.No());
  EXPECT_EQ(graph_.ChildAt(upper, 2), graph_.Yes());
  const auto runs = graph_.Runs(upper);
  ASSERT_EQ(runs.size(), 2);
  EXPECT_EQ(runs[0].last, 2);
  EXPECT_EQ(runs[1].first, 2);
}

TEST_F(GraphTest, TenThresholdsAreOneNode) {
  const VariableId amount = graph_.AddVariable(9, 11);
  std::vector<NodeId> outcomes;
  for (Terminal step = 0; step < 11; ++step) outcomes.push_back(graph_.TerminalNode(20 + step));
  const NodeId node = graph_.ByCell(amount, outcomes);
  EXPECT_EQ(graph_.Edges(node).size(), 11);
  EXPECT_EQ(graph_.ChildAt(node, 7), outcomes[7]);
}

TEST(FullGraphTest, SaysThatItIsFull) {
  Graph graph(12);
  NodeId all = graph.Yes();
  for (Rank rank = 0; rank < 20; ++rank) all = graph.And(all, graph.InCells(graph.AddVariable(rank, 2), 1, 2));
  EXPECT_TRUE(graph.Exhausted());
  EXPECT_LE(graph.Size(), 12);
}

TEST(ShrunkGraphTest, WhatWasThrownAwayIsMadeAnew) {
  Graph graph;
  std::vector<NodeId> ones;
  for (Rank rank = 0; rank < 6; ++rank) ones.push_back(graph.InCells(graph.AddVariable(rank, 2), 1, 2));
  const NodeId kept = graph.And(ones[0], ones[1]);
  const std::size_t size = graph.Size();
  const NodeId gone = graph.Or(kept, graph.And(ones[2], graph.And(ones[3], graph.TerminalNode(7))));
  const NodeId other = graph.Or(ones[4], ones[5]);
  EXPECT_EQ(other.Index() + 1, graph.Size());
  graph.ShrinkTo(size);
  EXPECT_EQ(graph.Size(), size);
  EXPECT_EQ(graph.And(ones[1], ones[0]), kept);
  EXPECT_EQ(graph.Support(graph.Or(ones[5], ones[4])).size(), 2);
  EXPECT_EQ(graph.Support(graph.Or(kept, graph.And(ones[2], graph.And(ones[3], graph.TerminalNode(7))))).size(), 4);
  EXPECT_GE(gone.Index(), size);
}

TEST(FullGraphTest, AnAttemptThatIsTooLargeLeavesItAsItWas) {
  Graph graph(1000);
  std::vector<NodeId> ones;
  for (Rank rank = 0; rank < 20; ++rank) ones.push_back(graph.InCells(graph.AddVariable(rank, 2), 1, 2));
  const auto all = [&] {
    NodeId both = graph.Yes();
    for (const NodeId one : ones) both = graph.And(both, one);
    return both;
  };
  const std::size_t before = graph.Size();
  EXPECT_FALSE(graph.DoWithin(12, [&] { static_cast<void>(all()); }));
  EXPECT_FALSE(graph.Exhausted());
  EXPECT_EQ(graph.Size(), before);
  NodeId said;
  EXPECT_TRUE(graph.DoWithin(900, [&] { said = all(); }));
  // Nothing that came of the attempt is taken for what it should have come to.
  EXPECT_EQ(graph.Support(said).size(), ones.size());
  EXPECT_FALSE(graph.Exhausted());
}

}  // namespace
}  // namespace proviso::graph
