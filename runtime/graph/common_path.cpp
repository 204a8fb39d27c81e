#include "runtime/graph/common_path.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/Hashing.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <unordered_set>

namespace proviso::graph {
namespace {

/// Where each function has come to, those of one `AnyOf` after another; no node where it can no longer come to what is
/// wanted, or need not, as another one has.
using State = llvm::SmallVector<NodeId, 8>;

struct HashOfState {
  std::size_t operator()(const State& state) const {
    llvm::hash_code hash(state.size());
    for (const NodeId node : state) hash = llvm::hash_combine(hash, std::hash<NodeId>()(node));
    return hash;
  }
};

class Search {
 public:
  Search(const Graph& graph, llvm::ArrayRef<AnyOf> all,
         llvm::function_ref<std::optional<CellChoice>(VariableId)> choose, std::size_t max_steps)
      : graph_(graph), all_(all), choose_(choose), max_steps_(max_steps) {
    for (const AnyOf& any : all) llvm::append_range(wanted_, any);
    reaches_.resize(wanted_.size());
  }

  CommonPath Run() {
    State state;
    for (const Comes& one : wanted_) state.push_back(one.function);
    const bool found = Settle(state) && Go(state);
    if (found) return {.verdict = CommonPath::Verdict::kFound, .tests = std::move(tests_)};
    return {.verdict = steps_ > max_steps_ ? CommonPath::Verdict::kGivenUp : CommonPath::Verdict::kNone, .tests = {}};
  }

 private:
  // NOLINTNEXTLINE(misc-no-recursion): as deep as there are variables
  bool Go(const State& state) {
    const VariableId variable = Topmost(state);
    if (!variable.IsValid()) return true;
    if (++steps_ > max_steps_ || leads_nowhere_.contains(state)) return false;
    const std::optional<CellChoice> choice = choose_(variable);
    if (choice && GoAt(state, variable, choice->cell)) return true;
    for (std::size_t cell = 0; cell < graph_.Cells(variable) && !(choice && choice->is_only);) {
      const std::size_t next = NextPiece(state, variable, cell);
      const bool is_gone = choice && cell <= choice->cell && choice->cell < next;
      if (!is_gone && GoAt(state, variable, cell)) return true;
      cell = next;
    }
    if (steps_ <= max_steps_) leads_nowhere_.insert(state);
    return false;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  bool GoAt(const State& state, VariableId variable, std::size_t cell) {
    State below = state;
    for (NodeId& node : below) {
      if (IsTest(node, variable)) node = graph_.ChildAt(node, cell);
    }
    if (!Settle(below)) return false;
    tests_.emplace_back(variable, cell);
    if (Go(below)) return true;
    tests_.pop_back();
    return false;
  }

  /// Takes out what does not matter any more; whether every `AnyOf` can still come out.
  bool Settle(State& state) {
    std::size_t end = 0;
    for (const AnyOf& any : all_) {
      const std::size_t begin = end;
      end += any.size();
      std::size_t come = begin;
      while (come < end && state[come] != wanted_[come].terminal) ++come;
      bool is_open = false;
      for (std::size_t i = begin; i < end; ++i) {
        const bool matters = come < end ? i == come : state[i].IsValid() && Reaches(i, state[i]);
        if (!matters) state[i] = NodeId();
        is_open = is_open || matters;
      }
      if (!is_open) return false;
    }
    return true;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  bool Reaches(std::size_t function, NodeId node) {
    if (graph_.IsTerminal(node)) return node == wanted_[function].terminal;
    auto& known = reaches_[function];
    if (const auto found = known.find(node.Index()); found != known.end()) return found->second;
    const llvm::ArrayRef<Edge> edges = graph_.Edges(node);
    const bool reaches = llvm::any_of(edges, [&](const Edge& edge) { return Reaches(function, edge.to); });
    known[node.Index()] = reaches;
    return reaches;
  }

  [[nodiscard]] bool IsTest(NodeId node, VariableId variable) const {
    return node.IsValid() && !graph_.IsTerminal(node) && graph_.VariableOf(node) == variable;
  }

  /// None where all functions have come out.
  [[nodiscard]] VariableId Topmost(const State& state) const {
    VariableId topmost;
    for (const NodeId node : state) {
      if (!node.IsValid() || graph_.IsTerminal(node)) continue;
      const VariableId variable = graph_.VariableOf(node);
      if (!topmost.IsValid() || graph_.IsAbove(variable, topmost)) topmost = variable;
    }
    return topmost;
  }

  /// The cell after the last one from `cell` on in which no function goes elsewhere than in `cell`.
  [[nodiscard]] std::size_t NextPiece(const State& state, VariableId variable, std::size_t cell) const {
    std::size_t next = graph_.Cells(variable);
    for (const NodeId node : state) {
      if (!IsTest(node, variable)) continue;
      for (const Edge& edge : graph_.Edges(node)) {
        const std::size_t begin = graph_.CellOf(variable, edge.from);
        if (begin > cell) next = std::min(next, begin);
      }
    }
    return next;
  }

  const Graph& graph_;
  llvm::ArrayRef<AnyOf> all_;
  llvm::function_ref<std::optional<CellChoice>(VariableId)> choose_;
  std::size_t max_steps_;
  std::size_t steps_ = 0;
  std::vector<Comes> wanted_;                            // as in `State`
  std::vector<llvm::DenseMap<unsigned, bool>> reaches_;  // by function: whether the node can come to its terminal
  std::unordered_set<State, HashOfState> leads_nowhere_;
  graph::Tests tests_;
};

}  // namespace

CommonPath FindCommonPath(const Graph& graph, llvm::ArrayRef<AnyOf> all,
                          llvm::function_ref<std::optional<CellChoice>(VariableId)> choose, std::size_t max_steps) {
  return Search(graph, all, choose, max_steps).Run();
}

}  // namespace proviso::graph
