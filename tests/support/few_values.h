// few_values.h: all cases of a vocabulary whose facts have few values (`RulesPlan::values`), or some at random.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <optional>
#include <random>
#include <vector>

#include "compiler/check/checked_draft.h"
#include "runtime/base/case.h"

namespace proviso::tests {

class FewValues {
 public:
  explicit FewValues(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  /// Every completion of the facts in which numbers go from 0 to 2 and lists have at most two elements. False, and not
  /// all of them, where there are more than `max`. Assumptions are not asked.
  [[nodiscard]] bool ForEach(const Case& facts, std::size_t max, llvm::function_ref<void(const Case&)> visit) const;

  /// Gives all facts but so many of a hundred a value.
  [[nodiscard]] Case Some(Case facts, std::size_t percent_unknown, std::mt19937& random) const;

 private:
  struct Place {
    InstanceId instance;
    FactId fact;
  };
  /// The unknown facts, the first entity's first.
  [[nodiscard]] std::vector<Place> Unknown(const Case& facts) const;
  /// The case with each value that the fact can have.
  [[nodiscard]] std::vector<Case> With(const Case& facts, const Place& place) const;

  const Vocabulary& vocabulary_;
};

/// All cases within the draft's assumptions; nothing where the vocabulary has more than `max` cases.
[[nodiscard]] std::optional<std::vector<Case>> AllowedCases(const check::CheckedDraft& draft, std::size_t max);

}  // namespace proviso::tests
