// run_scenario.h: one scenario against the drafts of its suite.
#pragma once

#include <memory>
#include <vector>

#include "compiler/reference/evaluate.h"
#include "harness/scenario/suite.h"
#include "harness/test/compiled_drafts.h"
#include "harness/test/count_rows.h"
#include "harness/test/run_suite.h"

namespace proviso::test {

struct ScenarioResult {
  std::vector<Failure> failures;  // in the order of the scenario
  std::size_t unspoken = 0;       // as in SuiteResult, of this scenario
  /// Of a table's row: for each of the suite's totals, and each of its option sets, what the row comes to.
  std::vector<std::vector<RowAnswer>> by_total;
  std::int64_t microseconds = 0;
};

/// Reads the suite and its drafts and changes nothing: scenarios may be run at the same time.
[[nodiscard]] ScenarioResult RunScenario(const scenario::Suite& suite, std::size_t index,
                                         const CompiledDrafts& compiled);

/// Whether all that the scenario expects of the suite's draft number `draft` holds of `instead`, one with the same
/// decisions and options, in its place. Stops at the first that does not.
[[nodiscard]] bool ScenarioHolds(const scenario::Suite& suite, std::size_t index, std::size_t draft,
                                 const std::shared_ptr<const check::CheckedDraft>& instead);

/// The same of one of the suite's totals, which goes through all rows.
[[nodiscard]] bool TotalHolds(const scenario::Suite& suite, std::size_t total,
                              const std::shared_ptr<const check::CheckedDraft>& instead);

}  // namespace proviso::test
