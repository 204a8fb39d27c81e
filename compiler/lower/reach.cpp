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
    visits.push_back({expr, draft_.Behind(draft_[expr])});
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
        by_component_.push_back(member);
        ++component_size_.back();
      } while (member.Index() != at);
    }
  }
}

void Reach::AddOptionOf(check::RuleId id, llvm::BitVector& reached) const {
  const check::Rule& rule = draft_.rules[id];
  if (rule.under && !draft_.options[rule.under->first].settled) reached.set(rule.under->first.Index());
  for (const check::RuleId exception : rule.exceptions) AddOptionOf(exception, reached);
}

void Reach::AddOptions(const Expr& expr, llvm::BitVector& reached) const {
  const bool names_option = expr.op == Op::kOption || expr.op == Op::kOptionIs;
  if (names_option && !draft_.options[expr.option].settled) reached.set(expr.option.Index());
  if (expr.op == Op::kRuleFires) AddOptionOf(expr.rule, reached);
  if (expr.op != Op::kDecision && expr.op != Op::kRuleDecides) return;
  const auto decision = expr.op == Op::kDecision ? expr.decision : draft_.rules[expr.rule].decision;
  for (const check::RuleId rule : draft_.decisions[decision].rules) AddOptionOf(rule, reached);
}

void Reach::NumberChangedFacts() {
  for (const Expr& expr : draft_.exprs) {
    for (const check::Override& change : expr.overrides) {
      const auto bit = static_cast<unsigned>(draft_.options.size() + changed_facts_.size());
      changed_facts_.try_emplace(draft_[change.fact].fact.Index(), bit);
    }
  }
}

void Reach::FindReached() {
  if (component_.empty()) FindComponents();
  NumberChangedFacts();
  const auto bits = static_cast<unsigned>(draft_.options.size() + changed_facts_.size());
  reached_.assign(component_size_.size(), llvm::BitVector(bits));
  if (bits == 0) return;
  for (const ExprId id : by_component_) {
    const Expr& expr = draft_[id];
    llvm::BitVector& reached = reached_[component_[id.Index()]];
    AddOptions(expr, reached);
    if (expr.op == Op::kFact) {
      if (const auto found = changed_facts_.find(expr.fact.Index()); found != changed_facts_.end())
        reached.set(found->second);
    }
    for (const ExprId next : draft_.Behind(expr)) reached |= reached_[component_[next.Index()]];
  }
}

std::set<check::OptionId> Reach::OptionsUnder(ExprId root) {
  if (reached_.empty()) FindReached();
  std::set<check::OptionId> options;
  for (const unsigned bit : reached_[component_[root.Index()]].set_bits()) {
    if (bit < draft_.options.size()) options.insert(check::OptionId(bit));
  }
  return options;
}

bool Reach::MayRead(ExprId root, const Expr& supposing) {
  if (reached_.empty()) FindReached();
  const llvm::BitVector& reached = reached_[component_[root.Index()]];
  return llvm::any_of(supposing.overrides, [&](const check::Override& change) {
    return reached.test(changed_facts_.at(draft_[change.fact].fact.Index()));
  });
}

}  // namespace proviso::lower
