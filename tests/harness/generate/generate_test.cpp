// Random rules whose cases can all be gone through: what any case covers, the new ones cover, and what they do not is
// covered by none.
#include "harness/generate/generate.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/reference/evaluate.h"
#include "tests/support/exercise_all.h"
#include "tests/support/few_values.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::generate {
namespace {

using cover::Aspect;
using cover::Feasibility;
using cover::Item;
using tests::Complaint;
using tests::ReadRules;

constexpr std::size_t kMaxCases = 500;
constexpr std::size_t kMaxOptionSets = 4;

struct Tally {
  std::size_t drafts = 0, cases = 0, covered = 0, impossible = 0, not_settled = 0;
};

Complaint AskItems(ReadRules& rules, const Generated& generated, const cover::Exercised& by_all, Tally& tally) {
  for (const Item& item : generated.after.items) {
    for (const Aspect& aspect : item.aspects) {
      const bool can_be =
          std::ranges::all_of(aspect.goals, [&](const cover::Goal& goal) { return TimesMet(by_all, goal) > 0; });
      const std::string name = fmt::format("`{}` in {}, {}", item.text, item.inside, aspect.name);
      tally.covered += aspect.count > 0 ? 1 : 0;
      tally.impossible += aspect.feasibility == Feasibility::kImpossible ? 1 : 0;
      tally.not_settled += aspect.feasibility == Feasibility::kNotSettled ? 1 : 0;
      if (aspect.count > 0 && !can_be) return rules.Say(name + " is covered by no case but a new one");
      if (can_be && aspect.feasibility == Feasibility::kImpossible)
        return rules.Say(name + " is said to be impossible and is not");
      if (can_be && aspect.count == 0 && aspect.feasibility != Feasibility::kNotSettled)
        return rules.Say(name + " is not covered");
    }
  }
  return std::nullopt;
}

Complaint Ask(ReadRules& rules, Tally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  if (rules.Loaded()->option_sets.size() > kMaxOptionSets) return std::nullopt;
  const auto all = tests::AllowedCases(rules.Draft(), kMaxCases);
  if (!all || all->empty()) return std::nullopt;
  ++tally.drafts;
  const cover::Exercised by_all = tests::ExerciseAll(*rules.Loaded(), *all, tests::Outcomes::kValues);
  for (const Criterion criterion : {Criterion::kMcdc, Criterion::kThresholds, Criterion::kRules}) {
    const Generated generated = Generate(*rules.Loaded(), criterion, {}, [](std::size_t, std::size_t) {});
    tally.cases += generated.cases.size();
    for (const NewCase& one : generated.cases) {
      if (!reference::BrokenAssumptions(rules.Draft(), one.facts).empty())
        return rules.Say(one.name + " breaks an assumption");
      if (one.decisions.empty()) return rules.Say(one.name + " has no outcome");
    }
    if (const Complaint complaint = AskItems(rules, generated, by_all, tally)) return complaint;
  }
  return std::nullopt;
}

TEST(GenerateTest, WhatAnyCaseCoversTheNewOnesCover) {
  const tests::Scratch scratch("");
  Tally tally;
  tests::ExpectOfRandomPlans(
      1, tests::TimesFactor(160),
      [&](const tests::RulesPlan& plan, std::uint32_t) -> Complaint {
        ReadRules rules(scratch, tests::WriteRules(plan));
        return Ask(rules, tally);
      },
      tests::Values::kFew);
  RecordProperty("drafts", static_cast<int>(tally.drafts));
  RecordProperty("cases", static_cast<int>(tally.cases));
  RecordProperty("covered", static_cast<int>(tally.covered));
  RecordProperty("impossible", static_cast<int>(tally.impossible));
  RecordProperty("not_settled", static_cast<int>(tally.not_settled));
  EXPECT_GT(tally.covered, 200U);
  EXPECT_GT(tally.impossible, 20U);
  EXPECT_LT(tally.not_settled * 20, tally.covered);
}

}  // namespace
}  // namespace proviso::generate
