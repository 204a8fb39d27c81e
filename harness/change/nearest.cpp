#include "harness/change/nearest.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

#include "compiler/lower/answer.h"
#include "compiler/lower/quantities.h"
#include "compiler/reference/evaluate.h"
#include "harness/change/apply.h"
#include "runtime/evaluate/resolve.h"

namespace proviso::change {
namespace {

using evaluate::NodeId;
using evaluate::VariableId;

/// Ways through the graph that are tried for each change that is wanted.
constexpr std::size_t kTried = 4;

/// Where what is computed comes to one of the values.
NodeId IsOneOf(evaluate::Space& space, NodeId leaf, const std::vector<Value>& wanted) {
  NodeId is_one = space.graph.No();
  if (!std::holds_alternative<evaluate::QuantityId>(space.LeafOf(leaf))) return is_one;
  for (const Value& value : wanted) {
    is_one = space.graph.Or(
        is_one, IsNone(value) ? lower::IsNone(space, leaf)
                              : lower::Compare(space, evaluate::Relation::kEqual, leaf, space.Terminal(value)));
  }
  return is_one;
}

}  // namespace

Nearest::Nearest(std::shared_ptr<const check::CheckedDraft> draft, check::DecisionId decision)
    : draft_(std::move(draft)), decision_(decision), lowered_(lower::Lower(draft_, decision)) {}

std::vector<Value> Nearest::Outcomes() const {
  std::vector<Value> outcomes;
  if (IsTooLarge()) return outcomes;
  for (const graph::Terminal terminal :
       lowered_.space->graph.Terminals(lowered_.drafts.front().decisions.front().outcome)) {
    if (const auto* const value = std::get_if<Value>(&lowered_.space->LeafAt(terminal))) outcomes.push_back(*value);
  }
  std::ranges::sort(outcomes);
  return outcomes;
}

NodeId Nearest::Where(const Asked& asked, const std::vector<Value>& wanted) {
  evaluate::Space& space = *lowered_.space;
  graph::Graph& graph = space.graph;
  const lower::LoweredDraft& draft = lowered_.drafts.front();
  const NodeId outcome = draft.decisions.front().outcome;
  const NodeId there = graph.Replace(outcome, [&](NodeId leaf) {
    if (!std::holds_alternative<Value>(space.LeafOf(leaf))) return IsOneOf(space, leaf, wanted);
    return llvm::is_contained(wanted, std::get<Value>(space.LeafOf(leaf))) ? graph.Yes() : graph.No();
  });
  const auto restricted = [&](NodeId node) {
    return graph.Restrict(node, [&](VariableId variable) {
      const std::size_t option = draft.OptionOf(variable);
      return option < asked.options.size() ? static_cast<std::int64_t>(asked.options[option]) : std::int64_t{-1};
    });
  };
  // Whatever the facts are that are not known.
  evaluate::Walk walk(space, asked.facts);
  const auto is_unknown = [&](VariableId variable) { return IsUnknown(walk, variable, asked.facts); };
  NodeId assumed = graph.Yes();
  for (const NodeId assumption : lowered_.assumptions) assumed = graph.And(assumed, assumption);
  assumed = restricted(assumed);
  const NodeId always = graph.ForAll(graph.IfThenElse(assumed, restricted(there), graph.Yes()), is_unknown);
  return graph.And(always, graph.Exists(assumed, is_unknown));
}

bool Nearest::IsUnknown(evaluate::Walk& walk, VariableId variable, const Case& facts) {
  evaluate::Space& space = *lowered_.space;
  const evaluate::Variable& asked = space[variable];
  if (asked.kind == evaluate::Variable::Kind::kFact || asked.kind == evaluate::Variable::Kind::kMember) {
    const evaluate::Resolved at = evaluate::Resolve(space, facts, asked.place);
    return at.kind != evaluate::Resolved::Kind::kThere || !facts.State(space.Words(), at.instance, asked.fact).value;
  }
  std::vector<NodeId> numbers;
  for (std::size_t cell = 0; cell < space.graph.Cells(variable); ++cell)
    numbers.push_back(space.Terminal(Value(Exact(static_cast<std::int64_t>(cell)))));
  return walk.Ends(space.graph.ByCell(variable, numbers)).size() != 1;
}

bool Nearest::IsReached(const Case& facts, const check::OptionSet& options, const std::vector<Value>& wanted) const {
  if (!reference::BrokenAssumptions(*draft_, facts).empty()) return false;
  const reference::Outcome said = reference::EvaluateDecision(*draft_, decision_, facts, options);
  if (said.error) return false;
  if (said.determined) return llvm::is_contained(wanted, said.value());
  // The evaluator may say of what does not matter that it is not known.
  lower::OptionProduct only;
  for (const std::uint32_t alternative : options) only.push_back({alternative});
  const lower::Answer answer(draft_, facts, {only}, {decision_});
  const lower::AnswerGroup* const group =
      answer.TooLargeAt() ? nullptr : answer.GroupOf(answer.Decisions().front(), options);
  return group != nullptr && group->outcome.determined && llvm::is_contained(wanted, group->outcome.value());
}

std::optional<Change> Nearest::Fewest(const Asked& asked, const std::vector<Value>& wanted, std::vector<Edit>& edits) {
  const auto tried = [&](const std::vector<Edit>& some) {
    auto change = Apply(lowered_, asked.facts, some);
    const bool is_reached = change && IsReached(change->after, asked.options, wanted);
    return is_reached ? std::move(change) : std::optional<Change>();
  };
  std::optional<Change> change = tried(edits);
  for (std::size_t i = 0; change && i < edits.size();) {
    std::vector<Edit> fewer = edits;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    auto smaller = tried(fewer);
    ++i;
    if (!smaller) continue;
    change = std::move(smaller);
    edits = std::move(fewer);
    i = 0;  // what was needed with it may no longer be
  }
  return change;
}

std::vector<Change> Nearest::Find(const Asked& asked, const Value& wanted, MayChange may_change, std::size_t max) {
  return FindAny(asked, {wanted}, may_change, max);
}

std::vector<Change> Nearest::FindAny(const Asked& asked, const std::vector<Value>& wanted, MayChange may_change,
                                     std::size_t max) {
  std::vector<Change> changes;
  if (IsTooLarge()) return changes;
  const NodeId where = Where(asked, wanted);
  std::vector<std::vector<Edit>> known;
  EditSearch search(lowered_, asked.facts, may_change);
  for (const Edits& found : search.Find(where, max * kTried)) {
    if (changes.size() == max) break;
    std::vector<Edit> edits = found.edits;
    std::optional<Change> change = Fewest(asked, wanted, edits);
    const bool is_more = llvm::any_of(known, [&](const std::vector<Edit>& nearer) {
      return llvm::all_of(nearer, [&](const Edit& edit) { return llvm::is_contained(edits, edit); });
    });
    if (!change || is_more) continue;
    known.push_back(edits);
    changes.push_back(std::move(*change));
  }
  std::ranges::stable_sort(changes, [](const Change& one, const Change& other) { return one.IsNearerThan(other); });
  return changes;
}

}  // namespace proviso::change
