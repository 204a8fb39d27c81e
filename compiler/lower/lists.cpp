#include "compiler/lower/lists.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/STLExtras.h>

#include <bit>
#include <numeric>

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
  if (space_.IsUnsettled(variable)) return Regard::kBoth;
  if (space_.IsFirstOption(variable)) return Regard::kOutside;
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
  const std::optional<NodeId> known = AtNestingZero(list, element, condition);
  const auto found = known ? asked.conditions.find(*known) : asked.conditions.end();
  if (found == asked.conditions.end() || !found->second.list.IsValid()) return Derived(list, element, condition);
  const evaluate::List& made = space_[found->second.list];
  return space_.graph.ByCell(made.variable, made.answers[found->second.index]);
}

NodeId Lists::Derived(const ListOf& list, PlaceId element, NodeId condition) {
  if (condition == space_.graph.No()) return condition;
  for (const VariableId option : space_.graph.Support(condition)) {
    if (!space_.IsOption(option)) continue;
    std::vector<NodeId> cells;
    for (std::size_t cell = 0; cell < space_.graph.Cells(option); ++cell) {
      cells.push_back(Derived(list, element, space_.graph.Restrict(condition, option, cell)));
    }
    return space_.graph.ByCell(option, cells);
  }
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
        if (known && *known != space_.graph.No())
          asked.conditions.try_emplace(
              *known, Asked::Answered{.list = {}, .index = 0, .text = site.lowerer->QuestionText(site.expr)});
        return space_.graph.No();
      });
    }
  }
}

namespace {

/// The functions of options that lists can answer to one condition, and what two of them make together.
class Joins {
 public:
  Joins(graph::Graph& graph, const std::vector<Answers>& classes, std::size_t condition) {
    static_cast<void>(Add(graph.No()));
    for (const Answers& answers : classes) static_cast<void>(Add(answers[condition]));
    for (std::size_t i = 0; i < values_.size(); ++i) {  // NOLINT(modernize-loop-convert): values are added on the way
      std::vector<std::uint32_t> row;
      // NOLINTNEXTLINE(modernize-loop-convert): the same
      for (std::size_t j = 0; j < values_.size(); ++j) row.push_back(Add(graph.Or(values_[i], values_[j])));
      joined_.push_back(std::move(row));
    }
    // Rows made before the last value was found are short.
    for (std::size_t i = 0; i < values_.size(); ++i) {
      for (std::size_t j = joined_[i].size(); j < values_.size(); ++j) joined_[i].push_back(joined_[j][i]);
    }
  }

  [[nodiscard]] std::uint32_t Add(NodeId value) {
    const auto [found, is_new] = index_.try_emplace(value, static_cast<std::uint32_t>(values_.size()));
    if (is_new) values_.push_back(value);
    return found->second;
  }
  [[nodiscard]] std::uint32_t Join(std::uint32_t one, std::uint32_t other) const { return joined_[one][other]; }
  [[nodiscard]] NodeId operator[](std::uint32_t value) const { return values_[value]; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }

 private:
  std::vector<NodeId> values_;
  std::map<NodeId, std::uint32_t> index_;
  std::vector<std::vector<std::uint32_t>> joined_;
};

/// What a list answers to all conditions, as one number: some bits for each, those of the first the highest.
class Codes {
 public:
  Codes(graph::Graph& graph, const std::vector<Answers>& classes, std::size_t conditions) : shifts_(conditions) {
    for (std::size_t i = 0; i < conditions; ++i) joins_.emplace_back(graph, classes, i);
    for (std::size_t i = conditions; i-- > 0;) {
      shifts_[i] = bits_;
      bits_ += static_cast<unsigned>(std::bit_width(joins_[i].size() - 1));
    }
    if (!Fit()) return;
    for (const Answers& answers : classes) {
      Said& said = said_.emplace_back();
      for (std::size_t i = 0; i < conditions; ++i) {
        const std::uint32_t value = joins_[i].Add(answers[i]);
        if (joins_[i].size() <= 2)
          said.yes |= std::uint64_t{value} << shifts_[i];
        else if (value != 0)
          said.others.emplace_back(i, value);
      }
    }
  }

  /// Whether they are numbers of 64 bits; nothing else is to be asked where they are not.
  [[nodiscard]] bool Fit() const { return bits_ < 64; }

