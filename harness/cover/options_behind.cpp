#include "harness/cover/options_behind.h"

namespace proviso::cover {
namespace {

using check::DecisionId;
using check::Expr;
using check::ExprId;
using check::Op;
using check::RuleId;
using llvm::SmallBitVector;

/// Whether it was more.
bool Add(SmallBitVector& to, const SmallBitVector& from) {
  if (!from.test(to)) return false;
  to |= from;
  return true;
}

}  // namespace

OptionsBehind::OptionsBehind(const check::CheckedDraft& draft) : draft_(draft) {
  const SmallBitVector none(static_cast<unsigned>(draft.options.size()));
  for (std::size_t i = 0; i < draft.exprs.size(); ++i) exprs_.Add(none);
  for (std::size_t i = 0; i < draft.rules.size(); ++i) rules_.Add(none);
  for (std::size_t i = 0; i < draft.decisions.size(); ++i) decisions_.Add(none);
  while (Grow()) {
  }
}

bool OptionsBehind::Grow() {
  bool grew = false;
  for (std::size_t i = 0; i < draft_.exprs.size(); ++i) grew |= GrowExpr(ExprId(i));
  for (std::size_t i = 0; i < draft_.rules.size(); ++i) grew |= GrowRule(RuleId(i));
  for (std::size_t i = 0; i < draft_.decisions.size(); ++i) {
    const check::Decision& decision = draft_.decisions[DecisionId(i)];
    for (const RuleId rule : decision.rules) grew |= Add(decisions_[DecisionId(i)], rules_[rule]);
    if (decision.otherwise) grew |= Add(decisions_[DecisionId(i)], exprs_[*decision.otherwise]);
  }
  return grew;
}

bool OptionsBehind::GrowExpr(ExprId id) {
  const Expr& expr = draft_[id];
  SmallBitVector& own = exprs_[id];
  bool grew = false;
  for (const ExprId operand : expr.operands) grew |= Add(own, exprs_[operand]);
  for (const check::Override& each : expr.overrides) grew |= Add(own, exprs_[each.value]);
  if (expr.op == Op::kTerm) grew |= Add(own, exprs_[draft_.terms[expr.term].body]);
  if (expr.op == Op::kDecision) grew |= Add(own, decisions_[expr.decision]);
  if (expr.op == Op::kRuleFires || expr.op == Op::kRuleDecides) {
    grew |= Add(own, decisions_[draft_.rules[expr.rule].decision]);
  }
  if (expr.op != Op::kOption && expr.op != Op::kOptionIs) return grew;
  grew |= !own.test(expr.option.Index());
  own.set(expr.option.Index());
  for (const check::Alternative& each : draft_.options[expr.option].alternatives) {
    grew |= expr.op == Op::kOption && Add(own, exprs_[each.value]);
  }
  return grew;
}

bool OptionsBehind::GrowRule(RuleId id) {
  const check::Rule& rule = draft_.rules[id];
  SmallBitVector& own = rules_[id];
  bool grew = Add(own, exprs_[rule.condition]);
  if (rule.value) grew |= Add(own, exprs_[*rule.value]);
  for (const RuleId exception : rule.exceptions) grew |= Add(own, rules_[exception]);
  if (!rule.under || own.test(rule.under->first.Index())) return grew;
  own.set(rule.under->first.Index());
  return true;
}

}  // namespace proviso::cover
