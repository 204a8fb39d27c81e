#include "compiler/check/correspondence.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace proviso::check {
namespace {

using TermKey = std::tuple<std::string, std::vector<std::string>, std::optional<EntityId>>;

TermKey KeyOf(const Term& term) { return {term.name, term.arguments, term.of}; }

bool HaveSameAlternatives(const Option& one, const Option& other) {
  const auto same_name = [](const Alternative& a, const Alternative& b) {
    return a.name == b.name && a.value.IsValid() == b.value.IsValid();
  };
  return one.settled == other.settled && one.type == other.type &&
         std::ranges::equal(one.alternatives, other.alternatives, same_name);
}

/// The decision's rules by their place in it, so that drafts can be compared.
std::size_t PlaceIn(const Decision& decision, RuleId rule) {
  return static_cast<std::size_t>(std::ranges::find(decision.rules, rule) - decision.rules.begin());
}

class Matcher {
 public:
  Matcher(const CheckedDraft& one, const CheckedDraft& other) : one_(one), other_(other) {
    result_.changed.resize(static_cast<unsigned>(one.exprs.size()));
    result_.changed_decisions.resize(static_cast<unsigned>(one.decisions.size()));
    result_.changed_options.resize(static_cast<unsigned>(one.options.size()));
    result_.in_other.resize(one.exprs.size());
  }

  std::optional<Correspondence> Run() {
    const auto same_decision = [](const Decision& a, const Decision& b) {
      return a.name == b.name && a.of == b.of && a.type == b.type;
    };
    const auto same_option = [](const Option& a, const Option& b) { return a.name == b.name && a.of == b.of; };
    if (!std::ranges::equal(one_.options, other_.options, same_option) ||
        !std::ranges::equal(one_.decisions, other_.decisions, same_decision))
      return std::nullopt;
    for (std::size_t i = 0; i < other_.terms.size(); ++i) terms_.emplace(KeyOf(other_.terms[TermId(i)]), TermId(i));
    for (std::size_t i = 0; i < one_.options.size(); ++i) {
      if (!HaveSameAlternatives(one_.options[OptionId(i)], other_.options[OptionId(i)]))
        result_.changed_options.set(static_cast<unsigned>(i));
    }
    for (std::size_t i = 0; i < one_.decisions.size(); ++i) {
      if (!HaveSameShape(DecisionId(i))) result_.changed_decisions.set(static_cast<unsigned>(i));
    }
    MatchAll();
    return std::move(result_);
  }

 private:
  /// The same rules, but for what their conditions and outcomes are.
  [[nodiscard]] bool HaveSameShape(DecisionId id) const {
    const Decision& a = one_.decisions[id];
    const Decision& b = other_.decisions[id];
    if (a.policy != b.policy || a.cites != b.cites || a.otherwise.has_value() != b.otherwise.has_value() ||
        a.rules.size() != b.rules.size())
      return false;
    for (std::size_t i = 0; i < a.rules.size(); ++i) {
      if (!HaveSameShape(a, one_.rules[a.rules[i]], b, other_.rules[b.rules[i]])) return false;
    }
    return true;
  }

  [[nodiscard]] bool HaveSameShape(const Decision& of_a, const Rule& a, const Decision& of_b, const Rule& b) const {
    const auto same_place = [&](RuleId one, RuleId other) { return PlaceIn(of_a, one) == PlaceIn(of_b, other); };
    const bool same_target =
        a.except_to.has_value() == b.except_to.has_value() && (!a.except_to || same_place(*a.except_to, *b.except_to));
    return a.is_exception == b.is_exception && a.cites == b.cites && a.value.has_value() == b.value.has_value() &&
           a.under == b.under && !(a.under && IsChanged(a.under->first)) && same_target &&
           std::ranges::equal(a.exceptions, b.exceptions, same_place);
  }

