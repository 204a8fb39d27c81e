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
               Variables variables, Examples examples)
    : facts_(facts), lowered_(LowerFor(draft, facts, decisions, max_nodes, variables)), examples_(examples) {
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
  if (graph.Exhausted()) return;
  for (const graph::Terminal terminal : graph.Terminals(outcomes)) {
    const NodeId leaf = graph.TerminalNode(terminal);
    const auto& possible = std::get<Answers>(space.LeafOf(leaf));
    if (possible.empty()) continue;
    const NodeId sets = graph.Replace(outcomes, [&](NodeId at) { return at == leaf ? graph.Yes() : graph.No(); });
    AddGroups(lowered, outcome, Answers(possible), sets, answer.groups);
  }
  decisions_.push_back(std::move(answer));
}

bool Answer::Meets(const check::OptionSet& options, NodeId condition) const {
  while (!Graph().IsTerminal(condition))
    condition = Graph().ChildAt(condition, options[Draft().OptionOf(Graph().VariableOf(condition))]);
  return condition == Graph().Yes();
}

const AnswerGroup* Answer::GroupOf(const DecisionAnswer& decision, const check::OptionSet& options) const {
  const auto found =
      llvm::find_if(decision.groups, [&](const AnswerGroup& group) { return Meets(options, group.option_sets); });
  return found == decision.groups.end() ? nullptr : &*found;
}

bool Answer::IsLeftOpen(NodeId outcome, llvm::ArrayRef<NodeId> outcomes) const {
  const evaluate::Space& space = *lowered_.space;
  return llvm::any_of(Graph().Support(outcome), [&](VariableId id) { return space.IsUnsettled(id); }) ||
         llvm::any_of(outcomes, [&](NodeId leaf) { return IsTooDeep(space.LeafOf(leaf)) || space.IsUnsettled(leaf); });
}

void Answer::AddGroups(const LoweredDecision& lowered, NodeId outcome, llvm::ArrayRef<NodeId> outcomes,
                       NodeId option_sets, std::vector<AnswerGroup>& groups) {
  const NodeId here = Graph().IfThenElse(option_sets, outcome, lowered_.space->Terminal(Nothing{}));
  if (IsLeftOpen(here, outcomes)) {
    AnswerGroup group{.outcome = {}, .option_sets = option_sets, .example = {}};
    group.example = ExampleOptionSet(Graph(), Draft(), option_sets);
    group.outcome = reference::EvaluateDecision(*Draft().draft, lowered.decision, facts_, group.example);
    group.is_settled = group.outcome.determined || group.outcome.error;
    groups.push_back(std::move(group));
    return;
  }
  for (const Part& part : Parts(lowered, here, outcomes, option_sets)) groups.push_back(MakeGroup(lowered, here, part));
}

std::vector<Answer::Part> Answer::Parts(const LoweredDecision& lowered, NodeId outcome, llvm::ArrayRef<NodeId> outcomes,
                                        NodeId option_sets) {
  evaluate::Space& space = *lowered_.space;
  graph::Graph& graph = space.graph;
  std::vector<Part> parts = {{.option_sets = option_sets, .outcomes = {}, .completions = {}}};
  const bool can_list = llvm::none_of(
      outcomes, [&](NodeId leaf) { return std::holds_alternative<evaluate::QuantityId>(space.LeafOf(leaf)); });
  const auto is_value = [&](NodeId leaf) { return std::holds_alternative<Value>(space.LeafOf(leaf)); };
  const bool is_exact = llvm::all_of(graph.Support(outcome), [&](VariableId id) { return space.IsFree(id); });
  const bool is_clear = is_exact && examples_ == Examples::kNotNeeded && llvm::any_of(outcomes, is_value);
  if (!can_list || is_clear || (outcomes.size() == 1 && is_value(outcomes.front()))) {
    parts.front().outcomes = outcomes.vec();
    return parts;
  }
  std::vector<std::pair<NodeId, Reachable::Completion>> completions;
  for (const NodeId leaf : outcomes) {
    const Reachable reachable = WhereItOccurs(lowered_, lowered.decision, outcome, leaf, option_sets, questions_);
    std::vector<Part> split;
    for (const Part& part : parts) {
      const auto add = [&](NodeId where, bool is_there, bool is_settled) {
        Part& added = split.emplace_back(part);
        added.option_sets = graph.And(part.option_sets, where);
        if (is_there) added.outcomes.push_back(leaf);
        added.is_settled &= is_settled;
        if (added.option_sets == graph.No()) split.pop_back();
      };
      add(reachable.shown, true, true);
      add(reachable.not_settled, true, false);
      add(graph.Not(graph.Or(reachable.shown, reachable.not_settled)), false, true);
    }
    parts = std::move(split);
    for (const Reachable::Completion& completion : reachable.completions) completions.emplace_back(leaf, completion);
  }
  for (Part& part : parts) {
    for (const auto& [leaf, completion] : completions) {
      const NodeId shown = graph.And(part.option_sets, completion.option_sets);
      if (shown == graph.No()) continue;
      Witness& witness = part.completions.emplace_back(leaf, completion.witness).second;
      witness.options.front() = ExampleOptionSet(graph, Draft(), shown);
      witness.options_matter = OptionsOf(graph, Draft(), lowered.outcome);
    }
  }
  std::erase_if(parts, [](const Part& part) { return part.outcomes.empty(); });
  return parts;
}

