#include "compiler/lower/witness.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <cmath>
#include <limits>
#include <map>

#include "compiler/lower/cell_values.h"
#include "compiler/lower/matter.h"
#include "compiler/lower/small_witness.h"
#include "runtime/analyse/formula.h"
#include "runtime/evaluate/walk.h"

namespace proviso::lower {
namespace {

using evaluate::NodeId;
using evaluate::Place;
using evaluate::PlaceId;
using evaluate::Space;
using evaluate::Variable;
using evaluate::VariableId;

/// Tests from the root to a terminal, each with the cell taken.
using Path = graph::Tests;

/// A path to yes. Cells that lead there by themselves are preferred in the order of the graph.
std::optional<Path> PathTo(const graph::Graph& graph, NodeId condition) {
  const auto first = [](VariableId) { return std::optional<graph::CellChoice>(); };
  graph::CommonPath path = graph::FindCommonPath(graph, {graph::AnyOf{{condition, graph.Yes()}}}, first);
  return path.verdict == graph::CommonPath::Verdict::kFound ? std::optional(std::move(path.tests)) : std::nullopt;
}

Value Below(const Value& bound) {
  if (const auto* exact = std::get_if<Exact>(&bound)) return *exact > Exact(0) ? Exact(0) : *exact - Exact(1);
  if (const auto* real = std::get_if<double>(&bound)) return *real > 0 ? 0.0 : *real * 2 - 1;
  if (const auto* days = std::get_if<Days>(&bound)) return days->count > 0 ? Days{0} : Days{days->count - 1};
  if (const auto* date = std::get_if<Date>(&bound)) return AddDays(*date, -1).value_or(*date);
  return bound;
}

/// A value of the interval, a plain one where there is one.
Value IntervalValue(const Variable& variable, std::size_t cell) {
  const auto& begin = variable.begins[cell];
  const bool has_next = cell + 1 < variable.begins.size();
  if (!begin) return has_next ? Below(*variable.begins[cell + 1]) : PlainNumber(variable.type);
  const auto* real = std::get_if<double>(&*begin);
  if (real == nullptr || *real <= 0) return *begin;
  const double plain = *real * 2;
  return !has_next || plain < std::get<double>(*variable.begins[cell + 1]) ? Value(plain) : *begin;
}

class Maker {
 public:
  explicit Maker(Lowered& lowered) : lowered_(lowered), space_(*lowered.space), words_(space_.Words()) {
    witness_.facts = lowered.known != nullptr ? *lowered.known : EmptyCase(words_);
  }

  /// Of a case that stays as it is wherever it is as asked.
  Maker(Lowered& lowered, const Case& like) : Maker(lowered) {
    witness_.facts = like;
    like_.emplace(space_, like);
  }

  Maker(Lowered& lowered, Witness witness)
      : lowered_(lowered), space_(*lowered.space), words_(space_.Words()), witness_(std::move(witness)) {}

  Witness Make(const Path& path) {
    for (const LoweredDraft& draft : lowered_.drafts) witness_.options.push_back(OptionsOn(draft, path));
    Follow(path);
    Fill();
    return std::move(witness_);
  }

  /// `found`: the solver's case.
  Witness Make(const analyse::Formula& formula, const Values& found) {
    values_ = &found;
    Path options;
    AddBeings(formula);
    for (const analyse::Unknown& unknown : formula.unknowns) {
      if (unknown.kind == analyse::Unknown::Kind::kOption) {
        options.emplace_back(unknown.variable, found.at(unknown.name).ToInt64().value_or(0));
      } else if (unknown.being.IsValid()) {
        SetFound(unknown);
      }
    }
    for (const LoweredDraft& draft : lowered_.drafts) witness_.options.push_back(OptionsOn(draft, options));
    Fill();
    return std::move(witness_);
  }

  /// What `tests` ask matters, what `others` ask does not.
  Witness MakeSmall(const Path& tests, const Path& others) {
    is_small_ = true;
    Path all = tests;
    llvm::append_range(all, others);
    for (const LoweredDraft& draft : lowered_.drafts) witness_.options.push_back(OptionsOn(draft, all));
    Follow(tests);
    const std::vector<reference::MissingFact> matter = witness_.matter;
    Follow(others);
    witness_.matter = matter;
    llvm::erase_if(witness_.matter, [&](const reference::MissingFact& one) { return IsToldBelow(one, matter); });
    Fill();
    return std::move(witness_);
  }

