#include "harness/cover/edges.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/Parallel.h>

#include "compiler/lower/occurs.h"
#include "harness/cover/expected.h"
#include "runtime/evaluate/walk.h"

namespace proviso::cover {

using check::DecisionId;
using evaluate::NodeId;
using evaluate::VariableId;

DecisionEdges::DecisionEdges(const load::LoadedDraft& draft, DecisionId decision)
    : decision_(decision), lowered_(lower::Lower(draft.draft, decision)) {
  if (IsTooLarge()) return;
  evaluate::Space& space = *lowered_.space;
  graph::Graph& graph = space.graph;
  root_ = lowered_.drafts.front().decisions.front().outcome;
  for (const NodeId node : graph.Reachable(root_)) {
    if (graph.IsTerminal(node)) continue;
    first_edge_[node] = edges_.size();
    for (const graph::Graph::Run& run : graph.Runs(node)) edges_.push_back({node, run.first, run.last});
  }
  for (const NodeId assumption : lowered_.assumptions) {
    for (const VariableId variable : graph.Support(assumption)) assumed_.insert(variable);
  }
  for (const VariableId variable : graph.Support(root_)) {
    if (space.IsOption(variable)) continue;
    Test& test = tests_[variable];
    llvm::SmallVector<NodeId> ends;
    for (std::size_t cell = 0; cell < graph.Cells(variable); ++cell) {
      ends.push_back(space.Terminal(Value(Exact(static_cast<std::int64_t>(cell)))));
      test.cells[ends.back()] = cell;
    }
    test.function = graph.ByCell(variable, ends);
  }
}

/// One case.
class DecisionEdges::Walker {
 public:
  Walker(const DecisionEdges& edges, const Case& facts, Unknown unknown)
      : edges_(edges),
        space_(*edges.lowered_.space),
        unknown_(unknown),
        walk_(space_, facts),
        taken_(static_cast<unsigned>(edges.edges_.size())) {}

  /// Options mostly stand below all facts, which are gone through once then.
  llvm::BitVector Run(llvm::ArrayRef<check::OptionSet> option_sets) {
    llvm::BitVector seen(static_cast<unsigned>(space_.graph.Size()));
    std::vector<NodeId> options;
    Go(edges_.root_, nullptr, seen, options);
    for (const check::OptionSet& set : option_sets) {
      llvm::BitVector seen_under(static_cast<unsigned>(space_.graph.Size()));
      for (const NodeId node : options) Go(node, &set, seen_under, options);
    }
    return walk_.NeedsReference() ? llvm::BitVector(taken_.size()) : taken_;
  }

 private:
  /// `set`: none yet; tests of options are added to `options` then.
  void Go(NodeId node, const check::OptionSet* set, llvm::BitVector& seen, std::vector<NodeId>& options) {
    if (space_.graph.IsTerminal(node) || seen.test(node.Index())) return;
    seen.set(node.Index());
    const VariableId variable = space_.graph.VariableOf(node);
    const bool is_option = space_.IsOption(variable);
    if (is_option && set == nullptr) return options.push_back(node);
    std::vector<std::size_t> chosen;
    if (is_option) chosen = {(*set)[edges_.lowered_.drafts.front().OptionOf(variable)]};
    for (const std::size_t cell : is_option ? chosen : CellsOf(variable)) {
      std::size_t edge = edges_.first_edge_.at(node);
      while (edges_.edges_[edge].last <= cell) ++edge;
      taken_.set(static_cast<unsigned>(edge));
      Go(space_.graph.ChildAt(node, cell), set, seen, options);
    }
  }

  /// Those that the walk goes on through.
  const std::vector<std::size_t>& CellsOf(VariableId variable) {
    const auto [known, is_new] = cells_.try_emplace(variable);
    if (!is_new) return known->second;
    const Test& test = edges_.tests_.at(variable);
    for (const NodeId end : walk_.Ends(test.function)) known->second.push_back(test.cells.at(end));
    const bool is_open = known->second.size() > 1;
    const bool goes_with_all = space_.IsFree(variable) && !edges_.assumed_.contains(variable);
    if (is_open && (unknown_ == Unknown::kEnds || !goes_with_all)) known->second.clear();
    return known->second;
  }

