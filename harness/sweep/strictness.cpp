#include "harness/sweep/strictness.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/Sequence.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <tuple>

#include "compiler/reference/evaluate.h"
#include "harness/compare/settle.h"
#include "harness/prove/weaker.h"
#include "harness/sweep/trials.h"
#include "runtime/base/in_parallel.h"

namespace proviso::sweep {
namespace {

using check::DecisionId;
using check::OptionSet;
using evaluate::NodeId;

/// Of those that differ in more than one option, how many are asked about that do not follow from others.
constexpr std::size_t kMaxOfOthers = 300;

/// Whether one option set is ever less strict than another: in some case its outcome is neither the same nor stronger.
/// Where there is no order, as between values and none, what is not the same is less.
enum class Ever : std::uint8_t { kNotSettled, kNever, kSometimes };

class Comparer {
 public:
  Comparer(const load::LoadedDraft& draft, DecisionId decision, std::size_t max_nodes)
      : draft_(draft),
        decision_(decision),
        lowered_(lower::Lower(draft.draft, decision, max_nodes)),
        graph_(lowered_.space->graph) {
    found_.decision = decision;
    found_.has_order = HasOrder();
  }

  Strictness Run(llvm::function_ref<void(std::size_t, std::size_t)> progress) {
    if (lowered_.too_large || !MakeNodes()) {
      found_.is_too_large = true;
      return std::move(found_);
    }
    found_.is_within_limits = lowered_.space->HasLimits();
    // What differs in one option alone is told apart by cases that tell others apart too, and what is proved of it
    // is proved of all that it leads to.
    const std::vector<Pair> neighbours = Neighbours();
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      Ask(neighbours[i].one, neighbours[i].other, Effort::kGraph);
      progress(i + 1, neighbours.size());
    }
    TryAtRandom();
    std::set<Step> steps;  // one choice of the other options speaks for all
    for (const auto& [one, other, step] : neighbours) {
      const bool is_open = ever_[one][other] == Ever::kNotSettled;
      if (is_open && steps.insert(step).second) Ask(one, other, Effort::kSolver);
    }
    std::size_t left = kMaxOfOthers;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      for (std::size_t j = 0; j < nodes_.size() && left > 0; ++j) {
        if (ever_[i][j] != Ever::kNotSettled) continue;
        Ask(i, j, Effort::kGraph);
        --left;
      }
    }
    if (graph_.Exhausted()) {
      found_.is_too_large = true;
      return std::move(found_);
    }
    MakeSteps();
    MakeClasses();
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool HasOrder() const {
    const Type& type = draft_.draft->decisions[decision_].type;
    return type.kind == TypeKind::kEnum && draft_.draft->vocabulary->enums[type.enumeration].ordered;
  }

  // ---- Option sets whose decision is the same node -----------------------------------------------------------------

  bool MakeNodes() {
    const lower::LoweredDraft& lowered = lowered_.drafts.front();
    const NodeId outcome = lowered.decisions.front().outcome;
    std::vector<std::size_t> asked;  // the options that it turns on
    for (const evaluate::VariableId id : graph_.Support(outcome)) {
      if (lowered_.space->IsOption(id)) asked.push_back(lowered.OptionOf(id));
    }
    std::map<OptionSet, NodeId> made;  // by what is chosen for those
    std::map<NodeId, std::size_t> numbers;
    for (const OptionSet& options : draft_.option_sets) {
      OptionSet chosen;
      for (const std::size_t option : asked) chosen.push_back(options[option]);
      const auto [same, is_other] = made.try_emplace(chosen);
      if (is_other) {
        same->second = graph_.Restrict(outcome, [&](evaluate::VariableId id) -> std::int64_t {
          const std::size_t option = lowered.OptionOf(id);
          return option < options.size() ? std::int64_t{options[option]} : -1;
        });
      }
      const auto [known, is_new] = numbers.try_emplace(same->second, nodes_.size());
      if (is_new) {
        nodes_.push_back(same->second);
        members_.emplace_back();
      }
      members_[known->second].push_back(options);
      number_of_[options] = known->second;
      if (nodes_.size() > kMaxClasses || graph_.Exhausted()) return false;
    }
    ever_.assign(nodes_.size(), std::vector<Ever>(nodes_.size(), Ever::kNotSettled));
    shown_by_.assign(nodes_.size(), std::vector<std::optional<std::size_t>>(nodes_.size()));
    for (std::size_t i = 0; i < nodes_.size(); ++i) ever_[i][i] = Ever::kNever;
    return true;
  }

