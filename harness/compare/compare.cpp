#include "harness/compare/compare.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "harness/compare/describe.h"
#include "harness/compare/settle.h"
#include "harness/compare/settle_regions.h"
#include "runtime/base/in_parallel.h"
#include "runtime/evaluate/resolve.h"

namespace proviso::compare {
namespace {

using evaluate::NodeId;
using evaluate::VariableId;
using Occurs = lower::Occurrence::Verdict;

/// The place of the outcome in the order of its enumeration; nothing where there is no order.
std::optional<std::int64_t> StrengthOf(const evaluate::Space& space, const Type& type, NodeId leaf) {
  if (type.kind != TypeKind::kEnum || !space.Words().enums[type.enumeration].ordered) return std::nullopt;
  const auto* const value = std::get_if<Value>(&space.LeafOf(leaf));
  const auto* const member = value == nullptr ? nullptr : std::get_if<Member>(value);
  return member == nullptr ? std::nullopt : std::optional<std::int64_t>(member->index);
}

class Comparer {
 public:
  Comparer(Comparison& comparison, Terms terms)
      : comparison_(comparison),
        terms_(terms),
        lowered_(comparison.lowered),
        space_(*lowered_.space),
        graph_(space_.graph),
        care_(graph_.And(lowered_.drafts[0].option_sets, lowered_.drafts[1].option_sets)),
        pairs_(PairsOfTerms()) {}

  /// Whether an option set is left.
  [[nodiscard]] bool HasOptionSets() const { return care_ != graph_.No(); }

  void CompareDecision() {
    const lower::LoweredDecision& first = lowered_.drafts[0].decisions.front();
    const lower::LoweredDecision& second = lowered_.drafts[1].decisions.front();
    const Pair pair{{Pair::Function{first.outcome, first.deciding, first.by_facts},
                     Pair::Function{second.outcome, second.deciding, second.by_facts}},
                    pairs_,
                    {}};
    const std::array ids = {first.decision, second.decision};
    const auto is_shown = [&](const lower::Witness& witness, const Region& region) {
      std::array<reference::Outcome, 2> said;
      for (std::size_t side = 0; side < 2; ++side)
        said[side] = reference::EvaluateDecision(Draft(side), ids[side], witness.facts, witness.options[side]);
      return IsSaid(space_, said[0], region.from) && IsSaid(space_, said[1], region.to) && !said[0].SameAnswer(said[1]);
    };
    const check::Decision& decision = Draft(0).decisions[first.decision];
    comparison_.decision = CompareFunctions(decision.name, decision.type, pair, is_shown);
  }

  /// Those that the decision's regions speak of, and those that make them. `told`: terms that need not be compared any
  /// more; those that are told are added.
  void CompareTerms(std::set<std::string>& told) {
    effort_ = {.milliseconds = 0, .questions = 0};  // terms are said to explain; cases of theirs are only looked for
    std::vector<std::string> names;
    for (const Region& region : comparison_.decision.regions) AddTermsOf(region.condition, names);
    if (!comparison_.decision.regions.empty()) AddPlainTerms(names);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string name = names[i];
      CompareTerm(name, told.insert(name).second, names);
    }
  }

 private:
  const check::CheckedDraft& Draft(std::size_t side) const { return *lowered_.drafts[side].draft; }

  void AddTermsOf(NodeId node, std::vector<std::string>& names) const {
    for (const VariableId variable : graph_.Support(node)) {
      if (!space_.IsTerm(variable)) continue;
      const std::string& name = space_.TermName(space_[space_[variable].condition]);
      if (!llvm::is_contained(names, name)) names.push_back(name);
    }
  }

  /// Those that have no variable, as they turn on few facts: regions speak of these.
  void AddPlainTerms(std::vector<std::string>& names) const {
    for (const lower::NamedTerm& term : lowered_.drafts[0].terms) {
      if (!term.variable.IsValid() && !llvm::is_contained(names, term.name)) names.push_back(term.name);
    }
  }

  /// Of the side; null where it has none of the name.
  const lower::NamedTerm* TermOf(std::size_t side, const std::string& name) const {
    const auto& terms = lowered_.drafts[side].terms;
    const auto found = llvm::find_if(terms, [&](const lower::NamedTerm& term) { return term.name == name; });
    return found != terms.end() ? &*found : nullptr;
  }

