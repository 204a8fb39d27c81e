#include "harness/cover/redundant.h"

#include <llvm/ADT/BitVector.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/Parallel.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "harness/cover/cover.h"
#include "harness/cover/expected.h"

namespace proviso::cover {
namespace {

using scenario::Scenario;
using scenario::Suite;

/// A row that totals account for.
bool IsInTotals(const ScenarioAt& at) { return at.scenario >= at.suite->first_row && !at.suite->totals.empty(); }

/// All scenarios of which something is expected, be it by totals.
std::vector<ScenarioAt> ScenariosOf(llvm::ArrayRef<const Suite*> suites) {
  std::vector<ScenarioAt> all;
  for (const Suite* const suite : suites) {
    for (std::size_t i = 0; i < suite->scenarios.size(); ++i) {
      if (IsInTotals({suite, i}) || !suite->scenarios[i].expectations.empty()) all.push_back({suite, i});
    }
  }
  return all;
}

const Scenario& At(const ScenarioAt& at) { return at.suite->scenarios[at.scenario]; }

/// What scenarios have a part in, and how many in each.
class Parts {
 public:
  /// Whether each thing that the scenario has a part in has another scenario too.
  [[nodiscard]] virtual bool CanSpare(std::size_t scenario) const = 0;
  virtual void LeaveOut(std::size_t scenario) = 0;
  virtual ~Parts() = default;
};

/// The situations that each scenario shows of one draft.
class Shown : public Parts {
 public:
  Shown(const load::LoadedDraft& draft, llvm::ArrayRef<ScenarioAt> scenarios) : met_(scenarios.size()) {
    const Exercised everything = EverythingOf(*draft.draft);
    std::set<Goal> goals;
    for (const Item& item : ItemsOf(*draft.draft, everything)) {
      for (const Aspect& aspect : item.aspects) goals.insert(aspect.goals.begin(), aspect.goals.end());
    }
    const OptionsBehind behind(*draft.draft);
    llvm::parallelFor(0, scenarios.size(), [&](std::size_t i) {
      const auto& [suite, scenario] = scenarios[i];
      const auto at = llvm::find(suite->drafts, &draft);
      if (at == suite->drafts.end()) return;
      const auto asserted = AssertedOf(*suite, scenario, static_cast<std::size_t>(at - suite->drafts.begin()));
      if (asserted.empty()) return;
      Exercised exercised = everything;
      ObserveExpected(draft, behind, suite->scenarios[scenario], asserted, exercised);
      for (const Goal& goal : goals) met_[i].push_back(TimesMet(exercised, goal) > 0);
    });
    counts_.resize(goals.size());
    for (const llvm::BitVector& met : met_) {
      for (const unsigned goal : met.set_bits()) ++counts_[goal];
    }
  }

  [[nodiscard]] bool CanSpare(std::size_t scenario) const override {
    return llvm::all_of(met_[scenario].set_bits(), [&](unsigned goal) { return counts_[goal] > 1; });
  }
  void LeaveOut(std::size_t scenario) override {
    for (const unsigned goal : met_[scenario].set_bits()) --counts_[goal];
  }

 private:
  std::vector<llvm::BitVector> met_;  // by scenario; empty where it expects nothing
  std::vector<std::size_t> counts_;   // by goal
};

/// Which drafts under which option sets each scenario expects different outcomes of, of the decisions of one name.
class ToldApart : public Parts {
 public:
  /// By draft and option set: the outcome, `undetermined` as none.
  using Outcomes = std::map<std::pair<const load::LoadedDraft*, std::size_t>, std::optional<Value>>;

