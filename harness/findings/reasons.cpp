#include "harness/findings/reasons.h"

#include <llvm/ADT/STLExtras.h>

#include "compiler/lower/occurs.h"
#include "compiler/reference/evaluate.h"

namespace proviso::findings {
namespace {

using check::CheckedDraft;
using check::Expr;
using check::ExprId;
using check::Op;
using check::RuleId;

constexpr std::size_t kMaxNodes = 500'000;

/// A copy of a draft that conditions are added to.
class Conditions {
 public:
  explicit Conditions(const CheckedDraft& draft) : draft_(std::make_shared<CheckedDraft>(draft)) {}

  ExprId Fires(RuleId rule) {
    Expr fires = Condition(Op::kRuleFires, {draft_->exprs.Add({.op = Op::kCase, .type = CaseType()})});
    fires.rule = rule;
    return draft_->exprs.Add(std::move(fires));
  }
  ExprId Not(ExprId condition) { return draft_->exprs.Add(Condition(Op::kNot, {condition})); }
  ExprId And(ExprId one, ExprId other) { return draft_->exprs.Add(Condition(Op::kAnd, {one, other})); }
  /// That it holds of some element of the list that `over` goes through.
  ExprId SomeOf(const Expr& over, ExprId condition) {
    Expr some = Condition(Op::kSome, {over.operands[0], condition});
    some.variable = over.variable;
    return draft_->exprs.Add(std::move(some));
  }

  /// Whether it is proved to hold in no case.
  [[nodiscard]] bool IsImpossible(ExprId condition) const {
    lower::Lowered lowered = lower::LowerCondition(draft_, condition, kMaxNodes);
    if (lowered.too_large) return false;
    const auto is_shown = [&](const lower::Witness& witness) {
      return reference::Holds(*draft_, condition, witness.facts, witness.options.front()) == true;
    };
    graph::Graph& graph = lowered.space->graph;
    const evaluate::NodeId holds = graph.Replace(*lowered.drafts.front().condition, [&](evaluate::NodeId leaf) {
      return leaf == graph.Yes() ? leaf : graph.No();
    });
    return lower::Occurs(lowered, holds, is_shown).verdict == lower::Occurrence::Verdict::kImpossible;
  }

 private:
  static Expr Condition(Op op, std::vector<ExprId> operands) {
    Expr expr;
    expr.op = op;
    expr.type = {.kind = TypeKind::kBoolean};
    expr.operands = std::move(operands);
    return expr;
  }
  [[nodiscard]] Type CaseType() const { return {.kind = TypeKind::kEntity, .entity = draft_->vocabulary->case_entity}; }

