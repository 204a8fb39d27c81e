// One way on which several functions come to what is wanted of each: against going through all values, on small
// functions at random.
#include "runtime/graph/common_path.h"

#include <gtest/gtest.h>
#include <llvm/ADT/STLExtras.h>

#include <random>
#include <vector>

namespace proviso::graph {
namespace {

constexpr std::size_t kVariables = 5;
constexpr Terminal kOutcomes = 4;

class CommonPathTest : public testing::Test {
 protected:
  CommonPathTest() {
    for (std::size_t i = 0; i < kVariables; ++i) variables_.push_back(graph_.AddVariable(i, 2 + i % 2));
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as there are variables
  NodeId Random(std::size_t variable = 0) {
    if (variable == kVariables || random_() % 5 == 0) return graph_.TerminalNode(random_() % kOutcomes);
    std::vector<NodeId> children;
    for (std::size_t i = 0; i < graph_.Cells(variables_[variable]); ++i) children.push_back(Random(variable + 1));
    return graph_.ByCell(variables_[variable], children);
  }

  std::vector<AnyOf> RandomlyAsked() {
    std::vector<AnyOf> all(1 + random_() % 3);
    for (AnyOf& any : all) {
      const std::size_t size = 1 + (random_() % 3) / 2;
      for (std::size_t i = 0; i < size; ++i)
        any.push_back({.function = Random(), .terminal = graph_.TerminalNode(random_() % kOutcomes)});
    }
    return all;
  }

  [[nodiscard]] bool ComesOut(llvm::ArrayRef<AnyOf> all, const std::vector<std::size_t>& cells) const {
    return llvm::all_of(all, [&](const AnyOf& any) {
      return llvm::any_of(any, [&](const Comes& one) {
        NodeId node = one.function;
        while (!graph_.IsTerminal(node)) node = graph_.ChildAt(node, cells[graph_.VariableOf(node).Index()]);
        return node == one.terminal;
      });
    });
  }

  template <typename Visit>
  void ForEach(Visit visit) const {
    std::vector<std::size_t> cells(kVariables);
    for (;;) {
      visit(cells);
      std::size_t i = 0;
      while (i < kVariables && ++cells[i] == graph_.Cells(variables_[i])) cells[i++] = 0;
      if (i == kVariables) return;
    }
  }

  /// Whether all values that the tests leave come out; there are some.
  [[nodiscard]] bool AreSure(const Tests& tests, llvm::ArrayRef<AnyOf> all) const {
    bool are_sure = true;
    ForEach([&](const std::vector<std::size_t>& cells) {
      const bool is_on_path =
          llvm::all_of(tests, [&](const auto& test) { return cells[test.first.Index()] == test.second; });
      are_sure = are_sure && (!is_on_path || ComesOut(all, cells));
    });
    return are_sure;
  }

  Graph graph_;
  std::vector<VariableId> variables_;
  std::mt19937 random_{1};
};

constexpr auto kNoChoice = [](VariableId) { return std::optional<CellChoice>(); };

TEST_F(CommonPathTest, IsFoundExactlyWhereThereIsOne) {
  int found = 0;
  int none = 0;
  for (int i = 0; i < 4000; ++i) {
    const std::vector<AnyOf> all = RandomlyAsked();
    bool is_there = false;
    ForEach([&](const std::vector<std::size_t>& cells) { is_there = is_there || ComesOut(all, cells); });
    const CommonPath path = FindCommonPath(graph_, all, kNoChoice);
    ASSERT_EQ(path.verdict, is_there ? CommonPath::Verdict::kFound : CommonPath::Verdict::kNone);
    ASSERT_TRUE(!is_there || AreSure(path.tests, all));
    ++(is_there ? found : none);
  }
  EXPECT_GT(found, 500);
  EXPECT_GT(none, 500);
}

TEST_F(CommonPathTest, KeepsToTheCellsChosen) {
  int found = 0;
  int none = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::vector<AnyOf> all = RandomlyAsked();
    const VariableId held = variables_[random_() % kVariables];
    const std::size_t cell = random_() % graph_.Cells(held);
    bool is_there = false;
    ForEach([&](const std::vector<std::size_t>& cells) {
      is_there = is_there || (cells[held.Index()] == cell && ComesOut(all, cells));
    });
    const auto only = [&](VariableId variable) {
      return variable == held ? std::optional(CellChoice{.cell = cell, .is_only = true}) : std::nullopt;
    };
    const CommonPath path = FindCommonPath(graph_, all, only);
    ASSERT_EQ(path.verdict, is_there ? CommonPath::Verdict::kFound : CommonPath::Verdict::kNone);
    ++(is_there ? found : none);
    if (is_there) {
      ASSERT_TRUE(
          llvm::none_of(path.tests, [&](const auto& test) { return test.first == held && test.second != cell; }));
      ASSERT_TRUE(llvm::is_contained(path.tests, std::pair(held, cell)) || AreSure(path.tests, all));
    }
    // What is only preferred closes no way.
    const auto rather = [&](VariableId variable) {
      return variable == held ? std::optional(CellChoice{.cell = cell}) : std::nullopt;
    };
    ASSERT_EQ(FindCommonPath(graph_, all, rather).verdict, FindCommonPath(graph_, all, kNoChoice).verdict);
  }
  EXPECT_GT(found, 200);
  EXPECT_GT(none, 200);
}

TEST_F(CommonPathTest, IsGivenUpAfterTheStepsAllowed) {
  // Alike in nothing but that all variables have to be looked at.
  NodeId even = graph_.Yes();
  for (const VariableId variable : llvm::reverse(variables_)) {
    std::vector<NodeId> children(graph_.Cells(variable), graph_.Not(even));
    children[0] = even;
    even = graph_.ByCell(variable, children);
  }
  const std::vector<AnyOf> all = {{{even, graph_.Yes()}}, {{even, graph_.No()}}};
  EXPECT_EQ(FindCommonPath(graph_, all, kNoChoice).verdict, CommonPath::Verdict::kNone);
  EXPECT_EQ(FindCommonPath(graph_, all, kNoChoice, 2).verdict, CommonPath::Verdict::kGivenUp);
}

}  // namespace
}  // namespace proviso::graph
