#include "harness/test/run_suite.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <utility>

#include "harness/test/compare.h"
#include "harness/test/count_rows.h"
#include "harness/test/parting.h"

namespace proviso::test {
namespace {

using reference::Outcome;
using scenario::Clause;
using scenario::DraftExpectation;
using scenario::Scenario;
using scenario::Suite;

class SuiteRunner {
 public:
  SuiteRunner(const Suite& suite, const RunOptions& options) : suite_(suite), options_(options) {
    for (const scenario::Total& total : suite.totals) counters_.emplace_back(total);
  }

  SuiteResult Run() {
    for (std::size_t i = 0; i < suite_.scenarios.size(); ++i) {
      if (suite_.scenarios[i].name.find(options_.filter) == std::string::npos) continue;
      RunScenario(i);
      if (options_.fail_fast && result_.failed > 0) return std::move(result_);
    }
    if (options_.filter.empty()) CheckTotals();
    return std::move(result_);
  }

 private:
  void RunScenario(std::size_t index) {
    const Scenario& scenario = suite_.scenarios[index];
    std::deque<CaseAnswers> answers;
    for (const load::LoadedDraft* draft : suite_.drafts) answers.emplace_back(draft->draft, scenario.facts);
    const std::size_t failures_before = result_.failures.size();
    for (const DraftExpectation& expectation : scenario.expectations) {
      Check(index, expectation, answers[expectation.draft]);
    }
    if (!scenario.expectations.empty()) {
      ++(result_.failures.size() == failures_before ? result_.passed : result_.failed);
    }
    if (index >= suite_.first_row) CountRow(scenario, answers);
  }

  void Check(std::size_t index, const DraftExpectation& expectation, CaseAnswers& answers) {
    std::set<std::size_t> spoken;
    for (const Clause& clause : expectation.clauses) {
      spoken.insert(clause.option_sets.begin(), clause.option_sets.end());
      for (const scenario::DecisionExpectation& decision : clause.decisions) {
        CheckDecision(index, expectation.draft, clause, decision, answers);
      }
      if (!clause.because.empty()) CheckBecause(index, expectation.draft, clause, answers);
    }
    result_.unspoken += suite_.drafts[expectation.draft]->option_sets.size() - spoken.size();
  }

  void CheckDecision(std::size_t index, std::size_t draft_index, const Clause& clause,
                     const scenario::DecisionExpectation& decision, CaseAnswers& answers) {
    const load::LoadedDraft& draft = *suite_.drafts[draft_index];
    const Case& facts = suite_.scenarios[index].facts;
    const std::size_t first = result_.failures.size();
    for (const std::size_t option_set : clause.option_sets) {
      const Outcome& outcome = answers.Of(decision.decision, draft.option_sets[option_set]);
      const auto mismatch = Compare(*draft.draft, facts, decision, outcome);
      if (!mismatch || JoinFailure(first, *mismatch, option_set)) continue;
      const Parting parting =
          FindParting(*draft.draft, facts, draft.option_sets[option_set], decision, clause.because, outcome);
      result_.failures.push_back({index,
                                  std::nullopt,
                                  draft_index,
                                  draft.draft->decisions[decision.decision].name,
                                  {option_set},
                                  mismatch->expected,
                                  mismatch->got,
                                  parting.at,
                                  parting.cites,
                                  parting.remark,
                                  decision.span});
    }
  }

  void CheckBecause(std::size_t index, std::size_t draft_index, const Clause& clause, CaseAnswers& answers) {
    const load::LoadedDraft& draft = *suite_.drafts[draft_index];
    const std::size_t first = result_.failures.size();
    for (const std::size_t option_set : clause.option_sets) {
      const auto mismatch = CompareBecause(*draft.draft, clause, draft.option_sets[option_set], answers);
      if (!mismatch || JoinFailure(first, *mismatch, option_set)) continue;
      result_.failures.push_back({index,
                                  std::nullopt,
                                  draft_index,
                                  "because",
                                  {option_set},
                                  mismatch->expected,
                                  mismatch->got,
                                  {},
                                  {},
                                  {},
                                  clause.because_span});
    }
  }

  /// Adds the option set to a failure from number `first` on with the same answer; whether there is one.
  bool JoinFailure(std::size_t first, const Mismatch& mismatch, std::size_t option_set) {
    for (std::size_t i = first; i < result_.failures.size(); ++i) {
      Failure& failure = result_.failures[i];
      if (failure.expected != mismatch.expected || failure.got != mismatch.got) continue;
      failure.option_sets.push_back(option_set);
      return true;
    }
    return false;
  }

  void CountRow(const Scenario& row, std::deque<CaseAnswers>& answers) {
    for (std::size_t i = 0; i < suite_.totals.size(); ++i) {
      const scenario::Total& total = suite_.totals[i];
      const std::vector<check::OptionSet>& option_sets = suite_.drafts[total.draft]->option_sets;
      for (std::size_t set = 0; set < total.option_sets.size(); ++set) {
        counters_[i].Add(set, row.name, answers[total.draft].Of(total.decision, option_sets[total.option_sets[set]]));
      }
    }
  }

  void CheckTotals() {
    for (std::size_t i = 0; i < counters_.size(); ++i) {
      std::vector<Failure> failures = counters_[i].Failures(suite_, i);
      ++(failures.empty() ? result_.passed : result_.failed);
      std::move(failures.begin(), failures.end(), std::back_inserter(result_.failures));
    }
  }

  const Suite& suite_;
  const RunOptions& options_;
  SuiteResult result_;
  std::vector<RowCounter> counters_;
};

}  // namespace

SuiteResult RunSuite(const Suite& suite, const RunOptions& options) { return SuiteRunner(suite, options).Run(); }

}  // namespace proviso::test
