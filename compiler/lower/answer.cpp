#include "compiler/lower/answer.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>

#include "compiler/lower/missing.h"

namespace proviso::lower {
namespace {

using evaluate::Answers;
using evaluate::NodeId;
using evaluate::NoOutcome;
using evaluate::Nothing;
using evaluate::VariableId;

/// Nested too deep here is not nested too deep for the reference evaluator.
bool IsTooDeep(const evaluate::Leaf& leaf) {
  const auto* const failure = std::get_if<NoOutcome>(&leaf);
  return failure != nullptr && failure->failure == Failure::kTooDeep;
}

}  // namespace

Answer::Answer(const std::shared_ptr<const check::CheckedDraft>& draft, const Case& facts,
               llvm::ArrayRef<OptionProduct> chosen, llvm::ArrayRef<check::DecisionId> decisions, std::size_t max_nodes,
               Variables variables)
    : facts_(facts), lowered_(LowerFor(draft, facts, decisions, max_nodes, variables)) {
  if (lowered_.too_large) {
    too_large_at_ = lowered_.too_large->decision;
    return;
  }
  graph::Graph& graph = Graph();
  option_sets_ = Draft().option_sets;
  for (const OptionProduct& product : chosen) option_sets_ = graph.And(option_sets_, NodeOf(graph, Draft(), product));
  for (const LoweredDecision& lowered : Draft().decisions) {
    Add(lowered);
    if (!graph.Exhausted()) continue;
    too_large_at_ = lowered.decision;
    return;
  }
}

void Answer::Add(const LoweredDecision& lowered) {
  evaluate::Space& space = *lowered_.space;
  graph::Graph& graph = space.graph;
  DecisionAnswer answer{.decision = lowered.decision, .groups = {}};
  // A case that cannot be, and an option set that is none, lead to nothing.
  const NodeId valid = graph.And(AssumptionsOn(lowered_, lowered.outcome), option_sets_);
  const NodeId outcome = graph.IfThenElse(valid, lowered.outcome, space.Terminal(Nothing{}));
  const NodeId outcomes = OutcomesByOptions(outcome);
  for (const graph::Terminal terminal : graph.Terminals(outcomes)) {
    const NodeId leaf = graph.TerminalNode(terminal);
    const auto& possible = std::get<Answers>(space.LeafOf(leaf));
    if (possible.empty()) continue;
    const NodeId sets = graph.Replace(outcomes, [&](NodeId at) { return at == leaf ? graph.Yes() : graph.No(); });
    answer.groups.push_back(MakeGroup(lowered, outcome, possible, sets));
  }
  decisions_.push_back(std::move(answer));
}

const AnswerGroup* Answer::GroupOf(const DecisionAnswer& decision, const check::OptionSet& options) const {
  const auto found = llvm::find_if(decision.groups, [&](const AnswerGroup& group) {
    NodeId at = group.option_sets;
    while (!Graph().IsTerminal(at)) at = Graph().ChildAt(at, options[Draft().OptionOf(Graph().VariableOf(at))]);
    return at == Graph().Yes();
  });
  return found == decision.groups.end() ? nullptr : &*found;
}

AnswerGroup Answer::MakeGroup(const LoweredDecision& lowered, NodeId outcome, llvm::ArrayRef<NodeId> outcomes,
                              NodeId option_sets) {
  evaluate::Space& space = *lowered_.space;
  AnswerGroup group{.outcome = {}, .option_sets = option_sets, .example = {}};
  group.example = ExampleOptionSet(Graph(), Draft(), option_sets);
  const check::CheckedDraft& draft = *Draft().draft;
  reference::Outcome said = reference::EvaluateDecision(draft, lowered.decision, facts_, group.example);
  const NodeId here = Graph().IfThenElse(option_sets, outcome, space.Terminal(Nothing{}));
  const std::vector<VariableId> support = Graph().Support(here);
  const bool is_left_open =
      llvm::any_of(support, [&](VariableId id) { return space.IsUnsettled(id); }) ||
      llvm::any_of(outcomes, [&](NodeId leaf) { return IsTooDeep(space.LeafOf(leaf)) || space.IsUnsettled(leaf); });
  group.outcome = std::move(said);
  if (is_left_open) {  // only the reference evaluator can say
    group.is_settled = group.outcome.determined || group.outcome.error;
    return group;
  }
  group.is_settled = outcomes.size() == 1 || llvm::all_of(support, [&](VariableId id) { return space.IsFree(id); });
  std::vector<Value> values;
  bool can_list = true;
  for (const NodeId leaf : outcomes) {
    if (const auto* const value = std::get_if<Value>(&space.LeafOf(leaf))) values.push_back(*value);
    if (std::holds_alternative<evaluate::QuantityId>(space.LeafOf(leaf))) can_list = false;
  }
  if (values.empty() && can_list) return group;  // there is no outcome, as the reference evaluator says in full
  group.outcome.error.reset();
  group.outcome.determined = can_list && outcomes.size() == 1;
  group.outcome.possible.clear();
  llvm::sort(values, [](const Value& one, const Value& other) { return one < other; });
  if (can_list) group.outcome.possible = values;
  group.outcome.missing.clear();
  if (!group.outcome.determined) group.outcome.missing = MissingFacts(space, facts_, here);
  AddDeciding(lowered, group);
  return group;
}

void Answer::AddDeciding(const LoweredDecision& lowered, AnswerGroup& group) {
  graph::Graph& graph = Graph();
  group.outcome.deciding.clear();
  if (!group.outcome.determined) return;
  for (const auto& [rule, decides] : lowered.deciding) {
    // Whatever the unknown facts are, under some of the option sets.
    const NodeId sure =
        graph.ForAll(graph.Replace(decides, [&](NodeId leaf) { return leaf == graph.Yes() ? leaf : graph.No(); }),
                     [&](VariableId variable) { return !lowered_.space->IsOption(variable); });
    if (graph.And(sure, group.option_sets) != graph.No()) group.outcome.deciding.push_back(rule);
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
