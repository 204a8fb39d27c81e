// Random rules whose cases can all be gone through: what is called dead is dead, and what is dead is called.
#include "harness/findings/findings.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "compiler/check/variants.h"
#include "compiler/reference/evaluator.h"
#include "tests/support/few_values.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::findings {
namespace {

using tests::Complaint;
using tests::ReadRules;
using Kind = Finding::Kind;

constexpr std::size_t kMaxCases = 500;
constexpr std::size_t kMaxOptionSets = 4;

struct Tally {
  std::size_t drafts = 0, pieces = 0, dead = 0, called = 0, consequences = 0, not_settled = 0, covered = 0,
              alternatives = 0, always = 0;
};

/// All cases of a draft.
class AllCases {
 public:
  AllCases(const ReadRules& rules, std::vector<Case> cases) : rules_(rules), cases_(std::move(cases)) {}

  /// Whether no case under any option set tells the drafts apart.
  [[nodiscard]] bool AreSame(const check::CheckedDraft& one, const check::CheckedDraft& other,
                             const std::set<check::DecisionId>& decisions) const {
    return std::ranges::all_of(rules_.Loaded()->option_sets, [&](const check::OptionSet& options) {
      return AreSameUnder(one, options, other, options, decisions);
    });
  }

  [[nodiscard]] bool AreSameUnder(const check::CheckedDraft& one, const check::OptionSet& options,
                                  const check::CheckedDraft& other, const check::OptionSet& other_options,
                                  const std::set<check::DecisionId>& decisions) const {
    return std::ranges::all_of(cases_, [&](const Case& facts) {
      reference::Evaluator first(one, facts, options);
      reference::Evaluator second(other, facts, other_options);
      return std::ranges::all_of(decisions, [&](check::DecisionId decision) {
        const reference::Possible here = first.Outcome(decision, first.CaseScope());
        const reference::Possible there = second.Outcome(decision, second.CaseScope());
        if (here.IsFailed() || there.IsFailed())
          return here.IsFailed() && there.IsFailed() && here.error->kind == there.error->kind;
        return here.values == there.values;
      });
    });
  }

  /// Whether `other` fires wherever `rule` does.
  [[nodiscard]] bool FiresWherever(check::RuleId other, check::RuleId rule) const {
    return std::ranges::all_of(cases_, [&](const Case& facts) {
      return std::ranges::all_of(rules_.Loaded()->option_sets, [&](const check::OptionSet& options) {
        reference::Evaluator evaluator(rules_.Draft(), facts, options);
        return !evaluator.Fires(rule, evaluator.CaseScope()).Is(true) ||
               evaluator.Fires(other, evaluator.CaseScope()).Is(true);
      });
    });
  }