  std::optional<InstanceId> MakeElement(const evaluate::List& list, const Path& path) {
    is_small_ = true;
    const auto instance = InstanceAt(list.place);
    if (!instance) return std::nullopt;
    const InstanceId element = AddElement(list, *instance, path);
    Fill();
    return element;
  }

  [[nodiscard]] Witness Taken() { return std::move(witness_); }

 private:
  /// Whether the fact is an entity of which other facts are told.
  [[nodiscard]] bool IsToldBelow(const reference::MissingFact& fact,
                                 llvm::ArrayRef<reference::MissingFact> matter) const {
    const std::optional<Value>& value = witness_.facts.State(words_, fact.instance, fact.fact).value;
    const auto* const entity = value ? std::get_if<EntityValue>(&*value) : nullptr;
    return entity != nullptr && llvm::any_of(matter, [&](const reference::MissingFact& other) {
             return other.instance == entity->instance;
           });
  }

  // ---- Of the solver's case ----

  [[nodiscard]] const Exact& Found(const std::string& name) const {
    static const Exact kZero = 0;
    const auto found = values_->find(name);
    return found != values_->end() ? found->second : kZero;
  }

  void AddBeings(const analyse::Formula& formula) {
    for (const analyse::Being& being : formula.beings) {
      InstanceId instance = being.instance;
      if (!instance.IsValid()) instance = InstanceOf(being);
      instances_.push_back(instance);
    }
  }

  InstanceId InstanceOf(const analyse::Being& being) {
    const InstanceId parent = instances_[being.parent.Index()];
    if (!parent.IsValid()) return {};
    if (being.is_element) return Found(being.name + "_e").IsZero() ? InstanceId() : AddElement(parent, being.fact);
    const FactState& state = witness_.facts.State(words_, parent, being.fact);
    if (state.value) {
      const auto* entity = std::get_if<EntityValue>(&*state.value);
      return entity != nullptr ? entity->instance : InstanceId();
    }
    if (words_.facts[being.fact].type.or_none && !Found(being.name + "_n").IsZero()) return {};
    const InstanceId made =
        AddInstance(witness_.facts, words_, being.entity, FactPath(witness_.facts, words_, parent, being.fact));
    witness_.facts.State(words_, parent, being.fact).value = EntityValue{made};
    return made;
  }

  InstanceId AddElement(InstanceId owner, FactId fact) {
    const FactState& before = witness_.facts.State(words_, owner, fact);
    ListValue elements = before.value ? std::get<ListValue>(*before.value) : ListValue{};
    const std::string path =
        fmt::format("{}[{}]", FactPath(witness_.facts, words_, owner, fact), elements.elements.size());
    elements.elements.push_back(AddInstance(witness_.facts, words_, words_.facts[fact].type.entity, path));
    witness_.facts.State(words_, owner, fact).value = elements;
    return elements.elements.back();
  }

  void SetFound(const analyse::Unknown& unknown) {
    using Kind = analyse::Unknown::Kind;
    const InstanceId instance = instances_[unknown.being.Index()];
    if (!instance.IsValid() || unknown.kind == Kind::kExists) return;
    const Exact& value = Found(unknown.name);
    if (unknown.kind == Kind::kListCell) {
      for (const auto& [place, being] : unknown.places) bound_[place] = instances_[being.Index()];
      AddElements(space_[unknown.list], static_cast<std::size_t>(value.ToInt64().value_or(0)));
      bound_.clear();
      return;
    }
    FactState& state = witness_.facts.State(words_, instance, unknown.fact);
    if (unknown.kind == Kind::kIsNone) {
      if (!value.IsZero()) state.value = NoValue{};
    } else if (unknown.kind == Kind::kMember) {
      const Type& type = words_.facts[unknown.fact].type;
      MemberSet set = state.value && std::holds_alternative<MemberSet>(*state.value) ? std::get<MemberSet>(*state.value)
                                                                                     : MemberSet{};
      if (!value.IsZero()) set.members.insert(llvm::lower_bound(set.members, unknown.member), unknown.member);
      if (!type.or_none || !state.value || !IsNone(*state.value)) state.value = set;
    } else if (!state.value) {
      const Type& type = words_.facts[unknown.fact].type;
      state.value = type.kind == TypeKind::kBoolean ? Value(!value.IsZero()) : ValueAtPlace(type, value);
    }
  }

