#include "harness/prove/supposed_change.h"

#include <llvm/ADT/ArrayRef.h>

#include "compiler/check/changed_facts.h"
#include "compiler/check/expr_at.h"
#include "runtime/base/case.h"

namespace proviso::prove {
namespace {

using check::CheckedDraft;
using check::EntityType;
using check::Expr;
using check::ExprId;
using check::Op;

/// Writes the condition into a copy of the draft.
class Writer {
 public:
  Writer(const CheckedDraft& draft, const check::Property& property)
      : draft_(std::make_shared<CheckedDraft>(draft)), property_(property) {
    const check::Decision& decision = draft.decisions[*property.decision];
    place_ = draft[decision.rules.empty() ? *decision.otherwise : draft.rules[decision.rules.front()].condition];
  }

  SupposedChange Write() {
    const FactId after = check::AddSecondValue(*draft_, property_.fact_path.back());
    Expr entity = NodeOf(Op::kCase, EntityType(draft_->vocabulary->case_entity));
    const ExprId condition = ForEntities(property_.fact_path, Add(std::move(entity)), after);
    return {.draft = draft_, .after = after, .condition = condition};
  }

 private:
  ExprId Add(Expr expr) { return draft_->exprs.Add(std::move(expr)); }

  /// Placed where the decision is.
  [[nodiscard]] Expr NodeOf(Op op, const Type& type, std::vector<ExprId> operands = {}) const {
    return check::ExprAt(place_, op, type, std::move(operands));
  }

  ExprId FactOf(ExprId entity, FactId fact) {
    Expr expr = NodeOf(Op::kFact, draft_->vocabulary->facts[fact].type, {entity});
    expr.fact = fact;
    return Add(std::move(expr));
  }

  ExprId ForEntities(llvm::ArrayRef<FactId> path, ExprId entity, FactId after) {
    if (path.size() == 1) return FallsAt(entity, path.front(), after);
    const ExprId next = FactOf(entity, path.front());
    const Type type = draft_->vocabulary->facts[path.front()].type;
    if (type.kind != TypeKind::kList) return ForEntities(path.drop_front(), next, after);
    Expr element = NodeOf(Op::kElement, EntityType(type.entity));
    element.variable = draft_->variables.Add("changed");
    const check::VariableId variable = element.variable;
    const ExprId body = ForEntities(path.drop_front(), Add(std::move(element)), after);
    Expr some = NodeOf(Op::kSome, {}, {next, body});
    some.variable = variable;
    return Add(std::move(some));
  }

  ExprId FallsAt(ExprId entity, FactId fact, FactId after) {
    const ExprId before_value = FactOf(entity, fact);
    const ExprId after_value = FactOf(entity, after);
    const ExprId moves = Add(NodeOf(property_.falls ? Op::kLess : Op::kGreater, {}, {after_value, before_value}));
    const ExprId outcome = Outcome();
    Expr supposing = NodeOf(Op::kSupposing, draft_->exprs[outcome].type, {outcome});
    supposing.overrides.push_back({FactOf(entity, fact), after_value});
    const ExprId is_weaker = Add(NodeOf(Op::kLess, {}, {Add(std::move(supposing)), Outcome()}));
    return Add(NodeOf(Op::kAnd, {}, {moves, is_weaker}));
  }

  ExprId Outcome() {
    Expr expr = NodeOf(Op::kDecision, draft_->decisions[*property_.decision].type,
                       {Add(NodeOf(Op::kCase, EntityType(draft_->vocabulary->case_entity)))});
    expr.decision = *property_.decision;
    return Add(std::move(expr));
  }

  std::shared_ptr<CheckedDraft> draft_;
  const check::Property& property_;
  Expr place_;
};

}  // namespace

SupposedChange SupposeChange(const CheckedDraft& draft, const check::Property& property) {
  return Writer(draft, property).Write();
}

Case WithoutSecondValue(const SupposedChange& changed, Case facts) {
  const EntityId owner = changed.draft->vocabulary->facts[changed.after].owner;
  for (std::size_t i = 0; i < facts.instances.size(); ++i) {
    Instance& instance = facts.instances[InstanceId(i)];
    if (instance.entity == owner) instance.facts.pop_back();
  }
  return facts;
}

}  // namespace proviso::prove
