// written.h: expressions in the drafter's words.
#pragma once

#include <string>

#include "compiler/check/checked_draft.h"

namespace proviso::reference {

/// The expression as the draft has it; empty for what has no text there (a vocabulary's assumptions).
[[nodiscard]] std::string Written(const check::CheckedDraft& draft, const check::Expr& expr);

}  // namespace proviso::reference
