#include "harness/scenario/asserted.h"

namespace proviso::scenario {

std::vector<Asserted> AssertedOf(const Suite& suite, std::size_t scenario) {
  std::vector<Asserted> asserted;
  for (const DraftExpectation& expectation : suite.scenarios[scenario].expectations) {
    for (const Clause& clause : expectation.clauses) {
      for (const DecisionExpectation& decision : clause.decisions) {
        asserted.push_back({.draft = expectation.draft,
                            .decision = decision.decision,
                            .option_sets = &clause.option_sets,
                            .is_determined = decision.outcome.has_value(),
                            .is_total = false});
      }
    }
  }
  if (scenario < suite.first_row) return asserted;
  for (const Total& total : suite.totals) {
    asserted.push_back({.draft = total.draft,
                        .decision = total.decision,
                        .option_sets = &total.option_sets,
                        .is_determined = false,
                        .is_total = true});
  }
  return asserted;
}

}  // namespace proviso::scenario
