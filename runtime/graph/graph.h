// graph.h: the store of decision graphs: reduced, ordered, shared multi-terminal diagrams over variables with any
// number of cells (after R. Bryant, Graph-Based Algorithms for Boolean Function Manipulation, 1986; for many-valued
// tests A. Srinivasan et al., Algorithms for Discrete Function Manipulation, 1990).
//
// Every node is made once: two functions are equal exactly where their nodes are the same. A node tests one variable;
// its edges are runs of neighbouring cells, so that a test against ten thresholds is one node.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/STLFunctionalExtras.h>
#include <llvm/ADT/SmallVector.h>

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/base/ids.h"
#include "runtime/graph/tables.h"

namespace proviso::graph {

using VariableId = Id<struct GraphVariableTag>;

/// What a terminal stands for is its maker's to say, but for these two.
using Terminal = std::uint32_t;
inline constexpr Terminal kNo = 0;
inline constexpr Terminal kYes = 1;
// In conditions every other terminal is a failure to answer (overflow, a gap): `no and failed` is no, `yes and failed`
// is failed; of two failures the smaller terminal remains.

/// Where a run of cells begins, in the order in which a variable's cuts were made; 0 is the variable's beginning.
using CutId = std::uint32_t;

/// A run of cells from `from` to the next edge's, and where it leads.
struct Edge {
  CutId from = 0;
  NodeId to;
  bool operator==(const Edge&) const = default;
};

/// The place of a variable in the order: smaller is nearer to the root. Equal ranks stand in the order of creation.
using Rank = std::uint64_t;

class Graph {
 public:
  /// `max_nodes`: see `Exhausted`.
  explicit Graph(std::size_t max_nodes = 4'000'000);

  // ---- Variables ----

  /// A variable with `cells` cells, cut i standing before cell i. Cells may be added by `InsertCut`.
  VariableId AddVariable(Rank rank, std::size_t cells);
  /// Cuts the variable so that a new cell begins at `position` (1 to `Cells`); existing functions do not change.
  CutId InsertCut(VariableId id, std::size_t position);
  [[nodiscard]] std::size_t Variables() const { return variables_.size(); }
  [[nodiscard]] std::size_t Cells(VariableId variable) const { return variables_[variable].cut_at.size(); }
  /// The cell that begins at the cut.
  [[nodiscard]] std::size_t CellOf(VariableId variable, CutId cut) const { return variables_[variable].cell[cut]; }
  [[nodiscard]] CutId CutAt(VariableId variable, std::size_t cell) const { return variables_[variable].cut_at[cell]; }
  [[nodiscard]] Rank RankOf(VariableId variable) const { return variables_[variable].rank; }
  /// Whether `first` is tested before `second`.
  [[nodiscard]] bool IsAbove(VariableId first, VariableId second) const;

  // ---- Nodes ----

