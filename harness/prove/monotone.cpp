#include "harness/prove/monotone.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <set>

#include "compiler/lower/cell_values.h"
#include "compiler/lower/occurs.h"
#include "compiler/lower/small_witness.h"
#include "compiler/lower/smallest_witness.h"
#include "harness/prove/supposed_change.h"
#include "harness/prove/two_cases.h"
#include "harness/prove/weaker.h"
#include "runtime/evaluate/resolve.h"

namespace proviso::prove {
namespace {

using evaluate::ListId;
using evaluate::NodeId;
using evaluate::PlaceId;
using evaluate::Space;
using evaluate::Variable;
using evaluate::VariableId;
using lower::Occurrence;
using lower::Witness;

constexpr const char* kNothingFound = "no two cases were found that break it, and no proof that there are none";

/// Cells of one variable: what comes before the change, and after.
using Step = std::pair<std::size_t, std::size_t>;

// ---- By cells --------------------------------------------------------------------------------------------

/// Where the outcome turns on the fact by itself, or by what some and every element of its list meet: the cells of one
/// variable, or the classes of one element, are gone through two by two.
class ByCells {
 public:
  ByCells(const load::LoadedDraft& draft, const check::Property& property, Proof& proof)
      : draft_(*draft.draft),
        property_(property),
        cases_(*draft.draft, property),
        lowered_(lower::Lower(draft.draft, *property.decision)),
        proof_(proof) {}

  /// False, and nothing is said, where the fact also goes into other things.
  bool Run() {
    if (lowered_.too_large) {
      proof_.reason = kTooLarge;
      return true;
    }
    outcome_ = lowered_.drafts.front().decisions.front().outcome;
    proof_.is_within_limits = lowered_.space->HasLimits();
    if (!WhereWeaker(lowered_, outcome_, outcome_) || !FindPlace() || !Collect()) return false;
    assumed_ = lower::AssumptionsOn(lowered_, outcome_);
    proof_.verdict = Verdict::kProved;
    if (fact_variable_) TryFact();
    if (!lists_.empty()) TryLists();
    if (proof_.verdict == Verdict::kProved && lowered_.space->graph.Exhausted()) {
      proof_.verdict = Verdict::kNotSettled;
      proof_.reason = kTooLarge;
    }
    return true;
  }

 private:
  /// The classes of an element in each of `lists_`, before and after the change.
  using Classes = std::vector<std::uint32_t>;

  bool FindPlace() {
    Space& space = *lowered_.space;
    place_ = space.Root();
    for (const FactId step : llvm::ArrayRef(property_.fact_path).drop_back()) {
      const bool is_list = draft_.vocabulary->facts[step].type.kind == TypeKind::kList;
      if (is_list && element_.IsValid()) return false;
      place_ = is_list ? space.Element(place_, step, 0) : space.Part(place_, step);
      if (is_list) element_ = place_;
    }
    fact_ = property_.fact_path.back();
    return true;
  }

  /// What of all that the outcome turns on the fact goes into; false where some of it is made of several facts.
  bool Collect() {
    Space& space = *lowered_.space;
    for (const VariableId id : space.graph.Support(outcome_)) {
      const Variable& variable = space[id];
      if (!space.Reads(id, place_, fact_)) continue;
      if (variable.kind == Variable::Kind::kFact && variable.place == place_) {
        fact_variable_ = id;
      } else if (variable.kind == Variable::Kind::kList && space.IsFree(id) &&
                 space[variable.list].element == element_) {
        lists_.push_back(variable.list);
      } else {
        return false;
      }
    }
    return true;
  }

  /// Pairs of cells that a value can go between in the direction of the property; the nearest first.
  [[nodiscard]] std::vector<Step> StepsOf(VariableId id) const {
    const Variable& variable = (*lowered_.space)[id];
    const std::size_t first = variable.has_none ? 1 : 0;
    const std::size_t cells = lowered_.space->graph.Cells(id);
    std::vector<Step> steps;
    for (std::size_t distance = 1; first + distance < cells; ++distance) {
      for (std::size_t low = first; low + distance < cells; ++low) {
        const std::size_t high = low + distance;
        steps.push_back(property_.falls ? Step(high, low) : Step(low, high));
      }
    }
    return steps;
  }

  /// Where the outcome falls from what `at` makes of it before the change to what it makes after; within the
  /// assumptions, before and after.
  NodeId FallsBetween(llvm::function_ref<NodeId(NodeId, bool)> at) {
    graph::Graph& graph = lowered_.space->graph;
    // In a store that is full it may be nothing; that is seen in the end.
    const NodeId weaker = WhereWeaker(lowered_, at(outcome_, true), at(outcome_, false)).value_or(graph.No());
    return graph.And(weaker, graph.And(at(assumed_, false), at(assumed_, true)));
  }