  /// `visit` is told the option, the two option sets, and their alternatives of it, the first being the smaller.
  void ForNeighbours(llvm::function_ref<void(check::OptionId, const OptionSet&, const OptionSet&)> visit) const {
    for (const auto& [options, number] : number_of_) {
      for (std::size_t i = 0; i < options.size(); ++i) {
        const check::OptionId option(i);
        OptionSet other = options;
        const std::size_t alternatives = draft_.draft->options[option].alternatives.size();
        for (++other[i]; other[i] < alternatives; ++other[i]) {
          if (number_of_.contains(other)) visit(option, options, other);
        }
      }
    }
  }

  /// An option, and its alternatives on either side.
  using Step = std::tuple<check::OptionId, std::uint32_t, std::uint32_t>;

  struct Pair {
    std::size_t one, other;
    Step step;
  };

  [[nodiscard]] std::vector<Pair> Neighbours() const {
    std::vector<Pair> pairs;
    ForNeighbours([&](check::OptionId option, const OptionSet& one, const OptionSet& other) {
      const std::size_t first = number_of_.at(one);
      const std::size_t second = number_of_.at(other);
      const std::size_t i = option.Index();
      pairs.push_back({first, second, {option, one[i], other[i]}});
      pairs.push_back({second, first, {option, other[i], one[i]}});
    });
    return pairs;
  }

  // ---- Questions ---------------------------------------------------------------------------------------------------

  enum class Effort : std::uint8_t { kGraph, kSolver };

  void Ask(std::size_t one, std::size_t other, Effort effort) {
    if (ever_[one][other] != Ever::kNotSettled) return;
    NodeId where = Where(one, other);
    where = graph_.And(where, ImpliedOn(where));
    where = graph_.And(where, lower::AssumptionsOn(lowered_, where));
    if (graph_.Exhausted()) return;
    const std::optional<lower::Witness> witness = lower::FindWitness(lowered_, where);
    if (!witness) return MarkNever(one, other);
    const auto is_shown = [&](const lower::Witness& found) {
      return IsLess(OutcomeIn(found.facts, one), OutcomeIn(found.facts, other));
    };
    if (IsAllowed(witness->facts) && is_shown(*witness)) return AddCase(witness->facts);
    if (effort == Effort::kGraph) return;
    const lower::Occurrence found = lower::Occurs(lowered_, where, is_shown);
    if (found.verdict == lower::Occurrence::Verdict::kImpossible) return MarkNever(one, other);
    if (found.verdict == lower::Occurrence::Verdict::kPossible) AddCase(found.witness->facts);
  }

  /// Where the outcome of the one is neither that of the other nor a stronger one.
  NodeId Where(std::size_t one, std::size_t other) {
    return graph_.Combine(nodes_[one], nodes_[other], [&](NodeId mine, NodeId theirs) {
      const auto* const value = std::get_if<Value>(&lowered_.space->LeafOf(mine));
      const auto* const other_value = std::get_if<Value>(&lowered_.space->LeafOf(theirs));
      const bool are_told = found_.has_order && value != nullptr && other_value != nullptr;
      if (are_told && prove::IsWeaker(*other_value, *value)) return graph_.No();
      return compare::Differ(*lowered_.space, mine, theirs);
    });
  }

  /// That some element of a list meets a condition where some meets a narrower one: of those that the function asks.
  NodeId ImpliedOn(NodeId function) {
    using Kind = evaluate::DerivedCondition::Kind;
    const evaluate::Space& space = *lowered_.space;
    std::vector<evaluate::VariableId> of_some;
    for (const evaluate::VariableId id : graph_.Support(function)) {
      const evaluate::ConditionId condition = space[id].condition;
      if (condition.IsValid() && space[condition].kind == Kind::kSome) of_some.push_back(id);
    }
    NodeId implied = graph_.Yes();
    for (const evaluate::VariableId narrow : of_some) {
      for (const evaluate::VariableId wide : of_some) {
        if (narrow == wide || !IsNarrower(space[narrow].condition, space[wide].condition)) continue;
        implied = graph_.And(implied, graph_.Or(graph_.InCells(narrow, 0, 1), graph_.InCells(wide, 1, 2)));
      }
    }
    return implied;
  }

