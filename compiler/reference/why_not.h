// why_not.h: why a decision does not come to an outcome, and how far from their thresholds the numbers are on which
// it turns.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/reference/evaluate.h"

namespace proviso::reference {

/// What keeps the decision from the outcome: a line for each rule and exception that would give it, with what blocks it
/// (conditions that do not hold, exceptions that take it away, or what decides in its place), and one for `otherwise`
/// where that would. No parts where nothing would give it. The decision comes to something else, or to nothing.
[[nodiscard]] Explanation WhyNot(const check::CheckedDraft& draft, check::DecisionId decision, const Value& outcome,
                                 const Case& facts, const check::OptionSet& options);

/// A number, date or number of days that an explanation turns on, and what it is held against.
struct Distance {
  std::string text;  // its path, or as the draft has it
  std::string value;
  std::string limit;
  bool is_above = false;
  /// So many times the limit; nothing where one of them is not above 0, or they are dates.
  std::optional<double> factor;
  /// How many of the smallest steps of its type lie between: days, cents, binary64 numbers. 0: it is exactly the limit.
  std::optional<Exact> steps;
  bool is_counted = true;  // the steps are such as people count, not binary64 numbers
  bool operator==(const Distance&) const = default;
};

/// Of all that the explanation of the decision (`Explain`) shows, each once, in its order.
[[nodiscard]] std::vector<Distance> Distances(const check::CheckedDraft& draft, check::DecisionId decision,
                                              const Case& facts, const check::OptionSet& options);

}  // namespace proviso::reference