  void TryFact() {
    for (const Step& step : StepsOf(*fact_variable_)) {
      const NodeId falls = FallsBetween([&](NodeId function, bool after) {
        return lowered_.space->graph.Restrict(function, *fact_variable_, after ? step.second : step.first);
      });
      const auto entity = [&](Witness& witness) {
        const auto at = evaluate::Resolve(*lowered_.space, witness.facts, place_);
        return at.kind == evaluate::Resolved::Kind::kThere ? std::optional(at.instance) : std::nullopt;
      };
      if (!Settle(falls, *fact_variable_, step, entity)) return;
    }
  }

  void TryLists() {
    const VariableId variable = lowered_.space->FactVariable(place_, fact_);
    std::set<Classes> tried;
    for (const Step& step : StepsOf(variable)) {
      std::vector<Classes> found;
      const NodeId elements = ClassesBetween(variable, step, found);
      for (std::size_t i = 0; i < found.size(); ++i) {
        if (found[i].size() == 2 * lists_.size() && tried.insert(found[i]).second &&
            !TryElement(variable, step, found[i], Ends(elements, i)))
          return;
      }
    }
  }

  NodeId Ends(NodeId elements, std::size_t index) {
    graph::Graph& graph = lowered_.space->graph;
    const NodeId wanted = lowered_.space->Terminal(Value(Exact(static_cast<std::int64_t>(index))));
    return graph.Replace(elements, [&](NodeId leaf) { return leaf == wanted ? graph.Yes() : graph.No(); });
  }

  /// From an element's other facts to the index in `found` of the classes that it changes between.
  NodeId ClassesBetween(VariableId variable, const Step& step, std::vector<Classes>& found) {
    Space& space = *lowered_.space;
    graph::Graph& graph = space.graph;
    found.assign(1, Classes());
    NodeId elements = space.Terminal(Value(Exact(0)));
    for (const ListId id : lists_) {
      for (const std::size_t cell : {step.first, step.second}) {
        const NodeId classes = graph.Restrict(space[id].classes, variable, cell);
        elements = graph.Combine(elements, classes, [&](NodeId before, NodeId more) {
          const auto* const known = std::get_if<Value>(&space.LeafOf(before));
          const auto* const kind = std::get_if<Value>(&space.LeafOf(more));
          const auto* const index = known != nullptr ? std::get_if<Exact>(known) : nullptr;
          const auto* const member = kind != nullptr ? std::get_if<Member>(kind) : nullptr;
          if (index == nullptr || member == nullptr) return before;  // the store is full
          Classes longer = found[static_cast<std::size_t>(*index->ToInt64())];
          longer.push_back(member->index);
          auto at = llvm::find(found, longer) - found.begin();
          if (static_cast<std::size_t>(at) == found.size()) found.push_back(longer);
          return space.Terminal(Value(Exact(std::int64_t{at})));
        });
      }
    }
    return elements;
  }

  /// One element changes its classes so, in a list that is otherwise as the case has it.
  bool TryElement(VariableId variable, const Step& step, const Classes& classes, NodeId element) {
    graph::Graph& graph = lowered_.space->graph;
    const NodeId assumed = lower::AssumedOf(lowered_, (*lowered_.space)[lists_.front()]);
    element = graph.And(element, graph.And(graph.Restrict(assumed, variable, step.first),
                                           graph.Restrict(assumed, variable, step.second)));
    if (element == graph.No()) return true;
    const NodeId falls =
        FallsBetween([&](NodeId function, bool after) { return WithElement(function, classes, after); });
    return Settle(falls, variable, step, [&](Witness& witness) -> std::optional<InstanceId> {
      const std::optional<InstanceId> added =
          lower::AddElement(lowered_, witness, (*lowered_.space)[lists_.front()], element);
      return added ? BelowElement(witness, *added) : std::nullopt;
    });
  }

  /// The function of lists that have such an element more.
  NodeId WithElement(NodeId function, const Classes& classes, bool after) {
    graph::Graph& graph = lowered_.space->graph;
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      const evaluate::List& list = (*lowered_.space)[lists_[i]];
      function = graph.Move(function, list.variable, list.joined[classes[2 * i + (after ? 1 : 0)]]);
    }
    return function;
  }

  /// The entity that has the fact, below an element that was added.
  [[nodiscard]] std::optional<InstanceId> BelowElement(const Witness& witness, InstanceId element) const {
    bool is_below = false;
    for (const FactId step : llvm::ArrayRef(property_.fact_path).drop_back()) {
      if (is_below) {
        const auto& value = witness.facts.State(*draft_.vocabulary, element, step).value;
        const auto* const entity = value ? std::get_if<EntityValue>(&*value) : nullptr;
        if (entity == nullptr) return std::nullopt;
        element = entity->instance;
      }
      is_below = is_below || draft_.vocabulary->facts[step].type.kind == TypeKind::kList;
    }
    return element;
  }

