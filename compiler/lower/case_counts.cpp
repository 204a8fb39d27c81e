#include "compiler/lower/case_counts.h"

#include <llvm/ADT/STLExtras.h>

#include "runtime/graph/count.h"

namespace proviso::lower {
namespace {

using evaluate::NodeId;
using evaluate::Place;
using evaluate::PlaceId;
using evaluate::Space;
using evaluate::Variable;
using evaluate::VariableId;

/// Makes the variables of all facts on paths that are always there.
void AddFacts(Space& space, PlaceId place) {
  const Vocabulary& words = space.Words();
  for (const FactId fact : words.entities[space[place].entity].facts) {
    const Type& type = words.facts[fact].type;
    if (type.kind == TypeKind::kList) continue;
    if (type.kind == TypeKind::kEntity && !type.or_none) {
      AddFacts(space, space.Part(place, fact));
    } else if (type.kind == TypeKind::kSet) {
      const std::size_t members = words.enums[type.enumeration].members.size();
      for (std::uint32_t member = 0; member < members; ++member)
        static_cast<void>(space.MemberVariable(place, fact, member));
      if (type.or_none) static_cast<void>(space.FactVariable(place, fact));
    } else {
      static_cast<void>(space.FactVariable(place, fact));
    }
  }
}

/// Facts of what is `none` are not there: they are held at their first cell, so that they count once.
NodeId OnlyWhatIsThere(Space& space, const std::vector<VariableId>& variables) {
  graph::Graph& graph = space.graph;
  NodeId all = graph.Yes();
  for (const VariableId id : variables) {
    const Variable variable = space[id];
    NodeId absent = graph.No();
    for (PlaceId at = variable.place; space[at].parent.IsValid(); at = space[at].parent) {
      const Place place = space[at];
      if (space.Words().facts[place.fact].type.or_none)
        absent = graph.Or(absent, space.IsNone(space.FactVariable(place.parent, place.fact)));
    }
    if (variable.kind == Variable::Kind::kMember && space.Words().facts[variable.fact].type.or_none)
      absent = graph.Or(absent, space.IsNone(space.FactVariable(variable.place, variable.fact)));
    all = graph.And(all, graph.Or(graph.Not(absent), graph.InCells(id, 0, 1)));
  }
  return all;
}

}  // namespace

std::optional<std::vector<CountedSets>> CountCases(Lowered& lowered, NodeId outcome, NodeId within) {
  Space& space = *lowered.space;
  graph::Graph& graph = space.graph;
  NodeId care = within;
  for (const NodeId assumption : lowered.assumptions) care = graph.And(care, assumption);
  for (const NodeId node : {outcome, care}) {
    if (!llvm::all_of(graph.Support(node), [&](VariableId id) { return space.IsFree(id); })) return std::nullopt;
  }
  AddFacts(space, space.Root());
  std::vector<VariableId> facts;
  for (std::size_t i = 0; i < space.Variables(); ++i) {
    const VariableId id(i);
    const bool is_fact = space.IsFree(id) && !space.IsOption(id);
    if (is_fact && space[space[id].place].depth == 0) facts.push_back(id);
  }
  care = graph.And(care, OnlyWhatIsThere(space, facts));
  const NodeId nothing = space.Terminal(evaluate::Nothing{});
  const NodeId masked = graph.IfThenElse(care, outcome, nothing);
  if (graph.Exhausted()) return std::nullopt;
  // Counts are a function of the options: those alike are one.
  std::vector<CountedSets> counted;
  const auto visit = [&](const auto& self, NodeId node, NodeId sets) -> void {
    for (const VariableId id : graph.Support(node)) {
      if (!space.IsOption(id)) continue;
      for (std::size_t cell = 0; cell < graph.Cells(id); ++cell) {
        self(self, graph.Restrict(node, id, cell), graph.And(sets, graph.InCells(id, cell, cell + 1)));
      }
      return;
    }
    std::map<NodeId, Exact> cases;
    for (const auto& [terminal, count] : graph::CountCells(graph, node, facts)) {
      const NodeId leaf = graph.TerminalNode(terminal);
      if (leaf != nothing) cases[leaf] = count;
    }
    if (cases.empty()) return;
    const auto same = llvm::find_if(counted, [&](const CountedSets& known) { return known.cases == cases; });
    if (same == counted.end()) {
      counted.push_back({sets, std::move(cases)});
    } else {
      same->option_sets = graph.Or(same->option_sets, sets);
    }
  };
  visit(visit, masked, within);
  return counted;
}

}  // namespace proviso::lower
