#include "compiler/check/expr_at.h"

#include <utility>

namespace proviso::check {

Expr ExprAt(const Expr& place, Op op, const Type& type, std::vector<ExprId> operands) {
  Expr expr;
  expr.op = op;
  expr.type = type;
  expr.span = place.span;
  expr.text = place.text;
  expr.operands = std::move(operands);
  return expr;
}

Type EntityType(EntityId entity) { return {.kind = TypeKind::kEntity, .entity = entity}; }

}  // namespace proviso::check
