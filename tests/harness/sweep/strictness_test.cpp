// Strictness: on random rules whose cases can all be gone through, option sets stand to each other as all cases say.
#include "harness/sweep/strictness.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <llvm/ADT/STLExtras.h>

#include <array>

#include "compiler/reference/evaluate.h"
#include "tests/support/few_values.h"
#include "tests/support/random_rules.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::sweep {
namespace {

using tests::Complaint;
using tests::ReadRules;

constexpr std::size_t kMaxNodes = 50'000;
constexpr std::size_t kMaxCases = 1500;
constexpr std::size_t kMaxOptionSets = 12;

struct Tally {
  std::array<std::size_t, 5> pairs = {};  // by relation
};

/// By option set, in all cases.
using Outcomes = std::vector<std::vector<reference::Outcome>>;

bool IsOther(const reference::Outcome& one, const reference::Outcome& other) {
  return !one.SameAnswer(other) || (one.error && one.error->kind != other.error->kind);
}

/// Neither the same nor stronger.
bool IsLess(const reference::Outcome& one, const reference::Outcome& other, bool has_order) {
  if (!IsOther(one, other)) return false;
  if (!has_order || one.error || other.error || IsNone(one.value()) || IsNone(other.value())) return true;
  return one.value() < other.value();
}

/// What all cases say.
Relation RelationIn(const std::vector<reference::Outcome>& one, const std::vector<reference::Outcome>& other,
                    bool has_order) {
  bool is_less = false;
  bool is_more = false;
  for (std::size_t i = 0; i < one.size(); ++i) {
    is_less = is_less || IsLess(one[i], other[i], has_order);
    is_more = is_more || IsLess(other[i], one[i], has_order);
  }
  if (is_less == is_more) return is_less ? Relation::kNeither : Relation::kSame;
  return is_less ? Relation::kWeaker : Relation::kStricter;
}

Complaint CheckDecision(const load::LoadedDraft& loaded, const Strictness& found, const Outcomes& outcomes,
                        Tally& tally) {
  const auto place = [&](const check::OptionSet& set) {
    return static_cast<std::size_t>(llvm::find(loaded.option_sets, set) - loaded.option_sets.begin());
  };
  std::size_t sets = 0;
  for (std::size_t i = 0; i < found.classes.size(); ++i) {
    for (const check::OptionSet& one : found.classes[i].option_sets) {
      ++sets;
      for (std::size_t j = 0; j < found.classes.size(); ++j) {
        const Relation said = found.relations[i][j];
        for (const check::OptionSet& other : found.classes[j].option_sets) {
          const Relation so = RelationIn(outcomes[place(one)], outcomes[place(other)], found.has_order);
          ++tally.pairs[static_cast<std::size_t>(said)];
          if (said == Relation::kNotSettled || said == so) continue;
          return fmt::format("option sets {} and {}: said {}, all cases say {}", place(one), place(other),
                             static_cast<int>(said), static_cast<int>(so));
        }
      }
    }
  }
  if (sets != loaded.option_sets.size()) return fmt::format("{} option sets are in classes", sets);
  return std::nullopt;
}

TEST(StrictnessTest, OptionSetsStandToEachOtherAsAllCasesSay) {
  const tests::Scratch scratch("");
  Tally tally;
  tests::ExpectOfRandomPlans(
      12000, tests::TimesFactor(500),
      [&](const tests::RulesPlan& plan, std::uint32_t) -> Complaint {
        ReadRules rules(scratch, tests::WriteRules(plan));
        if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
        const load::LoadedDraft& loaded = *rules.Loaded();
        if (loaded.option_sets.size() == 1 || loaded.option_sets.size() > kMaxOptionSets) return std::nullopt;
        const auto cases = tests::AllowedCases(rules.Draft(), kMaxCases);
        if (!cases || cases->empty()) return std::nullopt;
        for (const check::DecisionId id : rules.Draft().DecisionsOfCase()) {
          const Strictness found = CompareOptionSets(loaded, id, kMaxNodes, [](std::size_t, std::size_t) {}).front();
          if (found.is_too_large) continue;
          Outcomes outcomes(loaded.option_sets.size());
          for (std::size_t set = 0; set < outcomes.size(); ++set) {
            for (const Case& facts : *cases)
              outcomes[set].push_back(reference::EvaluateDecision(rules.Draft(), id, facts, loaded.option_sets[set]));
          }
          if (const Complaint complaint = CheckDecision(loaded, found, outcomes, tally))
            return rules.Say(rules.Draft().decisions[id].name + ": " + *complaint);
        }
        return std::nullopt;
      },
      tests::Values::kFew);
  static constexpr std::array kNames = {"same", "stricter", "weaker", "neither", "not_settled"};
  for (std::size_t i = 0; i < kNames.size(); ++i) RecordProperty(kNames[i], static_cast<int>(tally.pairs[i]));
  EXPECT_GT(tally.pairs[static_cast<std::size_t>(Relation::kStricter)], 15U);
  EXPECT_GT(tally.pairs[static_cast<std::size_t>(Relation::kNeither)], 20U);
}

}  // namespace
}  // namespace proviso::sweep
