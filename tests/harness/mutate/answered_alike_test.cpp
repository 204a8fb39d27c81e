// Random drafts and mutants of them: where a case looks at nothing that a mutant changes, it is answered alike.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "compiler/check/correspondence.h"
#include "compiler/reference/looked_at.h"
#include "harness/mutate/mutate.h"
#include "harness/test/case_answers.h"
#include "tests/support/few_values.h"
#include "tests/support/random_rules.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::mutate {
namespace {

using tests::Complaint;
using tests::ReadRules;

constexpr std::size_t kMaxOptionSets = 6;
constexpr std::size_t kMutants = 12;  // of each draft, over all of them
constexpr std::size_t kCases = 12;

struct Tally {
  std::size_t alike = 0, alike_undetermined = 0, different = 0;
};

class Alike {
 public:
  Alike(ReadRules& rules, Tally& tally) : rules_(rules), tally_(tally) {}

  Complaint Try(const std::shared_ptr<const check::CheckedDraft>& mutated, const Case& facts) {
    const load::LoadedDraft& loaded = *rules_.Loaded();
    const auto same = check::Correspond(*loaded.draft, *mutated);
    if (!same) return std::nullopt;
    for (const check::DecisionId id : loaded.draft->DecisionsOfCase()) {
      reference::LooksAt looks(*loaded.draft, facts);
      looks.Add(id, loaded.option_sets);
      const bool is_alike = !looks.Expressions().anyCommon(same->changed) && !same->changed_decisions.test(id.Index());
      test::CaseAnswers answers(loaded.draft, facts);
      test::CaseAnswers by_mutant(mutated, facts);
      for (const check::OptionSet& options : loaded.option_sets) {
        const bool is_same = AreSame(answers.Of(id, options), by_mutant.Of(id, options));
        if (is_alike && !is_same) return rules_.SayOf(facts, id, options, "a mutant answers otherwise");
        if (!is_same) ++tally_.different;
        if (is_alike) ++(answers.Of(id, options).determined ? tally_.alike : tally_.alike_undetermined);
      }
    }
    return std::nullopt;
  }

 private:
  static bool AreSame(const reference::Outcome& one, const reference::Outcome& other) {
    const auto missing = [](const reference::Outcome& outcome) {
      return std::set<reference::MissingFact>(outcome.missing.begin(), outcome.missing.end());
    };
    return one.SameAnswer(other) && one.deciding.size() == other.deciding.size() && missing(one) == missing(other);
  }

  ReadRules& rules_;
  Tally& tally_;
};

TEST(AnsweredAlikeTest, WhatLooksAtNothingThatAMutantChangesIsAnsweredAlike) {
  const tests::Scratch scratch("");
  Tally tally;
  tests::ExpectOfRandomPlans(
      1, tests::TimesFactor(60),
      [&](const tests::RulesPlan& plan, std::uint32_t seed) -> Complaint {
        ReadRules rules(scratch, tests::WriteRules(plan));
        if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
        if (rules.Loaded()->option_sets.size() > kMaxOptionSets) return std::nullopt;
        const std::vector<Mutant> mutants = MutantsOf(rules.Draft());
        const tests::FewValues values(*rules.Draft().vocabulary);
        std::mt19937 random(seed);
        Alike alike(rules, tally);
        const std::size_t step = mutants.size() / kMutants + 1;
        for (std::size_t i = seed % step; i < mutants.size(); i += step) {
          const auto mutated = Compile(rules.Draft(), mutants[i].edit);
          for (std::size_t k = 0; mutated != nullptr && k < kCases; ++k) {
            const Case facts = values.Some(EmptyCase(*rules.Draft().vocabulary), 20 * (k % 3), random);
            if (const Complaint wrong = alike.Try(mutated, facts)) return *wrong + mutants[i].inside;
          }
        }
        return std::nullopt;
      },
      tests::Values::kFew);
  EXPECT_GT(tally.alike, 1000U);
  EXPECT_GT(tally.alike_undetermined, 100U);
  EXPECT_GT(tally.different, 1000U);
}

}  // namespace
}  // namespace proviso::mutate
