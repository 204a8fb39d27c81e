// wording.h: what a piece of a draft says with all that it is made of, as one text, so that pieces of two drafts can be
// known to mean the same.
#pragma once

#include <string>
#include <vector>

#include "compiler/check/checked_draft.h"

namespace proviso::lower {

/// Over one vocabulary, two expressions with the same wording have the same value in every case under option sets that
/// choose alike by name, whatever their drafts; those that mean the same may be worded otherwise. Names of terms and
/// rules do not count, nor options that are settled, only what they are settled on. Linear in what it goes through.
[[nodiscard]] std::string WordingOf(const check::CheckedDraft& draft, check::ExprId root);

}  // namespace proviso::lower