  [[nodiscard]] NodeId TerminalNode(Terminal terminal);
  [[nodiscard]] NodeId No() const { return NodeId(kNo); }
  [[nodiscard]] NodeId Yes() const { return NodeId(kYes); }
  [[nodiscard]] bool IsTerminal(NodeId node) const { return !nodes_[node.Index()].variable.IsValid(); }
  [[nodiscard]] Terminal TerminalOf(NodeId node) const { return nodes_[node.Index()].first; }
  [[nodiscard]] VariableId VariableOf(NodeId node) const { return nodes_[node.Index()].variable; }
  /// The edges of a test, in the order of the cells; the first begins at cut 0. Not for terminals. The reference is
  /// good until the next node is made.
  [[nodiscard]] llvm::ArrayRef<Edge> Edges(NodeId node) const {
    const Node& at = nodes_[node.Index()];
    return {edges_.data() + at.first, at.count};
  }
  /// The same with the cells of each edge: from `first` up to `last`, without it.
  struct Run {
    std::size_t first, last;
    NodeId to;
  };
  [[nodiscard]] llvm::SmallVector<Run, 4> Runs(NodeId node) const;
  /// The child for one cell.
  [[nodiscard]] NodeId ChildAt(NodeId node, std::size_t cell) const {
    const Node& at = nodes_[node.Index()];
    if (cell == 0) return at.lowest;
    const Edge* const edges = edges_.data() + at.first;
    const std::uint32_t* const cells = variables_[at.variable].cell.data();
    // Most tests have two edges. A branch, which is foreseen where cases are alike, lets the next test begin before
    // this one's fact has come from memory.
    if (at.count == 2) return LLVM_UNLIKELY(cells[edges[1].from] <= cell) ? edges[1].to : edges[0].to;
    const llvm::ArrayRef<Edge> after_first(edges + 1, at.count - 1);
    const auto* const after = std::partition_point(after_first.begin(), after_first.end(),
                                                   [&](const Edge& edge) { return cells[edge.from] <= cell; });
    return std::prev(after)->to;
  }
  [[nodiscard]] std::size_t Size() const { return nodes_.size(); }
  /// Bytes held, nodes, edges, tables.
  [[nodiscard]] std::size_t Bytes() const;
  /// Whether the store is full. Operations then give any node, quickly; what comes of them is to be thrown away.
  [[nodiscard]] bool Exhausted() const { return exhausted_; }
  /// Gives a store that is not full another limit.
  void LimitTo(std::size_t max_nodes) { max_nodes_ = max_nodes; }
  /// Throws away all nodes but the first `size`; the store is not full then. What was noted of the others must be gone
  /// too.
  void ShrinkTo(std::size_t size);
  /// Does the work if so many nodes more are enough for it, and says whether they were. Else the store is shrunk to
  /// what it was.
  bool DoWithin(std::size_t nodes, llvm::function_ref<void()> work);

  /// A test whose children all lie below it. Edges with equal children are joined.
  NodeId Make(VariableId variable, llvm::ArrayRef<Edge> edges);
  /// The same, wherever the children lie.
  NodeId Case(VariableId variable, llvm::ArrayRef<Edge> edges);
  /// Yes in the cells of [`first`, `last`), else no.
  NodeId InCells(VariableId variable, std::size_t first, std::size_t last);
  /// The child for each cell; `children.size()` is the number of cells. Children may lie anywhere.
  NodeId ByCell(VariableId variable, llvm::ArrayRef<NodeId> children);

  // ---- Operations. Conditions are functions to no, yes and failures. All take time in the product of the sizes. ----

  NodeId Not(NodeId condition);
  NodeId And(NodeId first, NodeId second);
  NodeId Or(NodeId first, NodeId second);
  /// The first and not the second.
  NodeId Without(NodeId first, NodeId second);
  NodeId IfThenElse(NodeId condition, NodeId then, NodeId otherwise);
  /// Whether the two are equal, case by case, as a condition.
  NodeId Same(NodeId first, NodeId second);
  /// Whether `And` of the two is anything but no, and whether `Without` is no; found out without making either.
  [[nodiscard]] bool Meet(NodeId first, NodeId second);
  [[nodiscard]] bool Implies(NodeId first, NodeId second);

  /// The terminals of both, case by case, put together by `combine`, which may give any node. Not kept between calls.
  NodeId Combine(NodeId first, NodeId second, llvm::function_ref<NodeId(NodeId, NodeId)> combine);
  /// Each terminal, asked of once, replaced by any node.
  NodeId Replace(NodeId node, llvm::function_ref<NodeId(NodeId)> replacement);

  /// The function with `variable` held at one cell.
  NodeId Restrict(NodeId node, VariableId variable, std::size_t cell);
  /// The function that in each cell of the variable is what it was in cell `from[cell]`.
  NodeId Move(NodeId node, VariableId variable, llvm::ArrayRef<std::uint32_t> from);
  /// Every variable for which `choose` names a cell held at it; a negative number leaves it free.
  NodeId Restrict(NodeId node, llvm::function_ref<std::int64_t(VariableId)> choose);
  /// Whether the condition holds for some, or every, value of the variables that `is_chosen` names.
  NodeId Exists(NodeId condition, llvm::function_ref<bool(VariableId)> is_chosen);
  NodeId ForAll(NodeId condition, llvm::function_ref<bool(VariableId)> is_chosen);

