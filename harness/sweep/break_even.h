// break_even.h: one case and one option that is a number or date: the values at which the outcome becomes another.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <memory>
#include <optional>
#include <vector>

#include "compiler/check/variants.h"
#include "compiler/lower/option_cover.h"
#include "compiler/reference/evaluate.h"
#include "runtime/base/case.h"

namespace proviso::sweep {

/// Values below `edge` come to the one outcome, those from it on (or after it) to the other, up to the next flips.
struct Flip {
  Value edge;
  bool is_after = false;
  reference::Outcome below, above;
  std::vector<lower::OptionProduct> where;  // the other options; none of a constraint's concern
};

/// Of one decision.
struct BreakEven {
  std::vector<Flip> flips;  // ascending by value
  bool is_settled = true;   // false: there may be others, as the value is worked into something else
};

/// One option, asked of any case.
class OptionValues {
 public:
  /// Nothing where other values than the draft's cannot be put in its place (check::WithOptionAsFact).
  [[nodiscard]] static std::optional<OptionValues> Of(std::shared_ptr<const check::CheckedDraft> draft,
                                                      check::OptionId option);

  [[nodiscard]] check::OptionId Option() const { return option_; }
  /// Of edges.
  [[nodiscard]] const Type& EdgeType() const { return as_fact_.type; }

  /// By decision, under option sets that belong to all of `chosen`, whatever that says of this option. Values that a
  /// constraint rules out are left out. Each flip has been replayed through the reference
  /// evaluator under one of its option sets: at the last value before the edge, at the first behind it, and one
  /// further.
  [[nodiscard]] std::vector<BreakEven> Find(const Case& facts, llvm::ArrayRef<check::DecisionId> decisions,
                                            llvm::ArrayRef<lower::OptionProduct> chosen = {}) const;

 private:
  OptionValues(std::shared_ptr<const check::CheckedDraft> draft, check::OptionId option, check::OptionAsFact as_fact)
      : draft_(std::move(draft)), option_(option), as_fact_(std::move(as_fact)) {}

  std::shared_ptr<const check::CheckedDraft> draft_;
  check::OptionId option_;
  check::OptionAsFact as_fact_;
};

}  // namespace proviso::sweep
