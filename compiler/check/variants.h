// variants.h: a checked draft with some of it otherwise.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <memory>
#include <optional>

#include "compiler/check/checked_draft.h"

namespace proviso::check {

/// With `truth` in place of each of these conditions.
[[nodiscard]] std::shared_ptr<const CheckedDraft> WithConditions(const CheckedDraft& draft,
                                                                 llvm::ArrayRef<ExprId> conditions, bool truth);
/// With the option closed on the alternative.
[[nodiscard]] std::shared_ptr<const CheckedDraft> WithSettled(const CheckedDraft& draft, OptionId option,
                                                              std::uint32_t alternative);
/// A draft in which the value of an option is a fact of the case.
struct OptionAsFact {
  std::shared_ptr<const CheckedDraft> draft;  // without constraints, over a vocabulary that has the fact more
  FactId fact;                                // the last of the case's entity
  Type type;                                  // of the fact: of all values that could be written for the option
};
/// Nothing where a value other than those of its alternatives would say nothing: where it is no number, date or number
/// of days, an alternative is worked out from facts, or it is asked about by name; nor where it is read both exactly
/// and as a real.
[[nodiscard]] std::optional<OptionAsFact> WithOptionAsFact(const CheckedDraft& draft, OptionId option);
/// With these values as the alternatives of such an option, which is open.
[[nodiscard]] std::shared_ptr<const CheckedDraft> WithAlternatives(const CheckedDraft& draft, OptionId option,
                                                                   llvm::ArrayRef<Value> values);
/// Without one of the assumptions.
[[nodiscard]] std::shared_ptr<const CheckedDraft> WithoutAssumption(const CheckedDraft& draft, std::size_t assumption);
[[nodiscard]] std::shared_ptr<const CheckedDraft> WithoutAssumptions(const CheckedDraft& draft);

}  // namespace proviso::check