  bool IsNarrower(evaluate::ConditionId narrow, evaluate::ConditionId wide) {
    const auto [known, is_new] = narrower_.try_emplace({narrow, wide}, false);
    if (!is_new) return known->second;
    const evaluate::DerivedCondition one = (*lowered_.space)[narrow];
    const evaluate::DerivedCondition other = (*lowered_.space)[wide];
    if (one.place != other.place || one.fact != other.fact || one.element != other.element) return false;
    const auto surely = [&](NodeId condition) {
      return graph_.Replace(condition, [&](NodeId leaf) { return leaf == graph_.Yes() ? leaf : graph_.No(); });
    };
    const NodeId outside = graph_.Without(surely(one.condition), surely(other.condition));
    return known->second = outside == graph_.No();
  }

  [[nodiscard]] reference::Outcome OutcomeIn(const Case& facts, std::size_t number) const {
    return reference::EvaluateDecision(*draft_.draft, decision_, facts, members_[number].front());
  }

  /// The same of outcomes.
  [[nodiscard]] bool IsLess(const reference::Outcome& one, const reference::Outcome& other) const {
    const bool is_same = one.SameAnswer(other) && (!one.error || one.error->kind == other.error->kind);
    const bool are_told = found_.has_order && one.determined && other.determined && !one.error && !other.error;
    return !is_same && !(are_told && prove::IsWeaker(other.value(), one.value()));
  }

  /// What shows something new of the one and the other.
  using Shown = std::vector<std::pair<std::size_t, std::size_t>>;

  [[nodiscard]] Shown NewIn(const Case& facts) const {
    reference::Answers answers(*draft_.draft, facts);
    std::vector<const reference::Outcome*> outcomes;
    for (const auto& members : members_) outcomes.push_back(&answers.Of(decision_, members.front()));
    Shown shown;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      for (std::size_t j = 0; j < nodes_.size(); ++j) {
        if (ever_[i][j] == Ever::kNotSettled && IsLess(*outcomes[i], *outcomes[j])) shown.emplace_back(i, j);
      }
    }
    return shown;
  }

  /// One case tells many apart.
  void AddCase(const Case& facts) {
    for (const auto& [i, j] : NewIn(facts)) {
      ever_[i][j] = Ever::kSometimes;
      shown_by_[i][j] = found_.cases.size();
    }
    found_.cases.push_back(facts);
  }

  void TryAtRandom() {
    std::vector<OptionSet> option_sets;
    for (const auto& members : members_) option_sets.push_back(members.front());
    const auto shows = [&](const findings::TrialCases& cases, Case& facts) {
      const Shown shown = NewIn(facts);
      if (shown.empty()) return false;
      cases.Reduce(facts, [&](const Case& fewer) { return IsAllowed(fewer) && NewIn(fewer) == shown; });
      AddCase(facts);
      return true;
    };
    TryCases(*draft_.draft, decision_, option_sets, shows, [&] { return !HasOpen(); });
  }

  [[nodiscard]] bool HasOpen() const {
    return llvm::any_of(ever_, [](const std::vector<Ever>& row) { return llvm::is_contained(row, Ever::kNotSettled); });
  }

  [[nodiscard]] bool IsAllowed(const Case& facts) const {
    return reference::BrokenAssumptions(*draft_.draft, facts).empty();
  }

