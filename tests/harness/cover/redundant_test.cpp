// Random rules, with a scenario for each of some cases: what is redundant is left out, and what the others show and
// expect is held against what all did.
#include "harness/cover/redundant.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "compiler/reference/evaluate.h"
#include "harness/cover/cover.h"
#include "tests/support/few_values.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::cover {
namespace {

using scenario::Scenario;
using scenario::Suite;
using tests::Complaint;
using tests::ReadRules;

constexpr std::size_t kMaxCases = 500;
constexpr std::size_t kMaxScenarios = 40;
constexpr std::size_t kMaxOptionSets = 6;

/// Expects what the draft says of the case, of each decision with an outcome under each option set.
Scenario ScenarioOf(const load::LoadedDraft& draft, const Case& facts, std::size_t number) {
  Scenario scenario{.name = fmt::format("case {}", number), .facts = facts};
  scenario::DraftExpectation expectation{.draft = 0, .clauses = {}};
  reference::Answers answers(*draft.draft, facts);
  for (std::size_t set = 0; set < draft.option_sets.size(); ++set) {
    scenario::Clause clause{.option_sets = {set}};
    for (const check::DecisionId decision : draft.draft->DecisionsOfCase()) {
      const reference::Outcome& outcome = answers.Of(decision, draft.option_sets[set]);
      if (outcome.determined) clause.decisions.push_back({.decision = decision, .outcome = outcome.value()});
    }
    if (!clause.decisions.empty()) expectation.clauses.push_back(std::move(clause));
  }
  if (!expectation.clauses.empty()) scenario.expectations.push_back(std::move(expectation));
  return scenario;
}

/// Each aspect: whether it is seen.
std::vector<bool> SeenBy(const Suite& suite) {
  std::vector<bool> seen;
  for (const DraftCoverage& coverage : Cover(&suite)) {
    for (const Item& item : coverage.items) {
      for (const Aspect& aspect : item.aspects) seen.push_back(aspect.count > 0);
    }
  }
  return seen;
}

/// Option sets that some scenario expects different outcomes of, by decision.
std::set<std::tuple<std::size_t, std::size_t, std::size_t>> ToldApartBy(const Suite& suite) {
  std::set<std::tuple<std::size_t, std::size_t, std::size_t>> told;
  for (const Scenario& scenario : suite.scenarios) {
    std::map<std::size_t, std::map<std::size_t, Value>> outcomes;
    for (const scenario::DraftExpectation& expectation : scenario.expectations) {
      for (const scenario::Clause& clause : expectation.clauses) {
        for (const auto& one : clause.decisions)
          outcomes[one.decision.Index()][clause.option_sets.front()] = *one.outcome;
      }
    }
    for (const auto& [decision, by_set] : outcomes) {
      for (const auto& [one, value] : by_set) {
        for (const auto& [other, other_value] : by_set) {
          if (one < other && value != other_value) told.emplace(decision, one, other);
        }
      }
    }
  }
  return told;
}

struct Tally {
  std::size_t drafts = 0, scenarios = 0, redundant = 0;
};

Complaint Ask(ReadRules& rules, Tally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  const load::LoadedDraft& draft = *rules.Loaded();
  if (draft.option_sets.size() > kMaxOptionSets) return std::nullopt;
  const auto all = tests::AllowedCases(rules.Draft(), kMaxCases);
  if (!all || all->empty()) return std::nullopt;
  Suite suite{.path = "suite.yaml", .vocabulary = draft.draft->vocabulary, .drafts = {&draft}};
  const std::size_t step = all->size() / kMaxScenarios + 1;
  for (std::size_t i = 0; i < all->size(); i += step) {
    Scenario made = ScenarioOf(draft, (*all)[i], suite.scenarios.size());
    if (!made.expectations.empty()) suite.scenarios.push_back(std::move(made));
  }
  suite.first_row = suite.scenarios.size();
  if (suite.scenarios.empty()) return std::nullopt;
  const Redundant redundant = FindRedundant(&suite, {});
  Suite less = suite;
  less.scenarios.clear();
  for (std::size_t i = 0; i < suite.scenarios.size(); ++i) {
    if (!std::ranges::count(redundant.scenarios, ScenarioAt{&suite, i})) less.scenarios.push_back(suite.scenarios[i]);
  }
  ++tally.drafts;
  tally.scenarios += suite.scenarios.size();
  tally.redundant += redundant.scenarios.size();
  if (redundant.compared != suite.scenarios.size()) return rules.Say("not all scenarios are compared");
  if (SeenBy(less) != SeenBy(suite)) return rules.Say("something is not shown without what is redundant");
  if (ToldApartBy(less) != ToldApartBy(suite)) return rules.Say("option sets are not told apart without it");
  const Redundant again = FindRedundant(&less, {});
  if (!again.scenarios.empty()) return rules.Say("something is redundant beside what is left");
  return std::nullopt;
}

TEST(RedundantTest, WhatIsLeftShowsAndTellsApartTheSame) {
  const tests::Scratch scratch("");
  Tally tally;
  tests::ExpectOfRandomPlans(
      5, tests::TimesFactor(100),
      [&](const tests::RulesPlan& plan, std::uint32_t) -> Complaint {
        ReadRules rules(scratch, tests::WriteRules(plan));
        return Ask(rules, tally);
      },
      tests::Values::kFew);
  EXPECT_GT(tally.drafts, 20U);
  EXPECT_GT(tally.redundant, 0U);
  EXPECT_LT(tally.redundant, tally.scenarios);
}

}  // namespace
}  // namespace proviso::cover
