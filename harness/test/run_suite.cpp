#include "harness/test/run_suite.h"

#include <llvm/ADT/STLExtras.h>

#include <iterator>
#include <limits>
#include <mutex>
#include <utility>

#include "harness/scenario/asserted.h"
#include "harness/test/count_rows.h"
#include "harness/test/kept.h"
#include "harness/test/run_scenario.h"
#include "runtime/base/in_parallel.h"

namespace proviso::test {
namespace {

using scenario::Suite;

/// One scenario to be run.
struct Unit {
  std::size_t suite;
  std::size_t scenario;
};

class SuitesRunner {
 public:
  SuitesRunner(llvm::ArrayRef<const Suite*> suites, const RunOptions& options) : suites_(suites), options_(options) {}

  std::vector<SuiteResult> Run(llvm::function_ref<void(std::size_t, std::size_t)> on_case) {
    for (std::size_t i = 0; i < suites_.size(); ++i) AddUnits(i);
    results_.resize(units_.size());
    for (std::size_t i = 0; i < units_.size(); ++i) {
      if (!IsKept(i)) Expect(*suites_[units_[i].suite], units_[i].scenario);
    }
    compiled_.Compile();
    std::mutex mutex;
    std::size_t done = 0;
    const auto run = [&](std::size_t i) {
      if (!IsKept(i)) results_[i] = RunScenario(*suites_[units_[i].suite], units_[i].scenario, compiled_);
      const std::lock_guard lock(mutex);
      on_case(++done, units_.size());
    };
    if (!options_.fail_fast) {
      const std::vector<std::size_t> order = LongestFirst();
      InParallel(order.size(), [&](std::size_t i) { run(order[i]); });
    } else {
      for (std::size_t i = 0; i < units_.size(); ++i) {
        run(i);
        if (!results_[i].failures.empty()) units_.resize(i + 1);
      }
    }
    Keep();
    return Merge();
  }

 private:
  /// Takes what is kept of the unit's scenario for its result, if it is.
  bool IsKept(std::size_t unit) {
    const ScenarioResult* const kept =
        options_.kept == nullptr ? nullptr : options_.kept->Of(*suites_[units_[unit].suite], units_[unit].scenario);
    if (kept != nullptr) results_[unit] = *kept;
    return kept != nullptr;
  }

  void Keep() {
    for (std::size_t i = 0; options_.kept != nullptr && i < units_.size(); ++i) {
      if (!IsKept(i)) options_.kept->Add(*suites_[units_[i].suite], units_[i].scenario, results_[i]);
    }
  }

  /// The suite's scenarios that belong to the shard, and whether its totals do.
  void AddUnits(std::size_t index) {
    const Suite& suite = *suites_[index];
    has_totals_.push_back(!suite.totals.empty() && options_.filter.empty());
    const bool is_table_whole = !suite.totals.empty();
    for (std::size_t i = 0; i < suite.scenarios.size(); ++i) {
      const bool is_first_of_deal = !is_table_whole || i <= suite.first_row;
      if (is_first_of_deal) is_dealt_here_ = dealt_++ % options_.shard.count == options_.shard.index;
      if (is_table_whole && i == suite.first_row) has_totals_.back() = has_totals_.back() && is_dealt_here_;
      if (!is_dealt_here_ || suite.scenarios[i].name.find(options_.filter) == std::string::npos) continue;
      units_.push_back({index, i});
    }
  }

  /// The units in the order in which they are to be begun: what is undetermined takes a graph of its own to answer, the
  /// larger the less is known. What is left at the end, when one thread has nothing more to do, is then short.
  [[nodiscard]] std::vector<std::size_t> LongestFirst() const {
    std::vector<std::pair<std::size_t, std::size_t>> known;  // facts, of what is undetermined, and the unit
    for (std::size_t i = 0; i < units_.size(); ++i) {
      const scenario::Scenario& scenario = suites_[units_[i].suite]->scenarios[units_[i].scenario];
      known.emplace_back(ExpectsUndetermined(scenario) ? FactsKnown(scenario.facts) : kMany, i);
    }
    llvm::sort(known);
    std::vector<std::size_t> order;
    for (const auto& [facts, unit] : known) order.push_back(unit);
    return order;
  }