  /// A function equal to `node` where `care` is yes, smaller where that can be seen from the variables `care` settles
  /// (O. Coudert and J. Madre, A Unified Framework for the Formal Verification of Sequential Circuits, 1990).
  /// Two functions are equal within `care` exactly where `Same` of them is implied by it.
  NodeId SimplifyWithin(NodeId node, NodeId care);
  [[nodiscard]] bool AreEqualWithin(NodeId first, NodeId second, NodeId care);

  /// The variables that the function depends on, topmost first.
  [[nodiscard]] std::vector<VariableId> Support(NodeId node) const;
  /// The terminals that can be reached, ascending.
  [[nodiscard]] std::vector<Terminal> Terminals(NodeId node) const;
  /// Tests and terminals that can be reached from these.
  [[nodiscard]] std::vector<NodeId> Reachable(llvm::ArrayRef<NodeId> roots) const;

 private:
  struct Node {
    VariableId variable;      // invalid: a terminal
    std::uint32_t first = 0;  // edge, or the terminal
    std::uint32_t count = 0;  // of edges
    NodeId lowest;            // where the first of them leads: in walks most of the way goes by these
  };
  struct Variable {
    Rank rank = 0;
    std::vector<CutId> cut_at;        // by cell
    std::vector<std::uint32_t> cell;  // by cut
  };
  /// The operations of two nodes; in the cache they stand where the third node of one of three does.
  enum class Operation : std::uint32_t {
    kAnd = ~0U,
    kOr = ~1U,
    kSame = ~2U,
    kWithout = ~3U,
    kMeet = ~4U,
    kImplies = ~5U
  };

  template <std::size_t N>
  using Nodes = std::array<NodeId, N>;
  template <std::size_t N>
  [[nodiscard]] VariableId Topmost(const Nodes<N>& nodes) const;
  /// The pieces in which no node tests `variable` any more, with the cut where each begins.
  template <std::size_t N>
  [[nodiscard]] llvm::SmallVector<std::pair<CutId, Nodes<N>>, 4> Pieces(VariableId variable,
                                                                        const Nodes<N>& nodes) const;
  /// Splits the nodes by their topmost variable and puts together what `below` makes of the pieces, which lies below.
  template <std::size_t N>
  NodeId Split(const Nodes<N>& nodes, llvm::function_ref<NodeId(const Nodes<N>&)> below);
  NodeId Junction(Operation operation, NodeId first, NodeId second);
  /// Whether `holds` is so of a pair of nodes in some piece of the two; it says so, or not, of all pairs that need not
  /// be taken apart. What is found is kept as yes or no.
  bool InSomePiece(Operation operation, NodeId first, NodeId second,
                   llvm::function_ref<std::optional<bool>(NodeId, NodeId)> holds);
  NodeId Within(NodeId node, NodeId care, llvm::DenseMap<std::pair<unsigned, unsigned>, NodeId>& made);
  /// The function with `at_variable` of each test of the variable in its place.
  template <typename AtVariable>
  NodeId WhereTested(NodeId node, VariableId variable, AtVariable at_variable);
  NodeId Quantify(NodeId condition, llvm::function_ref<bool(VariableId)> is_chosen, bool every);
  [[nodiscard]] bool AreBelow(VariableId variable, llvm::ArrayRef<Edge> edges) const;
  /// What a full store gives is not what the operation comes to.
  void Keep(const OperationCache::Key& key, NodeId result) {
    if (!exhausted_) cache_.Keep(key, result);
  }

  std::size_t max_nodes_;
  bool exhausted_ = false;
  Store<VariableId, Variable> variables_;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  UniqueTable unique_;
  llvm::DenseMap<Terminal, NodeId> terminals_;
  OperationCache cache_;
};

}  // namespace proviso::graph
