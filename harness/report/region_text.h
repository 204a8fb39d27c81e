// region_text.h: regions of cases in the drafter's words.
#pragma once

#include <string>
#include <vector>

#include "harness/compare/compare.h"

namespace proviso::report {

/// What holds of the facts: `covered`, `visitors from 501, below 601`, `some of stages: level above 90 decibel`.
[[nodiscard]] std::vector<std::string> ConditionTexts(const compare::Comparison& comparison,
                                                      const compare::Region& region);

/// An option, named with its draft where both have one of its name, and the alternatives that it may have.
struct OptionText {
  std::string option;
  std::vector<std::string> alternatives;
};
[[nodiscard]] std::vector<OptionText> OptionTexts(const compare::Comparison& comparison, const compare::Region& region);

/// `frontier_ai §850.224(k)(1)`, of each rule that decides; of none, `otherwise`.
[[nodiscard]] std::string DecidedByText(const check::CheckedDraft& draft, const std::vector<check::RuleId>& rules);

}  // namespace proviso::report
