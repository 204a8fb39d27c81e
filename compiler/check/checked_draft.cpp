#include "compiler/check/checked_draft.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

namespace proviso::check {

namespace {

void AddRule(const CheckedDraft& draft, RuleId id, std::vector<ExprId>& next) {
  const Rule& rule = draft.rules[id];
  next.push_back(rule.condition);
  for (const RuleId exception : rule.exceptions) AddRule(draft, exception, next);
}

void AddDecision(const CheckedDraft& draft, DecisionId id, std::vector<ExprId>& next) {
  const Decision& decision = draft.decisions[id];
  for (const RuleId rule : decision.rules) {
    AddRule(draft, rule, next);
    if (draft.rules[rule].value) next.push_back(*draft.rules[rule].value);
  }
  if (decision.otherwise) next.push_back(*decision.otherwise);
}

}  // namespace

std::string Term::ShownName() const {
  return arguments.empty() ? name : fmt::format("{}({})", name, fmt::join(arguments, ", "));
}

std::optional<DecisionId> CheckedDraft::FindDecision(std::string_view wanted) const {
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    const DecisionId id(i);
    if (decisions[id].name == wanted && !decisions[id].of) return id;
  }
  return std::nullopt;
}

std::optional<OptionId> CheckedDraft::FindOption(std::string_view wanted) const {
  for (std::size_t i = 0; i < options.size(); ++i) {
    const OptionId id(i);
    if (options[id].name == wanted) return id;
  }
  return std::nullopt;
}

std::vector<ExprId> CheckedDraft::Behind(const Expr& expr) const {
  std::vector<ExprId> next = expr.operands;
  for (const Override& change : expr.overrides) {
    next.push_back(change.fact);
    next.push_back(change.value);
  }
  if (expr.op == Op::kTerm) next.push_back(terms[expr.term].body);
  if (expr.op == Op::kDecision) AddDecision(*this, expr.decision, next);
  if (expr.op == Op::kRuleFires) AddRule(*this, expr.rule, next);
  if (expr.op == Op::kRuleDecides) AddDecision(*this, rules[expr.rule].decision, next);
  if (expr.op == Op::kOption) {
    for (const Alternative& alternative : options[expr.option].alternatives) next.push_back(alternative.value);
  }
  return next;
}

bool CheckedDraft::MayRead(ExprId root, FactId fact) const {
  std::vector<bool> is_seen(exprs.size());
  std::vector<ExprId> open = {root};
  while (!open.empty()) {
    const ExprId at = open.back();
    open.pop_back();
    if (is_seen[at.Index()]) continue;
    is_seen[at.Index()] = true;
    const Expr& expr = exprs[at];
    if (expr.op == Op::kFact && expr.fact == fact) return true;
    const std::vector<ExprId> next = Behind(expr);
    open.insert(open.end(), next.begin(), next.end());
  }
  return false;
}

std::vector<DecisionId> CheckedDraft::DecisionsOfCase() const {
  std::vector<DecisionId> of_case;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    if (!decisions[DecisionId(i)].of) of_case.emplace_back(i);
  }
  return of_case;
}

std::vector<RuleId> CheckedDraft::RulesOf(DecisionId decision) const {
  std::vector<RuleId> of_decision;
  std::ranges::copy_if(decisions[decision].rules, std::back_inserter(of_decision),
                       [&](RuleId id) { return !rules[id].is_exception; });
  return of_decision;
}

std::vector<RuleId> CheckedDraft::DecisionWideExceptionsOf(DecisionId decision) const {
  std::vector<RuleId> exceptions;
  std::ranges::copy_if(decisions[decision].rules, std::back_inserter(exceptions),
                       [&](RuleId id) { return rules[id].IsDecisionWide(); });
  return exceptions;
}

}  // namespace proviso::check
