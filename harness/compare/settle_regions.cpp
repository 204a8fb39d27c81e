#include "harness/compare/settle_regions.h"

#include <llvm/ADT/STLExtras.h>

#include "harness/compare/settle.h"
#include "runtime/graph/cover.h"

namespace proviso::compare {
namespace {

using evaluate::NodeId;
using evaluate::VariableId;

class Settler {
 public:
  Settler(Comparison& comparison, const Pair& pair, Effort& effort)
      : comparison_(comparison),
        lowered_(comparison.lowered),
        space_(*lowered_.space),
        graph_(space_.graph),
        pair_(pair),
        effort_(effort) {}

  /// Regions of one change follow one another.
  void Run(std::vector<Region>& regions, IsShown is_shown) {
    are_said_ = AreSaidByFacts();
    std::optional<Aside> aside;
    if (effort_.milliseconds > 0) aside.emplace(lowered_);  // what is asked otherwise is small
    for (std::size_t first = 0; first < regions.size();) {
      std::size_t last = first + 1;
      while (last < regions.size() && regions[last].from == regions[first].from &&
             regions[last].to == regions[first].to)
        ++last;
      const auto of_change = llvm::MutableArrayRef(regions).slice(first, last - first);
      for (Region& region : of_change) {
        const auto by_facts = ByFacts(region, of_change);
        const auto shows = [&](const lower::Witness& witness) { return is_shown(witness, region); };
        lower::Occurrence found = by_facts ? lower::Occurs(lowered_, *by_facts, shows, effort_.milliseconds)
                                           : OccursByTerms(lowered_, region.condition, shows, effort_.questions);
        region.occurs = found.verdict;
        region.witness = std::move(found.witness);
        if (aside) aside->Clear();
      }
      first = last;
    }
  }

 private:
  /// What is asked for of a region, one of those of its change, by facts; nothing where that is not said.
  std::optional<std::vector<graph::AnyOf>> ByFacts(const Region& region, llvm::ArrayRef<Region> of_change) {
    if (!are_said_) return std::nullopt;
    std::vector<graph::AnyOf> asked;
    if (region.within != Region::Within::kPart) {
      const auto product = ProductByFacts(region);
      if (!product) return std::nullopt;
      for (const graph::Comes& one : *product) asked.push_back({one});
    } else {  // what the others leave
      for (const Region& other : of_change) {
        if (&other == &region) continue;
        auto there = other.within == Region::Within::kPart ? std::nullopt : ProductByFacts(other);
        if (!there) return std::nullopt;
        for (graph::Comes& one : *there) one.terminal = one.terminal == graph_.Yes() ? graph_.No() : graph_.Yes();
        asked.emplace_back(std::move(*there));
      }
    }
    asked.push_back({{*pair_.functions[0].by_facts, region.from}});
    asked.push_back({{*pair_.functions[1].by_facts, region.to}});
    asked.push_back({{Differ(space_, region.from, region.to), graph_.Yes()}});
    return asked;
  }

  bool AreSaidByFacts() const {
    return llvm::all_of(pair_.functions, [&](const Pair::Function& function) {
      return function.by_facts && AreOfOneOutcomes(space_, function.value, *function.by_facts);
    });
  }

  /// Conditions that all have to come out so.
  std::optional<graph::AnyOf> ProductByFacts(const Region& region) {
    graph::AnyOf all;
    for (std::size_t i = 0; i < region.product.size(); ++i) {
      if (!region.product[i].empty() && !Say(comparison_.variables[i], region.product[i], all)) return std::nullopt;
    }
    return all;
  }

  /// Adds that the variable is in one of the cells; false where it is a term that is not said by facts.
  bool Say(VariableId variable, const std::vector<std::uint32_t>& cells, graph::AnyOf& all) {
    if (!space_.IsTerm(variable)) {
      all.push_back({graph::InAnyOf(graph_, variable, cells), graph_.Yes()});
      return true;
    }
    const auto pair = llvm::find_if(pair_.alike, [&](const auto& each) { return each[0] == variable; });
    const VariableId alike = pair != pair_.alike.end() ? (*pair)[1] : variable;
    const NodeId wanted = cells.front() == 0 ? graph_.No() : graph_.Yes();
    for (std::size_t side = 0; side < 2; ++side) {
      for (const lower::NamedTerm& term : lowered_.drafts[side].terms) {
        if (term.variable != variable && term.variable != alike) continue;
        if (!term.by_facts) return false;
        all.push_back({*term.by_facts, wanted});
      }
    }
    return true;
  }

  const Comparison& comparison_;
  lower::Lowered& lowered_;
  evaluate::Space& space_;
  graph::Graph& graph_;
  const Pair& pair_;
  Effort& effort_;
  bool are_said_ = false;
};

}  // namespace

void SettleRegions(Comparison& comparison, std::vector<Region>& regions, const Pair& pair, IsShown is_shown,
                   Effort& effort) {
  Settler(comparison, pair, effort).Run(regions, is_shown);
}

}  // namespace proviso::compare
