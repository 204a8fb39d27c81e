#include "compiler/lower/answer.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>

namespace proviso::lower {

using evaluate::Answers;
using evaluate::NodeId;
using evaluate::Nothing;

Answer::Answer(const std::shared_ptr<const check::CheckedDraft>& draft, const Case& facts,
               llvm::ArrayRef<check::DecisionId> decisions)
    : lowered_(LowerFor(draft, facts, decisions)) {
  evaluate::Space& space = *lowered_.space;
  graph::Graph& graph = space.graph;
  // A case that cannot be, and an option set that is none, lead to nothing.
  const NodeId nothing = space.Terminal(Nothing{});
  for (const LoweredDecision& lowered : Draft().decisions) {
    const NodeId valid = graph.And(AssumptionsOn(lowered_, lowered.outcome), Draft().option_sets);
    DecisionAnswer answer{
        .decision = lowered.decision, .outcome = graph.IfThenElse(valid, lowered.outcome, nothing), .groups = {}};
    const NodeId outcomes = OutcomesByOptions(answer.outcome);
    for (const graph::Terminal terminal : graph.Terminals(outcomes)) {
      const NodeId leaf = graph.TerminalNode(terminal);
      const auto& possible = std::get<Answers>(space.LeafOf(leaf));
      if (possible.empty()) continue;
      const NodeId option_sets =
          graph.Replace(outcomes, [&](NodeId at) { return at == leaf ? graph.Yes() : graph.No(); });
      answer.groups.push_back({.outcomes = possible, .option_sets = option_sets});
    }
    decisions_.push_back(std::move(answer));
  }
}

NodeId Answer::OutcomesByOptions(NodeId outcome) {
  evaluate::Space& space = *lowered_.space;
  graph::Graph& graph = space.graph;
  const NodeId nothing = space.Terminal(Nothing{});
  const auto join = [&](NodeId one, NodeId other) {
    Answers joined;
    std::ranges::set_union(std::get<Answers>(space.LeafOf(one)), std::get<Answers>(space.LeafOf(other)),
                           std::back_inserter(joined));
    return space.Terminal(joined);
  };
  std::map<NodeId, NodeId> made;
  const auto visit = [&](const auto& self, NodeId node) -> NodeId {
    if (node == nothing) return space.Terminal(Answers{});
    if (graph.IsTerminal(node)) return space.Terminal(Answers{node});
    if (const auto found = made.find(node); found != made.end()) return found->second;
    llvm::SmallVector<graph::Edge, 8> edges(graph.Edges(node));
    NodeId all = space.Terminal(Answers{});
    for (graph::Edge& edge : edges) {
      edge.to = self(self, edge.to);
      if (!space.IsOption(graph.VariableOf(node))) all = graph.Combine(all, edge.to, join);
    }
    return made[node] = space.IsOption(graph.VariableOf(node)) ? graph.Case(graph.VariableOf(node), edges) : all;
  };
  return visit(visit, outcome);
}

}  // namespace proviso::lower