  explicit ToldApart(llvm::ArrayRef<Outcomes> scenarios) : outcomes_(scenarios.size()) {
    // A column is what the scenarios expect of one draft under one option set; equal ones are one.
    std::map<std::pair<const load::LoadedDraft*, std::size_t>, std::vector<std::size_t>> columns;
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
      std::map<std::optional<Value>, std::size_t> numbers;
      for (const auto& [at, outcome] : scenarios[i]) {
        std::vector<std::size_t>& column = columns[at];
        column.resize(scenarios.size());
        column[i] = numbers.try_emplace(outcome, numbers.size() + 1).first->second;
      }
    }
    std::set<std::vector<std::size_t>> different;
    for (auto& [at, column] : columns) different.insert(std::move(column));
    for (const std::vector<std::size_t>& column : different) {
      for (std::size_t i = 0; i < column.size(); ++i) outcomes_[i].push_back(column[i]);
    }
    counts_.resize(different.size() * different.size());
    for (std::size_t i = 0; i < scenarios.size(); ++i) ForPairs(i, [&](std::size_t pair) { ++counts_[pair]; });
  }

  [[nodiscard]] bool CanSpare(std::size_t scenario) const override {
    bool can = true;
    ForPairs(scenario, [&](std::size_t pair) { can = can && counts_[pair] > 1; });
    return can;
  }
  void LeaveOut(std::size_t scenario) override {
    ForPairs(scenario, [&](std::size_t pair) { --counts_[pair]; });
  }

 private:
  static constexpr std::size_t kNotExpected = 0;

  template <typename Do>
  void ForPairs(std::size_t scenario, const Do& act) const {
    const std::vector<std::size_t>& row = outcomes_[scenario];
    for (std::size_t i = 0; i < row.size(); ++i) {
      for (std::size_t j = i + 1; j < row.size(); ++j) {
        if (row[i] != kNotExpected && row[j] != kNotExpected && row[i] != row[j]) act(i * row.size() + j);
      }
    }
  }

  std::vector<std::vector<std::size_t>> outcomes_;  // by scenario and column
  std::vector<std::size_t> counts_;                 // by pair of columns
};

/// By decision, what each scenario expects.
std::map<std::string, std::vector<ToldApart::Outcomes>> OutcomesOf(llvm::ArrayRef<ScenarioAt> scenarios) {
  std::map<std::string, std::vector<ToldApart::Outcomes>> by_decision;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    for (const scenario::DraftExpectation& expectation : At(scenarios[i]).expectations) {
      const load::LoadedDraft* const draft = scenarios[i].suite->drafts[expectation.draft];
      for (const scenario::Clause& clause : expectation.clauses) {
        for (const scenario::DecisionExpectation& one : clause.decisions) {
          std::vector<ToldApart::Outcomes>& all = by_decision[draft->draft->decisions[one.decision].name];
          all.resize(scenarios.size());
          for (const std::size_t set : clause.option_sets) all[i][{draft, set}] = one.outcome;
        }
      }
    }
  }
  return by_decision;
}

}  // namespace

Redundant FindRedundant(llvm::ArrayRef<const Suite*> suites, llvm::ArrayRef<ScenarioAt> needed) {
  const std::vector<ScenarioAt> scenarios = ScenariosOf(suites);
  std::vector<std::unique_ptr<Parts>> parts;
  for (const Expected& one : ExpectedOf(suites)) parts.push_back(std::make_unique<Shown>(*one.draft, scenarios));
  for (const auto& [decision, outcomes] : OutcomesOf(scenarios)) parts.push_back(std::make_unique<ToldApart>(outcomes));
  Redundant redundant;
  for (std::size_t i = scenarios.size(); i-- > 0;) {
    if (IsInTotals(scenarios[i])) continue;
    ++redundant.compared;
    if (llvm::is_contained(needed, scenarios[i])) continue;
    if (!llvm::all_of(parts, [&](const auto& one) { return one->CanSpare(i); })) continue;
    for (const auto& one : parts) one->LeaveOut(i);
    redundant.scenarios.insert(redundant.scenarios.begin(), scenarios[i]);
  }
  return redundant;
}

}  // namespace proviso::cover