  /// That of a list with an element more, of class `kind`.
  [[nodiscard]] std::uint64_t With(std::uint64_t code, std::size_t kind) const {
    code |= said_[kind].yes;
    for (const auto& [i, value] : said_[kind].others) {
      const std::uint32_t before = ValueAt(code, i);
      code ^= std::uint64_t{before ^ joins_[i].Join(before, value)} << shifts_[i];
    }
    return code;
  }

  /// What lists of these codes answer to one condition.
  [[nodiscard]] std::vector<NodeId> AnswersOf(llvm::ArrayRef<std::pair<std::uint64_t, std::uint32_t>> codes,
                                              std::size_t condition) const {
    const Joins& joins = joins_[condition];
    const unsigned shift = shifts_[condition];
    const std::uint64_t mask = MaskOf(condition);
    std::vector<NodeId> answers(codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i)
      answers[i] = joins[static_cast<std::uint32_t>(codes[i].first >> shift & mask)];
    return answers;
  }

 private:
  [[nodiscard]] std::uint32_t ValueAt(std::uint64_t code, std::size_t condition) const {
    return static_cast<std::uint32_t>(code >> shifts_[condition] & MaskOf(condition));
  }
  [[nodiscard]] std::uint64_t MaskOf(std::size_t condition) const {
    return std::bit_ceil(joins_[condition].size()) - 1;
  }

  // What an element answers other than no, which changes nothing. Where a condition does not turn on options, that is
  // one bit.
  struct Said {
    std::uint64_t yes = 0;
    std::vector<std::pair<std::size_t, std::uint32_t>> others;  // condition, value
  };

  std::vector<Joins> joins_;      // by condition
  std::vector<unsigned> shifts_;  // by condition
  unsigned bits_ = 0;
  std::vector<Said> said_;  // by class
};

}  // namespace

bool Lists::AddCells(evaluate::List& made, const std::vector<Answers>& classes, std::size_t conditions) {
  const Codes codes(space_.graph, classes, conditions);
  if (!codes.Fit()) return false;
  const std::size_t kinds = classes.size();
  std::vector<std::uint64_t> cells = {0};  // nothing but no
  std::vector<evaluate::List::Step> steps = {{}};
  std::vector<std::uint32_t> joined;  // by cell, by kind
  llvm::DenseMap<std::uint64_t, std::uint32_t> index = {{0, 0}};
  for (std::uint32_t cell = 0; cell < cells.size(); ++cell) {
    if (cells.size() > kMaxCells) return false;
    joined.resize((cell + 1) * kinds);
    std::uint32_t* const with = joined.data() + cell * kinds;
    // Of kinds before the one that came last the element may as well have come before that: such a cell was found
    // before.
    const std::uint32_t last = steps[cell].added;
    const std::uint32_t known = cell > 0 ? last : 0;
    for (std::uint32_t kind = 0; kind < known; ++kind)
      with[kind] = joined[joined[steps[cell].before * kinds + kind] * kinds + last];
    for (std::uint32_t kind = known; kind < kinds; ++kind) {
      const std::uint64_t code = codes.With(cells[cell], kind);
      with[kind] = cell;
      if (code == cells[cell]) continue;
      const auto [found, is_new] = index.try_emplace(code, static_cast<std::uint32_t>(cells.size()));
      with[kind] = found->second;
      if (!is_new) continue;
      cells.push_back(code);
      steps.push_back({.before = cell, .added = kind});
    }
  }
  // Cells with equal answers are put beside one another, as far as can be for all conditions at once: nodes then have
  // fewer edges. That of the empty list, whose answers are no, stays the first.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;  // code and cell
  for (const std::uint64_t code : cells) order.emplace_back(code, order.size());
  llvm::sort(order);
  std::vector<std::uint32_t> place(cells.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i].second] = i;
  for (std::size_t i = 0; i < conditions; ++i) made.answers.push_back(codes.AnswersOf(order, i));
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    std::vector<std::uint32_t>& of_kind = made.joined.emplace_back(cells.size());
    for (std::size_t i = 0; i < order.size(); ++i) of_kind[i] = place[joined[order[i].second * kinds + kind]];
  }
  for (const auto& [code, cell] : order)
    made.steps.push_back({.before = place[steps[cell].before], .added = steps[cell].added});
  return true;
}

// ---- Groups ----------------------------------------------------------------------------------------------

