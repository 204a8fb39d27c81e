#include "harness/compare/describe.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

namespace proviso::compare {
namespace {

using evaluate::NodeId;
using evaluate::VariableId;
using Terms = llvm::ArrayRef<std::array<VariableId, 2>>;

/// More products than this, or products that ask of more, are no longer read.
constexpr std::size_t kMaxProducts = 8;
constexpr std::size_t kMaxAsked = 6;
/// A graph larger than this has no few products.
constexpr std::size_t kMaxNodes = 60;
/// Nor is one larger than this taken apart by terms.
constexpr std::size_t kMaxTakenApart = 20'000;

std::size_t Asked(const graph::Product& product) {
  return static_cast<std::size_t>(llvm::count_if(product, [](const auto& cells) { return !cells.empty(); }));
}

class Describer {
 public:
  Describer(graph::Graph& graph, llvm::ArrayRef<VariableId> variables, llvm::ArrayRef<NodeId> sides, Terms terms,
            NodeId change, NodeId care, std::size_t max_cells)
      : graph_(graph),
        variables_(variables),
        sides_(sides),
        terms_(terms),
        change_(change),
        care_(care),
        max_cells_(max_cells) {}

  std::vector<Piece> Run() {
    const bool is_too_large = graph_.Reachable(change_).size() > kMaxTakenApart;
    if (auto all = is_too_large ? std::nullopt : Shortest(change_)) return std::move(*all);
    std::vector<Piece> regions;
    NodeId rest = change_;
    if (is_too_large) return {Made(change_, Piece::kPart, Common(change_))};
    while (rest != graph_.No() && TakeByTerm(rest, regions)) {
    }
    if (rest == graph_.No()) return regions;
    if (auto said = Shortest(rest)) {
      llvm::append_range(regions, *said);
    } else {
      regions.push_back(Made(rest, Piece::kPart, Common(rest)));
      regions.back().differing = Differing(rest);
    }
    return regions;
  }

 private:
  NodeId CareOf(std::size_t within) { return within == Piece::kAll ? care_ : graph_.And(care_, sides_[within]); }

  /// Takes from `rest` where a term holds on one side only, if that can be said: the term that leaves least.
  bool TakeByTerm(NodeId& rest, std::vector<Piece>& regions) {
    std::optional<std::vector<Piece>> best;
    NodeId left = rest;
    for (const auto& [first, second] : terms_) {
      const NodeId holds = graph_.InCells(first, 1, 2);
      const NodeId differs = graph_.Not(graph_.Same(holds, graph_.InCells(second, 1, 2)));
      const NodeId alike = graph_.Without(rest, differs);
      if (alike == rest || graph_.Reachable(alike).size() >= graph_.Reachable(left).size()) continue;
      std::vector<Piece> both;
      const bool is_said = llvm::all_of(std::array{holds, graph_.Not(holds)}, [&](NodeId on_first) {
        const NodeId piece = graph_.And(graph_.And(rest, differs), on_first);
        const auto said = piece == graph_.No() ? std::optional(std::vector<Piece>()) : Shortest(piece);
        if (said) llvm::append_range(both, *said);
        return said.has_value();
      });
      if (!is_said) continue;
      best = std::move(both);
      left = alike;
    }
    if (!best) return false;
    llvm::append_range(regions, *best);
    rest = left;
    return true;
  }

  /// Products within that which needs the fewest words.
  std::optional<std::vector<Piece>> Shortest(NodeId part) {
    std::optional<std::vector<Piece>> best;
    const auto look = [&](std::size_t within) {
      auto regions = ByProducts(part, within, CareOf(within));
      if (regions && (!best || CostOf(*regions) < CostOf(*best))) best = std::move(regions);
    };
    look(Piece::kAll);
    for (std::size_t side = 0; side < sides_.size(); ++side) look(side);
    return best;
  }

  /// How much there is to read.
  static std::size_t CostOf(const std::vector<Piece>& regions) {
    std::size_t cost = 0;
    for (const Piece& region : regions) cost += 2 + 2 * Asked(region.product) + (region.within == Piece::kAll ? 0 : 1);
    return cost;
  }

