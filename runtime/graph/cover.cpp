#include "runtime/graph/cover.h"

#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace proviso::graph {
namespace {

/// Of runs of neighbouring cells those that have one of `kept`: what else would do makes the product no easier to read.
std::vector<std::uint32_t> RunsThatMeet(const std::vector<std::uint32_t>& cells,
                                        const std::vector<std::uint32_t>& kept) {
  std::vector<std::uint32_t> met;
  for (std::size_t begin = 0; begin < cells.size();) {
    std::size_t end = begin + 1;
    while (end < cells.size() && cells[end] == cells[end - 1] + 1) ++end;
    const bool is_met = std::any_of(cells.begin() + static_cast<std::ptrdiff_t>(begin),
                                    cells.begin() + static_cast<std::ptrdiff_t>(end),
                                    [&](std::uint32_t cell) { return std::ranges::binary_search(kept, cell); });
    if (is_met)
      met.insert(met.end(), cells.begin() + static_cast<std::ptrdiff_t>(begin),
                 cells.begin() + static_cast<std::ptrdiff_t>(end));
    begin = end;
  }
  return met;
}

class Coverer {
 public:
  Coverer(Graph& graph, llvm::ArrayRef<VariableId> variables, std::size_t max)
      : graph_(graph), variables_(variables), max_(max) {}

  /// Products between `must` and `may`, and what they cover together.
  struct Covered {
    std::vector<Product> products;
    NodeId all;
  };

  Covered Between(NodeId must, NodeId may) {
    if (must == graph_.No() || IsTooMany()) return {{}, graph_.No()};
    if (may == graph_.Yes()) {
      ++made_;
      return {{Product(variables_.size())}, graph_.Yes()};
    }
    VariableId variable;
    for (const NodeId node : {must, may}) {
      if (graph_.IsTerminal(node)) continue;
      if (!variable.IsValid() || graph_.IsAbove(graph_.VariableOf(node), variable)) variable = graph_.VariableOf(node);
    }
    const auto place = static_cast<std::size_t>(std::ranges::find(variables_, variable) - variables_.begin());
    // Cells that are alike, together.
    std::map<std::pair<NodeId, NodeId>, std::vector<std::uint32_t>> groups;
    const std::vector<NodeId> must_at = ByCell(must, variable);
    const std::vector<NodeId> may_at = ByCell(may, variable);
    for (std::uint32_t cell = 0; cell < must_at.size(); ++cell) groups[{must_at[cell], may_at[cell]}].push_back(cell);
    NodeId always = graph_.Yes();
    for (const auto& [nodes, cells] : groups) always = graph_.And(always, nodes.second);
    Covered covered{{}, graph_.No()};
    NodeId rest = graph_.No();
    for (const auto& [nodes, cells] : groups) {
      Covered here = Between(graph_.Without(nodes.first, always), nodes.second);
      rest = graph_.Or(rest, graph_.Without(nodes.first, here.all));
      for (Product& product : here.products) {
        product[place] = cells;
        covered.products.push_back(std::move(product));
      }
      covered.all = graph_.Or(covered.all, graph_.And(here.all, InAnyOf(graph_, variable, cells)));
    }
    Covered everywhere = Between(rest, always);
    llvm::append_range(covered.products, everywhere.products);
    covered.all = graph_.Or(covered.all, everywhere.all);
    return covered;
  }

  /// Leaves out variables, then allows more cells, as far as `may` goes.
  void Widen(Product& product, NodeId may) {
    for (const bool leaves_out : {true, false}) {
      for (std::size_t i = 0; i < product.size(); ++i) {
        if (product[i].empty()) continue;
        const std::vector<std::uint32_t> kept = std::exchange(product[i], {});
        const NodeId wider = NodeOf(graph_, variables_, product);
        if (graph_.Implies(wider, may)) continue;
        product[i] =
            leaves_out ? kept : RunsThatMeet(CellsWithout(graph_, graph_.Without(wider, may), variables_[i]), kept);
      }
    }
  }

  [[nodiscard]] bool IsTooMany() const { return made_ > max_ || graph_.Exhausted(); }

 private:
  /// Of a node that tests nothing above the variable.
  [[nodiscard]] std::vector<NodeId> ByCell(NodeId node, VariableId variable) const {
    std::vector<NodeId> at(graph_.Cells(variable), node);
    if (graph_.IsTerminal(node) || graph_.VariableOf(node) != variable) return at;
    for (const Graph::Run& run : graph_.Runs(node))
      std::fill(at.begin() + static_cast<std::ptrdiff_t>(run.first), at.begin() + static_cast<std::ptrdiff_t>(run.last),
                run.to);
    return at;
  }