  /// What it is made of is added to `names`.
  void CompareTerm(const std::string& name, bool is_new, std::vector<std::string>& names) {
    const std::array terms = {TermOf(0, name), TermOf(1, name)};
    if (terms[0] == nullptr || terms[1] == nullptr || terms[0]->definition == terms[1]->definition) return;
    if (terms[0]->variable.IsValid() && terms[0]->variable == terms[1]->variable) return;  // said otherwise
    for (const lower::NamedTerm* term : terms) AddTermsOf(term->definition, names);
    if (!is_new || !terms[0]->term.IsValid())
      return;  // the latter: the outcome of another decision, which is compared by itself
    const std::array by_itself = {AsIfAlike(terms[0]->definition), AsIfAlike(terms[1]->definition)};
    if (by_itself[0] == by_itself[1]) {
      comparison_.through_others.push_back(name);
      return;
    }
    if (terms_ == Terms::kNamed) {
      comparison_.terms.push_back({.name = name, .type = {.kind = TypeKind::kBoolean}});
      return;
    }
    const Pair pair{
        {Pair::Function{by_itself[0], {}, terms[0]->by_facts}, Pair::Function{by_itself[1], {}, terms[1]->by_facts}},
        {}};
    const auto is_shown = [&](const lower::Witness& witness, const Region& region) {
      const evaluate::Resolved at = evaluate::Resolve(space_, witness.facts, terms[0]->place, {});
      if (at.kind != evaluate::Resolved::Kind::kThere) return false;
      const auto says = [&](std::size_t side, NodeId said) {
        const auto holds =
            reference::HoldsOf(Draft(side), terms[side]->term, at.instance, witness.facts, witness.options[side]);
        return holds == (said == graph_.Yes());
      };
      return says(0, region.from) && says(1, region.to);
    };
    Difference difference = CompareFunctions(name, {.kind = TypeKind::kBoolean}, pair, is_shown);
    if (!difference.regions.empty()) comparison_.terms.push_back(std::move(difference));
  }

  /// The function if terms of one name were one.
  NodeId AsIfAlike(NodeId node) {
    for (const auto& [first, second] : pairs_) {
      const NodeId holds = graph_.Restrict(node, second, 1);
      const NodeId does_not = graph_.Restrict(node, second, 0);
      if (holds != does_not) node = graph_.IfThenElse(graph_.InCells(first, 1, 2), holds, does_not);
    }
    return node;
  }

  /// Terms of one name that the two sides do not mean alike.
  std::vector<std::array<VariableId, 2>> PairsOfTerms() const {
    std::vector<std::array<VariableId, 2>> pairs;
    for (const lower::NamedTerm& first : lowered_.drafts[0].terms) {
      for (const lower::NamedTerm& second : lowered_.drafts[1].terms) {
        const bool are_two = first.variable.IsValid() && second.variable.IsValid() && first.variable != second.variable;
        if (are_two && first.name == second.name) pairs.push_back({first.variable, second.variable});
      }
    }
    std::ranges::reverse(pairs);  // those made of others first
    return pairs;
  }

  Difference CompareFunctions(const std::string& name, const Type& type, const Pair& pair, IsShown is_shown) {
    Difference difference{.name = name, .type = type};
    std::map<std::pair<NodeId, NodeId>, NodeId> changes;
    const NodeId differs =
        graph_.Combine(pair.functions[0].value, pair.functions[1].value, [&](NodeId from, NodeId to) {
          changes.try_emplace({from, to}, graph_.No());
          return Differ(space_, from, to);
        });
    const NodeId care = graph_.And(care_, lower::AssumptionsOn(lowered_, graph_.And(care_, differs)));
    const NodeId changed = graph_.And(differs, care);
    // Comparisons of quantities and counts bring variables of their own.
    for (std::size_t i = comparison_.variables.size(); i < space_.Variables(); ++i)
      comparison_.variables.emplace_back(i);
    for (auto& [outcomes, change] : changes) {
      change = graph_.Combine(pair.functions[0].value, pair.functions[1].value, [&](NodeId from, NodeId to) {
        return from == outcomes.first && to == outcomes.second ? graph_.Yes() : graph_.No();
      });
      change = graph_.And(change, changed);
      if (change == graph_.No()) continue;
      const std::size_t first = difference.regions.size();
      llvm::append_range(difference.regions, Describe(graph_, comparison_.variables, pair,
                                                      {outcomes.first, outcomes.second}, change, care));
      for (std::size_t i = first; i < difference.regions.size(); ++i) AddDeciding(difference.regions[i], pair);
    }
    difference.is_checked = IsPartition(graph_, difference.regions, changed) && !graph_.Exhausted();
    if (difference.is_checked) SettleRegions(comparison_, difference.regions, pair, is_shown, effort_);
    std::erase_if(difference.regions, [](const Region& region) { return region.occurs == Occurs::kImpossible; });
    for (Region& region : difference.regions) {
      const bool is_of_facts =
          llvm::none_of(graph_.Support(region.condition), [&](VariableId variable) { return space_.IsTerm(variable); });
      if (is_of_facts) region.cases = CasesUnderEach(lowered_, region.condition, care_);
    }
    Judge(difference);
    return difference;
  }

  void AddDeciding(Region& region, const Pair& pair) {
    for (std::size_t side = 0; side < 2; ++side) {
      for (const auto& [rule, decides] : pair.functions[side].deciding) {
        if (llvm::is_contained(graph_.Terminals(graph_.And(region.condition, decides)), graph::kYes))
          region.decided_by[side].push_back(rule);
      }
    }
  }

