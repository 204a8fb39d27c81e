#include "harness/compare/describe.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

namespace proviso::compare {
namespace {

using evaluate::NodeId;
using evaluate::VariableId;
using Within = Region::Within;

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
  Describer(graph::Graph& graph, llvm::ArrayRef<VariableId> variables, const Pair& pair,
            const std::array<NodeId, 2>& outcomes, NodeId change, NodeId care, std::size_t max_cells)
      : graph_(graph),
        variables_(variables),
        pair_(pair),
        outcomes_(outcomes),
        change_(change),
        care_(care),
        max_cells_(max_cells) {}

  std::vector<Region> Run() {
    const bool is_too_large = graph_.Reachable(change_).size() > kMaxTakenApart;
    if (auto all = is_too_large ? std::nullopt : Shortest(change_)) return std::move(*all);
    std::vector<Region> regions;
    NodeId rest = change_;
    if (is_too_large) return {Made(change_, Within::kPart, Common(change_))};
    while (rest != graph_.No() && TakeByTerm(rest, regions)) {
    }
    if (rest == graph_.No()) return regions;
    if (auto said = Shortest(rest)) {
      llvm::append_range(regions, *said);
    } else {
      regions.push_back(Made(rest, Within::kPart, Common(rest)));
      regions.back().differing = Differing(rest);
    }
    return regions;
  }

 private:
  NodeId Gives(std::size_t side, NodeId outcome) {
    return graph_.Replace(pair_.functions[side].value,
                          [&](NodeId leaf) { return leaf == outcome ? graph_.Yes() : graph_.No(); });
  }

  NodeId CareOf(Within within) {
    if (within == Within::kAll) return care_;
    const std::size_t side = within == Within::kFrom ? 0 : 1;
    return graph_.And(care_, Gives(side, outcomes_[side]));
  }

  /// Takes from `rest` where a term holds on one side only, if that can be said: the term that leaves least.
  bool TakeByTerm(NodeId& rest, std::vector<Region>& regions) {
    std::optional<std::vector<Region>> best;
    NodeId left = rest;
    for (const auto& [first, second] : pair_.terms) {
      const NodeId holds = graph_.InCells(first, 1, 2);
      const NodeId differs = graph_.Not(graph_.Same(holds, graph_.InCells(second, 1, 2)));
      const NodeId alike = graph_.Without(rest, differs);
      if (alike == rest || graph_.Reachable(alike).size() >= graph_.Reachable(left).size()) continue;
      std::vector<Region> both;
      const bool is_said = llvm::all_of(std::array{holds, graph_.Not(holds)}, [&](NodeId on_first) {
        const NodeId piece = graph_.And(graph_.And(rest, differs), on_first);
        const auto said = piece == graph_.No() ? std::optional(std::vector<Region>()) : Shortest(piece);
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
  std::optional<std::vector<Region>> Shortest(NodeId part) {
    std::optional<std::vector<Region>> best;
    for (const Within within : {Within::kAll, Within::kFrom, Within::kTo}) {
      auto regions = ByProducts(part, within, CareOf(within));
      if (regions && (!best || CostOf(*regions) < CostOf(*best))) best = std::move(regions);
    }
    return best;
  }

  /// How much there is to read.
  static std::size_t CostOf(const std::vector<Region>& regions) {
    std::size_t cost = 0;
    for (const Region& region : regions)
      cost += 2 + 2 * Asked(region.product) + (region.within == Within::kAll ? 0 : 1);
    return cost;
  }

  std::optional<std::vector<Region>> ByProducts(NodeId part, Within within, NodeId care) {
    const NodeId simple = graph_.SimplifyWithin(part, care);
    if (graph_.Reachable(simple).size() > kMaxNodes) return std::nullopt;
    if (llvm::any_of(graph_.Support(simple), [&](VariableId id) { return graph_.Cells(id) > max_cells_; }))
      return std::nullopt;
    const auto products = graph::DisjointCover(graph_, variables_, part, care, kMaxProducts);
    if (!products) return std::nullopt;
    if (llvm::any_of(*products, [](const graph::Product& one) { return Asked(one) > kMaxAsked; })) return std::nullopt;
    std::vector<Region> regions;
    for (const graph::Product& product : *products) {
      const NodeId condition = graph_.And(graph::NodeOf(graph_, variables_, product), care);
      regions.push_back(Made(condition, within, product));
    }
    return regions;
  }

  Region Made(NodeId condition, Within within, graph::Product product) const {
    return {.from = outcomes_[0],
            .to = outcomes_[1],
            .condition = condition,
            .within = within,
            .product = std::move(product),
            .differing = {}};
  }

  /// Terms of which at least one differs in all of the region, as few as can be; none where all can be alike.
  std::vector<VariableId> Differing(NodeId condition) {
    const auto where_alike = [&](llvm::ArrayRef<std::array<VariableId, 2>> terms) {
      NodeId alike = condition;
      for (const auto& [first, second] : terms)
        alike = graph_.And(alike, graph_.Same(graph_.InCells(first, 1, 2), graph_.InCells(second, 1, 2)));
      return alike;
    };
    std::vector<std::array<VariableId, 2>> terms = pair_.terms;
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
  const Pair& pair_;
  std::array<NodeId, 2> outcomes_;
  NodeId change_, care_;
  std::size_t max_cells_;
};

}  // namespace

std::vector<Region> Describe(graph::Graph& graph, llvm::ArrayRef<VariableId> variables, const Pair& pair,
                             const std::array<NodeId, 2>& outcomes, NodeId change, NodeId care, std::size_t max_cells) {
  return Describer(graph, variables, pair, outcomes, change, care, max_cells).Run();
}

}  // namespace proviso::compare
