#include "runtime/graph/graph.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

namespace proviso::graph {
namespace {

constexpr std::uint64_t Pair(std::uint64_t high, std::uint64_t low) { return high << 32 | low; }

}  // namespace

Graph::Graph(std::size_t max_nodes) : max_nodes_(max_nodes) {
  for (const Terminal terminal : {kNo, kYes}) static_cast<void>(TerminalNode(terminal));
}

// ---- Variables -------------------------------------------------------------------------------------------

VariableId Graph::AddVariable(Rank rank, std::size_t cells) {
  Variable variable{.rank = rank, .cut_at = {}, .cell = {}};
  for (std::uint32_t cell = 0; cell < cells; ++cell) {
    variable.cut_at.push_back(cell);
    variable.cell.push_back(cell);
  }
  return variables_.Add(std::move(variable));
}

CutId Graph::InsertCut(VariableId id, std::size_t position) {
  Variable& variable = variables_[id];
  const auto cut = static_cast<CutId>(variable.cell.size());
  variable.cut_at.insert(variable.cut_at.begin() + static_cast<std::ptrdiff_t>(position), cut);
  variable.cell.push_back(0);
  for (std::size_t cell = position; cell < variable.cut_at.size(); ++cell) {
    variable.cell[variable.cut_at[cell]] = static_cast<std::uint32_t>(cell);
  }
  return cut;
}

bool Graph::IsAbove(VariableId first, VariableId second) const {
  return std::pair(variables_[first].rank, first) < std::pair(variables_[second].rank, second);
}

// ---- Nodes -----------------------------------------------------------------------------------------------

NodeId Graph::TerminalNode(Terminal terminal) {
  const auto [found, is_new] = terminals_.try_emplace(terminal, NodeId(nodes_.size()));
  if (is_new) nodes_.push_back({.variable = VariableId(), .first = terminal, .count = 0, .lowest = {}});
  return found->second;
}

llvm::SmallVector<Graph::Run, 4> Graph::Runs(NodeId node) const {
  const VariableId variable = VariableOf(node);
  llvm::SmallVector<Run, 4> runs;
  for (const Edge& edge : Edges(node)) {
    const std::size_t first = CellOf(variable, edge.from);
    if (!runs.empty()) runs.back().last = first;
    runs.push_back({.first = first, .last = Cells(variable), .to = edge.to});
  }
  return runs;
}

std::size_t Graph::Bytes() const {
  return nodes_.capacity() * sizeof(Node) + edges_.capacity() * sizeof(Edge) + unique_.Bytes() + cache_.Bytes();
}

void Graph::ShrinkTo(std::size_t size) {
  unique_.Forget(NodeId(size));
  cache_.Forget(NodeId(size), NodeId(nodes_.size()));
  std::vector<Terminal> gone;
  for (const auto& [terminal, node] : terminals_)
    if (node.Index() >= size) gone.push_back(terminal);
  for (const Terminal terminal : gone) terminals_.erase(terminal);
  // Edges stand in the order of their nodes.
  const auto first_test = std::find_if(nodes_.begin() + static_cast<std::ptrdiff_t>(size), nodes_.end(),
                                       [](const Node& node) { return node.variable.IsValid(); });
  if (first_test != nodes_.end()) edges_.resize(first_test->first);
  nodes_.resize(size);
  exhausted_ = false;
}

bool Graph::DoWithin(std::size_t nodes, llvm::function_ref<void()> work) {
  if (exhausted_) return false;
  const std::size_t limit = max_nodes_;
  const std::size_t size = nodes_.size();
  max_nodes_ = std::min(limit, size + nodes);
  work();
  max_nodes_ = limit;
  if (!exhausted_) return true;
  ShrinkTo(size);
  return false;
}

NodeId Graph::Make(VariableId variable, llvm::ArrayRef<Edge> edges) {
  llvm::SmallVector<Edge, 8> joined;
  for (const Edge& edge : edges) {
    if (joined.empty() || joined.back().to != edge.to) joined.push_back(edge);
  }
  if (joined.size() == 1) return joined.front().to;
  if (nodes_.size() >= max_nodes_) {
    exhausted_ = true;
    return No();
  }
  std::uint64_t hash = Spread(variable.Index());
  for (const Edge& edge : joined) hash = Spread(hash ^ Pair(edge.from, edge.to.Index()));
  const NodeId fresh(nodes_.size());
  const NodeId node = unique_.FindOrAdd(
      hash, fresh, [&](NodeId known) { return VariableOf(known) == variable && Edges(known).equals(joined); });
  if (node == fresh) {
    nodes_.push_back({.variable = variable,
                      .first = static_cast<std::uint32_t>(edges_.size()),
                      .count = static_cast<std::uint32_t>(joined.size()),
                      .lowest = joined.front().to});
    edges_.insert(edges_.end(), joined.begin(), joined.end());
  }
  return node;
}

bool Graph::AreBelow(VariableId variable, llvm::ArrayRef<Edge> edges) const {
  return llvm::all_of(edges,
                      [&](const Edge& edge) { return IsTerminal(edge.to) || IsAbove(variable, VariableOf(edge.to)); });
}

NodeId Graph::Case(VariableId variable, llvm::ArrayRef<Edge> edges) {
  if (AreBelow(variable, edges)) return Make(variable, edges);
  NodeId result = edges.back().to;
  for (std::size_t i = edges.size() - 1; i-- > 0;) {
    const std::array before = {Edge{.from = 0, .to = Yes()}, Edge{.from = edges[i + 1].from, .to = No()}};
    result = IfThenElse(Make(variable, before), edges[i].to, result);
  }
  return result;
}

NodeId Graph::InCells(VariableId variable, std::size_t first, std::size_t last) {
  llvm::SmallVector<Edge, 3> edges;
  if (first > 0) edges.push_back({.from = 0, .to = No()});
  if (first < last) edges.push_back({.from = CutAt(variable, first), .to = Yes()});
  if (last < Cells(variable)) edges.push_back({.from = CutAt(variable, last), .to = No()});
  return Make(variable, edges);
}

NodeId Graph::ByCell(VariableId variable, llvm::ArrayRef<NodeId> children) {
  llvm::SmallVector<Edge, 8> edges;
  for (std::size_t cell = 0; cell < children.size(); ++cell) {
    if (!edges.empty() && edges.back().to == children[cell]) continue;
    edges.push_back({.from = CutAt(variable, cell), .to = children[cell]});
  }
  return Case(variable, edges);
}

// ---- Splitting -------------------------------------------------------------------------------------------

template <std::size_t N>
VariableId Graph::Topmost(const Nodes<N>& nodes) const {
  VariableId top;
  for (const NodeId node : nodes) {
    if (IsTerminal(node)) continue;
    if (!top.IsValid() || IsAbove(VariableOf(node), top)) top = VariableOf(node);
  }
  return top;
}

template <std::size_t N>
llvm::SmallVector<std::pair<CutId, Graph::Nodes<N>>, 4> Graph::Pieces(VariableId variable,
                                                                      const Nodes<N>& nodes) const {
  llvm::SmallVector<std::pair<CutId, Nodes<N>>, 4> pieces;
  std::array<llvm::ArrayRef<Edge>, N> left;  // of each node that tests the variable, from the edge of the cell on
  for (std::size_t i = 0; i < N; ++i) {
    if (!IsTerminal(nodes[i]) && VariableOf(nodes[i]) == variable) left[i] = Edges(nodes[i]);
  }
  const std::size_t cells = Cells(variable);
  for (std::size_t cell = 0; cell < cells;) {
    std::size_t next = cells;
    Nodes<N> children;
    for (std::size_t i = 0; i < N; ++i) {
      if (left[i].size() > 1 && CellOf(variable, left[i][1].from) == cell) left[i] = left[i].drop_front();
      children[i] = left[i].empty() ? nodes[i] : left[i].front().to;
      if (left[i].size() > 1) next = std::min(next, CellOf(variable, left[i][1].from));
    }
    pieces.emplace_back(CutAt(variable, cell), children);
    cell = next;
  }
  return pieces;
}

template <std::size_t N>
NodeId Graph::Split(const Nodes<N>& nodes, llvm::function_ref<NodeId(const Nodes<N>&)> below) {
  if (exhausted_) return No();
  const VariableId variable = Topmost(nodes);
  llvm::SmallVector<Edge, 4> edges;
  for (const auto& [cut, children] : Pieces(variable, nodes)) edges.push_back({.from = cut, .to = below(children)});
  return Make(variable, edges);
}

// ---- Conditions ------------------------------------------------------------------------------------------

NodeId Graph::Not(NodeId condition) { return IfThenElse(condition, No(), Yes()); }
NodeId Graph::And(NodeId first, NodeId second) { return Junction(Operation::kAnd, first, second); }
NodeId Graph::Or(NodeId first, NodeId second) { return Junction(Operation::kOr, first, second); }

NodeId Graph::Junction(Operation operation, NodeId first, NodeId second) {
  if (first == second) return first;
  if (second < first) std::swap(first, second);  // terminals no and yes are nodes 0 and 1
  const NodeId decides = operation == Operation::kAnd ? No() : Yes();
  const NodeId passes = operation == Operation::kAnd ? Yes() : No();
  if (first == decides || second == decides) return decides;
  if (first == passes) return second;
  if (second == passes) return first;
  if (IsTerminal(first) && IsTerminal(second)) return TerminalOf(first) < TerminalOf(second) ? first : second;
  const OperationCache::Key key = {first.Index(), second.Index(), static_cast<std::uint32_t>(operation)};
  if (const NodeId known = cache_.Find(key); known.IsValid()) return known;
  const NodeId result =
      Split<2>({first, second}, [&](const Nodes<2>& piece) { return Junction(operation, piece[0], piece[1]); });
  Keep(key, result);
  return result;
}

NodeId Graph::Without(NodeId first, NodeId second) {
  if (first == No() || second == Yes()) return No();
  if (second == No()) return first;
  if (IsTerminal(second)) return And(first, second);
  if (first == Yes()) return Not(second);
  const OperationCache::Key key = {first.Index(), second.Index(), static_cast<std::uint32_t>(Operation::kWithout)};
  if (const NodeId known = cache_.Find(key); known.IsValid()) return known;
  const NodeId result = Split<2>({first, second}, [&](const Nodes<2>& piece) { return Without(piece[0], piece[1]); });
  Keep(key, result);
  return result;
}

NodeId Graph::IfThenElse(NodeId condition, NodeId then, NodeId otherwise) {
  if (condition == Yes()) return then;
  if (condition == No()) return otherwise;
  if (IsTerminal(condition)) return condition;
  if (then == Yes() && otherwise == No()) return condition;
  const OperationCache::Key key = {condition.Index(), then.Index(), otherwise.Index()};
  if (const NodeId known = cache_.Find(key); known.IsValid()) return known;
  const NodeId result = Split<3>({condition, then, otherwise},
                                 [&](const Nodes<3>& piece) { return IfThenElse(piece[0], piece[1], piece[2]); });
  Keep(key, result);
  return result;
}

NodeId Graph::Same(NodeId first, NodeId second) {
  if (first == second) return Yes();
  if (second < first) std::swap(first, second);
  if (IsTerminal(first) && IsTerminal(second)) return No();
  const OperationCache::Key key = {first.Index(), second.Index(), static_cast<std::uint32_t>(Operation::kSame)};
  if (const NodeId known = cache_.Find(key); known.IsValid()) return known;
  const NodeId result = Split<2>({first, second}, [&](const Nodes<2>& piece) { return Same(piece[0], piece[1]); });
  Keep(key, result);
  return result;
}

bool Graph::Meet(NodeId first, NodeId second) {
  if (second < first) std::swap(first, second);
  return InSomePiece(Operation::kMeet, first, second, [&](NodeId one, NodeId other) -> std::optional<bool> {
    if (one == No() || other == No()) return false;
    // What is no terminal is not no everywhere.
    if (one == other || IsTerminal(one) || IsTerminal(other)) return true;
    return std::nullopt;
  });
}

bool Graph::Implies(NodeId first, NodeId second) {
  return !InSomePiece(Operation::kImplies, first, second, [&](NodeId one, NodeId other) -> std::optional<bool> {
    if (one == No() || other == Yes()) return false;
    // What is no terminal is neither yes nor no everywhere.
    if (IsTerminal(one) || IsTerminal(other)) return true;
    return std::nullopt;
  });
}

bool Graph::InSomePiece(Operation operation, NodeId first, NodeId second,
                        llvm::function_ref<std::optional<bool>(NodeId, NodeId)> holds) {
  if (const std::optional<bool> at_once = holds(first, second)) return *at_once;
  const OperationCache::Key key = {first.Index(), second.Index(), static_cast<std::uint32_t>(operation)};
  if (const NodeId known = cache_.Find(key); known.IsValid()) return known == Yes();
  const bool result = llvm::any_of(Pieces<2>(Topmost<2>({first, second}), {first, second}), [&](const auto& piece) {
    return InSomePiece(operation, piece.second[0], piece.second[1], holds);
  });
  cache_.Keep(key, result ? Yes() : No());
  return result;
}

// ---- Composition -----------------------------------------------------------------------------------------

NodeId Graph::Combine(NodeId first, NodeId second, llvm::function_ref<NodeId(NodeId, NodeId)> combine) {
  llvm::SmallDenseMap<std::uint64_t, NodeId, 32> made;
  const auto visit = [&](const auto& self, NodeId left, NodeId right) -> NodeId {
    const std::uint64_t key = Pair(left.Index(), right.Index());
    if (const auto found = made.find(key); found != made.end()) return found->second;
    if (IsTerminal(left) && IsTerminal(right)) return made[key] = combine(left, right);
    const VariableId variable = Topmost<2>({left, right});
    llvm::SmallVector<Edge, 4> edges;
    for (const auto& [cut, piece] : Pieces<2>(variable, {left, right}))
      edges.push_back({.from = cut, .to = self(self, piece[0], piece[1])});
    const NodeId result = Case(variable, edges);
    made[key] = result;
    return result;
  };
  return visit(visit, first, second);
}

NodeId Graph::Replace(NodeId node, llvm::function_ref<NodeId(NodeId)> replacement) {
  return Combine(node, No(), [&](NodeId terminal, NodeId) { return replacement(terminal); });
}

template <typename AtVariable>
NodeId Graph::WhereTested(NodeId node, VariableId variable, AtVariable at_variable) {
  llvm::DenseMap<unsigned, NodeId> made;
  const auto visit = [&](const auto& self, NodeId at) -> NodeId {
    if (IsTerminal(at) || IsAbove(variable, VariableOf(at))) return at;
    if (VariableOf(at) == variable) return at_variable(at);
    if (const auto found = made.find(at.Index()); found != made.end()) return found->second;
    const NodeId result = Split<1>({at}, [&](const Nodes<1>& piece) { return self(self, piece[0]); });
    made[at.Index()] = result;
    return result;
  };
  return visit(visit, node);
}

NodeId Graph::Restrict(NodeId node, VariableId variable, std::size_t cell) {
  return WhereTested(node, variable, [&](NodeId at) { return ChildAt(at, cell); });
}

NodeId Graph::Move(NodeId node, VariableId variable, llvm::ArrayRef<std::uint32_t> from) {
  return WhereTested(node, variable, [&](NodeId at) {
    llvm::SmallVector<NodeId, 16> cells;
    for (const std::uint32_t cell : from) cells.push_back(ChildAt(at, cell));
    return ByCell(variable, cells);
  });
}

NodeId Graph::Restrict(NodeId node, llvm::function_ref<std::int64_t(VariableId)> choose) {
  llvm::DenseMap<unsigned, NodeId> made;
  const auto visit = [&](const auto& self, NodeId at) -> NodeId {
    if (IsTerminal(at)) return at;
    if (const auto found = made.find(at.Index()); found != made.end()) return found->second;
    const VariableId variable = VariableOf(at);
    const std::int64_t cell = choose(variable);
    const NodeId result = cell >= 0 ? self(self, ChildAt(at, static_cast<std::size_t>(cell)))
                                    : Split<1>({at}, [&](const Nodes<1>& piece) { return self(self, piece[0]); });
    made[at.Index()] = result;
    return result;
  };
  return visit(visit, node);
}

NodeId Graph::Exists(NodeId condition, llvm::function_ref<bool(VariableId)> is_chosen) {
  return Quantify(condition, is_chosen, false);
}

NodeId Graph::ForAll(NodeId condition, llvm::function_ref<bool(VariableId)> is_chosen) {
  return Quantify(condition, is_chosen, true);
}

NodeId Graph::Quantify(NodeId condition, llvm::function_ref<bool(VariableId)> is_chosen, bool every) {
  llvm::DenseMap<unsigned, NodeId> made;
  const auto visit = [&](const auto& self, NodeId at) -> NodeId {
    if (IsTerminal(at)) return at;
    if (const auto found = made.find(at.Index()); found != made.end()) return found->second;
    NodeId result = every ? Yes() : No();
    if (is_chosen(VariableOf(at))) {
      const llvm::SmallVector<Edge, 8> edges(Edges(at));
      for (const Edge& edge : edges) {
        const NodeId child = self(self, edge.to);
        result = every ? And(result, child) : Or(result, child);
      }
    } else {
      result = Split<1>({at}, [&](const Nodes<1>& piece) { return self(self, piece[0]); });
    }
    made[at.Index()] = result;
    return result;
  };
  return visit(visit, condition);
}

// ---- Within assumptions ----------------------------------------------------------------------------------

NodeId Graph::SimplifyWithin(NodeId node, NodeId care) {
  llvm::DenseMap<std::pair<unsigned, unsigned>, NodeId> made;
  return care == No() ? node : Within(node, care, made);
}

NodeId Graph::Within(NodeId node, NodeId care, llvm::DenseMap<std::pair<unsigned, unsigned>, NodeId>& made) {
  if (IsTerminal(node) || IsTerminal(care)) return node;
  const std::pair key(node.Index(), care.Index());
  if (const auto found = made.find(key); found != made.end()) return found->second;
  const VariableId variable = Topmost<2>({node, care});
  NodeId result;
  if (VariableOf(node) != variable) {
    NodeId some = No();
    const llvm::SmallVector<Edge, 8> edges(Edges(care));
    for (const Edge& edge : edges) some = Or(some, edge.to);
    result = Within(node, some, made);
  } else {
    // A piece that cannot occur is as the one before it, or at the beginning as the one after.
    llvm::SmallVector<Edge, 4> kept;
    for (const auto& [cut, piece] : Pieces<2>(variable, {node, care})) {
      if (piece[1] != No()) kept.push_back({.from = cut, .to = Within(piece[0], piece[1], made)});
    }
    kept.front().from = 0;
    result = Make(variable, kept);
  }
  made[key] = result;
  return result;
}

bool Graph::AreEqualWithin(NodeId first, NodeId second, NodeId care) {
  return first == second || Implies(care, Same(first, second));
}

}  // namespace proviso::graph
