#include "compiler/lower/completions.h"

#include "compiler/lower/occurs.h"
#include "runtime/evaluate/walk.h"

namespace proviso::lower {
namespace {

using evaluate::NodeId;

/// Milliseconds: an answer is not to be waited for.
constexpr int kTimeForOneCheck = 300;

/// What the reference evaluator makes of the completion: the leaf's value, or no outcome where the leaf is none.
bool IsShown(const Lowered& lowered, check::DecisionId decision, NodeId leaf, const Witness& witness) {
  const reference::Outcome said =
      reference::EvaluateDecision(*lowered.drafts.front().draft, decision, witness.facts, witness.options.front());
  const auto* const value = std::get_if<Value>(&lowered.space->LeafOf(leaf));
  if (value == nullptr) return said.error.has_value();
  return !said.error && said.determined && said.value() == *value;
}

/// The condition as a function of the options where the facts are those of the walk; no where that is not told.
NodeId ByOptions(graph::Graph& graph, const evaluate::Space& space, evaluate::Walk& walk, NodeId condition) {
  condition = walk.Follow(condition);
  if (space.IsOfOptions(condition)) return condition;
  if (!space.IsOption(graph.VariableOf(condition))) {
    const std::vector<NodeId> ends = walk.Ends(condition);
    return ends.size() == 1 ? ends.front() : graph.No();
  }
  llvm::SmallVector<graph::Edge, 8> edges(graph.Edges(condition));
  for (graph::Edge& edge : edges) edge.to = ByOptions(graph, space, walk, edge.to);
  return graph.Make(graph.VariableOf(condition), edges);
}

/// The option sets under which the facts of the completion meet the condition, its own and others.
NodeId OptionSetsOf(Lowered& lowered, NodeId condition, const Witness& witness) {
  graph::Graph& graph = lowered.space->graph;
  const LoweredDraft& draft = lowered.drafts.front();
  NodeId own = graph.Yes();
  for (std::size_t i = 0; i < draft.options.size(); ++i) {
    if (!draft.options[i].IsValid()) continue;
    const std::uint32_t alternative = witness.options.front()[i];
    own = graph.And(own, graph.InCells(draft.options[i], alternative, alternative + 1));
  }
  return graph.Or(own, WhereItMeets(*lowered.space, condition, witness.facts));
}

}  // namespace

NodeId WhereItMeets(evaluate::Space& space, NodeId condition, const Case& facts) {
  evaluate::Walk walk(space, facts);
  const NodeId where = ByOptions(space.graph, space, walk, condition);
  return walk.NeedsReference() ? space.graph.No() : where;
}

Reachable WhereItOccurs(Lowered& lowered, check::DecisionId decision, NodeId outcome, NodeId leaf, NodeId option_sets,
                        Questions& questions) {
  graph::Graph& graph = lowered.space->graph;
  const NodeId ends_there = graph.Replace(outcome, [&](NodeId end) { return end == leaf ? graph.Yes() : graph.No(); });
  Reachable reachable{.shown = graph.No(), .not_settled = graph.No(), .completions = {}};
  NodeId open = option_sets;
  while (open != graph.No()) {
    if (questions.left == 0 || questions.left_not_settled == 0) {
      reachable.not_settled = open;
      break;
    }
    --questions.left;
    Occurrence found = Occurs(
        lowered, graph.And(ends_there, open),
        [&](const Witness& witness) { return IsShown(lowered, decision, leaf, witness); }, kTimeForOneCheck);
    if (found.verdict == Occurrence::Verdict::kNotSettled) {
      --questions.left_not_settled;
      reachable.not_settled = open;
    }
    if (found.verdict != Occurrence::Verdict::kPossible) break;
    const NodeId shown = graph.And(open, OptionSetsOf(lowered, ends_there, *found.witness));
    reachable.shown = graph.Or(reachable.shown, shown);
    reachable.completions.push_back({std::move(*found.witness), shown});
    open = graph.Without(open, shown);
  }
  return reachable;
}

}  // namespace proviso::lower
