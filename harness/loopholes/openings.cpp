// Which outcomes become weaker, under which option sets.
#include <llvm/ADT/STLExtras.h>

#include <functional>
#include <set>

#include "compiler/lower/occurs.h"
#include "harness/loopholes/escapes.h"

namespace proviso::loopholes {
namespace {

using compare::Region;
using evaluate::NodeId;
using Occurs = lower::Occurrence::Verdict;

/// Cases that are looked for to show under which option sets one outcome becomes another.
constexpr int kMaxTries = 12;

std::optional<Value> ValueAt(const evaluate::Space& space, NodeId leaf) {
  const auto* const value = std::get_if<Value>(&space.LeafOf(leaf));
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

}  // namespace

NodeId Finder::ShownUnder(const Example& example, const Opening& opening, check::DecisionId decision,
                          lower::Lowered& lowered) const {
  graph::Graph& graph = lowered.space->graph;
  reference::Answers before(*draft_, example.before.facts);
  reference::Answers after(*draft_, example.change.after);
  const auto is = [](const reference::Outcome& said, const Value& value) {
    return said.determined && !said.error && said.value() == value;
  };
  NodeId under = graph.No();
  for (const check::OptionSet& set : option_sets_) {
    if (!is(before.Of(decision, set), opening.from) || !is(after.Of(decision, set), opening.to)) continue;
    lower::OptionProduct product;
    for (const std::uint32_t alternative : set) product.push_back({alternative});
    under = graph.Or(under, lower::NodeOf(graph, lowered.drafts.front(), product));
  }
  return under;
}

void Finder::FindShown(Opening& opening, NodeId where, NodeId& shown, check::DecisionId decision,
                       lower::Lowered& lowered, const Way& way) const {
  graph::Graph& graph = lowered.space->graph;
  const lower::LoweredDraft& draft = lowered.drafts.front();
  const auto is_beside = [&](evaluate::VariableId id) { return !lowered.space->IsOption(id); };
  const NodeId may_be = graph.And(graph.Exists(where, is_beside), draft.option_sets);
  for (int tries = 0; may_be != graph.And(may_be, shown); ++tries) {
    std::optional<Example> example;
    const auto is_shown = [&](const lower::Witness& witness) {
      example = Replayed(witness, way.of_witness(witness), opening.from, opening.to, decision);
      return example.has_value();
    };
    const lower::Occurrence found = lower::Occurs(lowered, graph.Without(where, shown), is_shown);
    if (found.verdict == Occurs::kImpossible) return;
    opening.is_complete = found.verdict == Occurs::kPossible && tries < kMaxTries;
    if (!opening.is_complete) return;
    shown = graph.Or(shown, ShownUnder(*example, opening, decision, lowered));
  }
}

void Finder::AddOpenings(Escapes& escapes, check::DecisionId decision, const Way& way) const {
  lower::Lowered& lowered = escapes.comparison.lowered;
  evaluate::Space& space = *lowered.space;
  graph::Graph& graph = space.graph;
  const lower::LoweredDraft& draft = lowered.drafts.front();
  std::set<std::pair<Value, Value>, std::greater<>> pairs;
  for (const auto& example : escapes.examples) {
    if (example) pairs.emplace(example->from, example->to);
  }
  for (const auto& [from, to] : pairs) {
    Opening& opening = escapes.openings.emplace_back(Opening{.from = from, .to = to, .under = {}});
    NodeId where = graph.No();
    NodeId shown = graph.No();
    for (std::size_t i = 0; i < escapes.examples.size(); ++i) {
      const Region& region = escapes.decision.regions[i];
      if (ValueAt(space, region.from).value_or(from) == from && ValueAt(space, region.to).value_or(to) == to)
        where = graph.Or(where, region.condition);
      const auto& example = escapes.examples[i];
      if (example && example->from == from && example->to == to)
        shown = graph.Or(shown, ShownUnder(*example, opening, decision, lowered));
    }
    FindShown(opening, where, shown, decision, lowered, way);
    const NodeId ruled_out = graph.Not(draft.option_sets);
    opening.under = lower::CoverOptionSets(graph, draft, graph.And(shown, draft.option_sets), ruled_out);
  }
}

}  // namespace proviso::loopholes
