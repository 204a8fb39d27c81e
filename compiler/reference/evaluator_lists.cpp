// The forms that go through the elements of a list.
#include "compiler/reference/evaluator.h"

namespace proviso::reference {

using check::Expr;

Possible Evaluator::OverList(const Expr& expr, const Scope& scope, WithElements with_elements) {
  const Possible list = Evaluate(expr.operands[0], scope);
  if (list.any) {
    LookNoFurther(expr);
    Possible unknown = Unknown(vocabulary_, expr.type, true, list.missing);
    unknown.error = list.error;
    return unknown;
  }
  Possible result;
  result.missing = list.missing;
  for (const Value& value : list.values) {
    const auto* elements = std::get_if<ListValue>(&value);
    Join(result, with_elements(elements != nullptr ? llvm::ArrayRef(elements->elements) : llvm::ArrayRef<InstanceId>()),
         missing_);
  }
  if (!result.error) result.error = list.error;
  return Settled(std::move(result));
}

Possible Evaluator::Quantified(const Expr& expr, const Scope& scope, bool every) {
  return OverList(expr, scope, [&](llvm::ArrayRef<InstanceId> elements) {
    Tally tally(every ? elements.size() : 1, elements.size(), missing_);
    for (const InstanceId element : elements) {
      if (tally.IsDecided()) break;
      const Binding binding = {.variable = expr.variable, .element = element, .outer = scope.elements};
      tally.Add(Evaluate(expr.operands[1], scope.With(binding)));
    }
    return tally.Result();
  });
}

Possible Evaluator::EvalSome(const Expr& expr, const Scope& scope) { return Quantified(expr, scope, false); }
Possible Evaluator::EvalEvery(const Expr& expr, const Scope& scope) { return Quantified(expr, scope, true); }

Possible Evaluator::Accumulate(const Expr& expr, const Type& type, const Scope& scope, const Value& start,
                               ElementValue value, Operation2 combine) {
  return OverList(expr, scope, [&](llvm::ArrayRef<InstanceId> elements) {
    Possible total(start);
    for (const InstanceId element : elements) {
      const Binding binding = {.variable = expr.variable, .element = element, .outer = scope.elements};
      const Scope inside = scope.With(binding);
      const Possible counts = Evaluate(expr.operands[1], inside);
      Possible next;
      if (counts.MayBe(true)) next = Apply(expr, type, total, value(inside), combine);
      if (counts.MayBe(false)) Join(next, total, missing_);
      if (!next.error) next.error = counts.error;
      next.missing = missing_.Merge(next.missing, counts.missing);
      total = Settled(std::move(next));
    }
    return total;
  });
}

Possible Evaluator::AccumulateOperand(const Expr& expr, const Type& type, const Scope& scope, const Value& start,
                                      Operation2 combine) {
  return Accumulate(
      expr, type, scope, start, [&](const Scope& inside) { return Evaluate(expr.operands[2], inside); }, combine);
}

Possible Evaluator::EvalCount(const Expr& expr, const Scope& scope) {
  return Accumulate(expr, expr.type, scope, Exact(0), [](const Scope&) { return Possible(Exact(1)); }, Add);
}

Possible Evaluator::EvalSum(const Expr& expr, const Scope& scope) {
  Type on_the_way = expr.type;
  if (on_the_way.IsExactNumber()) on_the_way.kind = TypeKind::kRatio;
  const Possible total = AccumulateOperand(expr, on_the_way, scope, ZeroOf(expr.type), Add);
  return Apply(expr, expr.type, total, [](const Parameters&, const Value& value) -> Attempt { return value; });
}

Possible Evaluator::EvalMaxOf(const Expr& expr, const Scope& scope) {
  return AccumulateOperand(expr, expr.type, scope, NoValue{}, Greatest);
}

Possible Evaluator::EvalMinOf(const Expr& expr, const Scope& scope) {
  return AccumulateOperand(expr, expr.type, scope, NoValue{}, Smallest);
}

}  // namespace proviso::reference
