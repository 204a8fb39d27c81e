#include "compiler/lower/reach.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

namespace proviso::lower {

using check::Expr;
using check::ExprId;
using check::Op;

bool Reach::IsRecursive(check::TermId term) {
  if (component_.empty()) FindComponents();
  return component_size_[component_[draft_.terms[term].body.Index()]] > 1;
}

// R. Tarjan, Depth-First Search and Linear Graph Algorithms, 1972; with a stack of its own.
void Reach::FindComponents() {
  constexpr std::uint32_t kNone = ~std::uint32_t{0};
  struct Visit {
    ExprId expr;
    std::vector<ExprId> next;
  };
  const std::size_t count = draft_.exprs.size();
  component_.assign(count, kNone);
  std::vector<std::uint32_t> order(count, kNone);
  std::vector<std::uint32_t> lowest(count);
  std::vector<ExprId> open;
  std::vector<Visit> visits;
  std::uint32_t visited = 0;
  const auto enter = [&](ExprId expr) {
    order[expr.Index()] = lowest[expr.Index()] = visited++;
    open.push_back(expr);
    visits.push_back({expr, Next(draft_[expr])});
  };
  for (std::size_t root = 0; root < count; ++root) {
    if (order[root] == kNone) enter(ExprId(root));
    while (!visits.empty()) {
      Visit& visit = visits.back();
      const std::size_t at = visit.expr.Index();
      if (!visit.next.empty()) {
        const ExprId next = visit.next.back();
        visit.next.pop_back();
        if (order[next.Index()] == kNone) {
          enter(next);
        } else if (component_[next.Index()] == kNone) {
          lowest[at] = std::min(lowest[at], order[next.Index()]);
        }
        continue;
      }
      visits.pop_back();
      if (!visits.empty()) {
        std::uint32_t& above = lowest[visits.back().expr.Index()];
        above = std::min(above, lowest[at]);
      }
      if (lowest[at] != order[at]) continue;
      const auto component = static_cast<std::uint32_t>(component_size_.size());
      component_size_.push_back(0);
      ExprId member;
      do {
        member = open.back();
        open.pop_back();
        component_[member.Index()] = component;
        ++component_size_.back();
      } while (member.Index() != at);
    }
  }
}

void Reach::AddRule(check::RuleId id, std::vector<ExprId>& next) const {
  const check::Rule& rule = draft_.rules[id];
  next.push_back(rule.condition);
  for (const check::RuleId exception : rule.exceptions) AddRule(exception, next);
}

void Reach::AddDecision(check::DecisionId id, std::vector<ExprId>& next) const {
  const check::Decision& decision = draft_.decisions[id];
  for (const check::RuleId rule : decision.rules) {
    AddRule(rule, next);
    if (draft_.rules[rule].value) next.push_back(*draft_.rules[rule].value);
  }
  if (decision.otherwise) next.push_back(*decision.otherwise);
}

std::vector<ExprId> Reach::Next(const Expr& expr) const {
  std::vector<ExprId> next = expr.operands;
  for (const check::Override& change : expr.overrides) {
    next.push_back(change.fact);
    next.push_back(change.value);
  }
  if (expr.op == Op::kTerm) next.push_back(draft_.terms[expr.term].body);
  if (expr.op == Op::kDecision) AddDecision(expr.decision, next);
  if (expr.op == Op::kRuleFires) AddRule(expr.rule, next);
  if (expr.op == Op::kRuleDecides) AddDecision(draft_.rules[expr.rule].decision, next);
  if (expr.op == Op::kOption) {
    for (const check::Alternative& alternative : draft_.options[expr.option].alternatives)
      next.push_back(alternative.value);
  }
  return next;
}

template <typename Visit>
void Reach::ForAllUnder(ExprId root, Visit visit) const {
  std::vector<bool> seen(draft_.exprs.size());
  std::vector<ExprId> open = {root};
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (seen[id.Index()]) continue;
    seen[id.Index()] = true;
    const Expr& expr = draft_[id];
    visit(expr);
    for (const ExprId next : Next(expr)) open.push_back(next);
  }
}

const std::set<check::OptionId>& Reach::OptionsUnder(ExprId root) {
  const auto [found, is_new] = options_.try_emplace(root.Index());
  if (!is_new) return found->second;
  std::set<check::OptionId> options;
  const auto add = [&](check::OptionId option) {
    if (!draft_.options[option].settled) options.insert(option);
  };
  const auto add_rule = [&](const auto& self, check::RuleId id) -> void {
    if (draft_.rules[id].under) add(draft_.rules[id].under->first);
    for (const check::RuleId exception : draft_.rules[id].exceptions) self(self, exception);
  };
  ForAllUnder(root, [&](const Expr& expr) {
    if (expr.op == Op::kOption || expr.op == Op::kOptionIs) add(expr.option);
    if (expr.op == Op::kRuleFires) add_rule(add_rule, expr.rule);
    if (expr.op != Op::kDecision && expr.op != Op::kRuleDecides) return;
    const auto decision = expr.op == Op::kDecision ? expr.decision : draft_.rules[expr.rule].decision;
    for (const check::RuleId rule : draft_.decisions[decision].rules) add_rule(add_rule, rule);
  });
  return options_[root.Index()] = std::move(options);
}

bool Reach::MayRead(ExprId root, const Expr& supposing) {
  const auto [found, is_new] = facts_.try_emplace(root.Index());
  if (is_new) {
    llvm::BitVector facts(static_cast<unsigned>(draft_.vocabulary->facts.size()));
    ForAllUnder(root, [&](const Expr& expr) {
      if (expr.op == Op::kFact) facts.set(expr.fact.Index());
    });
    facts_[root.Index()] = std::move(facts);
  }
  const llvm::BitVector& facts = facts_[root.Index()];
  return llvm::any_of(supposing.overrides,
                      [&](const check::Override& change) { return facts.test(draft_[change.fact].fact.Index()); });
}

}  // namespace proviso::lower
