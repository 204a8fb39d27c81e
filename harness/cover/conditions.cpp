#include "harness/cover/conditions.h"

#include <utility>

#include "compiler/check/expr_at.h"

namespace proviso::cover {

using check::Expr;
using check::ExprId;
using check::Op;
using check::OptionId;
using check::RuleId;
using Sight = Goal::Sight;

namespace {

bool IsConnective(Op op) { return op == Op::kAnd || op == Op::kOr || op == Op::kNot || op == Op::kAtLeast; }

/// Whether a condition stands under an odd number of `not`, so that its being yes can only make the result no; nothing
/// where it does not stand here.
std::optional<bool> IsNegated(const check::CheckedDraft& draft, ExprId id, std::uint32_t leaf, std::uint32_t& next) {
  const Expr& expr = draft[id];
  if (expr.op == Op::kConstant) return std::nullopt;
  if (!IsConnective(expr.op)) return next++ == leaf ? std::optional(false) : std::nullopt;
  for (const ExprId operand : expr.operands) {
    const std::optional<bool> found = IsNegated(draft, operand, leaf, next);
    if (found) return *found != (expr.op == Op::kNot);
  }
  return std::nullopt;
}

}  // namespace

GoalConditions DraftWithGoals::Add(const Goal& goal) {
  const Ways& ways = WaysTo(goal);
  GoalConditions conditions;
  conditions.are_all = ways.are_all;
  if (ways.last.empty()) return conditions;
  const ExprId there = There(goal);
  for (const std::size_t step : ways.last) conditions.any.push_back(Outward(there, step));
  return conditions;
}

const Ways& DraftWithGoals::WaysTo(const Goal& goal) const {
  static const Ways kNowhere;
  const auto of = [](const auto& all, auto id) -> const Ways& {
    const auto found = all.find(id);
    return found == all.end() ? kNowhere : found->second;
  };
  if (const auto* const rule = std::get_if<RuleId>(&goal.piece)) return of(ways_.rules, *rule);
  if (const auto* const option = std::get_if<OptionId>(&goal.piece)) return of(ways_.options, *option);
  return of(ways_.exprs, std::get<ExprId>(goal.piece));
}

ExprId DraftWithGoals::There(const Goal& goal) {
  const auto rule = [&] { return std::get<RuleId>(goal.piece); };
  const auto side = [&](Op op) {
    const ExprId threshold = std::get<ExprId>(goal.piece);
    return New(op, std::vector<ExprId>((*draft_)[threshold].operands), threshold);
  };
  switch (goal.sight) {
    case Sight::kFires:
      return Fires(rule());
    case Sight::kDoesNot:
      return Not(draft_->rules[rule()].condition);
    case Sight::kBlocked: {
      const ExprId condition = draft_->rules[rule()].condition;
      return New(Op::kAnd, {condition, Not(Fires(rule()))}, condition);
    }
    case Sight::kNo:
      return Not(Leaf(PointOf(everything_, goal).leaves[goal.part]));
    case Sight::kYes:
      return Leaf(PointOf(everything_, goal).leaves[goal.part]);
    case Sight::kDecidesNo:
    case Sight::kDecidesYes: {
      const Point& point = PointOf(everything_, goal);
      ExprId leaf = Leaf(point.leaves[goal.part]);
      if (goal.sight == Sight::kDecidesNo) leaf = Not(leaf);
      return New(Op::kAnd, {leaf, Decides(point, goal.part)}, leaf);
    }
    case Sight::kBelow:
      return side(Op::kLess);
    case Sight::kAt:
      return side(Op::kEqual);
    case Sight::kAbove:
      return side(Op::kGreater);
    case Sight::kAsked:
      break;
  }
  const auto option = std::get<OptionId>(goal.piece);
  Expr is;
  is.op = Op::kOptionIs;
  is.type = {.kind = TypeKind::kBoolean};
  is.option = option;
  is.alternatives = {goal.part};
  return draft_->exprs.Add(std::move(is));
}

ExprId DraftWithGoals::Leaf(const cover::Leaf& leaf) {
  if (const auto* const condition = std::get_if<ExprId>(&leaf.what)) return *condition;
  return Not(Fires(std::get<RuleId>(leaf.what)));
}

ExprId DraftWithGoals::Decides(const Point& point, std::uint32_t leaf) {
  std::uint32_t next = 0;
  const bool is_negated = IsNegated(*draft_, point.root, leaf, next).value_or(false);
  return New(Op::kAnd, {With(point, leaf, !is_negated), Not(With(point, leaf, is_negated))}, point.root);
}

ExprId DraftWithGoals::With(const Point& point, std::uint32_t leaf, bool truth) {
  std::uint32_t next = 0;
  std::vector<ExprId> all = {Replaced(point.root, leaf, truth, next)};
  for (; next < point.leaves.size(); ++next) {
    if (next != leaf) {
      all.push_back(Leaf(point.leaves[next]));
    } else if (!truth) {
      return Constant(false, point.root);
    }
  }
  return all.size() == 1 ? all.front() : New(Op::kAnd, std::move(all), point.root);
}

ExprId DraftWithGoals::Replaced(ExprId id, std::uint32_t leaf, bool truth, std::uint32_t& next) {
  const Op op = (*draft_)[id].op;
  if (op == Op::kConstant) return id;
  if (!IsConnective(op)) {
    if (next++ != leaf) return id;
    return Constant(truth, id);
  }
  const std::vector<ExprId> operands = (*draft_)[id].operands;
  std::vector<ExprId> replaced;
  for (const ExprId operand : operands) replaced.push_back(Replaced(operand, leaf, truth, next));
  if (replaced == operands) return id;
  const std::int64_t number = (*draft_)[id].number;
  const ExprId copy = New(op, std::move(replaced), id);
  draft_->exprs[copy].number = number;
  return copy;
}

ExprId DraftWithGoals::Outward(ExprId condition, std::size_t at) {
  while (at != Step::kNone) {
    const Step& step = ways_.steps[at];
    switch (step.kind) {
      case Step::Kind::kEntity: {
        const Expr& entity = (*draft_)[step.expr];
        check::Term term;
        term.of = entity.op == Op::kCase ? std::nullopt : std::optional(entity.type.entity);
        term.type = {.kind = TypeKind::kBoolean};
        term.body = condition;
        term.span = entity.span;
        const check::TermId id = draft_->terms.Add(std::move(term));
        condition = New(Op::kTerm, {step.expr}, step.expr);
        draft_->exprs[condition].term = id;
        break;
      }
      case Step::Kind::kElement: {
        const ExprId list = (*draft_)[step.expr].operands.front();
        const check::VariableId variable = (*draft_)[step.expr].variable;
        condition = New(Op::kSome, {list, condition}, step.expr);
        draft_->exprs[condition].variable = variable;
        break;
      }
      case Step::Kind::kSupposing: {
        Expr supposing = (*draft_)[step.expr];
        supposing.type = {.kind = TypeKind::kBoolean};
        supposing.operands = {condition};
        condition = draft_->exprs.Add(std::move(supposing));
        break;
      }
      case Step::Kind::kAlternative: {
        const Goal chosen = {.sight = Sight::kAsked, .piece = step.option, .part = step.alternative};
        condition = New(Op::kAnd, {There(chosen), condition}, condition);
        break;
      }
    }
    at = step.outer;
  }
  return condition;
}

ExprId DraftWithGoals::New(Op op, std::vector<ExprId> operands, ExprId like) {
  return draft_->exprs.Add(check::ExprAt((*draft_)[like], op, {.kind = TypeKind::kBoolean}, std::move(operands)));
}

ExprId DraftWithGoals::Constant(bool truth, ExprId like) {
  const ExprId constant = New(Op::kConstant, {}, like);
  draft_->exprs[constant].constant = Value(truth);
  return constant;
}

ExprId DraftWithGoals::Fires(RuleId rule) {
  const ExprId condition = draft_->rules[rule].condition;
  const ExprId self = New(Op::kSelf, {}, condition);
  const check::Decision& decision = draft_->decisions[draft_->rules[rule].decision];
  draft_->exprs[self].type = {.kind = TypeKind::kEntity,
                              .entity = decision.of.value_or(draft_->vocabulary->case_entity)};
  const ExprId fires = New(Op::kRuleFires, {self}, condition);
  draft_->exprs[fires].rule = rule;
  return fires;
}

}  // namespace proviso::cover