AnswerGroup Answer::MakeGroup(const LoweredDecision& lowered, NodeId outcome, const Part& part) {
  evaluate::Space& space = *lowered_.space;
  AnswerGroup group{.outcome = {}, .option_sets = part.option_sets, .example = {}};
  group.example = ExampleOptionSet(Graph(), Draft(), part.option_sets);
  group.is_settled = part.is_settled;
  const check::CheckedDraft& draft = *Draft().draft;
  group.outcome = reference::EvaluateDecision(draft, lowered.decision, facts_, group.example);
  std::vector<Value> values;
  bool can_list = true;
  for (const NodeId leaf : part.outcomes) {
    if (const auto* const value = std::get_if<Value>(&space.LeafOf(leaf))) values.push_back(*value);
    if (std::holds_alternative<evaluate::QuantityId>(space.LeafOf(leaf))) can_list = false;
  }
  if (values.empty() && can_list) {  // there is no outcome, as the reference evaluator says in full of a completion
    if (!group.outcome.error && !part.completions.empty()) {
      const Witness& witness = part.completions.front().second;
      group.outcome = reference::EvaluateDecision(draft, lowered.decision, witness.facts, witness.options.front());
      group.outcome.missing.clear();
    }
    return group;
  }
  group.outcome.error.reset();
  group.outcome.determined = can_list && part.outcomes.size() == 1;
  group.outcome.possible.clear();
  llvm::sort(values, [](const Value& one, const Value& other) { return one < other; });
  if (can_list) group.outcome.possible = values;
  group.outcome.missing.clear();
  if (!group.outcome.determined) {
    const NodeId nothing = space.Terminal(Nothing{});
    NodeId here = Graph().IfThenElse(part.option_sets, outcome, nothing);
    here = Graph().Replace(here, [&](NodeId leaf) { return llvm::is_contained(part.outcomes, leaf) ? leaf : nothing; });
    group.outcome.missing = MissingFacts(space, facts_, here);
    for (const auto& [leaf, witness] : part.completions) {
      const auto* const value = std::get_if<Value>(&space.LeafOf(leaf));
      if (value != nullptr && llvm::none_of(group.completions, [&](const auto& one) { return one.first == *value; }))
        group.completions.emplace_back(*value, witness);
    }
  }
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
    if (graph.Meet(sure, group.option_sets)) group.outcome.deciding.push_back(rule);
  }
}

NodeId Answer::OutcomesByOptions(NodeId outcome) {
  evaluate::Space& space = *lowered_.space;
  graph::Graph& graph = space.graph;
  const NodeId nothing = space.Terminal(Nothing{});
  const auto join = [&](NodeId one, NodeId other) {
    const auto* const known = std::get_if<Answers>(&space.LeafOf(one));
    const auto* const added = std::get_if<Answers>(&space.LeafOf(other));
    if (known == nullptr || added == nullptr) return one;  // the store is full
    Answers joined;
    std::ranges::set_union(*known, *added, std::back_inserter(joined));
    return space.Terminal(joined);
  };
  std::map<NodeId, NodeId> made;
  const auto visit = [&](const auto& self, NodeId node) -> NodeId {
    if (node == nothing || graph.Exhausted()) return space.Terminal(Answers{});
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