  /// What is at least as strict as something is so as what that is so as.
  void MarkNever(std::size_t one, std::size_t other) {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (ever_[i][one] != Ever::kNever) continue;
      for (std::size_t j = 0; j < nodes_.size(); ++j) {
        if (ever_[other][j] == Ever::kNever) ever_[i][j] = Ever::kNever;
      }
    }
  }

  // ---- What comes of them ------------------------------------------------------------------------------------------

  [[nodiscard]] Relation RelationOf(std::size_t one, std::size_t other) const {
    const Ever mine = ever_[one][other];
    const Ever theirs = ever_[other][one];
    if (mine == Ever::kNotSettled || theirs == Ever::kNotSettled) return Relation::kNotSettled;
    if (mine == Ever::kNever) return theirs == Ever::kNever ? Relation::kSame : Relation::kStricter;
    return theirs == Ever::kNever ? Relation::kWeaker : Relation::kNeither;
  }

  void MakeSteps() {
    struct Seen {
      bool is_first_stricter = false, is_second_stricter = false, is_open = false, is_other = false;
    };
    std::map<Step, Seen> steps;
    ForNeighbours([&](check::OptionId option, const OptionSet& one, const OptionSet& other) {
      const std::size_t first = number_of_.at(one);
      const std::size_t second = number_of_.at(other);
      Seen& seen = steps[{option, one[option.Index()], other[option.Index()]}];
      const Relation relation = RelationOf(first, second);
      seen.is_first_stricter |= ever_[second][first] == Ever::kSometimes;
      seen.is_second_stricter |= ever_[first][second] == Ever::kSometimes;
      seen.is_open |= relation == Relation::kNotSettled;
      seen.is_other |= relation == Relation::kNeither;
    });
    for (const auto& [step, seen] : steps) {
      const auto& [option, from, to] = step;
      const bool is_neither = seen.is_other || (seen.is_first_stricter && seen.is_second_stricter);
      const Relation relation = is_neither                                          ? Relation::kNeither
                                : seen.is_open                                      ? Relation::kNotSettled
                                : seen.is_first_stricter || seen.is_second_stricter ? Relation::kStricter
                                                                                    : Relation::kSame;
      const bool is_turned = seen.is_second_stricter && !seen.is_first_stricter;
      found_.steps.push_back({.option = option,
                              .from = is_turned ? to : from,
                              .to = is_turned ? from : to,
                              .relation = relation,
                              .is_from_stricter = seen.is_first_stricter || seen.is_second_stricter,
                              .is_to_stricter = seen.is_first_stricter && seen.is_second_stricter});
    }
  }

  void MakeClasses() {
    const std::size_t count = nodes_.size();
    std::vector<std::vector<Relation>> relations(count, std::vector<Relation>(count));
    std::vector<std::size_t> first_same(count);
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) relations[i][j] = RelationOf(i, j);
      const auto first = static_cast<std::size_t>(llvm::find(relations[i], Relation::kSame) - relations[i].begin());
      first_same[i] = first < i ? first_same[first] : i;
    }
    std::vector<std::size_t> order;  // of those that are the first of their kind
    for (std::size_t i = 0; i < count; ++i) {
      if (first_same[i] == i) order.push_back(i);
    }
    const auto weaker_than = [&](std::size_t i) { return llvm::count(relations[i], Relation::kStricter); };
    std::ranges::stable_sort(order, [&](std::size_t i, std::size_t j) { return weaker_than(i) > weaker_than(j); });
    for (const std::size_t i : order) {
      Class& made = found_.classes.emplace_back();
      for (std::size_t j = 0; j < count; ++j) {
        if (first_same[j] == i) llvm::append_range(made.option_sets, members_[j]);
      }
      llvm::sort(made.option_sets);
      std::vector<Relation>& row = found_.relations.emplace_back();
      std::vector<std::optional<std::size_t>>& cases = found_.less_in.emplace_back();
      for (const std::size_t j : order) {
        row.push_back(relations[i][j]);
        cases.push_back(shown_by_[i][j]);
      }
    }
  }

  const load::LoadedDraft& draft_;
  DecisionId decision_;
  lower::Lowered lowered_;
  graph::Graph& graph_;
  Strictness found_;
  std::vector<NodeId> nodes_;
  std::vector<std::vector<OptionSet>> members_;  // by node
  std::map<OptionSet, std::size_t> number_of_;   // its node's
  std::vector<std::vector<Ever>> ever_;          // by node, by node
  std::vector<std::vector<std::optional<std::size_t>>> shown_by_;
  std::map<std::pair<evaluate::ConditionId, evaluate::ConditionId>, bool> narrower_;
};

}  // namespace

bool Strictness::IsSettled() const {
  return !is_too_large && llvm::none_of(relations, [](const std::vector<Relation>& row) {
    return llvm::is_contained(row, Relation::kNotSettled);
  });
}

std::vector<std::size_t> Strictness::NextBelow(std::size_t number) const {
  std::vector<std::size_t> next;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (relations[number][i] != Relation::kStricter) continue;
    const bool is_between = llvm::any_of(llvm::seq<std::size_t>(0, classes.size()), [&](std::size_t other) {
      return relations[number][other] == Relation::kStricter && relations[other][i] == Relation::kStricter;
    });
    if (!is_between) next.push_back(i);
  }
  return next;
}

std::vector<Strictness> CompareOptionSets(const load::LoadedDraft& draft, llvm::ArrayRef<DecisionId> decisions,
                                          std::size_t max_nodes,
                                          llvm::function_ref<void(std::size_t, std::size_t)> progress) {
  std::vector<Strictness> found(decisions.size());
  std::mutex mutex;
  std::size_t done = 0;
  std::size_t all = 0;
  InParallel(decisions.size(), [&](std::size_t i) {
    found[i] = Comparer(draft, decisions[i], max_nodes).Run([&](std::size_t settled, std::size_t asked) {
      const std::scoped_lock lock(mutex);
      if (settled == 1) all += asked;
      progress(++done, all);
    });
  });
  return found;
}

}  // namespace proviso::sweep