 private:
  const ReadRules& rules_;
  std::vector<Case> cases_;
};

const Finding* FindingOf(const Findings& findings, const Piece& piece) {
  const auto found = std::ranges::find_if(findings.found, [&](const Finding& finding) {
    return finding.inside == piece.inside && finding.text == piece.text && finding.piece == piece.kind &&
           finding.span.begin == piece.span.begin;
  });
  return found == findings.found.end() ? nullptr : &*found;
}

bool IsDeadAs(const ReadRules& rules, const AllCases& cases, const Piece& piece, bool truth) {
  return cases.AreSame(rules.Draft(), *WithConditions(rules.Draft(), piece.conditions, truth), piece.decisions);
}

/// What the findings put out of effect, as `Find` does.
LeftOut LeftOutBy(const ReadRules& rules, const Findings& findings, const std::vector<Piece>& pieces) {
  LeftOut left_out;
  for (const Piece& piece : pieces) {
    const Finding* const finding = FindingOf(findings, piece);
    if (finding == nullptr) continue;
    if (piece.rule) {
      left_out.rules.insert(*piece.rule);
    } else {
      left_out.conditions.insert(piece.conditions.begin(), piece.conditions.end());
    }
  }
  for (const Finding& finding : findings.found) {
    if (finding.kind != Kind::kOption) continue;
    for (const auto& alternative : rules.Draft().options[*rules.Draft().FindOption(finding.inside)].alternatives)
      left_out.conditions.insert(alternative.value);
  }
  return left_out;
}

Complaint AskPieces(ReadRules& rules, const AllCases& cases, const Findings& findings, Tally& tally) {
  const std::vector<Piece> pieces = PiecesOf(rules.Draft());
  const std::vector<Piece> reached = PiecesOf(rules.Draft(), LeftOutBy(rules, findings, pieces));
  for (const Piece& piece : pieces) {
    ++tally.pieces;
    const std::string name = fmt::format("{} `{}`", piece.inside, piece.text);
    const Finding* const finding = FindingOf(findings, piece);
    if (finding != nullptr && finding->kind != Kind::kCoveredRule && finding->kind != Kind::kShadowedRule) {
      ++tally.called;
      tally.always += finding->kind == Kind::kAlways ? 1 : 0;
      if (!IsDeadAs(rules, cases, piece, finding->stands_for)) return rules.Say(name + " is called dead and is not");
      continue;
    }
    if (finding != nullptr || findings.not_settled > 0) continue;
    const bool is_dead =
        std::ranges::any_of(piece.replacements, [&](bool truth) { return IsDeadAs(rules, cases, piece, truth); });
    if (!is_dead) continue;
    ++tally.dead;
    const bool is_reached = std::ranges::any_of(
        reached, [&](const Piece& each) { return each.inside == piece.inside && each.text == piece.text; });
    if (is_reached) return rules.Say(name + " is dead and is not called");
    ++tally.consequences;
  }
  return std::nullopt;
}

std::optional<check::RuleId> RuleOf(const check::CheckedDraft& draft, const std::string& name) {
  for (std::size_t i = 0; i < draft.rules.size(); ++i) {
    const check::Rule& rule = draft.rules[check::RuleId(i)];
    const std::string full = draft.decisions[rule.decision].name + "." + rule.name;
    if (full == name) return check::RuleId(i);
  }
  return std::nullopt;
}

Complaint AskCovered(ReadRules& rules, const AllCases& cases, const Findings& findings, Tally& tally) {
  for (const Finding& finding : findings.found) {
    if (finding.kind != Kind::kCoveredRule && finding.kind != Kind::kShadowedRule) continue;
    ++tally.covered;
    const auto rule = RuleOf(rules.Draft(), finding.inside);
    const std::string decision = finding.inside.substr(0, finding.inside.find('.'));
    const auto other = RuleOf(rules.Draft(), decision + "." + finding.other);
    if (!cases.FiresWherever(*other, *rule)) return rules.Say(finding.inside + " is not covered by " + finding.other);
    if (finding.kind == Kind::kShadowedRule && !cases.FiresWherever(*rule, *other))
      return rules.Say(finding.inside + " does not always fire together with " + finding.other);
  }
  return std::nullopt;
}

Complaint AskOptions(ReadRules& rules, const AllCases& cases, const Findings& findings, Tally& tally) {
  const check::CheckedDraft& draft = rules.Draft();
  const std::vector<check::DecisionId> of_case = draft.DecisionsOfCase();
  const std::set<check::DecisionId> decisions(of_case.begin(), of_case.end());
  const auto is_called = [&](const std::string& inside) {
    return std::ranges::any_of(findings.found, [&](const Finding& finding) {
      return finding.inside == inside && (finding.kind == Kind::kOption || finding.kind == Kind::kSameAlternative);
    });
  };
  for (std::size_t i = 0; i < draft.options.size(); ++i) {
    const check::Option& option = draft.options[check::OptionId(i)];
    for (std::uint32_t j = 1; j < option.alternatives.size(); ++j) {
      bool is_like_some = false;
      for (std::uint32_t k = 0; k < j; ++k) {
        std::size_t pairs = 0;
        bool are_same = true;
        for (check::OptionSet set : rules.Loaded()->option_sets) {
          if (set[i] != k) continue;
          check::OptionSet other = set;
          other[i] = j;
          if (std::ranges::find(rules.Loaded()->option_sets, other) == rules.Loaded()->option_sets.end()) continue;
          ++pairs;
          are_same = are_same && cases.AreSameUnder(draft, set, draft, other, decisions);
        }
        is_like_some = is_like_some || (pairs > 0 && are_same);
      }
      const bool called = is_called(option.name) || is_called(option.name + "." + option.alternatives[j].name);
      tally.alternatives += called ? 1 : 0;
      const std::string name = option.name + "." + option.alternatives[j].name;
      if (called && !is_like_some) return rules.Say(name + " is like no other");
      const bool is_read = std::ranges::any_of(draft.exprs, [&](const check::Expr& expr) {
        return (expr.op == check::Op::kOption || expr.op == check::Op::kOptionIs) && expr.option.Index() == i;
      });
      if (!called && is_like_some && is_read && findings.not_settled == 0)
        return rules.Say(name + " is like another, and that is not said");
    }
  }
  return std::nullopt;
}

Complaint Ask(ReadRules& rules, Tally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  if (rules.Loaded()->option_sets.size() > kMaxOptionSets) return std::nullopt;
  auto all = tests::AllowedCases(rules.Draft(), kMaxCases);
  if (!all || all->empty()) return std::nullopt;
  ++tally.drafts;
  const AllCases cases(rules, std::move(*all));
  const Findings findings = Find(*rules.Loaded(), [](std::size_t, std::size_t) {});
  tally.not_settled += findings.not_settled;
  if (const Complaint complaint = AskPieces(rules, cases, findings, tally)) return complaint;
  if (const Complaint complaint = AskCovered(rules, cases, findings, tally)) return complaint;
  return AskOptions(rules, cases, findings, tally);
}

TEST(FindingsTest, WhatIsCalledDeadIsAndWhatIsDeadIsCalled) {
  const tests::Scratch scratch("");
  Tally tally;
  tests::ExpectOfRandomPlans(
      1, tests::TimesFactor(60),
      [&](const tests::RulesPlan& plan, std::uint32_t) -> Complaint {
        ReadRules rules(scratch, tests::WriteRules(plan));
        return Ask(rules, tally);
      },
      tests::Values::kFew);
  RecordProperty("drafts", static_cast<int>(tally.drafts));
  RecordProperty("pieces", static_cast<int>(tally.pieces));
  RecordProperty("called", static_cast<int>(tally.called));
  RecordProperty("always", static_cast<int>(tally.always));
  RecordProperty("consequences", static_cast<int>(tally.consequences));
  RecordProperty("covered", static_cast<int>(tally.covered));
  RecordProperty("alternatives", static_cast<int>(tally.alternatives));
  RecordProperty("not_settled", static_cast<int>(tally.not_settled));
  EXPECT_GT(tally.called, 20U);
  EXPECT_GT(tally.covered, 0U);
  EXPECT_LT(tally.not_settled * 20, tally.pieces);
}

}  // namespace
}  // namespace proviso::findings