  /// A value of each cell: where the two are neighbours, the last of the one and the first of the other.
  [[nodiscard]] std::pair<Value, Value> ValuesOf(const Variable& variable, const Step& step) const {
    const auto [low, high] = std::minmax(step.first, step.second);
    Value lower_value = lower::ValueIn(variable, low);
    const Value upper_value = lower::ValueIn(variable, high);
    if (high == low + 1) lower_value = lower::ValueBefore(variable, high).value_or(lower_value);
    return step.first < step.second ? std::pair(lower_value, upper_value) : std::pair(upper_value, lower_value);
  }

  /// `entity`: that which changes, in a witness that it may add to. Whether to go on.
  bool Settle(NodeId falls, VariableId variable, const Step& step,
              llvm::function_ref<std::optional<InstanceId>(Witness&)> entity) {
    const std::pair<Value, Value> values = ValuesOf((*lowered_.space)[variable], step);
    const auto is_shown = [&](const Witness& witness) {
      Witness whole = witness;
      const std::optional<InstanceId> at = entity(whole);
      return at && cases_.Falls(whole, *at, values.first, values.second);
    };
    Occurrence found = lower::Occurs(lowered_, falls, is_shown);
    if (found.verdict == Occurrence::Verdict::kImpossible) return true;
    if (found.verdict == Occurrence::Verdict::kNotSettled) {
      proof_.verdict = Verdict::kNotSettled;
      proof_.reason = kNothingFound;
      return true;
    }
    Witness smallest = lower::SmallestWitness(lowered_, falls, std::move(*found.witness), is_shown);
    const std::optional<InstanceId> at = entity(smallest);
    cases_.Keep(smallest, *at, values.first, values.second, proof_);
    proof_.verdict = Verdict::kRefuted;
    proof_.reason.clear();
    return false;
  }

  const check::CheckedDraft& draft_;
  const check::Property& property_;
  TwoCases cases_;
  lower::Lowered lowered_;
  Proof& proof_;
  NodeId outcome_, assumed_;  // what is assumed of all that the outcome turns on
  PlaceId place_, element_;
  FactId fact_;
  std::optional<VariableId> fact_variable_;
  std::vector<ListId> lists_;  // groups of questions on the list of the fact
};

// ---- By supposing ----------------------------------------------------------------------------------------

/// Else, as one condition on one case in which the fact has a second value.
void ProveBySupposing(const check::CheckedDraft& draft, const check::Property& property, Proof& proof) {
  const SupposedChange change = SupposeChange(draft, property);
  lower::Lowered lowered = lower::LowerCondition(change.draft, change.condition);
  proof.verdict = Verdict::kNotSettled;
  if (lowered.too_large) {
    proof.reason = kTooLarge;
    return;
  }
  proof.is_within_limits = proof.is_within_limits || lowered.space->HasLimits();
  const TwoCases cases(draft, property);
  struct Fall {
    Witness witness;
    InstanceId entity;
    std::pair<Value, Value> step;
  };
  const auto fall_in = [&](const Witness& witness) -> std::optional<Fall> {
    const Witness plain{
        .facts = WithoutSecondValue(change, witness.facts), .matter = witness.matter, .options = witness.options};
    for (const InstanceId entity : EntitiesAt(plain.facts, *draft.vocabulary, property.fact_path)) {
      const Value& from = *witness.facts.State(*change.draft->vocabulary, entity, property.fact_path.back()).value;
      const Value& to = *witness.facts.State(*change.draft->vocabulary, entity, change.after).value;
      if (auto step = cases.OneStep(plain, entity, from, to)) return Fall{plain, entity, *step};
    }
    return std::nullopt;
  };
  const auto is_shown = [&](const Witness& witness) { return fall_in(witness).has_value(); };
  const NodeId condition = *lowered.drafts.front().condition;
  Occurrence found = lower::Occurs(lowered, condition, is_shown);
  if (found.verdict == Occurrence::Verdict::kImpossible) {
    proof.verdict = Verdict::kProved;
  } else if (found.verdict == Occurrence::Verdict::kNotSettled) {
    proof.reason = lowered.space->graph.Exhausted() ? kTooLarge : kNothingFound;
  } else {
    auto fall = fall_in(lower::SmallestWitness(lowered, condition, std::move(*found.witness), is_shown));
    llvm::erase_if(fall->witness.matter, [&](const auto& one) { return one.fact == change.after; });
    cases.Keep(fall->witness, fall->entity, fall->step.first, fall->step.second, proof);
    proof.verdict = Verdict::kRefuted;
  }
}

}  // namespace

void ProveNeverFalls(const load::LoadedDraft& draft, const check::Property& property, Proof& proof) {
  if (!ByCells(draft, property, proof).Run()) ProveBySupposing(*draft.draft, property, proof);
}

}  // namespace proviso::prove
