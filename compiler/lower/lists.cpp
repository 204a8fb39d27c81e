#include "compiler/lower/lists.h"

#include <llvm/ADT/STLExtras.h>

namespace proviso::lower {
namespace {

using evaluate::Answers;
using evaluate::DerivedCondition;
using evaluate::Place;
using evaluate::Variable;
using evaluate::VariableId;

/// A condition that leads to functions of options, each as one terminal.
NodeId CutAtOptions(Space& space, NodeId condition, std::map<NodeId, NodeId>& made) {
  if (space.IsOfOptions(condition)) return space.Terminal(Answers{condition});
  if (const auto found = made.find(condition); found != made.end()) return found->second;
  llvm::SmallVector<graph::Edge, 8> edges(space.graph.Edges(condition));
  for (graph::Edge& edge : edges) edge.to = CutAtOptions(space, edge.to, made);
  return made[condition] = space.graph.Make(space.graph.VariableOf(condition), edges);
}

bool IsUnsettled(const Space& space, const Variable& variable) {
  if (variable.condition.IsValid()) return space[variable.condition].kind == DerivedCondition::Kind::kUnsettled;
  return variable.quantity.IsValid() && space[variable.quantity].kind == Quantity::Kind::kUnsettled;
}

}  // namespace

void Lists::AddSite(const ListOf& list, Lowerer& lowerer, check::ExprId expr, const Scope& scope, bool meets_options) {
  Asked& asked = asked_[list];
  asked.sites.push_back({.lowerer = &lowerer, .expr = expr, .scope = scope});
  asked.meets_options |= meets_options;
}

void Lists::AddAssumption(const ListOf& list, NodeId condition) {
  Asked& asked = asked_[list];
  asked.assumption = asked.assumption.IsValid() ? space_.graph.And(asked.assumption, condition) : condition;
}

// ---- Questions -------------------------------------------------------------------------------------------

Lists::Regard Lists::RegardOf(VariableId variable, PlaceId element) const {
  if (IsUnsettled(space_, space_[variable])) return Regard::kBoth;
  bool inside = space_.IsOption(variable);
  bool outside = false;
  for (const PlaceId place : space_.PlacesOf(variable)) (space_.IsWithin(place, element) ? inside : outside) = true;
  if (inside && outside) return Regard::kBoth;
  return outside ? Regard::kOutside : Regard::kElement;
}

bool Lists::IsMixed(NodeId condition, PlaceId element) const {
  return llvm::any_of(space_.graph.Support(condition),
                      [&](VariableId variable) { return RegardOf(variable, element) == Regard::kBoth; });
}

NodeId Lists::ByOutside(NodeId condition, PlaceId element, std::map<NodeId, NodeId>& made,
                        llvm::function_ref<NodeId(NodeId)> pure) {
  if (const auto found = made.find(condition); found != made.end()) return found->second;
  for (const VariableId variable : space_.graph.Support(condition)) {
    if (RegardOf(variable, element) != Regard::kOutside) continue;
    std::vector<NodeId> cells;
    for (std::size_t cell = 0; cell < space_.graph.Cells(variable); ++cell) {
      cells.push_back(ByOutside(space_.graph.Restrict(condition, variable, cell), element, made, pure));
    }
    return made[condition] = space_.graph.ByCell(variable, cells);
  }
  return made[condition] = pure(condition);
}

NodeId Lists::Some(const ListOf& list, PlaceId element, NodeId condition) {
  if (condition == space_.graph.No()) return condition;
  if (IsMixed(condition, element)) return Derived(list, element, condition);
  Asked& asked = asked_[list];
  if (asked.state == Asked::State::kOpen) Make(list, asked);
  std::map<NodeId, NodeId> made;
  return ByOutside(condition, element, made, [&](NodeId pure) { return Answer(list, element, pure); });
}

NodeId Lists::Answer(const ListOf& list, PlaceId element, NodeId condition) {
  if (condition == space_.graph.No()) return condition;
  const Asked& asked = asked_.at(list);
  if (asked.state == Asked::State::kBeingMade) ++provisional_;
  const std::optional<NodeId> known = asked.list.IsValid() ? AtNestingZero(list, element, condition) : std::nullopt;
  const auto found = known ? asked.conditions.find(*known) : asked.conditions.end();
  if (found == asked.conditions.end()) return Derived(list, element, condition);
  const evaluate::List& made = space_[asked.list];
  std::vector<NodeId> cells;
  for (const Answers& answers : made.answers) cells.push_back(answers[found->second]);
  return space_.graph.ByCell(made.variable, cells);
}

NodeId Lists::Derived(const ListOf& list, PlaceId element, NodeId condition) {
  const VariableId variable = space_.ConditionVariable({.kind = DerivedCondition::Kind::kSome,
                                                        .place = list.place,
                                                        .fact = list.fact,
                                                        .element = element,
                                                        .condition = condition});
  return space_.graph.InCells(variable, 1, 2);
}

// ---- Elements of one list at once ------------------------------------------------------------------------

std::optional<NodeId> Lists::AtNestingZero(const ListOf& list, PlaceId element, NodeId condition) {
  if (space_[element].nesting == 0) return condition;
  const PlaceId outermost = space_.Element(list.place, list.fact, 0);
  const auto moved = [&](const auto& self, PlaceId place) -> PlaceId {
    if (place == element) return outermost;
    const Place at = space_[place];
    const PlaceId parent = self(self, at.parent);
    return at.kind == Place::Kind::kPart ? space_.Part(parent, at.fact) : space_.Element(parent, at.fact, at.nesting);
  };
  graph::Graph& graph = space_.graph;
  std::map<NodeId, NodeId> made;
  bool can_move = true;
  const auto visit = [&](const auto& self, NodeId node) -> NodeId {
    if (space_.IsOfOptions(node) || !can_move) return node;
    if (const auto found = made.find(node); found != made.end()) return found->second;
    const VariableId from = graph.VariableOf(node);
    const Variable variable = space_[from];
    const bool is_fact = variable.kind == Variable::Kind::kFact;
    if (!is_fact && variable.kind != Variable::Kind::kMember) {
      can_move = false;
      return node;
    }
    const PlaceId place = moved(moved, variable.place);
    const VariableId to = is_fact ? space_.FactVariable(place, variable.fact)
                                  : space_.MemberVariable(place, variable.fact, variable.member);
    const llvm::SmallVector<graph::Edge, 8> edges(graph.Edges(node));
    NodeId result = self(self, edges.back().to);
    for (std::size_t i = edges.size() - 1; i-- > 0;) {
      const std::size_t cell = graph.CellOf(from, edges[i + 1].from);
      const auto& begins = variable.begins[cell];
      const NodeId from_on = begins ? space_.Within(to, *begins,
                                                    variable.after[cell] ? evaluate::Relation::kGreater
                                                                         : evaluate::Relation::kGreaterEqual)
                                    : graph.InCells(to, cell, graph.Cells(to));
      result = graph.IfThenElse(from_on, result, self(self, edges[i].to));
    }
    return made[node] = result;
  };
  const NodeId result = visit(visit, condition);
  return can_move ? std::optional(result) : std::nullopt;
}

void Lists::Collect(const ListOf& list, Asked& asked) {
  for (std::size_t i = 0; i < asked.sites.size(); ++i) {
    const Site site = asked.sites[i];
    const PlaceId element = site.lowerer->ElementPlace(list, site.scope);
    for (const NodeId condition : site.lowerer->ElementConditions(site.expr, list, site.scope)) {
      if (IsMixed(condition, element)) continue;
      std::map<NodeId, NodeId> made;
      ByOutside(condition, element, made, [&](NodeId pure) {
        const std::optional<NodeId> known = AtNestingZero(list, element, pure);
        if (known && *known != space_.graph.No()) asked.conditions.try_emplace(*known, 0);
        return space_.graph.No();
      });
    }
  }
  std::size_t index = 0;
  for (auto& [condition, position] : asked.conditions) position = index++;
}

NodeId Lists::Classes(const Asked& asked) {
  NodeId classes = space_.Terminal(Answers{});
  for (const auto& [condition, index] : asked.conditions) {
    std::map<NodeId, NodeId> made;
    classes = space_.graph.Combine(classes, CutAtOptions(space_, condition, made), [&](NodeId before, NodeId added) {
      Answers answers = std::get<Answers>(space_.LeafOf(before));
      answers.push_back(std::get<Answers>(space_.LeafOf(added)).front());
      return space_.Terminal(answers);
    });
  }
  if (!asked.assumption.IsValid()) return classes;
  return space_.graph.SimplifyWithin(classes, asked.assumption);
}

bool Lists::AddCells(evaluate::List& made, const std::vector<Answers>& classes, std::size_t conditions) {
  std::map<Answers, std::uint32_t> cells;
  const auto cell_of = [&](const Answers& answers, std::vector<std::uint32_t> example) {
    const auto [found, is_new] = cells.try_emplace(answers, static_cast<std::uint32_t>(made.answers.size()));
    if (is_new) {
      made.answers.push_back(answers);
      made.examples.push_back(std::move(example));
    }
    return found->second;
  };
  cell_of(Answers(conditions, space_.graph.No()), {});
  made.joined.resize(classes.size());
  for (std::size_t cell = 0; cell < made.answers.size(); ++cell) {
    if (made.answers.size() > kMaxCells) return false;
    for (std::uint32_t kind = 0; kind < classes.size(); ++kind) {
      Answers joined = made.answers[cell];
      for (std::size_t i = 0; i < conditions; ++i) joined[i] = space_.graph.Or(joined[i], classes[kind][i]);
      std::vector<std::uint32_t> example = made.examples[cell];
      example.push_back(kind);
      made.joined[kind].push_back(cell_of(joined, std::move(example)));
    }
  }
  return true;
}

void Lists::Make(const ListOf& list, Asked& asked) {
  asked.state = Asked::State::kBeingMade;
  Collect(list, asked);
  asked.state = Asked::State::kMade;
  if (asked.conditions.empty()) return;
  evaluate::List made{.place = list.place, .fact = list.fact, .element = space_.Element(list.place, list.fact, 0)};
  const NodeId graph_of_classes = Classes(asked);
  std::vector<Answers> classes;
  made.classes = space_.graph.Replace(graph_of_classes, [&](NodeId leaf) {
    const Answers& answers = std::get<Answers>(space_.LeafOf(leaf));
    const auto found = llvm::find(classes, answers);
    const auto index = static_cast<std::uint32_t>(found - classes.begin());
    if (found == classes.end()) classes.push_back(answers);
    return space_.Terminal(Value(Member{index}));
  });
  if (!AddCells(made, classes, asked.conditions.size())) return;
  const std::size_t cells = made.answers.size();
  asked.list = space_.AddList(std::move(made));
  space_[asked.list].variable = space_.ListVariable(asked.list, cells, asked.meets_options);
}

}  // namespace proviso::lower
