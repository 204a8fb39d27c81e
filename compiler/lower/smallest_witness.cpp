#include "compiler/lower/smallest_witness.h"

#include <llvm/ADT/STLExtras.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "compiler/lower/assumptions.h"
#include "compiler/lower/cell_values.h"
#include "compiler/lower/describe_witness.h"
#include "compiler/lower/small_witness.h"
#include "runtime/base/edit_case.h"
#include "runtime/evaluate/walk.h"

namespace proviso::lower {
namespace {

using evaluate::NodeId;
using evaluate::Variable;
using evaluate::VariableId;
using IsShown = llvm::function_ref<bool(const Witness&)>;

/// Cases by tests that are tried.
constexpr int kMaxGuesses = 4;

bool Holds(const Lowered& lowered, const Witness& witness, IsShown is_shown) {
  return KeepsAssumptions(lowered, witness.facts) && is_shown(witness);
}

// ---- By tests of single facts and lists -------------------------------------------------------------------

class ByTests {
 public:
  explicit ByTests(Lowered& lowered) : lowered_(lowered), space_(*lowered.space), graph_(space_.graph) {}

  /// What is made of several facts being as it is in the case.
  std::optional<Witness> Find(NodeId condition, const Case& facts) {
    NodeId care = AssumptionsOn(lowered_, condition);
    for (const LoweredDraft& draft : lowered_.drafts) care = graph_.And(care, draft.option_sets);
    care = AsIn(care, facts);
    const auto cost = [&](VariableId variable, std::size_t cell) { return CostOf(variable, cell); };
    const auto tests = graph::SmallestTests(graph_, AsIn(condition, facts), care, cost);
    if (!tests) return std::nullopt;
    // All else has to be in keeping with every assumption.
    NodeId whole = care;
    for (const NodeId assumption : lowered_.assumptions) whole = graph_.And(whole, AsIn(assumption, facts));
    const NodeId others = graph_.Restrict(whole, [&](VariableId variable) {
      const auto found = llvm::find_if(*tests, [&](const auto& test) { return test.first == variable; });
      return found == tests->end() ? std::int64_t{-1} : static_cast<std::int64_t>(found->second);
    });
    return SmallWitness(lowered_, *tests, others);
  }

 private:
  static constexpr std::size_t kFact = 8;
  static constexpr std::size_t kThere = 3;

  NodeId AsIn(NodeId condition, const Case& facts) {
    evaluate::Walk walk(space_, facts);
    std::map<VariableId, std::int64_t> cells;
    for (const VariableId variable : graph_.Support(condition)) {
      if (space_.IsFree(variable)) continue;
      if (const auto cell = walk.OnlyCellOf(variable)) cells[variable] = *cell;
    }
    return graph_.Restrict(condition, [&](VariableId variable) {
      const auto found = cells.find(variable);
      return found == cells.end() ? std::int64_t{-1} : found->second;
    });
  }

  /// How many facts it takes, times `kFact`. That there is an entity is told by its facts, mostly.
  std::size_t CostOf(VariableId id, std::size_t cell) {
    const Variable& variable = space_[id];
    if (space_.IsOption(id)) return 0;
    const bool is_entity = variable.kind == Variable::Kind::kFact && variable.type.kind == TypeKind::kEntity;
    if (is_entity && cell > 0) return kThere;
    if (variable.kind != Variable::Kind::kList) return kFact;
    const std::vector<std::uint32_t> example = space_[variable.list].ExampleOf(cell);
    std::size_t facts = example.empty() ? 1 : 0;
    for (const std::uint32_t kind : example) facts += FactsOfElement(variable.list, kind);
    return facts * kFact;
  }

  std::size_t FactsOfElement(evaluate::ListId id, std::uint32_t kind) {
    const auto [found, is_new] = elements_.try_emplace({id, kind}, 1);
    if (!is_new) return found->second;
    const evaluate::List list = space_[id];
    const auto tests = SmallestElement(lowered_, list, IsOfClass(space_, list, kind));
    return elements_[{id, kind}] = std::max<std::size_t>(1, tests ? tests->size() : 1);
  }

  Lowered& lowered_;
  evaluate::Space& space_;
  graph::Graph& graph_;
  std::map<std::pair<evaluate::ListId, std::uint32_t>, std::size_t> elements_;
};

// ---- Else: one fact after the other ----------------------------------------------------------------------

class ByTrial {
 public:
  ByTrial(const Lowered& lowered, Witness witness, IsShown is_shown)
      : lowered_(lowered), words_(lowered.space->Words()), witness_(std::move(witness)), is_shown_(is_shown) {
    for (const reference::MissingFact& one : witness_.matter) asked_.insert(PathOf(one.instance, one.fact));
  }

  Witness Run() {
    LeaveOutElements();
    for (std::size_t i = 0; i < witness_.facts.instances.size(); ++i) {
      const InstanceId instance(i);
      for (const FactId fact : words_.entities[witness_.facts.instances[instance].entity].facts)
        MakePlainer(instance, fact);
    }
    FindMatter();
    return std::move(witness_);
  }

 private:
  static constexpr int kMaxHalvings = 130;

  bool Try(Witness changed) {
    if (!Holds(lowered_, changed, is_shown_)) return false;
    witness_ = std::move(changed);
    return true;
  }

  void LeaveOutElements() {
    while (LeaveOutOne()) {
    }
  }