  // ---- Of a path ----

  [[nodiscard]] check::OptionSet OptionsOn(const LoweredDraft& draft, const Path& path) const {
    check::OptionSet options;
    for (const check::Option& option : draft.draft->options) options.push_back(option.settled.value_or(0));
    for (const auto& [variable, cell] : path) {
      if (!space_.IsOption(variable)) continue;
      const std::size_t option = draft.OptionOf(variable);
      if (option < options.size()) options[option] = static_cast<std::uint32_t>(cell);
    }
    return options;
  }

  void Follow(const Path& path) {
    for (const auto& [id, cell] : path) {
      const Variable& variable = space_[id];
      if (space_.IsOption(id)) continue;
      const bool is_fact = variable.kind == Variable::Kind::kFact || variable.kind == Variable::Kind::kMember;
      if (IsAsked(id, cell)) {
        // It stays so.
      } else if (is_fact) {
        Set(variable, cell);
      } else if (variable.kind == Variable::Kind::kList) {
        AddElements(space_[variable.list], cell);
      } else {
        continue;
      }
      if (const auto instance = InstanceAt(variable.place)) AddMatter(*instance, variable.fact);
    }
  }

  /// Whether the variable is in the cell in the case that this one is to be like.
  bool IsAsked(VariableId variable, std::size_t cell) {
    const PlaceId place = space_[variable].place;
    if (!like_ || !place.IsValid() || space_[place].depth > 0) return false;
    return like_->OnlyCellOf(variable) == cell;
  }

  void AddMatter(InstanceId instance, FactId id) {
    // A list that has elements is told by theirs.
    const FactState& state = witness_.facts.State(words_, instance, id);
    const auto* list = state.value ? std::get_if<ListValue>(&*state.value) : nullptr;
    const reference::MissingFact fact{.instance = instance, .fact = id};
    if (list != nullptr && !list->elements.empty()) return;
    if (!llvm::is_contained(witness_.matter, fact)) witness_.matter.push_back(fact);
  }

  std::optional<InstanceId> InstanceAt(PlaceId id) {
    const Place& place = space_[id];
    if (place.kind == Place::Kind::kCase) return witness_.facts.root;
    if (const auto found = bound_.find(id); found != bound_.end()) return found->second;
    if (place.kind != Place::Kind::kPart && place.kind != Place::Kind::kKnown) return std::nullopt;
    const auto parent = InstanceAt(place.parent);
    if (!parent) return std::nullopt;
    if (place.kind == Place::Kind::kKnown)
      return std::get<ListValue>(*witness_.facts.State(words_, *parent, place.fact).value).elements[place.nesting];
    const std::string path = FactPath(witness_.facts, words_, *parent, place.fact);
    FactState& state = witness_.facts.State(words_, *parent, place.fact);
    if (!state.value) {
      const InstanceId made = AddInstance(witness_.facts, words_, place.entity, path);
      witness_.facts.State(words_, *parent, place.fact).value = EntityValue{made};
      return made;
    }
    const auto* entity = std::get_if<EntityValue>(&*state.value);
    return entity != nullptr ? std::optional(entity->instance) : std::nullopt;
  }

