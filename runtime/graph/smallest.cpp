#include "runtime/graph/smallest.h"

#include <llvm/ADT/DenseMap.h>

#include <map>

namespace proviso::graph {
namespace {

constexpr std::size_t kNever = ~std::size_t{0};

/// A function and where it matters: yes where it does not.
struct Goal {
  NodeId holds, care;
  auto operator<=>(const Goal&) const = default;
};

class Search {
 public:
  Search(Graph& graph, CostOfTest cost, std::size_t max_steps) : graph_(graph), cost_(cost), max_steps_(max_steps) {}

  std::optional<Tests> Run(Goal goal) {
    if (CostOf(goal) == kNever || graph_.Exhausted()) return std::nullopt;
    Tests tests;
    while (goal.holds != graph_.Yes()) {
      const Step& step = steps_.at(goal);
      if (step.cell) tests.emplace_back(step.variable, *step.cell);
      goal = step.next;
    }
    return tests;
  }

 private:
  struct Step {
    std::size_t cost = kNever;
    VariableId variable;
    std::optional<std::size_t> cell;  // none where the variable is left out
    Goal next;
  };

  // NOLINTNEXTLINE(misc-no-recursion): as deep as there are variables
  std::size_t CostOf(const Goal& goal) {
    if (goal.care == graph_.No() || goal.holds == graph_.No()) return kNever;
    if (goal.holds == graph_.Yes()) return 0;
    if (const auto found = steps_.find(goal); found != steps_.end()) return found->second.cost;
    ++taken_;
    Step best;
    best.variable = Topmost(goal);
    const std::map<Goal, std::size_t> pieces = Pieces(goal, best.variable);
    Goal without{.holds = graph_.Yes(), .care = graph_.No()};
    bool is_tested = false;
    for (const auto& [piece, cell] : pieces) {
      is_tested = is_tested || piece.holds != pieces.begin()->first.holds;
      without = {graph_.And(without.holds, piece.holds), graph_.Or(without.care, piece.care)};
    }
    if (!is_tested || taken_ < max_steps_) Consider(without, std::nullopt, best);
    if (is_tested) {
      for (const auto& [piece, cell] : pieces) Consider(piece, cell, best);
    }
    return steps_.insert_or_assign(goal, best).first->second.cost;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  void Consider(const Goal& next, std::optional<std::size_t> cell, Step& best) {
    const std::size_t here = cell ? cost_(best.variable, *cell) : 0;
    if (best.cost != kNever && here >= best.cost) return;
    const std::size_t rest = CostOf(next);
    if (rest == kNever || here + rest >= best.cost) return;
    best.cost = here + rest;
    best.cell = cell;
    best.next = next;
  }

  [[nodiscard]] VariableId Topmost(const Goal& goal) const {
    const VariableId first = graph_.VariableOf(goal.holds);
    if (graph_.IsTerminal(goal.care)) return first;
    const VariableId second = graph_.VariableOf(goal.care);
    return graph_.IsAbove(second, first) ? second : first;
  }

  [[nodiscard]] NodeId At(NodeId node, VariableId variable, std::size_t cell) const {
    const bool tests = !graph_.IsTerminal(node) && graph_.VariableOf(node) == variable;
    return tests ? graph_.ChildAt(node, cell) : node;
  }

  /// What is left after each cell, with the cheapest cell that leaves it.
  std::map<Goal, std::size_t> Pieces(const Goal& goal, VariableId variable) {
    std::map<Goal, std::size_t> pieces;
    for (std::size_t cell = 0; cell < graph_.Cells(variable); ++cell) {
      const Goal piece{.holds = At(goal.holds, variable, cell), .care = At(goal.care, variable, cell)};
      const auto [found, is_new] = pieces.try_emplace(piece, cell);
      if (!is_new && cost_(variable, cell) < cost_(variable, found->second)) found->second = cell;
    }
    return pieces;
  }

  Graph& graph_;
  CostOfTest cost_;
  std::size_t max_steps_;
  std::size_t taken_ = 0;
  std::map<Goal, Step> steps_;
};

}  // namespace

std::optional<Tests> SmallestTests(Graph& graph, NodeId wanted, NodeId care, CostOfTest cost, std::size_t max_steps) {
  const NodeId holds =
      graph.Replace(wanted, [&](NodeId leaf) { return leaf == graph.Yes() ? graph.Yes() : graph.No(); });
  const NodeId matters =
      graph.Replace(care, [&](NodeId leaf) { return leaf == graph.Yes() ? graph.Yes() : graph.No(); });
  if (!graph.Meet(holds, matters)) return std::nullopt;
  return Search(graph, cost, max_steps).Run({graph.IfThenElse(matters, holds, graph.Yes()), matters});
}

}  // namespace proviso::graph
