#include "runtime/graph/sift.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/SmallVector.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace proviso::graph {
namespace {

/// A block is not moved on where the functions have grown by so much.
constexpr double kMaxGrowth = 1.2;

/// As long as a round of all blocks saves so much, there is another.
constexpr double kWorthwhile = 0.95;

/// The functions in a store of their own, in which neighbouring variables can change places: a node stays what it is
/// as a function, and comes to test the other variable. Nodes that nothing leads to are taken away at once.
class SwappingStore {
 public:
  explicit SwappingStore(const Graph& graph) : graph_(graph), known_(graph.Variables()) {}

  /// In the order of the graph.
  void Append(VariableId variable) { order_.push_back(variable.Index()); }

  void Hold(NodeId root) { ++nodes_[Copy(root)].references; }

  [[nodiscard]] std::size_t Size() const { return size_; }
  [[nodiscard]] std::size_t SizeAt(VariableId variable) const { return known_[variable.Index()].size(); }
  /// How many nodes were rewritten.
  [[nodiscard]] std::size_t Work() const { return work_; }

  /// The variables at this place of the order and the next change places.
  void Swap(std::size_t place) {
    const unsigned upper = order_[place];
    const unsigned lower = order_[place + 1];
    std::vector<unsigned> moving;
    for (const auto& [edges, node] : known_[upper]) {
      if (llvm::any_of(edges, [&](const Edge& edge) { return nodes_[edge.to].variable == lower; }))
        moving.push_back(node);
    }
    for (const unsigned node : moving) known_[upper].erase(nodes_[node].edges);
    for (const unsigned node : moving) MoveDown(node, upper, lower);
    work_ += moving.size() + 1;
    std::swap(order_[place], order_[place + 1]);
  }

 private:
  struct Edge {
    unsigned from;  // cell
    unsigned to;
    bool operator==(const Edge&) const = default;
  };
  using Edges = llvm::SmallVector<Edge, 2>;
  struct Hash {
    std::size_t operator()(const Edges& edges) const {
      std::uint64_t hash = edges.size();
      for (const Edge& edge : edges) hash = Spread(hash ^ (std::uint64_t{edge.from} << 32U | edge.to));
      return hash;
    }
  };
  static constexpr unsigned kTerminal = ~0U;
  struct Node {
    unsigned variable = kTerminal;
    unsigned references = 0;
    Edges edges;
  };

  unsigned Copy(NodeId node) {
    if (const auto found = copies_.find(node.Index()); found != copies_.end()) return found->second;
    unsigned copy = 0;
    if (graph_.IsTerminal(node)) {
      copy = static_cast<unsigned>(nodes_.size());
      nodes_.emplace_back();
    } else {
      Edges edges;
      for (const Graph::Run& run : graph_.Runs(node)) edges.push_back({static_cast<unsigned>(run.first), Copy(run.to)});
      copy = Make(graph_.VariableOf(node).Index(), edges);
    }
    copies_[node.Index()] = copy;
    return copy;
  }

  /// Joins edges to the same node; what is left of one alone is that node.
  static void Add(Edges& edges, unsigned from, unsigned to) {
    if (edges.empty() || edges.back().to != to) edges.push_back({from, to});
  }

  unsigned Make(unsigned variable, const Edges& edges) {
    if (edges.size() == 1) return edges.front().to;
    const auto [found, is_new] = known_[variable].try_emplace(edges, 0);
    if (!is_new) return found->second;
    unsigned node = static_cast<unsigned>(nodes_.size());
    if (free_.empty()) {
      nodes_.emplace_back();
    } else {
      node = free_.back();
      free_.pop_back();
    }
    found->second = node;
    Node& made = nodes_[node];
    made.variable = variable;
    made.edges = edges;
    for (const Edge& edge : edges) ++nodes_[edge.to].references;
    ++size_;
    return node;
  }

  void Release(unsigned node) {
    if (--nodes_[node].references > 0 || nodes_[node].variable == kTerminal) return;
    known_[nodes_[node].variable].erase(nodes_[node].edges);
    for (const Edge& edge : std::exchange(nodes_[node].edges, {})) Release(edge.to);
    free_.push_back(node);
    --size_;
  }

  [[nodiscard]] unsigned ChildAt(unsigned node, unsigned cell) const {
    const Edges& edges = nodes_[node].edges;
    return std::prev(std::ranges::find_if(edges, [&](const Edge& edge) { return edge.from > cell; }))->to;
  }

