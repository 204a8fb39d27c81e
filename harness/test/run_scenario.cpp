#include "harness/test/run_scenario.h"

#include <llvm/ADT/STLExtras.h>

#include <chrono>
#include <deque>
#include <optional>
#include <set>

#include "harness/test/compare.h"
#include "harness/test/count_rows.h"
#include "harness/test/parting.h"

namespace proviso::test {
namespace {

using reference::Outcome;
using scenario::Clause;
using scenario::DraftExpectation;

class ScenarioRunner {
 public:
  ScenarioRunner(const scenario::Suite& suite, std::size_t index, const CompiledDrafts& compiled)
      : suite_(suite), index_(index), compiled_(compiled) {}

  ScenarioResult Run() {
    const auto start = std::chrono::steady_clock::now();
    std::deque<CaseAnswers> answers;
    for (const load::LoadedDraft* draft : suite_.drafts)
      answers.emplace_back(draft->draft, Scenario().facts, compiled_.Of(*draft));
    for (const DraftExpectation& expectation : Scenario().expectations) {
      Check(expectation, answers[expectation.draft]);
    }
    if (index_ >= suite_.first_row) CountRow(answers);
    const auto taken = std::chrono::steady_clock::now() - start;
    result_.microseconds = std::chrono::duration_cast<std::chrono::microseconds>(taken).count();
    return std::move(result_);
  }

 private:
  [[nodiscard]] const scenario::Scenario& Scenario() const { return suite_.scenarios[index_]; }

  void Check(const DraftExpectation& expectation, CaseAnswers& answers) {
    std::set<std::size_t> spoken;
    for (const Clause& clause : expectation.clauses) {
      spoken.insert(clause.option_sets.begin(), clause.option_sets.end());
      for (const scenario::DecisionExpectation& decision : clause.decisions) {
        CheckDecision(expectation.draft, clause, decision, answers);
      }
      if (!clause.because.empty()) CheckBecause(expectation.draft, clause, answers);
    }
    result_.unspoken += suite_.drafts[expectation.draft]->option_sets.size() - spoken.size();
  }

  void CheckDecision(std::size_t draft_index, const Clause& clause, const scenario::DecisionExpectation& decision,
                     CaseAnswers& answers) {
    const load::LoadedDraft& draft = *suite_.drafts[draft_index];
    const Case& facts = Scenario().facts;
    const std::size_t first = result_.failures.size();
    for (const std::size_t option_set : clause.option_sets) {
      const Outcome& outcome = answers.OutcomeOf(decision.decision, draft.option_sets[option_set]);
      const auto mismatch = Compare(*draft.draft, facts, decision, outcome);
      if (!mismatch || JoinFailure(first, *mismatch, option_set)) continue;
      // What is found quickly may not say what decided it.
      const Outcome& decided = answers.Of(decision.decision, draft.option_sets[option_set]);
      const Parting parting =
          FindParting(*draft.draft, facts, draft.option_sets[option_set], decision, clause.because, decided);
      result_.failures.push_back({index_,
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

  void CheckBecause(std::size_t draft_index, const Clause& clause, CaseAnswers& answers) {
    const load::LoadedDraft& draft = *suite_.drafts[draft_index];
    const std::size_t first = result_.failures.size();
    for (const std::size_t option_set : clause.option_sets) {
      const auto mismatch = CompareBecause(*draft.draft, clause, draft.option_sets[option_set], answers);
      if (!mismatch || JoinFailure(first, *mismatch, option_set)) continue;
      result_.failures.push_back({index_,
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

  void CountRow(std::deque<CaseAnswers>& answers) {
    for (const scenario::Total& total : suite_.totals) {
      const std::vector<check::OptionSet>& option_sets = suite_.drafts[total.draft]->option_sets;
      std::vector<RowAnswer>& rows = result_.by_total.emplace_back();
      for (const std::size_t set : total.option_sets) {
        rows.push_back(AnswerOf(total, answers[total.draft].OutcomeOf(total.decision, option_sets[set])));
      }
    }
  }

  const scenario::Suite& suite_;
  std::size_t index_;
  const CompiledDrafts& compiled_;
  ScenarioResult result_;
};

}  // namespace

ScenarioResult RunScenario(const scenario::Suite& suite, std::size_t index, const CompiledDrafts& compiled) {
  return ScenarioRunner(suite, index, compiled).Run();
}

bool ScenarioHolds(const scenario::Suite& suite, std::size_t index, std::size_t draft,
                   const std::shared_ptr<const check::CheckedDraft>& instead) {
  const scenario::Scenario& scenario = suite.scenarios[index];
  const std::vector<check::OptionSet>& sets = suite.drafts[draft]->option_sets;
  CaseAnswers answers(instead, scenario.facts);
  const auto holds_under = [&](const Clause& clause, std::size_t set) {
    return llvm::all_of(clause.decisions,
                        [&](const auto& decision) {
                          return !Compare(*instead, scenario.facts, decision, answers.Of(decision.decision, sets[set]));
                        }) &&
           (clause.because.empty() || !CompareBecause(*instead, clause, sets[set], answers));
  };
  return llvm::all_of(scenario.expectations, [&](const DraftExpectation& expectation) {
    return expectation.draft != draft || llvm::all_of(expectation.clauses, [&](const Clause& clause) {
             return llvm::all_of(clause.option_sets, [&](std::size_t set) { return holds_under(clause, set); });
           });
  });
}

bool TotalHolds(const scenario::Suite& suite, std::size_t total,
                const std::shared_ptr<const check::CheckedDraft>& instead) {
  const scenario::Total& expected = suite.totals[total];
  const std::vector<check::OptionSet>& sets = suite.drafts[expected.draft]->option_sets;
  RowCounter counter(expected);
  for (std::size_t row = suite.first_row; row < suite.scenarios.size(); ++row) {
    CaseAnswers answers(instead, suite.scenarios[row].facts);
    for (std::size_t i = 0; i < expected.option_sets.size(); ++i) {
      const Outcome& outcome = answers.Of(expected.decision, sets[expected.option_sets[i]]);
      counter.Add(i, suite.scenarios[row].name, AnswerOf(expected, outcome));
    }
  }
  return counter.Failures(suite, total).empty();
}

}  // namespace proviso::test