Lists::Group Lists::GroupOf(NodeId condition, const Asked& asked) {
  graph::Graph& graph = space_.graph;
  std::map<NodeId, NodeId> made;
  const NodeId answers = CutAtOptions(space_, condition, made);
  const NodeId never = space_.Terminal(Answers{graph.No()});
  return {.conditions = {condition},
          .classes = asked.assumption.IsValid() ? graph.SimplifyWithin(answers, asked.assumption) : answers,
          .unmet = graph.Replace(answers, [&](NodeId leaf) { return leaf == never ? graph.Yes() : graph.No(); })};
}

void Lists::Join(Group& group, const Group& other, const Asked& asked) {
  llvm::append_range(group.conditions, other.conditions);
  group.classes = space_.graph.Combine(group.classes, other.classes, [&](NodeId one, NodeId more) {
    const auto* const known = std::get_if<Answers>(&space_.LeafOf(one));
    const auto* const added = std::get_if<Answers>(&space_.LeafOf(more));
    if (known == nullptr || added == nullptr) return one;  // the store is full
    Answers answers = *known;
    llvm::append_range(answers, *added);
    return space_.Terminal(answers);
  });
  if (asked.assumption.IsValid()) group.classes = space_.graph.SimplifyWithin(group.classes, asked.assumption);
  group.unmet = space_.graph.And(group.unmet, other.unmet);
}

bool Lists::StandsApart(const Group& group, NodeId others_unmet, const Asked& asked) {
  graph::Graph& graph = space_.graph;
  const NodeId free = asked.assumption.IsValid() ? graph.And(asked.assumption, others_unmet) : others_unmet;
  return llvm::all_of(graph.Terminals(group.classes), [&](graph::Terminal terminal) {
    const NodeId answers = graph.TerminalNode(terminal);
    const NodeId is_of =
        graph.Replace(group.classes, [&](NodeId leaf) { return leaf == answers ? graph.Yes() : graph.No(); });
    return graph.Meet(is_of, free);
  });
}

std::vector<Lists::Group> Lists::Groups(const Asked& asked) {
  graph::Graph& graph = space_.graph;
  std::vector<Group> groups;
  for (const auto& [condition, place] : asked.conditions) {
    // Joins all groups from which it does not stand apart.
    const Group alone = GroupOf(condition, asked);
    Group joined = alone;
    std::erase_if(groups, [&](const Group& group) {
      const bool is_apart = StandsApart(alone, group.unmet, asked) && StandsApart(group, alone.unmet, asked);
      if (!is_apart) Join(joined, group, asked);
      return !is_apart;
    });
    groups.push_back(std::move(joined));
  }
  const bool all_apart = llvm::all_of(groups, [&](const Group& group) {
    NodeId others_unmet = graph.Yes();
    for (const Group& other : groups) {
      if (&other != &group) others_unmet = graph.And(others_unmet, other.unmet);
    }
    return StandsApart(group, others_unmet, asked);
  });
  if (all_apart) return groups;
  Group all = std::move(groups.front());
  for (const Group& group : llvm::ArrayRef(groups).drop_front()) Join(all, group, asked);
  return {all};
}

void Lists::MakeGroup(const ListOf& list, Asked& asked, const Group& group) {
  evaluate::List made{.place = list.place, .fact = list.fact, .element = space_.Element(list.place, list.fact, 0)};
  std::vector<Answers> classes;
  made.classes = space_.graph.Replace(group.classes, [&](NodeId leaf) {
    const auto* const answers = std::get_if<Answers>(&space_.LeafOf(leaf));
    if (answers == nullptr) return leaf;  // the store is full
    classes.push_back(*answers);          // each is asked for once
    return space_.Terminal(Value(Member{static_cast<std::uint32_t>(classes.size() - 1)}));
  });
  if (space_.graph.Exhausted()) return;
  if (!AddCells(made, classes, group.conditions.size())) return;
  const std::size_t cells = made.Cells();
  const evaluate::ListId id = space_.AddList(std::move(made));
  space_[id].variable = space_.ListVariable(id, cells, asked.meets_options);
  for (std::size_t i = 0; i < group.conditions.size(); ++i) {
    Asked::Answered& answered = asked.conditions.at(group.conditions[i]);
    answered.list = id;
    answered.index = i;
    space_[id].questions.push_back(answered.text);
  }
}

void Lists::Make(const ListOf& list, Asked& asked) {
  asked.state = Asked::State::kBeingMade;
  Collect(list, asked);
  asked.state = Asked::State::kMade;
  for (const Group& group : Groups(asked)) MakeGroup(list, asked, group);
}

}  // namespace proviso::lower
