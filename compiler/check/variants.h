// variants.h: a checked draft with some of it otherwise.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <memory>

#include "compiler/check/checked_draft.h"

namespace proviso::check {

/// With `truth` in place of each of these conditions.
[[nodiscard]] std::shared_ptr<const CheckedDraft> WithConditions(const CheckedDraft& draft,
                                                                 llvm::ArrayRef<ExprId> conditions, bool truth);
/// With the option closed on the alternative.
[[nodiscard]] std::shared_ptr<const CheckedDraft> WithSettled(const CheckedDraft& draft, OptionId option,
                                                              std::uint32_t alternative);
/// Without one of the assumptions.
[[nodiscard]] std::shared_ptr<const CheckedDraft> WithoutAssumption(const CheckedDraft& draft, std::size_t assumption);
[[nodiscard]] std::shared_ptr<const CheckedDraft> WithoutAssumptions(const CheckedDraft& draft);

}  // namespace proviso::check
