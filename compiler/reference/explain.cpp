// Decisions and rules, and why they came out as they did.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include "compiler/reference/explainer.h"

namespace proviso::reference {
namespace {

using check::DecisionId;
using check::RuleId;
using syntax::HitPolicy;
using ExplanationKind = Explanation::Kind;

const char* FiringText(const Possible& fires) {
  if (fires.Is(true)) return "fires";
  if (fires.Is(false)) return "does not fire";
  return fires.IsFailed() ? "has no answer" : "may fire";
}

}  // namespace

Explanation Explainer::Decision(DecisionId decision) { return Decision(decision, evaluator_.CaseScope()); }

Explanation Explainer::Decision(DecisionId id, const Scope& scope) {
  const check::Decision& decision = draft_.decisions[id];
  const Possible outcome = evaluator_.Outcome(id, scope);
  Explanation line;
  line.kind = ExplanationKind::kDecision;
  line.text = PathOf(scope.self, decision.name);
  line.answer = OutcomeText(decision, outcome);
  if (outcome.IsFailed()) line.remark = outcome.error->message;
  line.cites = DecidingCites(decision, scope);
  line.span = decision.span;
  line.parts = Rules(decision, outcome, scope);
  return line;
}

std::string Explainer::OutcomeText(const check::Decision& decision, const Possible& outcome) const {
  if (outcome.IsFailed()) return "no outcome";
  if (outcome.IsKnown()) return Answer(decision.type, outcome);
  std::vector<std::string> possible;
  for (const Value& value : outcome.values) possible.push_back(ValueToText(vocabulary_, decision.type, value));
  return possible.empty() ? "undetermined" : fmt::format("undetermined, {}", fmt::join(possible, " or "));
}

std::vector<Citation> Explainer::DecidingCites(const check::Decision& decision, const Scope& scope) {
  std::vector<Citation> cites;
  for (const RuleId rule : decision.rules) {
    if (!evaluator_.Decides(rule, scope).Is(true)) continue;
    for (const Citation& cite : draft_.rules[rule].cites) {
      if (!llvm::is_contained(cites, cite)) cites.push_back(cite);
    }
  }
  return cites;
}

Explainer::Parts Explainer::Rules(const check::Decision& decision, const Possible& outcome, const Scope& scope) {
  const bool first_wins = decision.policy.value_or(HitPolicy::kFirstWins) == HitPolicy::kFirstWins;
  // Once something decides alone, what comes after it, in the order of asking, was not asked.
  std::set<RuleId> shown;
  const auto choose = [&](bool exceptions) {
    for (const RuleId id : decision.rules) {
      const check::Rule& rule = draft_.rules[id];
      if (rule.except_to || rule.is_exception != exceptions) continue;
      if (Matters(id, decision, outcome, scope)) shown.insert(id);
      if ((exceptions || first_wins) && evaluator_.Decides(id, scope).Is(true)) return true;
    }
    return false;
  };
  if (!choose(true)) choose(false);
  // A reader in a hurry wants what came of it first, then what did not.
  Parts parts;
  for (const bool is_idle : {false, true}) {
    for (const RuleId id : decision.rules) {
      if (shown.contains(id) && evaluator_.Fires(id, scope).Is(false) == is_idle) Keep(parts, Rule(id, scope));
    }
  }
  return parts;
}

bool Explainer::Matters(RuleId id, const check::Decision& decision, const Possible& outcome, const Scope& scope) {
  const Possible fires = evaluator_.Fires(id, scope);
  if (!fires.IsKnown()) return true;
  if (!outcome.IsKnown()) return fires.Is(true);
  if (evaluator_.Decides(id, scope).Is(true)) return true;
  const Possible value = evaluator_.RuleValue(id, scope);
  if (value.IsKnown() && value.values == outcome.values) return false;
  const bool is_exception = draft_.rules[id].is_exception;
  if (is_exception || decision.policy.value_or(HitPolicy::kFirstWins) != HitPolicy::kStrictestWins) {
    return fires.Is(false);
  }
  // A weaker rule changes nothing, whether it fires or not.
  return !value.IsKnown() || outcome.values.front() < value.values.front();
}

Explanation Explainer::Rule(RuleId id, const Scope& scope) {
  const check::Rule& rule = draft_.rules[id];
  const Possible fires = evaluator_.Fires(id, scope);
  Explanation line;
  line.kind = rule.is_exception ? ExplanationKind::kException : ExplanationKind::kRule;
  line.text = fmt::format("{} {}", rule.is_exception ? "exception" : "rule", rule.name);
  line.answer = FiringText(fires);
  line.cites = rule.cites;
  line.span = rule.span;
  if (rule.under && options_[rule.under->first.Index()] != rule.under->second) {
    const check::Option& option = draft_.options[rule.under->first];
    line.remark = fmt::format("only where {} is {}", option.name, option.alternatives[rule.under->second].name);
    return line;
  }
  if (!HasRoom()) return line;
  ++depth_;
  const Possible condition = evaluator_.Evaluate(rule.condition, scope);
  const bool cancelled = condition.Is(true) && fires.Is(false);
  if (!cancelled) Add(rule.condition, scope, line.parts);
  for (const RuleId exception : rule.exceptions) {
    const bool shown = cancelled ? evaluator_.Fires(exception, scope).Is(true) : !condition.Is(false);
    if (shown) Keep(line.parts, Rule(exception, scope));
  }
  if (rule.value && fires.MayBe(true)) Add(*rule.value, scope, line.parts);
  --depth_;
  return line;
}

Explanation Explain(const check::CheckedDraft& draft, check::DecisionId decision, const Case& facts,
                    const check::OptionSet& options) {
  return Explainer(draft, facts, options).Decision(decision);
}

}  // namespace proviso::reference