  void Set(const Variable& variable, std::size_t cell) {
    const auto instance = InstanceAt(variable.place);
    if (!instance) return;
    const Type& type = words_.facts[variable.fact].type;
    FactState& state = witness_.facts.State(words_, *instance, variable.fact);
    if (variable.kind == Variable::Kind::kMember) {
      MemberSet set = state.value && std::holds_alternative<MemberSet>(*state.value) ? std::get<MemberSet>(*state.value)
                                                                                     : MemberSet{};
      const auto at = llvm::lower_bound(set.members, variable.member);
      const bool has_member = at != set.members.end() && *at == variable.member;
      if (cell == 1 && !has_member) set.members.insert(at, variable.member);
      if (cell == 0 && has_member) set.members.erase(at);
      state.value = set;
    } else if (variable.has_none && cell == 0) {
      state.value = NoValue{};
    } else if (type.kind == TypeKind::kEntity) {
      if (state.value && IsNone(*state.value)) state.value.reset();
      static_cast<void>(InstanceAt(space_.Part(variable.place, variable.fact)));
    } else if (type.kind == TypeKind::kBoolean) {
      state.value = cell == 1;
    } else if (type.kind == TypeKind::kEnum) {
      state.value = Member{static_cast<std::uint32_t>(cell - (variable.has_none ? 1 : 0))};
    } else if (type.kind != TypeKind::kSet) {
      state.value = is_small_ ? ThresholdValue(variable, cell) : ValueIn(variable, cell);
    }
  }

  /// One element for each class of an example. Groups of questions on one list each add theirs.
  void AddElements(const evaluate::List& list, std::size_t cell) {
    const auto instance = InstanceAt(list.place);
    if (!instance) return;
    if (like_) witness_.facts.State(words_, *instance, list.fact).value = ListValue{};
    for (const std::uint32_t kind : list.ExampleOf(cell)) {
      const NodeId is_of_kind = IsOfClass(space_, list, kind);
      // Classes are told apart within the assumptions only.
      const auto path = is_small_ ? SmallestElement(lowered_, list, is_of_kind)
                                  : PathTo(space_.graph, space_.graph.And(is_of_kind, AssumedOf(lowered_, list)));
      AddElement(list, *instance, path.value_or(Path()));
    }
  }

  InstanceId AddElement(const evaluate::List& list, InstanceId instance, const Path& path) {
    const InstanceId element = AddElement(instance, list.fact);
    bound_[list.element] = element;
    Follow(path);
    const reference::MissingFact itself{.instance = instance, .fact = list.fact};
    if (path.empty() && !llvm::is_contained(witness_.matter, itself)) witness_.matter.push_back(itself);
    if (is_small_) FollowAssumptions(list, path);
    bound_.erase(list.element);
    return element;
  }

  /// What is assumed of an element's other facts, which do not matter.
  void FollowAssumptions(const evaluate::List& list, const Path& path) {
    const NodeId others = space_.graph.Restrict(AssumedOf(lowered_, list), [&](VariableId variable) {
      const auto found = llvm::find_if(path, [&](const auto& test) { return test.first == variable; });
      return found == path.end() ? std::int64_t{-1} : static_cast<std::int64_t>(found->second);
    });
    const std::vector<reference::MissingFact> matter = witness_.matter;
    if (const auto rest = PathTo(space_.graph, others)) Follow(*rest);
    witness_.matter = matter;
  }

  /// What is still unknown does not matter.
  void Fill() {
    for (std::size_t i = 0; i < witness_.facts.instances.size(); ++i) {
      const InstanceId instance(i);
      const std::vector<FactId> facts = words_.entities[witness_.facts.instances[instance].entity].facts;
      for (const FactId fact : facts) {
        const Type& type = words_.facts[fact].type;
        FactState& state = witness_.facts.State(words_, instance, fact);
        if (state.value) continue;
        state.value = PlainValue(type);
      }
    }
  }

