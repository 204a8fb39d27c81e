#include "harness/test/parting.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/test/compare.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace proviso::test {
namespace {

using check::CheckedDraft;
using check::RuleId;
using reference::Explanation;

bool IsRule(const Explanation& line) {
  return line.kind == Explanation::Kind::kRule || line.kind == Explanation::Kind::kException;
}

bool IsCondition(const Explanation& line) {
  return IsRule(line) || line.kind == Explanation::Kind::kTerm || line.kind == Explanation::Kind::kCondition;
}

std::string LineText(const Explanation& line) {
  std::string text = fmt::format("{}: {}", line.text, line.answer);
  if (!line.remark.empty()) text += ", " + line.remark;
  return text;
}

/// The rule that a line of the explanation is about.
std::optional<RuleId> RuleOf(const CheckedDraft& draft, const check::Decision& decision, const Explanation& line) {
  const auto found = llvm::find_if(decision.rules, [&](RuleId rule) { return draft.rules[rule].span == line.span; });
  if (found == decision.rules.end()) return std::nullopt;
  return *found;
}

/// Whether the rule's value may be `outcome`: values that are computed may be anything.
bool MayGive(const CheckedDraft& draft, const check::Rule& rule, const Value& outcome) {
  if (!rule.value) return false;
  const check::Expr& value = draft[*rule.value];
  return value.op != check::Op::kConstant || value.constant == outcome;
}

bool CitesAny(const std::vector<Citation>& because, const std::vector<Citation>& cites) {
  return llvm::any_of(because, [&](const Citation& wanted) {
    return llvm::any_of(cites, [&](const Citation& cite) { return wanted.Encloses(cite); });
  });
}

/// The line of the rule that should have given `outcome` and did not fire.
const Explanation* FailedRule(const CheckedDraft& draft, const check::Decision& decision, const Explanation& all,
                              const Value& outcome, const std::vector<Citation>& because) {
  const Explanation* best = nullptr;
  const auto rank = [&](const Explanation& line) {
    return std::pair(!CitesAny(because, line.cites), line.parts.size());
  };
  for (const Explanation& line : all.parts) {
    const std::optional<RuleId> rule = RuleOf(draft, decision, line);
    if (!rule || line.answer == "fires" || !MayGive(draft, draft.rules[*rule], outcome)) continue;
    if (best == nullptr || rank(line) < rank(*best)) best = &line;
  }
  return best;
}

/// Goes down from a rule that did not fire to the first condition that failed.
Parting FirstFailure(const Explanation& rule) {
  Parting parting{fmt::format("{} {}", rule.text, rule.answer), rule.cites, rule.remark};
  const Explanation* at = &rule;
  while (!at->parts.empty() && IsCondition(at->parts.front())) {
    at = &at->parts.front();
    if (!at->cites.empty()) parting.cites = at->cites;
  }
  if (at == &rule) {
    if (!at->parts.empty()) parting.remark = LineText(at->parts.front());
    return parting;
  }
  parting.at += ": " + at->text;
  std::vector<std::string> compared = {at->answer};
  if (!at->remark.empty()) compared.push_back(at->remark);
  for (const Explanation& part : at->parts) compared.push_back(LineText(part));
  parting.remark = llvm::join(compared, "; ");
  return parting;
}

/// The rules that gave an outcome nobody expected.
Parting Deciding(const CheckedDraft& draft, const reference::Outcome& outcome) {
  Parting parting;
  for (const RuleId id : outcome.deciding) {
    const check::Rule& rule = draft.rules[id];
    if (!parting.at.empty()) parting.at += ", ";
    parting.at += fmt::format("{} {} fires", rule.is_exception ? "exception" : "rule", rule.name);
    for (const Citation& cite : rule.cites) {
      if (!llvm::is_contained(parting.cites, cite)) parting.cites.push_back(cite);
    }
  }
  return parting;
}

Parting NotGiven(const CheckedDraft& draft, const Case& facts, const reference::Outcome& outcome) {
  constexpr std::size_t kShown = 5;
  std::vector<std::string> paths;
  for (const reference::MissingFact& fact : outcome.missing) {
    paths.push_back(FactPath(facts, *draft.vocabulary, fact.instance, fact.fact));
  }
  if (paths.empty()) return {};
  const std::size_t more = paths.size() - std::min(paths.size(), kShown);
  paths.resize(std::min(paths.size(), kShown));
  std::string remark = llvm::join(paths, ", ");
  if (more > 0) remark += fmt::format(" and {} more", more);
  return {"facts that are not given", {}, std::move(remark)};
}

}  // namespace

Parting FindParting(const CheckedDraft& draft, const Case& facts, const check::OptionSet& option_set,
                    const scenario::DecisionExpectation& expected, const std::vector<Citation>& because,
                    const reference::Outcome& outcome) {
  if (outcome.error) return {};
  if (!outcome.determined) return NotGiven(draft, facts, outcome);
  if (expected.outcome) {
    const check::Decision& decision = draft.decisions[expected.decision];
    const Explanation explanation = reference::Explain(draft, expected.decision, facts, option_set);
    const Explanation* failed = FailedRule(draft, decision, explanation, *expected.outcome, because);
    if (failed != nullptr) return FirstFailure(*failed);
  }
  return Deciding(draft, outcome);
}

}  // namespace proviso::test
