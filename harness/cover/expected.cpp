#include "harness/cover/expected.h"

#include <llvm/ADT/STLExtras.h>

namespace proviso::cover {

using scenario::Suite;

std::vector<Asserted> AssertedOf(const Suite& suite, std::size_t index, std::size_t draft) {
  std::vector<Asserted> asserted;
  for (const scenario::DraftExpectation& expectation : suite.scenarios[index].expectations) {
    if (expectation.draft != draft) continue;
    for (const scenario::Clause& clause : expectation.clauses) {
      for (const auto& decision : clause.decisions)
        asserted.push_back({decision.decision, &clause.option_sets, decision.outcome.has_value()});
    }
  }
  for (const scenario::Total& total : suite.totals) {
    if (index >= suite.first_row && total.draft == draft)
      asserted.push_back({total.decision, &total.option_sets, false});
  }
  return asserted;
}

std::vector<Expected> ExpectedOf(llvm::ArrayRef<const Suite*> suites) {
  std::vector<Expected> all;
  for (const Suite* const suite : suites) {
    for (std::size_t i = 0; i < suite->scenarios.size(); ++i) {
      for (std::size_t d = 0; d < suite->drafts.size(); ++d) {
        std::vector<Asserted> asserted = AssertedOf(*suite, i, d);
        if (asserted.empty()) continue;
        auto found = llvm::find_if(all, [&](const Expected& one) { return one.draft == suite->drafts[d]; });
        if (found == all.end()) found = all.insert(all.end(), {suite->drafts[d], {}});
        found->scenarios.emplace_back(&suite->scenarios[i], std::move(asserted));
      }
    }
  }
  return all;
}

void ObserveExpected(const load::LoadedDraft& draft, const OptionsBehind& behind, const scenario::Scenario& scenario,
                     llvm::ArrayRef<Asserted> asserted, Exercised& exercised) {
  Observer observer(*draft.draft, behind, scenario.facts, scenario.name, exercised);
  for (const Asserted& one : asserted) {
    for (const std::size_t set : *one.option_sets) observer.Observe(one.decision, draft.option_sets[set]);
  }
}

}  // namespace proviso::cover
