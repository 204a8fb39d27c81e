#include "harness/mutate/dependence.h"

#include <llvm/ADT/STLExtras.h>

namespace proviso::mutate {

using check::DecisionId;
using check::Expr;
using check::ExprId;
using check::Op;

Dependence::Dependence(const check::CheckedDraft& draft) : draft_(draft) {
  for (const DecisionId decision : draft.DecisionsOfCase()) {
    Used used{decision, llvm::BitVector(static_cast<unsigned>(draft.terms.size())),
              llvm::BitVector(static_cast<unsigned>(draft.options.size())),
              llvm::BitVector(static_cast<unsigned>(draft.decisions.size()))};
    llvm::BitVector seen(static_cast<unsigned>(draft.exprs.size()));
    VisitDecision(used, decision, seen);
    used_.push_back(std::move(used));
  }
}

void Dependence::VisitDecision(Used& used, DecisionId id, llvm::BitVector& seen) const {
  if (used.decisions.test(id.Index())) return;
  used.decisions.set(id.Index());
  const check::Decision& decision = draft_.decisions[id];
  if (decision.otherwise) Visit(used, *decision.otherwise, seen);
  for (const check::RuleId rule_id : decision.rules) {
    const check::Rule& rule = draft_.rules[rule_id];
    Visit(used, rule.condition, seen);
    if (rule.value) Visit(used, *rule.value, seen);
    if (rule.under) used.options.set(rule.under->first.Index());
  }
}

void Dependence::Visit(Used& used, ExprId id, llvm::BitVector& seen) const {
  if (seen.test(id.Index())) return;
  seen.set(id.Index());
  const Expr& expr = draft_[id];
  for (const ExprId operand : expr.operands) Visit(used, operand, seen);
  for (const check::Override& change : expr.overrides) Visit(used, change.value, seen);
  if (expr.op == Op::kTerm) {
    used.terms.set(expr.term.Index());
    Visit(used, draft_.terms[expr.term].body, seen);
  }
  if (expr.op == Op::kDecision) VisitDecision(used, expr.decision, seen);
  if (expr.op == Op::kRuleFires || expr.op == Op::kRuleDecides)
    VisitDecision(used, draft_.rules[expr.rule].decision, seen);
  if (expr.op != Op::kOption && expr.op != Op::kOptionIs) return;
  used.options.set(expr.option.Index());
  for (const check::Alternative& alternative : draft_.options[expr.option].alternatives) {
    if (alternative.value.IsValid()) Visit(used, alternative.value, seen);
  }
}

bool Dependence::Uses(const Used& used, const syntax::Declaration& declaration) const {
  const auto uses = [](const llvm::BitVector& these, const auto& store, const Span& name) {
    return llvm::any_of(these.set_bits(), [&](unsigned i) { return (store.begin() + i)->span == name; });
  };
  if (const auto* const term = std::get_if<syntax::TermDeclaration>(&declaration.kind))
    return uses(used.terms, draft_.terms, term->name.span);
  if (const auto* const option = std::get_if<syntax::OptionDeclaration>(&declaration.kind))
    return uses(used.options, draft_.options, option->name.span);
  if (const auto* const decision = std::get_if<syntax::DecisionDeclaration>(&declaration.kind))
    return uses(used.decisions, draft_.decisions, decision->name.span);
  return true;  // a set may stand anywhere
}

bool Dependence::Uses(DecisionId decision, DecisionId other) const {
  return llvm::any_of(used_, [&](const Used& used) {
    return used.decision == decision && decision != other && used.decisions.test(other.Index());
  });
}

std::vector<DecisionId> Dependence::DecisionsOver(const Edit& edit) const {
  std::vector<DecisionId> decisions;
  for (const Used& used : used_) {
    const bool is_changed = !edit.settled.empty() || llvm::any_of(edit.touched, [&](std::size_t index) {
      return Uses(used, draft_.text->tree.declarations[index]);
    });
    if (is_changed) decisions.push_back(used.decision);
  }
  return decisions;
}

}  // namespace proviso::mutate
