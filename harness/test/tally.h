// tally.h: how many scenarios come to each outcome, under every option set.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/suite.h"

namespace proviso::test {

/// One draft's counts. `counts[s][c]` is how many scenarios come to `Tally::columns[c]` under its option set `s`.
struct DraftTally {
  const load::LoadedDraft* draft = nullptr;
  std::vector<std::vector<std::size_t>> counts;
};

struct Tally {
  std::string decision;
  std::size_t scenarios = 0;
  std::vector<std::string> columns;  // outcomes as the language writes them, strongest first, then `undetermined`
  std::vector<DraftTally> drafts;    // those that have the decision
};

/// Evaluates every scenario whose name contains `filter` under every draft of its suite and every option set, whether
/// or not the suite expects anything of them. `undetermined` is a column always, `no outcome` where it occurs.
[[nodiscard]] Tally CountOutcomes(const std::deque<scenario::Suite>& suites, std::string_view decision,
                                  std::string_view filter);

}  // namespace proviso::test
