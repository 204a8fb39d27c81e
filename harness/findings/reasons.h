// reasons.h: why a piece of a draft changes nothing.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <optional>

#include "compiler/check/checked_draft.h"

namespace proviso::findings {

using Draft = std::shared_ptr<const check::CheckedDraft>;

/// Whether each of the conditions is proved to be `truth` wherever it is asked. Only of those that are asked of the
/// case, be it for the elements of its lists; of others false.
[[nodiscard]] bool IsAlways(const Draft& draft, llvm::ArrayRef<check::ExprId> conditions, bool truth);

/// Whether it is proved that the rule, of a decision of the case, fires in no case.
[[nodiscard]] bool NeverFires(const Draft& draft, check::RuleId rule);

/// Another rule of the decision that makes this one superfluous.
struct Cover {
  check::RuleId rule;
  bool is_shadow = false;  // the two always fire together, the other one first, with another outcome
};
/// One that is proved to fire wherever the rule does, and to win there or to come to the same; nothing where there is
/// none, or the decision is not of the case.
[[nodiscard]] std::optional<Cover> CoverOf(const Draft& draft, check::RuleId rule);

}  // namespace proviso::findings