  Graph& graph_;
  llvm::ArrayRef<VariableId> variables_;
  std::size_t max_;
  std::size_t made_ = 0;
};

/// Most of what comes up on the way is joined or not needed in the end.
constexpr std::size_t kMaxOnTheWay = 32;

/// How much of all there is the product allows, as a logarithm.
double Width(const Graph& graph, llvm::ArrayRef<VariableId> variables, const Product& product) {
  double width = 0;
  for (std::size_t i = 0; i < product.size(); ++i) {
    if (product[i].empty()) continue;
    width += std::log(static_cast<double>(product[i].size()) / static_cast<double>(graph.Cells(variables[i])));
  }
  return width;
}

/// The smallest product that holds both.
Product Hull(const Graph& graph, llvm::ArrayRef<VariableId> variables, const Product& one, const Product& other) {
  Product hull(one.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    if (one[i].empty() || other[i].empty()) continue;
    std::ranges::set_union(one[i], other[i], std::back_inserter(hull[i]));
    if (hull[i].size() == graph.Cells(variables[i])) hull[i].clear();
  }
  return hull;
}

void JoinAll(Graph& graph, llvm::ArrayRef<VariableId> variables, NodeId care, std::vector<Product>& products) {
  const auto join_one = [&] {
    for (std::size_t i = 0; i < products.size(); ++i) {
      for (std::size_t j = i + 1; j < products.size(); ++j) {
        Product hull = Hull(graph, variables, products[i], products[j]);
        const NodeId both = graph.Or(NodeOf(graph, variables, products[i]), NodeOf(graph, variables, products[j]));
        if (!graph.Implies(graph.And(NodeOf(graph, variables, hull), care), both)) continue;
        products[i] = std::move(hull);
        products.erase(products.begin() + static_cast<std::ptrdiff_t>(j));
        return true;
      }
    }
    return false;
  };
  while (join_one()) {
  }
}

}  // namespace

NodeId InAnyOf(Graph& graph, VariableId variable, llvm::ArrayRef<std::uint32_t> cells) {
  std::vector<NodeId> children(graph.Cells(variable), graph.No());
  for (const std::uint32_t cell : cells) children[cell] = graph.Yes();
  return graph.ByCell(variable, children);
}

std::vector<std::uint32_t> CellsWithout(const Graph& graph, NodeId condition, VariableId variable) {
  std::vector<bool> is_possible(graph.Cells(variable), false);
  llvm::DenseSet<unsigned> seen;
  std::vector<NodeId> open = {condition};
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    if (node == graph.No() || !seen.insert(node.Index()).second) continue;
    const bool is_past = graph.IsTerminal(node) || graph.IsAbove(variable, graph.VariableOf(node));
    if (is_past) return {};
    if (graph.VariableOf(node) != variable) {
      for (const Edge& edge : graph.Edges(node)) open.push_back(edge.to);
      continue;
    }
    for (const Graph::Run& run : graph.Runs(node)) {
      if (run.to == graph.No()) continue;
      std::fill(is_possible.begin() + static_cast<std::ptrdiff_t>(run.first),
                is_possible.begin() + static_cast<std::ptrdiff_t>(run.last), true);
    }
  }
  std::vector<std::uint32_t> cells;
  for (std::uint32_t cell = 0; cell < is_possible.size(); ++cell) {
    if (!is_possible[cell]) cells.push_back(cell);
  }
  return cells;
}

NodeId NodeOf(Graph& graph, llvm::ArrayRef<VariableId> variables, const Product& product) {
  llvm::SmallVector<std::size_t, 16> asked;
  for (std::size_t i = 0; i < product.size(); ++i) {
    if (!product[i].empty()) asked.push_back(i);
  }
  // The lowest first, so that each goes on top of all before.
  llvm::sort(asked, [&](std::size_t a, std::size_t b) { return graph.IsAbove(variables[b], variables[a]); });
  NodeId all = graph.Yes();
  for (const std::size_t i : asked) {
    std::vector<NodeId> children(graph.Cells(variables[i]), graph.No());
    for (const std::uint32_t cell : product[i]) children[cell] = all;
    all = graph.ByCell(variables[i], children);
  }
  return all;
}

std::optional<std::vector<Product>> Cover(Graph& graph, llvm::ArrayRef<VariableId> variables, NodeId must, NodeId may,
                                          std::size_t max) {
  Coverer coverer(graph, variables, max);
  std::vector<Product> products = coverer.Between(must, may).products;
  if (coverer.IsTooMany()) return std::nullopt;
  for (Product& product : products) coverer.Widen(product, may);
  llvm::sort(products);
  products.erase(std::ranges::unique(products).begin(), products.end());
  for (std::size_t i = products.size(); i-- > 0;) {
    NodeId others = graph.No();
    for (std::size_t j = 0; j < products.size(); ++j) {
      if (j != i) others = graph.Or(others, NodeOf(graph, variables, products[j]));
    }
    if (graph.Implies(must, others)) products.erase(products.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return products;
}

std::optional<std::vector<Product>> DisjointCover(Graph& graph, llvm::ArrayRef<VariableId> variables, NodeId wanted,
                                                  NodeId care, std::size_t max) {
  std::vector<Product> disjoint;
  NodeId rest = graph.And(wanted, care);
  while (rest != graph.No()) {
    if (disjoint.size() == max) return std::nullopt;
    const auto products = Cover(graph, variables, rest, graph.Or(rest, graph.Not(care)), kMaxOnTheWay * max);
    if (!products) return std::nullopt;
    const auto widest = std::ranges::max_element(
        *products, {}, [&](const Product& product) { return Width(graph, variables, product); });
    rest = graph.Without(rest, NodeOf(graph, variables, *widest));
    disjoint.push_back(*widest);
  }
  JoinAll(graph, variables, care, disjoint);
  return disjoint;
}

}  // namespace proviso::graph
