// Random drafts of few facts: what is said of a mutant holds in every case.
#include "harness/mutate/mutate.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/reference/evaluate.h"
#include "tests/support/few_values.h"
#include "tests/support/random_rules.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::mutate {
namespace {

using check::CheckedDraft;
using tests::Complaint;
using tests::FewValues;
using tests::ReadRules;

constexpr std::size_t kMaxCases = 2000;
constexpr std::size_t kMaxOptionSets = 6;
constexpr std::size_t kMutants = 12;  // of each draft, over all of them

struct Tally {
  std::size_t equivalent = 0, survived = 0, not_settled = 0, not_compiling = 0;
};

/// A case in which the two decide otherwise, in words; nothing where there is none, or there are too many cases.
Complaint FindDifference(ReadRules& rules, const CheckedDraft& mutated) {
  Complaint difference;
  const Vocabulary& vocabulary = *rules.Draft().vocabulary;
  (void)FewValues(vocabulary).ForEach(EmptyCase(vocabulary), kMaxCases, [&](const Case& facts) {
    if (difference || !reference::BrokenAssumptions(rules.Draft(), facts).empty()) return;
    for (const check::DecisionId id : rules.Draft().DecisionsOfCase()) {
      for (const check::OptionSet& options : rules.Loaded()->option_sets) {
        const reference::Outcome said = reference::EvaluateDecision(rules.Draft(), id, facts, options);
        const reference::Outcome other = reference::EvaluateDecision(mutated, id, facts, options);
        if (!said.SameAnswer(other)) difference = rules.SayOf(facts, id, options, "an equivalent mutant differs");
      }
    }
  });
  return difference;
}

/// Whether the witness tells the two apart as is said of it.
bool IsShown(const CheckedDraft& draft, const CheckedDraft& mutated, const Hole& hole) {
  const auto said = [&](const CheckedDraft& by, std::size_t side) {
    return reference::EvaluateDecision(by, hole.decision, hole.witness.facts, hole.witness.options[side]);
  };
  return reference::BrokenAssumptions(draft, hole.witness.facts).empty() &&
         !said(draft, 0).SameAnswer(said(mutated, 1));
}

Complaint TryMutants(ReadRules& rules, std::uint32_t seed, Tally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  if (rules.Loaded()->option_sets.size() > kMaxOptionSets) return std::nullopt;
  const CheckedDraft& draft = rules.Draft();
  const Exam exam(*rules.Loaded(), {});
  const std::vector<Mutant> mutants = MutantsOf(draft);
  const std::size_t step = mutants.size() / kMutants + 1;
  for (std::size_t i = seed % step; i < mutants.size(); i += step) {
    const auto mutated = Compile(draft, mutants[i].edit);
    const auto examined = ExamineOne(exam, mutants[i]);
    if (examined.has_value() != (mutated != nullptr)) return rules.Say("a mutant is examined that does not compile");
    if (!examined) {
      ++tally.not_compiling;
      continue;
    }
    std::string redline;
    for (const RedlineLine& line : RedlineOf(*draft.text, *mutated->text, mutants[i].edit)) redline += line.text + "\n";
    switch (examined->verdict) {
      case Verdict::kKilled:
        return rules.Say("a mutant is noticed by no scenario at all");
      case Verdict::kEquivalent:
        ++tally.equivalent;
        if (const Complaint difference = FindDifference(rules, *mutated)) return *difference + "\n" + redline;
        break;
      case Verdict::kSurvived:
        ++tally.survived;
        if (!IsShown(draft, *mutated, *examined->hole)) return rules.Say("a witness shows nothing:\n" + redline);
        break;
      case Verdict::kNotSettled:
        ++tally.not_settled;
        break;
    }
  }
  return std::nullopt;
}

TEST(MutateTest, WhatIsSaidOfAMutantHoldsInEveryCase) {
  const tests::Scratch scratch("");
  Tally tally;
  tests::ExpectOfRandomPlans(
      1, tests::TimesFactor(40),
      [&](const tests::RulesPlan& plan, std::uint32_t seed) {
        ReadRules rules(scratch, tests::WriteRules(plan));
        return TryMutants(rules, seed, tally);
      },
      tests::Values::kFew);
  RecordProperty("equivalent", static_cast<int>(tally.equivalent));
  RecordProperty("survived", static_cast<int>(tally.survived));
  RecordProperty("not_settled", static_cast<int>(tally.not_settled));
  RecordProperty("not_compiling", static_cast<int>(tally.not_compiling));
  EXPECT_GT(tally.equivalent, 10U);
  EXPECT_GT(tally.survived, 10U);
}

}  // namespace
}  // namespace proviso::mutate