  void MatchAll() {
    for (const Term& term : one_.terms) {
      if (const auto there = terms_.find(KeyOf(term)); there != terms_.end())
        Match(term.body, other_.terms[there->second].body);
    }
    for (std::size_t i = 0; i < one_.options.size(); ++i) {
      if (IsChanged(OptionId(i))) continue;
      const std::vector<Alternative>& a = one_.options[OptionId(i)].alternatives;
      const std::vector<Alternative>& b = other_.options[OptionId(i)].alternatives;
      for (std::size_t k = 0; k < a.size(); ++k) {
        if (a[k].value.IsValid()) Match(a[k].value, b[k].value);
      }
    }
    for (std::size_t i = 0; i < one_.decisions.size(); ++i) {
      if (result_.changed_decisions[static_cast<unsigned>(i)]) continue;
      const Decision& a = one_.decisions[DecisionId(i)];
      const Decision& b = other_.decisions[DecisionId(i)];
      if (a.otherwise) Match(*a.otherwise, *b.otherwise);
      for (std::size_t k = 0; k < a.rules.size(); ++k) {
        const Rule& rule = one_.rules[a.rules[k]];
        const Rule& there = other_.rules[b.rules[k]];
        Match(rule.condition, there.condition);
        if (rule.value) Match(*rule.value, *there.value);
      }
    }
  }

  void Match(ExprId one, ExprId other) {
    ExprId& known = result_.in_other[one.Index()];
    if (known == other) return;
    if (!known.IsValid()) known = other;
    const Expr& a = one_[one];
    const Expr& b = other_[other];
    if (a.variable.IsValid() && a.op != Op::kElement) variables_[a.variable] = b.variable;
    if (!IsSameHere(a, b)) {
      result_.changed.set(one.Index());
      return;
    }
    for (std::size_t i = 0; i < a.operands.size(); ++i) Match(a.operands[i], b.operands[i]);
    for (std::size_t i = 0; i < a.overrides.size(); ++i) {
      Match(a.overrides[i].fact, b.overrides[i].fact);
      Match(a.overrides[i].value, b.overrides[i].value);
    }
  }

  /// But for what its operands are.
  [[nodiscard]] bool IsSameHere(const Expr& a, const Expr& b) {
    const auto same_fact = [&](const Override& x, const Override& y) {
      return one_[x.fact].op == other_[y.fact].op && one_[x.fact].fact == other_[y.fact].fact;
    };
    return a.op == b.op && a.type == b.type && a.operands.size() == b.operands.size() &&
           std::ranges::equal(a.overrides, b.overrides, same_fact) && a.constant == b.constant && a.fact == b.fact &&
           a.option == b.option && a.path == b.path && a.number == b.number && a.month_end == b.month_end &&
           a.alternatives == b.alternatives && a.item_cites == b.item_cites && NamesSame(a, b);
  }

  [[nodiscard]] bool NamesSame(const Expr& a, const Expr& b) {
    switch (a.op) {
      case Op::kElement:
        return variables_[a.variable] == b.variable;
      case Op::kTerm:
        return KeyOf(one_.terms[a.term]) == KeyOf(other_.terms[b.term]);
      case Op::kOption:
      case Op::kOptionIs:
        return !IsChanged(a.option);
      case Op::kDecision:
        return a.decision == b.decision && !IsChanged(a.decision);
      case Op::kRuleFires:
      case Op::kRuleDecides: {
        const Rule& rule = one_.rules[a.rule];
        const Rule& there = other_.rules[b.rule];
        return rule.decision == there.decision && !IsChanged(rule.decision) &&
               PlaceIn(one_.decisions[rule.decision], a.rule) == PlaceIn(other_.decisions[there.decision], b.rule);
      }
      default:
        return true;
    }
  }

  [[nodiscard]] bool IsChanged(OptionId id) const { return result_.changed_options[id.Index()]; }
  [[nodiscard]] bool IsChanged(DecisionId id) const { return result_.changed_decisions[id.Index()]; }

  const CheckedDraft& one_;
  const CheckedDraft& other_;
  std::map<TermKey, TermId> terms_;             // of the other draft
  std::map<VariableId, VariableId> variables_;  // of the quantifiers on the way
  Correspondence result_;
};

}  // namespace

std::optional<Correspondence> Correspond(const CheckedDraft& one, const CheckedDraft& other) {
  return Matcher(one, other).Run();
}

}  // namespace proviso::check
