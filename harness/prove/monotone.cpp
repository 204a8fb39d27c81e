#include "harness/prove/monotone.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <set>

#include "compiler/lower/occurs.h"
#include "compiler/reference/evaluate.h"
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

/// Cells of one variable: what comes before the change, and after.
using Step = std::pair<std::size_t, std::size_t>;

class Monotone {
 public:
  Monotone(const load::LoadedDraft& draft, const check::Property& property, Proof& proof)
      : draft_(*draft.draft),
        property_(property),
        lowered_(lower::Lower(draft.draft, *property.decision)),
        proof_(proof) {}

  void Run() {
    if (lowered_.too_large) {
      proof_.reason = kTooLarge;
      return;
    }
    outcome_ = lowered_.drafts.front().decisions.front().outcome;
    proof_.is_within_limits = lowered_.space->HasLimits();
    if (!WhereWeaker(lowered_, outcome_, outcome_)) {
      proof_.reason = kNotTold;
      return;
    }
    if (!FindPlace()) return;
    Collect();
    if (others_ > 0) {
      proof_.reason = fmt::format("`{}` also goes into quantities made of several facts", FactName());
      return;
    }
    if (lists_.size() > 1) {
      proof_.reason = fmt::format("several groups of questions on the list turn on `{}`", FactName());
      return;
    }
    proof_.verdict = Verdict::kProved;
    if (fact_variable_) TryFact();
    if (lists_.size() == 1) TryList(lists_.front());
    if (proof_.verdict == Verdict::kProved && lowered_.space->graph.Exhausted()) {
      proof_.verdict = Verdict::kNotSettled;
      proof_.reason = kTooLarge;
    }
  }

 private:
  [[nodiscard]] std::string FactName() const { return draft_.vocabulary->facts[fact_].ShownName(); }

  bool FindPlace() {
    Space& space = *lowered_.space;
    place_ = space.Root();
    for (const FactId step : llvm::ArrayRef(property_.fact_path).drop_back()) {
      const bool is_list = draft_.vocabulary->facts[step].type.kind == TypeKind::kList;
      if (is_list && element_.IsValid()) {
        proof_.reason = "the fact is in a list of a list";
        return false;
      }
      place_ = is_list ? space.Element(place_, step, 0) : space.Part(place_, step);
      if (is_list) element_ = place_;
    }
    fact_ = property_.fact_path.back();
    return true;
  }

