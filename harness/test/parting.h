// parting.h: the first rule or condition where an expectation and an answer part.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/reference/evaluate.h"
#include "harness/scenario/suite.h"

namespace proviso::test {

struct Parting {
  std::string at;  // `rule frontier_ai does not fire: s.training_compute > ai_compute`
  std::vector<Citation> cites;
  std::string remark;  // what was compared
};

/// For an expected outcome that did not come: of the rules that would have given it, the one that lacks the fewest
/// conditions (one that `because` names first), and the first of those. For an unexpected outcome, the rule that gave
/// it; for one that is not settled, the facts it turns on. Nothing where no rule has to do with it.
[[nodiscard]] Parting FindParting(const check::CheckedDraft& draft, const Case& facts,
                                  const check::OptionSet& option_set, const scenario::DecisionExpectation& expected,
                                  const std::vector<Citation>& because, const reference::Outcome& outcome);

}  // namespace proviso::test