  Lowered& lowered_;
  Space& space_;
  std::optional<evaluate::Walk> like_;
  bool is_small_ = false;  // values at thresholds, elements of few facts
  const Vocabulary& words_;
  Witness witness_;
  const Values* values_ = nullptr;
  std::vector<InstanceId> instances_;  // by being; invalid where it is not there
  std::map<PlaceId, InstanceId> bound_;
};

}  // namespace

Value ValueIn(const Variable& variable, std::size_t cell) {
  if (variable.type.kind != TypeKind::kEnum) return IntervalValue(variable, cell);
  return Member{static_cast<std::uint32_t>(cell - (variable.has_none ? 1 : 0))};
}

std::optional<Value> ValueBefore(const Variable& variable, std::size_t cell) {
  if (variable.type.kind == TypeKind::kEnum || !variable.begins[cell]) return std::nullopt;
  const Value& first = *variable.begins[cell];
  if (const auto* const exact = std::get_if<Exact>(&first)) return *exact - Exact::PowerOfTen(-variable.type.digits);
  if (const auto* const real = std::get_if<double>(&first))
    return std::nextafter(*real, -std::numeric_limits<double>::infinity());
  if (const auto* const days = std::get_if<Days>(&first)) return Days{days->count - 1};
  if (const auto* const date = std::get_if<Date>(&first)) return AddDays(*date, -1).value_or(*date);
  return std::nullopt;
}

std::optional<InstanceId> AddElement(Lowered& lowered, Witness& witness, const evaluate::List& list, NodeId condition) {
  const auto path = SmallestElement(lowered, list, condition);
  if (!path) return std::nullopt;
  Maker maker(lowered, std::move(witness));
  const std::optional<InstanceId> added = maker.MakeElement(list, *path);
  witness = maker.Taken();
  return added;
}

std::optional<Witness> FindWitness(Lowered& lowered, NodeId condition) {
  const auto path = PathTo(lowered.space->graph, condition);
  if (!path) return std::nullopt;
  Witness witness = WitnessOn(lowered, *path);
  witness.matter = MatterOf(lowered, {graph::AnyOf{{condition, lowered.space->graph.Yes()}}}, witness);
  return witness;
}

Witness WitnessOn(Lowered& lowered, const graph::Tests& path, const Case* like) {
  return like != nullptr ? Maker(lowered, *like).Make(path) : Maker(lowered).Make(path);
}

Witness SmallWitness(Lowered& lowered, const graph::Tests& tests, NodeId others) {
  const auto path = PathTo(lowered.space->graph, others);
  return Maker(lowered).MakeSmall(tests, path.value_or(Path()));
}

analyse::Formula FormulaFor(const Lowered& lowered, NodeId condition, analyse::Lists lists) {
  const Case known = lowered.known != nullptr ? *lowered.known : EmptyCase(lowered.space->Words());
  analyse::Wanted wanted{.known = known, .conditions = {condition}, .assumed = lowered.assumed_of_elements};
  llvm::append_range(wanted.conditions, lowered.assumptions);
  return FormulaOf(*lowered.space, wanted, lists);
}

std::string OfThisTime(const Lowered& lowered, const analyse::Formula& formula) {
  constexpr int kBefore = 25'567;  // days from 1900-01-01 to 1970
  constexpr int kAfter = 47'482;   // and on to 2100-01-01
  const Vocabulary& words = lowered.space->Words();
  std::string text;
  for (const analyse::Unknown& unknown : formula.unknowns) {
    const bool is_date =
        unknown.kind == analyse::Unknown::Kind::kFact && words.facts[unknown.fact].type.kind == TypeKind::kDate;
    if (is_date) text += fmt::format("(assert (<= (- {}) {} {}))\n", kBefore, unknown.name, kAfter);
  }
  return text;
}

Values ValuesOf(const analyse::Formula& formula, analyse::Solver& solver) {
  std::vector<std::string> names;
  for (const analyse::Unknown& unknown : formula.unknowns) names.push_back(unknown.name);
  Values values = solver.Values(names);
  return values.size() == names.size() ? std::move(values) : Values();
}

Witness RatherOfThisTime(Lowered& lowered, const analyse::Formula& formula, analyse::Solver& solver, Witness witness,
                         llvm::function_ref<bool(const Witness&)> is_shown) {
  const std::string of_this_time = OfThisTime(lowered, formula);
  if (of_this_time.empty()) return witness;
  solver.Tell(of_this_time);
  if (solver.Check() != analyse::Solver::Verdict::kSatisfiable) return witness;
  Witness other = WitnessOf(lowered, formula, ValuesOf(formula, solver));
  return is_shown(other) ? other : witness;
}

Witness WitnessOf(Lowered& lowered, const analyse::Formula& formula, const Values& values) {
  return Maker(lowered).Make(formula, values);
}

}  // namespace proviso::lower
