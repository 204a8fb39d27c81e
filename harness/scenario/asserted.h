// asserted.h: what a scenario expects, as the questions that have to be asked.
#pragma once

#include <vector>

#include "harness/scenario/suite.h"

namespace proviso::scenario {

/// One expectation: a decision of a draft, under option sets.
struct Asserted {
  std::size_t draft;  // index into Suite::drafts
  check::DecisionId decision;
  const std::vector<std::size_t>* option_sets;  // the suite's
  bool is_determined;  // an outcome is expected, of all that is left open of the case; not so of totals
  bool is_total;       // of the table that the scenario is a row of, not of the scenario
};

/// All that is expected of the scenario, by its index, in the order of the text; totals last.
[[nodiscard]] std::vector<Asserted> AssertedOf(const Suite& suite, std::size_t scenario);

}  // namespace proviso::scenario
