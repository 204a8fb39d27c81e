#include "harness/compare/settle.h"

#include <llvm/ADT/STLExtras.h>

#include <map>
#include <vector>

#include "compiler/lower/assumptions.h"
#include "compiler/lower/case_counts.h"
#include "compiler/lower/cell_values.h"
#include "compiler/lower/quantities.h"

namespace proviso::compare {
namespace {

using evaluate::NodeId;
using evaluate::VariableId;
using lower::Occurrence;
using Verdict = lower::Occurrence::Verdict;

/// Choices, and cases that are tried, before the search is given up.
constexpr int kMaxChoices = 4'000;
constexpr int kMaxTried = 60;
/// Conditions that are no larger when said by facts alone are asked of those.
constexpr std::size_t kMaxByFacts = 2'000;

/// Looks for a case by choosing cells one after another: of the condition that leaves the fewest ways, after each
/// choice. A term that is chosen brings its definition with it.
class CaseSearch {
 public:
  CaseSearch(lower::Lowered& lowered, llvm::function_ref<bool(const lower::Witness&)> is_shown)
      : lowered_(lowered), space_(*lowered.space), graph_(space_.graph), is_shown_(is_shown) {}

  std::optional<lower::Witness> Run(NodeId condition) {
    Solve({condition});
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool IsDone() const { return found_ || choices_ > kMaxChoices || tried_ >= kMaxTried; }

  /// All of `open` are to hold.
  void Solve(const std::vector<NodeId>& open) {
    if (open.empty()) {
      Try();
      return;
    }
    const NodeId next = *std::ranges::min_element(open, {}, [&](NodeId node) { return graph_.Reachable(node).size(); });
    const VariableId variable = graph_.VariableOf(next);
    // What is made of several facts cannot be set.
    const bool is_set = space_.IsFree(variable) || space_.IsOption(variable) || space_.IsTerm(variable);
    const std::optional<std::size_t> only = is_set ? std::nullopt : lower::CellOfNothing(space_, variable);
    for (const auto& run : graph_.Runs(next)) {
      if (run.to == graph_.No() || (only && (*only < run.first || *only >= run.last))) continue;
      if (IsDone() || ++choices_ > kMaxChoices) return;
      const std::size_t cell = only.value_or(run.first);
      if (const auto left = After(open, variable, cell)) {
        chosen_[variable] = cell;
        Solve(*left);
        chosen_.erase(variable);
      }
    }
  }

  /// What is left of the conditions after the choice; nothing where one cannot hold any more.
  std::optional<std::vector<NodeId>> After(const std::vector<NodeId>& open, VariableId variable, std::size_t cell) {
    std::vector<NodeId> left;
    const auto add = [&](NodeId node) {
      if (node != graph_.Yes() && !llvm::is_contained(left, node)) left.push_back(node);
      return node != graph_.No();
    };
    for (const NodeId node : open) {
      if (!add(graph_.Restrict(node, variable, cell))) return std::nullopt;
    }
    if (!space_.IsTerm(variable)) return left;
    const NodeId definition = space_[space_[variable].condition].condition;
    const NodeId here = graph_.Restrict(cell == 1 ? definition : graph_.Not(definition), [&](VariableId id) {
      const auto found = chosen_.find(id);
      return found == chosen_.end() ? std::int64_t{-1} : static_cast<std::int64_t>(found->second);
    });
    return add(here) ? std::optional(std::move(left)) : std::nullopt;
  }

  void Try() {
    ++tried_;
    NodeId cells = graph_.Yes();
    for (const auto& [variable, cell] : chosen_) {
      if (!space_.IsTerm(variable)) cells = graph_.And(cells, graph_.InCells(variable, cell, cell + 1));
    }
    cells = graph_.And(cells, lower::AssumptionsOn(lowered_, cells));
    std::optional<lower::Witness> witness = lower::FindWitness(lowered_, cells);
    if (!witness || !lower::KeepsAssumptions(lowered_, witness->facts)) return;
    if (is_shown_(*witness)) found_ = std::move(witness);
  }

  lower::Lowered& lowered_;
  evaluate::Space& space_;
  graph::Graph& graph_;
  llvm::function_ref<bool(const lower::Witness&)> is_shown_;
  std::map<VariableId, std::size_t> chosen_;
  std::optional<lower::Witness> found_;
  int choices_ = 0;
  int tried_ = 0;
};

}  // namespace

NodeId Differ(evaluate::Space& space, NodeId from, NodeId to) {
  graph::Graph& graph = space.graph;
  if (from == to) return graph.No();
  const auto* const one = std::get_if<evaluate::NoOutcome>(&space.LeafOf(from));
  const auto* const other = std::get_if<evaluate::NoOutcome>(&space.LeafOf(to));
  if (one != nullptr && other != nullptr) return one->failure == other->failure ? graph.No() : graph.Yes();
  if (one != nullptr || other != nullptr) return graph.Yes();
  const NodeId same = graph.Or(lower::Compare(space, evaluate::Relation::kEqual, from, to),
                               graph.And(lower::IsNone(space, from), lower::IsNone(space, to)));
  return graph.Replace(same, [&](NodeId leaf) { return leaf == graph.Yes() ? graph.No() : graph.Yes(); });
}

bool IsSaid(const evaluate::Space& space, const reference::Outcome& outcome, NodeId leaf) {
  const evaluate::Leaf& said = space.LeafOf(leaf);
  if (const auto* const failure = std::get_if<evaluate::NoOutcome>(&said))
    return outcome.error && outcome.error->kind == failure->failure;
  const auto* const value = std::get_if<Value>(&said);
  return outcome.determined && !outcome.error && (value == nullptr || outcome.value() == *value);
}

bool AreOfOneOutcomes(const evaluate::Space& space, NodeId by_terms, NodeId by_facts) {
  const std::vector<graph::Terminal> said = space.graph.Terminals(by_terms);
  return llvm::all_of(space.graph.Terminals(by_facts), [&](graph::Terminal terminal) {
    return llvm::is_contained(said, terminal) || std::holds_alternative<Value>(space.LeafAt(terminal));
  });
}

std::optional<Exact> CasesUnderEach(lower::Lowered& lowered, NodeId condition, NodeId care) {
  const auto counted = lower::CaseCounter(lowered).Count(condition, care);
  if (!counted) return std::nullopt;
  std::optional<Exact> cases;
  for (const lower::CountedSets& sets : *counted) {
    const auto found = sets.cases.find(lowered.space->graph.Yes());
    if (found == sets.cases.end() || found->second.IsZero()) continue;
    if (cases && *cases != found->second) return std::nullopt;
    cases = found->second;
  }
  return cases;
}

void Aside::Clear(std::size_t kept) {
  graph::Graph& graph = lowered_.space->graph;
  // Variables are known outside of the store as well.
  const bool is_much = graph.Exhausted() || graph.Size() > size_ + kept;
  if (!is_much || lowered_.space->Variables() != variables_) return;
  graph.ShrinkTo(size_);
  lowered_.impossible.erase(lowered_.impossible.lower_bound(NodeId(size_)), lowered_.impossible.end());
}

Occurrence OccursByTerms(lower::Lowered& lowered, NodeId condition,
                         llvm::function_ref<bool(const lower::Witness&)> is_shown, int& questions) {
  graph::Graph& graph = lowered.space->graph;
  for (const lower::LoweredDraft& draft : lowered.drafts) condition = graph.And(condition, draft.option_sets);
  condition = graph.Replace(condition, [&](NodeId leaf) { return leaf == graph.Yes() ? leaf : graph.No(); });
  if (graph.Exhausted()) return {};
  const std::optional<NodeId> by_facts = lower::WithoutTerms(*lowered.space, condition, kMaxByFacts);
  const bool is_plain = by_facts && llvm::all_of(graph.Support(*by_facts), [&](VariableId id) {
                          return lowered.space->IsFree(id) || lowered.space->IsOption(id);
                        });
  if (is_plain) return lower::Occurs(lowered, *by_facts, is_shown);
  if (auto witness = CaseSearch(lowered, is_shown).Run(condition))
    return {.verdict = Verdict::kPossible, .witness = std::move(witness)};
  if (questions == 0 || graph.Exhausted()) return {};
  --questions;
  return lower::Occurs(lowered, condition, is_shown);
}

}  // namespace proviso::compare