  /// What of all that the outcome turns on the fact goes into.
  void Collect() {
    Space& space = *lowered_.space;
    const std::vector<VariableId> support = space.graph.Support(outcome_);
    for (const VariableId id : support) {
      const Variable& variable = space[id];
      if (!space.Reads(id, place_, fact_)) continue;
      if (variable.kind == Variable::Kind::kFact && variable.place == place_) {
        fact_variable_ = id;
      } else if (variable.kind == Variable::Kind::kList && space.IsFree(id) &&
                 space[variable.list].element == element_) {
        lists_.push_back(variable.list);
      } else {
        ++others_;
      }
    }
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

  /// Where the outcome falls when the variable goes from one cell to the other; within the assumptions, before and
  /// after.
  NodeId FallsBetween(VariableId id, const Step& step) {
    graph::Graph& graph = lowered_.space->graph;
    const NodeId assumed = lower::AssumptionsOn(lowered_, outcome_);
    const NodeId before = graph.Restrict(outcome_, id, step.first);
    const NodeId after = graph.Restrict(outcome_, id, step.second);
    // In a store that is full it may be nothing; that is seen in the end.
    return graph.And(WhereWeaker(lowered_, after, before).value_or(graph.No()),
                     graph.And(graph.Restrict(assumed, id, step.first), graph.Restrict(assumed, id, step.second)));
  }

  void TryFact() {
    for (const Step& step : StepsOf(*fact_variable_)) {
      const Occurrence found =
          lower::Occurs(lowered_, FallsBetween(*fact_variable_, step), [&](const Witness& witness) {
            const auto at = evaluate::Resolve(*lowered_.space, witness.facts, place_);
            return at.kind == evaluate::Resolved::Kind::kThere && Shows(witness, at.instance, *fact_variable_, step);
          });
      if (!Add(found)) return;
    }
  }

  void TryList(ListId id) {
    const evaluate::List& list = (*lowered_.space)[id];
    std::set<Step> tried;
    for (const Step& step : StepsOfElements(list)) {
      for (const auto& [before, after] : ClassesBetween(list, step)) {
        for (std::size_t rest = 0; rest < list.examples.size(); ++rest) {
          const Step cells(list.joined[before][rest], list.joined[after][rest]);
          if (cells.first == cells.second || !tried.insert(cells).second) continue;
          if (!Add(TryElement(list, step, cells, rest, before))) return;
        }
      }
    }
  }

  [[nodiscard]] std::vector<Step> StepsOfElements(const evaluate::List& list) {
    element_variable_ = lowered_.space->FactVariable(place_, fact_);
    return llvm::is_contained(lowered_.space->graph.Support(list.classes), element_variable_)
               ? StepsOf(element_variable_)
               : std::vector<Step>();
  }

  /// The classes that an element can change between when its fact goes from one cell to the other.
  std::set<std::pair<std::uint32_t, std::uint32_t>> ClassesBetween(const evaluate::List& list, const Step& step) {
    Space& space = *lowered_.space;
    graph::Graph& graph = space.graph;
    const auto class_of = [&](NodeId leaf) { return std::get<Member>(std::get<Value>(space.LeafOf(leaf))).index; };
    std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
    static_cast<void>(graph.Combine(graph.Restrict(list.classes, element_variable_, step.first),
                                    graph.Restrict(list.classes, element_variable_, step.second),
                                    [&](NodeId before, NodeId after) {
                                      pairs.emplace(class_of(before), class_of(after));
                                      return before;
                                    }));
    return pairs;
  }

  /// In a list that is otherwise in the cell `rest`, one element of class `before` changes.
  Occurrence TryElement(const evaluate::List& list, const Step& step, const Step& cells, std::size_t rest,
                        std::uint32_t before) {
    graph::Graph& graph = lowered_.space->graph;
    const NodeId wanted = lowered_.space->Terminal(Value(Member{before}));
    const NodeId element = graph.Replace(graph.Restrict(list.classes, element_variable_, step.first),
                                         [&](NodeId leaf) { return leaf == wanted ? graph.Yes() : graph.No(); });
    const NodeId falls = graph.And(FallsBetween(list.variable, cells), graph.InCells(list.variable, rest, rest + 1));
    return lower::Occurs(lowered_, falls, [&](const Witness& witness) {
      Witness changed = witness;
      const auto added = lower::AddElement(lowered_, changed, list, element);
      return added && Shows(changed, *added, element_variable_, step);
    });
  }

  /// Whether the outcome falls when the fact of the entity goes between the cells; keeps the two cases.
  bool Shows(const Witness& witness, InstanceId entity, VariableId variable, const Step& step) {
    const auto [before, after] = ValuesOf((*lowered_.space)[variable], step);
    std::vector<Counterexample> cases;
    std::vector<Value> outcomes;
    for (const Value& value : {before, after}) {
      Counterexample& one = cases.emplace_back(Counterexample{witness, ""});
      one.witness.facts.State(*draft_.vocabulary, entity, fact_).value = value;
      if (!reference::BrokenAssumptions(draft_, one.witness.facts).empty()) return false;
      const reference::Outcome said =
          reference::EvaluateDecision(draft_, *property_.decision, one.witness.facts, witness.options.front());
      if (!said.determined) return false;
      outcomes.push_back(said.value());
      one.outcome = ValueToText(*draft_.vocabulary, draft_.decisions[*property_.decision].type, said.value());
    }
    if (!IsWeaker(outcomes[1], outcomes[0])) return false;
    const Type& type = draft_.vocabulary->facts[fact_].type;
    proof_.cases = std::move(cases);
    proof_.changed =
        fmt::format("{}: {} → {}", FactPath(witness.facts, *draft_.vocabulary, entity, fact_),
                    ValueToText(*draft_.vocabulary, type, before), ValueToText(*draft_.vocabulary, type, after));
    return true;
  }

  /// A value of each cell: where the two are neighbours, the last of the one and the first of the other.
  [[nodiscard]] std::pair<Value, Value> ValuesOf(const Variable& variable, const Step& step) const {
    const auto [low, high] = std::minmax(step.first, step.second);
    Value lower_value = lower::ValueIn(variable, low);
    const Value upper_value = lower::ValueIn(variable, high);
    if (high == low + 1) lower_value = lower::ValueBefore(variable, high).value_or(lower_value);
    return step.first < step.second ? std::pair(lower_value, upper_value) : std::pair(upper_value, lower_value);
  }

  /// Whether to go on.
  bool Add(const Occurrence& found) {
    if (found.verdict == Occurrence::Verdict::kImpossible) return true;
    if (found.verdict == Occurrence::Verdict::kPossible) {
      proof_.verdict = Verdict::kRefuted;
      proof_.reason.clear();
      return false;
    }
    proof_.verdict = Verdict::kNotSettled;
    proof_.reason = "no two cases were found that break it, and no proof that there are none";
    return true;
  }

  const check::CheckedDraft& draft_;
  const check::Property& property_;
  lower::Lowered lowered_;
  Proof& proof_;
  NodeId outcome_;
  PlaceId place_, element_;
  FactId fact_;
  std::optional<VariableId> fact_variable_;
  VariableId element_variable_;
  std::vector<ListId> lists_;
  std::size_t others_ = 0;
};

}  // namespace

void ProveNeverFalls(const load::LoadedDraft& draft, const check::Property& property, Proof& proof) {
  Monotone(draft, property, proof).Run();
}

}  // namespace proviso::prove
