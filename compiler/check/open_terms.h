// open_terms.h: a condition in which terms are left open, so that less has to be known to prove that it never holds.
#pragma once

#include <memory>
#include <vector>

#include "compiler/check/checked_draft.h"

namespace proviso::check {

struct OpenTerms {
  std::shared_ptr<const CheckedDraft> draft;
  ExprId condition;
  bool is_any_open = false;
};

/// The condition of the case with each yes/no term that is used within `depth` others at least, wherever it is used, a
/// fact of its own, of the vocabulary too; and each sum any number where there is something to be added up. Where the
/// condition holds of a case, the new one does of the same case with some values of those facts: what can never hold
/// with open terms can never hold. Terms that `is_seen` are looked into and do not count; what stands under
/// `supposing`, in options and in decisions stays as it is.
[[nodiscard]] OpenTerms WithOpenTerms(const CheckedDraft& draft, ExprId condition, std::size_t depth,
                                      const std::vector<bool>& is_seen);

}  // namespace proviso::check