  std::optional<std::vector<Piece>> ByProducts(NodeId part, std::size_t within, NodeId care) {
    const NodeId simple = graph_.SimplifyWithin(part, care);
    if (graph_.Reachable(simple).size() > kMaxNodes) return std::nullopt;
    if (llvm::any_of(graph_.Support(simple), [&](VariableId id) { return graph_.Cells(id) > max_cells_; }))
      return std::nullopt;
    const auto products = graph::DisjointCover(graph_, variables_, part, care, kMaxProducts);
    if (!products) return std::nullopt;
    if (llvm::any_of(*products, [](const graph::Product& one) { return Asked(one) > kMaxAsked; })) return std::nullopt;
    std::vector<Piece> regions;
    for (const graph::Product& product : *products) {
      const NodeId condition = graph_.And(graph::NodeOf(graph_, variables_, product), care);
      regions.push_back(Made(condition, within, product));
    }
    return regions;
  }

  static Piece Made(NodeId condition, std::size_t within, graph::Product product) {
    return {.condition = condition, .within = within, .product = std::move(product), .differing = {}};
  }

  /// Terms of which at least one differs in all of the region, as few as can be; none where all can be alike.
  std::vector<VariableId> Differing(NodeId condition) {
    const auto where_alike = [&](Terms terms) {
      NodeId alike = condition;
      for (const auto& [first, second] : terms)
        alike = graph_.And(alike, graph_.Same(graph_.InCells(first, 1, 2), graph_.InCells(second, 1, 2)));
      return alike;
    };
    std::vector<std::array<VariableId, 2>> terms = terms_.vec();
    if (where_alike(terms) != graph_.No()) return {};
    for (std::size_t i = terms.size(); i-- > 0;) {
      std::vector<std::array<VariableId, 2>> fewer = terms;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (where_alike(fewer) == graph_.No()) terms = std::move(fewer);
    }
    std::vector<VariableId> differing;
    for (const auto& [first, second] : terms) differing.push_back(first);
    return differing;
  }

  /// What is so in all of the region: for each variable the cells that occur in it.
  graph::Product Common(NodeId condition) {
    graph::Product common(variables_.size());
    for (const VariableId variable : graph_.Support(condition)) {
      if (graph_.Cells(variable) > max_cells_) continue;
      const auto place = static_cast<std::size_t>(std::ranges::find(variables_, variable) - variables_.begin());
      const std::vector<std::uint32_t> never = graph::CellsWithout(graph_, condition, variable);
      for (std::uint32_t cell = 0; cell < graph_.Cells(variable); ++cell) {
        if (!std::ranges::binary_search(never, cell)) common[place].push_back(cell);
      }
      if (common[place].size() == graph_.Cells(variable)) common[place].clear();
    }
    return common;
  }

  graph::Graph& graph_;
  llvm::ArrayRef<VariableId> variables_;
  llvm::ArrayRef<NodeId> sides_;
  Terms terms_;
  NodeId change_, care_;
  std::size_t max_cells_;
};

}  // namespace

std::vector<Piece> DescribePieces(graph::Graph& graph, llvm::ArrayRef<VariableId> variables,
                                  llvm::ArrayRef<NodeId> sides, llvm::ArrayRef<std::array<VariableId, 2>> terms,
                                  NodeId where, NodeId care, std::size_t max_cells) {
  return Describer(graph, variables, sides, terms, where, care, max_cells).Run();
}

std::vector<Region> Describe(graph::Graph& graph, llvm::ArrayRef<VariableId> variables, const Pair& pair,
                             const std::array<NodeId, 2>& outcomes, NodeId change, NodeId care, std::size_t max_cells) {
  std::array<NodeId, 2> sides;
  for (std::size_t i = 0; i < 2; ++i) {
    sides[i] = graph.Replace(pair.functions[i].value,
                             [&](NodeId leaf) { return leaf == outcomes[i] ? graph.Yes() : graph.No(); });
  }
  std::vector<Region> regions;
  for (Piece& piece : DescribePieces(graph, variables, sides, pair.terms, change, care, max_cells)) {
    using Within = Region::Within;
    const Within within = piece.within == Piece::kAll    ? Within::kAll
                          : piece.within == Piece::kPart ? Within::kPart
                          : piece.within == 0            ? Within::kFrom
                                                         : Within::kTo;
    regions.push_back({.from = outcomes[0],
                       .to = outcomes[1],
                       .condition = piece.condition,
                       .within = within,
                       .product = std::move(piece.product),
                       .differing = std::move(piece.differing)});
  }
  return regions;
}

}  // namespace proviso::compare
