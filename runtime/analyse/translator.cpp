#include "runtime/analyse/translator.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringRef.h>

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

namespace proviso::analyse {

using evaluate::DerivedCondition;
using evaluate::Variable;

/// Lists whose variable tells more ways apart than this, times the classes of elements, are left open.
static constexpr std::size_t kMaxJoins = 4000;

// ---- Terms -----------------------------------------------------------------------------------------------

std::string Not(const std::string& term) {
  if (term == "true") return "false";
  return term == "false" ? "true" : fmt::format("(not {})", term);
}

std::string And(const std::string& one, const std::string& other) {
  if (one == "false" || other == "true") return one;
  if (other == "false" || one == "true") return other;
  return fmt::format("(and {} {})", one, other);
}

std::string Or(const std::string& one, const std::string& other) {
  if (one == "true" || other == "false") return one;
  if (other == "true" || one == "false") return other;
  return fmt::format("(or {} {})", one, other);
}

std::string IfThenElse(const std::string& condition, const std::string& then, const std::string& otherwise) {
  if (condition == "true" || then == otherwise) return then;
  return condition == "false" ? otherwise : fmt::format("(ite {} {} {})", condition, then, otherwise);
}

std::string Number(const Exact& number) {
  if (number < Exact(0)) return fmt::format("(- {})", Number(-number));
  const std::string text = number.ToPlainText();
  const std::size_t slash = text.find('/');
  if (slash != std::string::npos) return fmt::format("(/ {}.0 {}.0)", text.substr(0, slash), text.substr(slash + 1));
  return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string Whole(std::int64_t number) {
  const std::string text = Exact(number).ToPlainText();
  return number < 0 ? fmt::format("(- {})", text.substr(1)) : text;
}

// ---- Text ------------------------------------------------------------------------------------------------

Translator::Translator(const Space& space, const Wanted& wanted, Lists lists)
    : space_(space), wanted_(wanted), lists_(lists) {
  std::vector<NodeId> conditions = wanted.conditions;
  for (const OfElements& assumed : wanted.assumed) conditions.push_back(assumed.condition);
  questions_ = QuestionsOf(space, conditions);
}

Formula Translator::Translate() {
  static_cast<void>(With({}, {}, {}));
  formula_.beings.Add({.entity = space_.Words().case_entity,
                       .instance = wanted_.known.root,
                       .parent = {},
                       .fact = {},
                       .name = "case",
                       .exists = "true"});
  for (const NodeId condition : wanted_.conditions) Assert(Holds(condition, PlacesId(0)));
  formula_.is_too_large = IsTooLarge();
  formula_.text = std::move(text_);
  return std::move(formula_);
}

Translator::Term Translator::Define(const char* sort, const Term& term) {
  if (term.front() != '(') return term;
  Term name = fmt::format("t{}", terms_++);
  // Not by `define-fun`, which the solver writes out in full wherever it is named.
  text_ += fmt::format("(declare-const {0} {1})\n(assert (= {0} {2}))\n", name, sort, term);
  return name;
}

void Translator::Assert(const Term& condition) { text_ += fmt::format("(assert {})\n", condition); }

Translator::Term Translator::Declare(const char* sort, Unknown unknown) {
  text_ += fmt::format("(declare-const {} {})\n", unknown.name, sort);
  unknown.is_truth = llvm::StringRef(sort) == "Bool";
  Term name = unknown.name;
  formula_.unknowns.push_back(std::move(unknown));
  return name;
}

Translator::Term Translator::Open(const char* sort) {
  return Declare(sort, {.kind = Unknown::Kind::kOpen, .name = fmt::format("open{}", terms_++)});
}

bool Translator::IsLeftOpen(const ListOf& list) const {
  if (lists_ == Lists::kBounded) return false;
  const auto found = questions_.lists.find(list);
  return found == questions_.lists.end() || !found->second.is_argued;
}

// ---- Functions -------------------------------------------------------------------------------------------

namespace {

struct Sort {
  const char* name;
  const char* any;  // one of its values
};

/// In the order of Translator's aspects.
constexpr std::array<Sort, 5> kSorts = {
    {{"Bool", "true"}, {"Bool", "true"}, {"Real", "0.0"}, {"Int", "0"}, {"Int", "0"}}};

}  // namespace

Translator::Term Translator::Fold(NodeId node, PlacesId places, Aspect aspect, Leaf leaf) {
  const graph::Graph& graph = space_.graph;
  const Sort& sort = kSorts[static_cast<std::size_t>(aspect)];
  if (IsTooLarge()) return sort.any;
  if (graph.IsTerminal(node)) return leaf(node);
  if (const auto found = folded_.find({node, places, aspect}); found != folded_.end()) return found->second;
  const llvm::SmallVector<graph::Graph::Run, 4> runs = graph.Runs(node);
  Term term = Fold(runs.back().to, places, aspect, leaf);
  for (const graph::Graph::Run& run : llvm::reverse(llvm::drop_end(runs))) {
    const Term holds = InCells(graph.VariableOf(node), run.first, run.last, places);
    term = IfThenElse(holds, Fold(run.to, places, aspect, leaf), term);
  }
  return folded_[{node, places, aspect}] = Define(sort.name, term);
}

Translator::Term Translator::Holds(NodeId condition, PlacesId places) {
  return Fold(condition, places, Aspect::kHolds, [&](NodeId leaf) -> Term {
    if (leaf == space_.graph.Yes()) return "true";
    // A condition on the case that fails is not yes. Inside one, what it comes to is the reference evaluator's to say.
    return leaf == space_.graph.No() || places.Index() == 0 ? "false" : Open("Bool");
  });
}

Symbol Translator::ValueOf(NodeId node, PlacesId places, bool is_real) {
  const auto at = [&](NodeId leaf) -> Symbol {
    const evaluate::Leaf& what = space_.LeafOf(leaf);
    if (const auto* value = std::get_if<Value>(&what))
      return IsNone(*value) ? Symbol{.none = "true", .term = is_real ? "0" : "0.0"} : Literal(*value);
    if (const auto* quantity = std::get_if<QuantityId>(&what)) return QuantityOf(*quantity, places);
    return {.none = "false", .term = Open(is_real ? "Int" : "Real")};
  };
  Symbol value{.none = Fold(node, places, Aspect::kNone, [&](NodeId leaf) { return at(leaf).none; }),
               .term = Fold(node, places, is_real ? Aspect::kOrdinal : Aspect::kNumber,
                            [&](NodeId leaf) { return at(leaf).term; })};
  return value;
}

// ---- Variables -------------------------------------------------------------------------------------------

Translator::Term Translator::InCells(VariableId id, std::size_t first, std::size_t last, PlacesId places) {
  const Variable& variable = space_[id];
  switch (variable.kind) {
    case Variable::Kind::kFact:
      return FactInCells(id, first, last, places);
    case Variable::Kind::kMember: {
      const BeingId being = BeingAt(variable.place, places);
      const Term has = And(formula_.beings[being].exists, MemberOf(being, variable.fact, variable.member));
      return Or(first == 0 ? Not(has) : "false", last == 2 ? has : "false");
    }
    case Variable::Kind::kList:
      return ListInCells(id, first, last, places);
    case Variable::Kind::kQuantity:
      return InIntervals(variable, first, last, QuantityOf(variable.quantity, places));
    case Variable::Kind::kOrder:
      return OrderInCells(variable, first, last, places);
    case Variable::Kind::kCondition: {
      const Term holds = Condition(variable.condition, places);
      return Or(first == 0 ? Not(holds) : "false", last == 2 ? holds : "false");
    }
    case Variable::Kind::kOption:
      break;
  }
  Term& option = options_[id];
  if (option.empty()) {
    option =
        Declare("Int", {.kind = Unknown::Kind::kOption, .name = fmt::format("option{}", id.Index()), .variable = id});
    Assert(fmt::format("(and (<= 0 {0}) (< {0} {1}))", option, space_.graph.Cells(id)));
  }
  return fmt::format("(and (<= {1} {0}) (< {0} {2}))", option, first, last);
}

Translator::Term Translator::InIntervals(const Variable& variable, std::size_t first, std::size_t last,
                                         const Symbol& value) {
  const std::size_t lowest = variable.has_none ? 1 : 0;
  Term in_none = variable.has_none && first == 0 ? value.none : "false";
  if (last <= lowest) return in_none;
  const auto from = [&](std::size_t cell) {
    return fmt::format("({} {} {})", variable.after[cell] ? ">" : ">=", value.term, NumberOf(*variable.begins[cell]));
  };
  Term within = first > lowest ? from(first) : "true";
  if (last < variable.begins.size()) within = And(within, Not(from(last)));
  // A quantity that cannot be `none` and yet is (a failure) is in its lowest cell.
  const bool takes_none = !variable.has_none && first == 0;
  return Or(in_none, takes_none ? Or(value.none, within) : And(Not(value.none), within));
}

Translator::Term Translator::FactInCells(VariableId id, std::size_t first, std::size_t last, PlacesId places) {
  const Variable& variable = space_[id];
  const BeingId being = BeingAt(variable.place, places);
  const Symbol value = FactOf(being, variable.fact);
  const std::size_t lowest = variable.has_none ? 1 : 0;
  Term within;
  if (variable.type.kind == TypeKind::kBoolean) {
    within = Or(first == 0 ? Not(value.term) : "false", last == 2 ? value.term : "false");
  } else if (variable.type.kind == TypeKind::kEnum || value.term.empty()) {
    const bool is_there = last > lowest;
    within = first == 0 && lowest == 1 ? value.none : "false";
    if (is_there && value.term.empty()) within = Or(within, Not(value.none));
    if (is_there && !value.term.empty()) {
      const std::size_t from = std::max(first, lowest) - lowest;
      within = Or(within,
                  And(Not(value.none), fmt::format("(and (<= {1} {0}) (< {0} {2}))", value.term, from, last - lowest)));
    }
  } else {
    within = InIntervals(variable, first, last, value);
  }
  // What stands below an entity that is `none` is in the first cell.
  return IfThenElse(formula_.beings[being].exists, within, first == 0 ? "true" : "false");
}

Translator::Term Translator::OrderInCells(const Variable& variable, std::size_t first, std::size_t last,
                                          PlacesId places) {
  const Symbol one = QuantityOf(variable.quantity, places);
  const Symbol other = QuantityOf(variable.other, places);
  const Term none = Or(one.none, other.none);
  static constexpr std::array kRelations = {"", "<", "=", ">"};
  Term holds = first == 0 ? none : "false";
  for (std::size_t cell = std::max<std::size_t>(first, 1); cell < last; ++cell) {
    holds = Or(holds, And(Not(none), fmt::format("({} {} {})", kRelations[cell], one.term, other.term)));
  }
  return holds;
}

Translator::Term Translator::ListInCells(VariableId id, std::size_t first, std::size_t last, PlacesId places) {
  const Variable& variable = space_[id];
  const evaluate::List& list = space_[variable.list];
  const ListOf key{list.place, list.fact};
  const Asked& asked = questions_.lists.at(key);
  const BeingId owner = BeingAt(list.place, places);
  Term cell;
  const bool is_plain = asked.is_plain && (lists_ == Lists::kOpen || !questions_.has_tiers);
  if (KnownValue(owner, list.fact) == nullptr && (is_plain || IsLeftOpen(key))) {
    Term& made = list_cells_[{owner, variable.list}];
    if (made.empty()) {
      made = Declare("Int", {.kind = Unknown::Kind::kListCell,
                             .name = fmt::format("{}_l{}", formula_.beings[owner].name, variable.list.Index()),
                             .being = owner,
                             .fact = list.fact,
                             .list = variable.list,
                             .places = places_[places]});
      Assert(fmt::format("(and (<= 0 {0}) (< {0} {1}))", made, space_.graph.Cells(id)));
    }
    cell = made;
  } else {
    cell = CellOfElements(id, places);
  }
  const Term within = fmt::format("(and (<= {1} {0}) (< {0} {2}))", cell, first, last);
  return IfThenElse(formula_.beings[owner].exists, within, first == 0 ? "true" : "false");
}

/// The elements join the list one by one.
Translator::Term Translator::CellOfElements(VariableId id, PlacesId places) {
  if (const auto found = elements_cells_.find({id, places}); found != elements_cells_.end()) return found->second;
  const evaluate::List& list = space_[space_[id].list];
  const std::size_t cells = list.Cells();
  if (cells * list.joined.size() > kMaxJoins) return elements_cells_[{id, places}] = Open("Int");
  std::vector<Term> is_in(cells, "false");
  is_in.front() = "true";
  for (const BeingId element : Elements({list.place, list.fact}, places)) {
    const Term kind = Fold(list.classes, With(places, list.element, element), Aspect::kIndex, [&](NodeId leaf) {
      return Whole(std::get<Member>(std::get<Value>(space_.LeafOf(leaf))).index);
    });
    const Term& exists = formula_.beings[element].exists;
    std::vector<Term> joined;
    for (const Term& before : is_in) joined.push_back(And(Not(exists), before));
    for (std::size_t of = 0; of < list.joined.size(); ++of) {
      const Term is_of = Define("Bool", And(exists, fmt::format("(= {} {})", kind, of)));
      for (std::size_t cell = 0; cell < cells; ++cell) {
        Term& after = joined[list.joined[of][cell]];
        after = Or(after, And(is_of, is_in[cell]));
      }
    }
    for (Term& term : joined) term = Define("Bool", term);
    is_in = std::move(joined);
  }
  Term cell = "0";
  for (std::size_t i = 1; i < cells; ++i) cell = IfThenElse(is_in[i], Whole(static_cast<std::int64_t>(i)), cell);
  return elements_cells_[{id, places}] = Define("Int", cell);
}

Translator::Term Translator::Condition(evaluate::ConditionId id, PlacesId places) {
  if (const auto found = conditions_.find({id, places}); found != conditions_.end()) return found->second;
  const DerivedCondition& condition = space_[id];
  Term holds = "false";
  switch (condition.kind) {
    case DerivedCondition::Kind::kSame:
      holds = BeingAt(condition.place, places) == BeingAt(condition.element, places) ? "true" : "false";
      break;
    case DerivedCondition::Kind::kUnsettled:
      holds = Open("Bool");
      break;
    case DerivedCondition::Kind::kTerm:
      holds = Holds(condition.condition, places);
      break;
    case DerivedCondition::Kind::kTier: {
      const std::optional<PlacesId> inside = InTier(condition.tier, condition.place, places);
      holds = inside ? Holds(space_[condition.tier].body, *inside) : Open("Bool");
      break;
    }
    case DerivedCondition::Kind::kSome: {
      const ListOf list{condition.place, condition.fact};
      if (IsLeftOpen(list)) {
        holds = Open("Bool");
        break;
      }
      for (const BeingId element : Elements(list, places)) {
        const Term meets = Holds(condition.condition, With(places, condition.element, element));
        holds = Or(holds, And(formula_.beings[element].exists, meets));
      }
      holds = And(formula_.beings[BeingAt(condition.place, places)].exists, holds);
      break;
    }
  }
  return conditions_[{id, places}] = Define("Bool", holds);
}

Formula FormulaOf(const Space& space, const Wanted& wanted, Lists lists) {
  return Translator(space, wanted, lists).Translate();
}

}  // namespace proviso::analyse
