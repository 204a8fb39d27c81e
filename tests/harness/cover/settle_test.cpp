// Random rules whose cases can all be gone through: what is said to be impossible is met by no case, and what is said
// to be possible is met by the case that is shown.
#include "harness/cover/settle.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/cover/cover.h"
#include "tests/support/exercise_all.h"
#include "tests/support/few_values.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::cover {
namespace {

using tests::Complaint;
using tests::ReadRules;

constexpr std::size_t kMaxCases = 500;
constexpr std::size_t kMaxOptionSets = 4;

struct Tally {
  std::size_t drafts = 0, goals = 0, possible = 0, impossible = 0, not_settled = 0;
};

Complaint Ask(ReadRules& rules, Tally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  if (rules.Loaded()->option_sets.size() > kMaxOptionSets) return std::nullopt;
  const auto all = tests::AllowedCases(rules.Draft(), kMaxCases);
  if (!all || all->empty()) return std::nullopt;
  ++tally.drafts;
  const Exercised exercised = tests::ExerciseAll(*rules.Loaded(), *all);
  const Exercised everything = EverythingOf(rules.Draft());
  std::vector<Goal> goals;
  std::vector<std::string> names;
  for (const Item& item : ItemsOf(rules.Draft(), everything)) {
    for (const Aspect& aspect : item.aspects) {
      for (const Goal& goal : aspect.goals) {
        goals.push_back(goal);
        names.push_back(
            fmt::format("`{}` in {}, {} ({})", item.text, item.inside, aspect.name, static_cast<int>(goal.sight)));
      }
    }
  }
  const Settler settler(rules.Draft(), everything, goals);
  for (std::size_t i = 0; i < goals.size(); ++i) {
    const Settled settled = settler.Settle(i);
    const bool is_met = TimesMet(exercised, goals[i]) > 0;
    ++tally.goals;
    switch (settled.feasibility) {
      case Feasibility::kImpossible:
        ++tally.impossible;
        if (is_met) return rules.Say(names[i] + " is said to be impossible and is not");
        break;
      case Feasibility::kPossible:
        ++tally.possible;
        if (TimesMet(tests::ExerciseAll(*rules.Loaded(), settled.witness->facts), goals[i]) == 0)
          return rules.Say(names[i] + " is not met by the case that is to show it");
        break;
      default:
        ++tally.not_settled;
    }
  }
  return std::nullopt;
}

TEST(SettleTest, WhatIsImpossibleIsMetByNoCase) {
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
  RecordProperty("goals", static_cast<int>(tally.goals));
  RecordProperty("possible", static_cast<int>(tally.possible));
  RecordProperty("impossible", static_cast<int>(tally.impossible));
  RecordProperty("not_settled", static_cast<int>(tally.not_settled));
  EXPECT_GT(tally.possible, 100U);
  EXPECT_GT(tally.impossible, 20U);
  EXPECT_LT(tally.not_settled * 20, tally.goals);
}

}  // namespace
}  // namespace proviso::cover
