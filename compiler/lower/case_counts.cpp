#include "compiler/lower/case_counts.h"

#include <llvm/ADT/STLExtras.h>

#include "runtime/evaluate/resolve.h"
#include "runtime/graph/count.h"

namespace proviso::lower {
namespace {

using evaluate::NodeId;
using evaluate::Place;
using evaluate::PlaceId;
using evaluate::Space;
using evaluate::Variable;
using evaluate::VariableId;

/// What is known of the fact where only one case, or its kind, is counted.
const Value* KnownValue(const Space& space, const Case* known, PlaceId place, FactId fact) {
  return known == nullptr ? nullptr : evaluate::KnownValue(space, *known, place, fact);
}

/// Makes the variables of all facts on paths that are always there, but for those that are known.
void AddFacts(Space& space, const Case* known, PlaceId place) {
  const Vocabulary& words = space.Words();
  for (const FactId fact : words.entities[space[place].entity].facts) {
    const Type& type = words.facts[fact].type;
    if (type.kind == TypeKind::kList) continue;
    if (type.kind == TypeKind::kEntity && !type.or_none) {
      AddFacts(space, known, space.Part(place, fact));
    } else if (KnownValue(space, known, place, fact) != nullptr) {
      continue;
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
NodeId OnlyWhatIsThere(Space& space, const Case* known, const std::vector<VariableId>& variables) {
  graph::Graph& graph = space.graph;
  const auto is_none = [&](PlaceId place, FactId fact) {
    const Value* const value = KnownValue(space, known, place, fact);
    if (value != nullptr) return IsNone(*value) ? graph.Yes() : graph.No();
    return space.IsNone(space.FactVariable(place, fact));
  };
  NodeId all = graph.Yes();
  for (const VariableId id : variables) {
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): variables may be added meanwhile
    const Variable variable = space[id];
    NodeId absent = graph.No();
    for (PlaceId at = variable.place; space[at].parent.IsValid(); at = space[at].parent) {
      const Place place = space[at];
      if (space.Words().facts[place.fact].type.or_none) absent = graph.Or(absent, is_none(place.parent, place.fact));
    }
    if (variable.kind == Variable::Kind::kMember && space.Words().facts[variable.fact].type.or_none)
      absent = graph.Or(absent, is_none(variable.place, variable.fact));
    if (absent != graph.No()) all = graph.And(all, graph.Or(graph.Not(absent), graph.InCells(id, 0, 1)));
  }
  return all;
}

}  // namespace

CaseCounter::CaseCounter(Lowered& lowered) : lowered_(lowered) {
  Space& space = *lowered.space;
  can_be_ = space.graph.Yes();
  for (const NodeId assumption : lowered.assumptions) can_be_ = space.graph.And(can_be_, assumption);
  is_free_ = AreFree(can_be_);
  if (!is_free_) return;
  AddFacts(space, lowered.known, space.Root());
  std::vector<VariableId> facts;
  for (std::size_t i = 0; i < space.Variables(); ++i) {
    const VariableId id(i);
    const bool is_fact = space.IsFree(id) && !space.IsOption(id);
    if (!is_fact || space[space[id].place].depth != 0) continue;
    facts.push_back(id);
    all_ = all_ * Exact(static_cast<std::int64_t>(space.graph.Cells(id)));
  }
  can_be_ = space.graph.And(can_be_, OnlyWhatIsThere(space, lowered.known, facts));
}

bool CaseCounter::AreFree(NodeId function) const {
  const Space& space = *lowered_.space;
  return llvm::all_of(space.graph.Support(function), [&](VariableId id) { return space.IsFree(id); });
}

std::map<NodeId, Exact> CaseCounter::CountOutcomes(NodeId function) const {
  Space& space = *lowered_.space;
  graph::Graph& graph = space.graph;
  const std::vector<VariableId> asked = graph.Support(function);
  Exact not_asked = all_;
  for (const VariableId id : asked) not_asked = not_asked / Exact(static_cast<std::int64_t>(graph.Cells(id)));
  std::map<NodeId, Exact> cases;
  for (const auto& [terminal, count] : graph::CountCells(graph, function, asked)) {
    const NodeId leaf = graph.TerminalNode(terminal);
    if (!std::holds_alternative<evaluate::Nothing>(space.LeafOf(leaf))) cases[leaf] = count * not_asked;
  }
  return cases;
}

std::optional<std::vector<CountedSets>> CaseCounter::Count(NodeId outcome, NodeId within) {
  Space& space = *lowered_.space;
  graph::Graph& graph = space.graph;
  if (!IsSettled(outcome) || !AreFree(within)) return std::nullopt;
  const NodeId masked = graph.IfThenElse(graph.And(within, can_be_), outcome, space.Terminal(evaluate::Nothing{}));
  if (graph.Exhausted()) return std::nullopt;
  // Counts are a function of the options: those alike are one.
  std::vector<CountedSets> counted;
  const auto visit = [&](const auto& self, NodeId node, NodeId sets) -> void {
    if (graph.Exhausted()) return;
    for (const VariableId id : graph.Support(node)) {
      if (!space.IsOption(id)) continue;
      for (std::size_t cell = 0; cell < graph.Cells(id); ++cell) {
        self(self, graph.Restrict(node, id, cell), graph.And(sets, graph.InCells(id, cell, cell + 1)));
      }
      return;
    }
    std::map<NodeId, Exact> cases = CountOutcomes(node);
    if (cases.empty()) return;
    const auto same = llvm::find_if(counted, [&](const CountedSets& known) { return known.cases == cases; });
    if (same == counted.end()) {
      counted.push_back({sets, std::move(cases)});
    } else {
      same->option_sets = graph.Or(same->option_sets, sets);
    }
  };
  visit(visit, masked, within);
  return graph.Exhausted() ? std::nullopt : std::optional(std::move(counted));
}

}  // namespace proviso::lower