  const DecisionEdges& edges_;
  const evaluate::Space& space_;
  Unknown unknown_;
  evaluate::Walk walk_;
  llvm::BitVector taken_;
  std::map<VariableId, std::vector<std::size_t>> cells_;
};

void DecisionEdges::Walk(const Case& facts, llvm::ArrayRef<check::OptionSet> option_sets, Unknown unknown,
                         llvm::BitVector& taken) const {
  if (!IsTooLarge()) taken |= Walker(*this, facts, unknown).Run(option_sets);
}

void DecisionEdges::Count(const Case& facts, llvm::ArrayRef<check::OptionSet> option_sets, Unknown unknown) {
  llvm::BitVector taken(static_cast<unsigned>(edges_.size()));
  Walk(facts, option_sets, unknown, taken);
  for (const unsigned edge : taken.set_bits()) ++edges_[edge].count;
}

/// Where the way from the node goes through the edge.
NodeId DecisionEdges::Passing(NodeId from, const GraphEdge& edge, std::map<NodeId, NodeId>& made) {
  graph::Graph& graph = lowered_.space->graph;
  const VariableId variable = graph.VariableOf(edge.test);
  if (from == edge.test) return graph.InCells(variable, edge.first, edge.last);
  if (graph.IsTerminal(from) || !graph.IsAbove(graph.VariableOf(from), variable)) return graph.No();
  if (const auto known = made.find(from); known != made.end()) return known->second;
  llvm::SmallVector<graph::Edge> edges(graph.Edges(from));
  for (graph::Edge& one : edges) one.to = Passing(one.to, edge, made);
  return made[from] = graph.Make(graph.VariableOf(from), edges);
}

Settled DecisionEdges::Settle(std::size_t edge, int milliseconds) {
  std::map<NodeId, NodeId> made;
  const NodeId passing = Passing(root_, edges_[edge], made);
  if (lowered_.space->graph.Exhausted()) return {};
  const auto is_shown = [&](const lower::Witness& witness) {
    llvm::BitVector taken(static_cast<unsigned>(edges_.size()));
    Walk(witness.facts, witness.options.front(), Unknown::kEnds, taken);
    return taken.test(static_cast<unsigned>(edge));
  };
  lower::Occurrence found = lower::Occurs(lowered_, passing, is_shown, milliseconds);
  switch (found.verdict) {
    case lower::Occurrence::Verdict::kImpossible:
      return {.feasibility = Feasibility::kImpossible, .witness = {}};
    case lower::Occurrence::Verdict::kPossible:
      return {.feasibility = Feasibility::kPossible, .witness = std::move(found.witness)};
    case lower::Occurrence::Verdict::kNotSettled:
      break;
  }
  return {};
}

namespace {

/// What is expected of one case.
struct Expectation {
  const Case* facts;
  const Asserted* asserted;
};

}  // namespace

std::vector<std::shared_ptr<DecisionEdges>> EdgesOf(const load::LoadedDraft& draft,
                                                    llvm::ArrayRef<const scenario::Suite*> suites,
                                                    llvm::ArrayRef<DecisionId> also) {
  const std::vector<Expected> expected = ExpectedOf(suites);
  std::map<DecisionId, std::vector<Expectation>> by_decision;
  for (const DecisionId decision : also) by_decision[decision];
  for (const Expected& of_draft : expected) {
    if (of_draft.draft != &draft) continue;
    for (const auto& [scenario, asserted] : of_draft.scenarios) {
      for (const Asserted& one : asserted) by_decision[one.decision].push_back({&scenario->facts, &one});
    }
  }
  const std::vector<std::pair<DecisionId, std::vector<Expectation>>> decisions(by_decision.begin(), by_decision.end());
  std::vector<std::shared_ptr<DecisionEdges>> all(decisions.size());
  llvm::parallelFor(0, decisions.size(), [&](std::size_t i) {
    all[i] = std::make_shared<DecisionEdges>(draft, decisions[i].first);
    for (const Expectation& one : decisions[i].second) {
      std::vector<check::OptionSet> option_sets;
      for (const std::size_t set : *one.asserted->option_sets) option_sets.push_back(draft.option_sets[set]);
      all[i]->Count(*one.facts, option_sets,
                    one.asserted->is_determined ? DecisionEdges::Unknown::kOpens : DecisionEdges::Unknown::kEnds);
    }
  });
  return all;
}

}  // namespace proviso::cover
