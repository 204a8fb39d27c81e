// expr_at.h: expressions for what no drafter wrote, placed where something stands that one did.
#pragma once

#include <vector>

#include "compiler/check/checked_draft.h"

namespace proviso::check {

/// With the span and the text of `place`.
[[nodiscard]] Expr ExprAt(const Expr& place, Op op, const Type& type, std::vector<ExprId> operands = {});

[[nodiscard]] Type EntityType(EntityId entity);

}  // namespace proviso::check