  static bool ExpectsUndetermined(const scenario::Scenario& scenario) {
    return llvm::any_of(scenario.expectations, [](const scenario::DraftExpectation& of_draft) {
      return llvm::any_of(of_draft.clauses, [](const scenario::Clause& clause) {
        return llvm::any_of(clause.decisions, [](const auto& decision) { return !decision.outcome; });
      });
    });
  }

  static std::size_t FactsKnown(const Case& facts) {
    std::size_t known = 0;
    for (const Instance& instance : facts.instances)
      known += llvm::count_if(instance.facts, [](const FactState& state) { return state.value.has_value(); });
    return known;
  }

  /// What a scenario is going to ask.
  void Expect(const Suite& suite, std::size_t index) {
    for (const scenario::Asserted& one : scenario::AssertedOf(suite, index))
      compiled_.Expect(*suite.drafts[one.draft], one.decision, one.option_sets->size());
  }

  std::vector<SuiteResult> Merge() {
    std::vector<SuiteResult> merged;
    std::size_t unit = 0;
    for (std::size_t i = 0; i < suites_.size(); ++i) {
      const std::size_t first = unit;
      while (unit < units_.size() && units_[unit].suite == i) ++unit;
      merged.push_back(MergeSuite(i, first, unit));
      if (options_.fail_fast && merged.back().failed > 0) break;
    }
    return merged;
  }

  SuiteResult MergeSuite(std::size_t index, std::size_t first, std::size_t end) {
    const Suite& suite = *suites_[index];
    SuiteResult merged;
    std::vector<RowCounter> counters;
    for (const scenario::Total& total : suite.totals) counters.emplace_back(total);
    for (std::size_t i = first; i < end; ++i) {
      ScenarioResult& result = results_[i];
      const scenario::Scenario& scenario = suite.scenarios[units_[i].scenario];
      for (std::size_t total = 0; total < result.by_total.size(); ++total) {
        for (std::size_t set = 0; set < result.by_total[total].size(); ++set) {
          counters[total].Add(set, scenario.name, result.by_total[total][set]);
        }
      }
      merged.unspoken += result.unspoken;
      if (scenario.expectations.empty()) continue;
      AddCase(merged, {units_[i].scenario, std::nullopt, 0, 0, result.microseconds}, std::move(result.failures));
    }
    const bool is_stopped = options_.fail_fast && merged.failed > 0;
    if (!has_totals_[index] || is_stopped) return merged;
    for (std::size_t total = 0; total < counters.size(); ++total) {
      AddCase(merged, {suite.scenarios.size(), total}, counters[total].Failures(suite, total));
    }
    return merged;
  }

  static void AddCase(SuiteResult& result, TestedCase tested, std::vector<Failure> failures) {
    tested.first_failure = result.failures.size();
    tested.failures = failures.size();
    ++(failures.empty() ? result.passed : result.failed);
    result.cases.push_back(tested);
    std::move(failures.begin(), failures.end(), std::back_inserter(result.failures));
  }

  static constexpr std::size_t kMany = std::numeric_limits<std::size_t>::max();

  llvm::ArrayRef<const Suite*> suites_;
  const RunOptions& options_;
  std::vector<Unit> units_;
  CompiledDrafts compiled_;
  std::vector<ScenarioResult> results_;  // by unit
  std::vector<bool> has_totals_;         // by suite: whether its totals are to be held against the rows
  std::size_t dealt_ = 0;
  bool is_dealt_here_ = true;
};

}  // namespace

std::vector<SuiteResult> RunSuites(llvm::ArrayRef<const Suite*> suites, const RunOptions& options,
                                   llvm::function_ref<void(std::size_t, std::size_t)> on_case) {
  return SuitesRunner(suites, options).Run(on_case);
}

}  // namespace proviso::test
