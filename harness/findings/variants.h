// variants.h: a checked draft with some of it otherwise.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <memory>

#include "compiler/check/checked_draft.h"

namespace proviso::findings {

using Draft = std::shared_ptr<const check::CheckedDraft>;

/// With `truth` in place of each of these conditions.
[[nodiscard]] Draft WithConditions(const check::CheckedDraft& draft, llvm::ArrayRef<check::ExprId> conditions,
                                   bool truth);
/// With the option closed on the alternative.
[[nodiscard]] Draft WithSettled(const check::CheckedDraft& draft, check::OptionId option, std::uint32_t alternative);
/// Without one of the assumptions.
[[nodiscard]] Draft WithoutAssumption(const check::CheckedDraft& draft, std::size_t assumption);
[[nodiscard]] Draft WithoutAssumptions(const check::CheckedDraft& draft);

}  // namespace proviso::findings