  /// The node, which tests `upper` and is in no table, comes to test `lower`.
  void MoveDown(unsigned node, unsigned upper, unsigned lower) {
    const Edges before = nodes_[node].edges;
    llvm::SmallVector<unsigned, 8> cuts;
    for (const Edge& edge : before) {
      if (nodes_[edge.to].variable != lower) continue;
      for (const Edge& below : nodes_[edge.to].edges) cuts.push_back(below.from);
    }
    llvm::sort(cuts);
    cuts.erase(std::ranges::unique(cuts).begin(), cuts.end());
    Edges after;
    for (const unsigned cut : cuts) {
      Edges piece;
      for (const Edge& edge : before)
        Add(piece, edge.from, nodes_[edge.to].variable == lower ? ChildAt(edge.to, cut) : edge.to);
      const std::size_t edges = after.size();
      Add(after, cut, Make(upper, piece));
      // Held at once, so that it is not taken away with what it was made of.
      if (after.size() > edges) ++nodes_[after.back().to].references;
    }
    for (const Edge& edge : before) Release(edge.to);
    nodes_[node].variable = lower;
    nodes_[node].edges = after;
    known_[lower].emplace(after, node);
  }

  const Graph& graph_;
  std::vector<unsigned> order_;
  std::vector<Node> nodes_;
  std::vector<unsigned> free_;
  std::vector<std::unordered_map<Edges, unsigned, Hash>> known_;  // by variable
  llvm::DenseMap<unsigned, unsigned> copies_;
  std::size_t size_ = 0;
  std::size_t work_ = 0;
};

class Sifter {
 public:
  Sifter(const Graph& graph, llvm::ArrayRef<NodeId> roots, llvm::ArrayRef<Block> blocks, std::size_t max_work)
      : blocks_(blocks), max_work_(max_work), store_(graph), order_(blocks.size()) {
    std::iota(order_.begin(), order_.end(), 0);
    for (const Block& block : blocks)
      for (const VariableId variable : block.variables) store_.Append(variable);
    for (const NodeId root : roots) store_.Hold(root);
  }

  Sifted Run() {
    Sifted sifted{.order = {}, .nodes_before = store_.Size()};
    double before = 0;
    do {
      before = static_cast<double>(store_.Size());
      std::vector<std::size_t> by_size = order_;
      std::ranges::stable_sort(by_size, std::greater(), [&](std::size_t block) { return SizeOf(block); });
      for (const std::size_t block : by_size) {
        if (store_.Work() < max_work_) MoveToBest(block);
      }
    } while (store_.Work() < max_work_ && static_cast<double>(store_.Size()) < kWorthwhile * before);
    sifted.order = order_;
    sifted.nodes_after = store_.Size();
    return sifted;
  }

 private:
  [[nodiscard]] std::size_t SizeOf(std::size_t block) const {
    std::size_t size = 0;
    for (const VariableId variable : blocks_[block].variables) size += store_.SizeAt(variable);
    return size;
  }

  /// The blocks at this place of the order and the next change places.
  void Swap(std::size_t place) {
    std::size_t first = 0;  // variables above
    for (std::size_t i = 0; i < place; ++i) first += blocks_[order_[i]].variables.size();
    const std::size_t upper = blocks_[order_[place]].variables.size();
    const std::size_t lower = blocks_[order_[place + 1]].variables.size();
    for (std::size_t i = upper; i-- > 0;) {
      for (std::size_t j = 0; j < lower; ++j) store_.Swap(first + i + j);
    }
    std::swap(order_[place], order_[place + 1]);
  }

  [[nodiscard]] bool MayPass(std::size_t place) const {
    return blocks_[order_[place]].band == blocks_[order_[place + 1]].band;
  }

  void MoveToBest(std::size_t block) {
    auto place = static_cast<std::size_t>(std::ranges::find(order_, block) - order_.begin());
    std::size_t best_place = place;
    std::size_t best = store_.Size();
    const auto is_too_large = [&] {
      return static_cast<double>(store_.Size()) > kMaxGrowth * static_cast<double>(best);
    };
    const auto note = [&] {
      if (store_.Size() >= best) return;
      best = store_.Size();
      best_place = place;
    };
    while (place + 1 < order_.size() && MayPass(place) && !is_too_large()) {
      Swap(place++);
      note();
    }
    const auto up = [&] { Swap(--place); };
    while (place > best_place) up();
    while (place > 0 && MayPass(place - 1) && !is_too_large()) {
      up();
      note();
    }
    while (place < best_place) Swap(place++);
  }

  llvm::ArrayRef<Block> blocks_;
  std::size_t max_work_;
  SwappingStore store_;
  std::vector<std::size_t> order_;
};

}  // namespace

Sifted Sift(const Graph& graph, llvm::ArrayRef<NodeId> roots, llvm::ArrayRef<Block> blocks, std::size_t max_work) {
  return Sifter(graph, roots, blocks, max_work).Run();
}

}  // namespace proviso::graph
