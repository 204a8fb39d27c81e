// what_if.h: why a case does not come to an outcome, what would have to be otherwise, and how near it is.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "compiler/reference/why_not.h"
#include "harness/change/nearest.h"

namespace proviso::change {

/// Of one decision, for one case under one option set.
struct Counterfactual {
  check::DecisionId decision;
  std::string outcome;  // what it comes to, in the language's words
  struct Other {
    Value outcome;
    /// What blocks it; only where that was asked for.
    std::optional<reference::Explanation> why_not;
    std::vector<Change> changes;  // the nearest, see `Nearest::Find`; none where none was found
  };
  std::vector<Other> others;
  std::vector<reference::Distance> distances;
};

/// What else decisions of one draft could come to.
class WhatIf {
 public:
  explicit WhatIf(std::shared_ptr<const check::CheckedDraft> draft) : draft_(std::move(draft)) {}

  /// To every other outcome that is not computed; to one alone, with what blocks it, where `why_not` names it. No
  /// changes where the case is undetermined or has no outcome, or the graph is too large.
  [[nodiscard]] Counterfactual Of(check::DecisionId decision, const Case& facts, const check::OptionSet& options,
                                  const std::optional<Value>& why_not);

 private:
  static constexpr std::size_t kShown = 3;

  std::shared_ptr<const check::CheckedDraft> draft_;
  std::map<check::DecisionId, std::unique_ptr<Nearest>> nearest_;
};

}  // namespace proviso::change