  std::shared_ptr<CheckedDraft> draft_;
};

/// The way down from an expression to one in it: those around it, outermost first.
bool FindWay(const CheckedDraft& draft, ExprId from, ExprId to, std::vector<ExprId>& way) {
  if (from == to) return true;
  way.push_back(from);
  if (llvm::any_of(draft[from].operands, [&](ExprId operand) { return FindWay(draft, operand, to, way); })) return true;
  way.pop_back();
  return false;
}

/// The expressions of the case that conditions stand in.
std::vector<ExprId> RootsOfCase(const CheckedDraft& draft) {
  std::vector<ExprId> roots;
  const auto is_of_case = [&](const std::optional<EntityId>& of) {
    return !of || *of == draft.vocabulary->case_entity;
  };
  for (const check::Rule& rule : draft.rules) {
    if (!is_of_case(draft.decisions[rule.decision].of)) continue;
    roots.push_back(rule.condition);
    if (rule.value) roots.push_back(*rule.value);
  }
  for (const check::Term& term : draft.terms) {
    if (is_of_case(term.of)) roots.push_back(term.body);
  }
  for (const check::Option& option : draft.options) {
    for (const check::Alternative& alternative : option.alternatives) {
      if (is_of_case(option.of)) roots.push_back(alternative.value);
    }
  }
  return roots;
}

bool GoesThroughList(Op op) {
  return op == Op::kSome || op == Op::kEvery || op == Op::kCount || op == Op::kSum || op == Op::kMaxOf ||
         op == Op::kMinOf;
}

bool IsOneAlways(const Draft& draft, llvm::ArrayRef<ExprId> roots, ExprId condition, bool truth) {
  for (const ExprId root : roots) {
    std::vector<ExprId> way;
    if (!FindWay(*draft, root, condition, way)) continue;
    const auto is_supposed = [&](ExprId id) { return (*draft)[id].op == Op::kSupposing; };
    if (llvm::any_of(way, is_supposed)) return false;
    Conditions conditions(*draft);
    ExprId otherwise = truth ? conditions.Not(condition) : condition;
    ExprId inner = condition;
    for (const ExprId around : llvm::reverse(way)) {
      const Expr& expr = (*draft)[around];
      if (GoesThroughList(expr.op) && expr.operands[0] != inner) otherwise = conditions.SomeOf(expr, otherwise);
      inner = around;
    }
    return conditions.IsImpossible(otherwise);
  }
  return false;
}

/// Whether `other` decides as `rule` does, or against it, where both fire.
bool Wins(const CheckedDraft& draft, RuleId other, RuleId rule) {
  const check::Decision& decision = draft.decisions[draft.rules[rule].decision];
  const auto place = [&](RuleId id) { return llvm::find(decision.rules, id) - decision.rules.begin(); };
  if (decision.Policy() == syntax::HitPolicy::kFirstWins) return place(other) < place(rule);
  const auto* value = &draft[*draft.rules[rule].value];
  const auto* others = &draft[*draft.rules[other].value];
  if (value->op != Op::kConstant || others->op != Op::kConstant) return false;
  if (value->constant == others->constant) return true;
  const auto* const member = std::get_if<Member>(&value->constant);
  const auto* const stronger = std::get_if<Member>(&others->constant);
  return decision.Policy() == syntax::HitPolicy::kStrictestWins && member != nullptr && stronger != nullptr &&
         member->index < stronger->index;
}

/// Whether the values are told to differ: two constants that are not one.
bool HaveOtherValues(const CheckedDraft& draft, RuleId one, RuleId other) {
  const Expr& first = draft[*draft.rules[one].value];
  const Expr& second = draft[*draft.rules[other].value];
  return first.op == Op::kConstant && second.op == Op::kConstant && first.constant != second.constant;
}

/// Whether `other` fires wherever `rule` does.
bool FiresWherever(const Draft& draft, RuleId other, RuleId rule) {
  Conditions conditions(*draft);
  const ExprId other_does_not = conditions.Not(conditions.Fires(other));
  return conditions.IsImpossible(conditions.And(conditions.Fires(rule), other_does_not));
}

bool IsOfCase(const CheckedDraft& draft, RuleId rule) { return !draft.decisions[draft.rules[rule].decision].of; }

}  // namespace

bool IsAlways(const Draft& draft, llvm::ArrayRef<ExprId> conditions, bool truth) {
  const std::vector<ExprId> roots = RootsOfCase(*draft);
  return llvm::all_of(conditions, [&](ExprId condition) { return IsOneAlways(draft, roots, condition, truth); });
}

bool NeverFires(const Draft& draft, RuleId rule) {
  if (!IsOfCase(*draft, rule)) return false;
  Conditions conditions(*draft);
  return conditions.IsImpossible(conditions.Fires(rule));
}

std::optional<Cover> CoverOf(const Draft& draft, RuleId rule) {
  if (!IsOfCase(*draft, rule)) return std::nullopt;
  const check::DecisionId decision = draft->rules[rule].decision;
  for (const RuleId other : draft->RulesOf(decision)) {
    if (other == rule || !Wins(*draft, other, rule) || !FiresWherever(draft, other, rule)) continue;
    const bool is_first = draft->decisions[decision].Policy() == syntax::HitPolicy::kFirstWins;
    return Cover{other, is_first && HaveOtherValues(*draft, rule, other) && FiresWherever(draft, rule, other)};
  }
  return std::nullopt;
}

}  // namespace proviso::findings