  void Judge(Difference& difference) {
    const auto change = [&](const Region& region) -> std::optional<std::int64_t> {
      const auto from = StrengthOf(space_, difference.type, region.from);
      const auto to = StrengthOf(space_, difference.type, region.to);
      return from && to ? std::optional(*to - *from) : std::nullopt;
    };
    std::ranges::stable_sort(difference.regions, [&](const Region& one, const Region& other) {
      const std::int64_t size = std::abs(change(one).value_or(0));
      const std::int64_t other_size = std::abs(change(other).value_or(0));
      if (size != other_size) return size > other_size;
      if (one.from != other.from || one.to != other.to)
        return std::pair(one.from, one.to) < std::pair(other.from, other.to);
      return one.cases && other.cases && *other.cases < *one.cases;
    });
    for (const Region& region : difference.regions) {
      const auto by = change(region);
      const Verdict here = !by ? Verdict::kDifferent : *by < 0 ? Verdict::kFirstStricter : Verdict::kSecondStricter;
      if (difference.verdict == Verdict::kIdentical) {
        difference.verdict = here;
      } else if (difference.verdict != here) {
        const bool has_order = here != Verdict::kDifferent && difference.verdict != Verdict::kDifferent;
        difference.verdict = has_order ? Verdict::kMixed : Verdict::kDifferent;
      }
    }
  }

  Comparison& comparison_;
  Terms terms_;
  lower::Lowered& lowered_;
  evaluate::Space& space_;
  graph::Graph& graph_;
  NodeId care_;  // the option sets of both
  std::vector<std::array<VariableId, 2>> pairs_;
  Effort effort_;
};

}  // namespace

std::size_t Difference::NotSettled() const {
  return static_cast<std::size_t>(
      llvm::count_if(regions, [](const Region& region) { return region.occurs == Occurs::kNotSettled; }));
}

namespace {

std::vector<std::string> NamesOf(const check::CheckedDraft& draft) {
  std::vector<std::string> names;
  for (const check::DecisionId id : draft.DecisionsOfCase()) names.push_back(draft.decisions[id].name);
  return names;
}

/// Exact numbers of one unit can be held against each other; other values only against those of their own type.
bool HaveOneType(const std::array<Side, 2>& sides, const std::string& decision) {
  const auto type_on = [&](std::size_t side) -> const Type& {
    const check::CheckedDraft& draft = *sides[side].draft;
    return draft.decisions[*draft.FindDecision(decision)].type;
  };
  const Type& first = type_on(0);
  const Type& second = type_on(1);
  const bool are_exact = first.IsExactNumber() && second.IsExactNumber();
  return first.unit == second.unit && first.enumeration == second.enumeration &&
         (are_exact || first.kind == second.kind);
}

/// What both decide, so that it can be compared; what they do not is told apart.
std::vector<std::string> DecisionsOfBoth(const std::array<Side, 2>& sides, const std::string& wanted,
                                         Comparisons& comparisons) {
  const std::array names = {NamesOf(*sides[0].draft), NamesOf(*sides[1].draft)};
  std::vector<std::string> both;
  for (const std::string& name : names[0]) {
    if (!wanted.empty() && name != wanted) continue;
    if (!llvm::is_contained(names[1], name)) {
      comparisons.only[0].push_back(name);
    } else if (!HaveOneType(sides, name)) {
      comparisons.of_other_type.push_back(name);
    } else {
      both.push_back(name);
    }
  }
  for (const std::string& name : names[1]) {
    if (wanted.empty() && !llvm::is_contained(names[0], name)) comparisons.only[1].push_back(name);
  }
  return both;
}

}  // namespace

Comparisons Compare(const std::array<Side, 2>& sides, const std::string& decision, Terms terms, std::size_t max_nodes,
                    llvm::function_ref<void(std::size_t, std::size_t)> progress) {
  Comparisons comparisons;
  const std::vector<std::string> both = DecisionsOfBoth(sides, decision, comparisons);
  comparisons.decisions.resize(both.size());
  std::vector<std::unique_ptr<Comparer>> comparers(both.size());  // none where the graph grew too large
  std::mutex mutex;
  std::size_t done = 0;
  InParallel(both.size(), [&](std::size_t i) {
    Comparison& comparison = comparisons.decisions[i];
    comparison.sides = sides;
    comparison.lowered =
        lower::LowerForComparison({sides[0].draft, sides[1].draft}, both[i], lower::Saying::kBoth, max_nodes);
    comparison.decision.name = both[i];
    if (!comparison.lowered.too_large) {
      comparers[i] = std::make_unique<Comparer>(comparison, terms);
      if (comparers[i]->HasOptionSets()) comparers[i]->CompareDecision();
    }
    const std::scoped_lock lock(mutex);
    if (progress) progress(++done, both.size());
  });
  std::set<std::string> told;
  for (const std::unique_ptr<Comparer>& comparer : comparers) {
    if (comparer == nullptr) continue;
    if (!comparer->HasOptionSets()) return {};
    comparer->CompareTerms(told);
  }
  return comparisons;
}

}  // namespace proviso::compare
