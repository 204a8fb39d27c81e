#include "harness/loopholes/typical_cases.h"

#include <llvm/ADT/STLExtras.h>

#include "compiler/lower/occurs.h"
#include "compiler/lower/option_cover.h"
#include "compiler/lower/smallest_witness.h"
#include "compiler/reference/evaluate.h"

namespace proviso::loopholes {
namespace {

using evaluate::NodeId;

/// Cases of one rule, for thresholds that options move.
constexpr int kMaxOfRule = 4;
/// For one check of the solver's: a rule that needs it is not plain.
constexpr int kMilliseconds = 200;

class Collector {
 public:
  Collector(const std::shared_ptr<const check::CheckedDraft>& draft, check::DecisionId decision,
            const std::vector<check::OptionSet>& option_sets, std::size_t max_nodes)
      : draft_(*draft),
        decision_(decision),
        option_sets_(option_sets),
        lowered_(lower::Lower(draft, {decision}, max_nodes, lower::Deciding::kAdded)) {}

  std::vector<lower::Witness> Run() {
    if (lowered_.too_large) return {};
    for (const auto& [rule, decides] : lowered_.drafts.front().decisions.front().deciding) Collect(rule, decides);
    return std::move(cases_);
  }

 private:
  void Collect(check::RuleId rule, NodeId decides) {
    graph::Graph& graph = lowered_.space->graph;
    const auto is_alone = [&](const Case& facts, const check::OptionSet& options) {
      const reference::Outcome said = reference::EvaluateDecision(draft_, decision_, facts, options);
      return said.determined && said.deciding == std::vector{rule};
    };
    NodeId alone = decides;
    for (const auto& [other, decides_too] : lowered_.drafts.front().decisions.front().deciding) {
      if (other != rule) alone = graph.Without(alone, decides_too);
    }
    const auto is_shown = [&](const lower::Witness& witness) {
      return is_alone(witness.facts, witness.options.front());
    };
    for (int i = 0; i < kMaxOfRule && alone != graph.No(); ++i) {
      lower::Occurrence found = lower::Occurs(lowered_, alone, is_shown, kMilliseconds);
      if (!found.witness) return;
      cases_.push_back(lower::SmallestWitness(lowered_, alone, std::move(*found.witness), is_shown));
      alone = graph.Without(alone, UnderWhich(is_alone, cases_.back().facts));
    }
  }

  NodeId UnderWhich(llvm::function_ref<bool(const Case&, const check::OptionSet&)> is_alone, const Case& facts) {
    graph::Graph& graph = lowered_.space->graph;
    NodeId under = graph.No();
    for (const check::OptionSet& set : option_sets_) {
      if (!is_alone(facts, set)) continue;
      lower::OptionProduct product;
      for (const std::uint32_t alternative : set) product.push_back({alternative});
      under = graph.Or(under, lower::NodeOf(graph, lowered_.drafts.front(), product));
    }
    return under;
  }

  const check::CheckedDraft& draft_;
  check::DecisionId decision_;
  const std::vector<check::OptionSet>& option_sets_;
  lower::Lowered lowered_;
  std::vector<lower::Witness> cases_;
};

}  // namespace

std::vector<lower::Witness> TypicalCases(const std::shared_ptr<const check::CheckedDraft>& draft,
                                         check::DecisionId decision, const std::vector<check::OptionSet>& option_sets,
                                         std::size_t max_nodes) {
  return Collector(draft, decision, option_sets, max_nodes).Run();
}

}  // namespace proviso::loopholes