  bool LeaveOutOne() {
    for (std::size_t i = 0; i < witness_.facts.instances.size(); ++i) {
      const InstanceId instance(i);
      for (const FactId fact : words_.entities[witness_.facts.instances[instance].entity].facts) {
        const std::optional<Value>& value = witness_.facts.State(words_, instance, fact).value;
        const auto* const list = value ? std::get_if<ListValue>(&*value) : nullptr;
        for (std::size_t at = list != nullptr ? list->elements.size() : 0; at-- > 0;) {
          Witness changed = witness_;
          changed.facts = WithoutElement(witness_.facts, words_, instance, fact, at);
          if (Try(std::move(changed))) return true;
        }
      }
    }
    return false;
  }

  bool TryValue(InstanceId instance, FactId fact, Value value) {
    Witness changed = witness_;
    changed.facts.State(words_, instance, fact).value = std::move(value);
    return Try(std::move(changed));
  }

  void MakePlainer(InstanceId instance, FactId fact) {
    const Type& type = words_.facts[fact].type;
    const bool leads_on = type.kind == TypeKind::kEntity || type.kind == TypeKind::kList;
    const std::optional<Value> value = witness_.facts.State(words_, instance, fact).value;
    if (leads_on || !value || *value == PlainValue(type)) return;
    if (TryValue(instance, fact, PlainValue(type)) || IsNone(*value)) return;
    if (const auto* const set = std::get_if<MemberSet>(&*value)) {
      for (const std::uint32_t member : set->members) {
        MemberSet less = std::get<MemberSet>(*witness_.facts.State(words_, instance, fact).value);
        std::erase(less.members, member);
        static_cast<void>(TryValue(instance, fact, less));
      }
    }
    BringNearer(instance, fact);
  }

  /// To where the next value towards 0 would no longer do, by halves.
  void BringNearer(InstanceId instance, FactId fact) {
    Type type = words_.facts[fact].type;
    type.or_none = false;
    const std::optional<Exact> from = PlaceAmongAll(type, *witness_.facts.State(words_, instance, fact).value);
    std::optional<Exact> too_near = PlaceAmongAll(type, PlainValue(type));
    if (!from || !too_near) return;
    Exact at = *from;
    for (int i = 0; i < kMaxHalvings; ++i) {
      const Exact middle = Middle(at, *too_near);
      if (middle == at || middle == *too_near) break;
      if (TryValue(instance, fact, ValueAtPlace(type, middle))) {
        at = middle;
      } else {
        too_near = middle;
      }
    }
  }

  /// What cannot be as it would be where it did not matter, were it not for assumptions; and what the condition asks of
  /// which is no, and cannot be yes.
  void FindMatter() {
    witness_.matter.clear();
    Witness plain = witness_;
    for (std::size_t i = 0; i < witness_.facts.instances.size(); ++i) {
      const InstanceId instance(i);
      for (const FactId fact : words_.entities[witness_.facts.instances[instance].entity].facts) {
        const Type& type = words_.facts[fact].type;
        const std::optional<Value>& value = witness_.facts.State(words_, instance, fact).value;
        if (!value || type.kind == TypeKind::kEntity) continue;
        const Value other =
            *value == PlainValue(type) && type.kind == TypeKind::kBoolean ? Value(true) : PlainValue(type);
        const bool is_asked = *value != PlainValue(type) || asked_.contains(PathOf(instance, fact));
        if (!is_asked || (type.kind == TypeKind::kList && *value != PlainValue(type))) continue;
        FactState& state = plain.facts.State(words_, instance, fact);
        if (*value == other) continue;
        state.value = other;
        if (is_shown_(plain)) continue;
        state.value = value;
        witness_.matter.push_back({instance, fact});
      }
    }
    AddListsOfAny(plain);
  }

  /// Lists of whose elements nothing matters but that there are some. `plain`: the case without what does not matter.
  void AddListsOfAny(Witness& plain) {
    for (std::size_t i = 0; i < witness_.facts.instances.size(); ++i) {
      const InstanceId instance(i);
      for (const FactId fact : words_.entities[witness_.facts.instances[instance].entity].facts) {
        FactState& state = plain.facts.State(words_, instance, fact);
        const auto* const list = state.value ? std::get_if<ListValue>(&*state.value) : nullptr;
        if (list == nullptr || list->elements.empty() || AreElementsNamed(words_, witness_, instance, fact)) continue;
        const Value value = *std::exchange(state.value, ListValue{});
        if (is_shown_(plain)) continue;
        state.value = value;
        witness_.matter.push_back({instance, fact});
      }
    }
  }

  [[nodiscard]] std::string PathOf(InstanceId instance, FactId fact) const {
    return FactPath(witness_.facts, words_, instance, fact);
  }

  const Lowered& lowered_;
  const Vocabulary& words_;
  Witness witness_;
  IsShown is_shown_;
  std::set<std::string> asked_;  // paths of the facts that mattered at first
};

}  // namespace

Witness SmallestWitness(Lowered& lowered, NodeId condition, Witness found, IsShown is_shown) {
  // What is made of several facts comes out as when all is no, none, empty and 0, or as in the case before.
  ByTests by_tests(lowered);
  Case facts = SmallWitness(lowered, {}, lowered.space->graph.Yes()).facts;
  for (int i = 0; i < kMaxGuesses; ++i) {
    std::optional<Witness> smallest = by_tests.Find(condition, facts);
    if (!smallest) break;
    if (Holds(lowered, *smallest, is_shown)) return std::move(*smallest);
    facts = std::move(smallest->facts);
  }
  return ByTrial(lowered, std::move(found), is_shown).Run();
}

}  // namespace proviso::lower
