// What the graph that many cases are asked of says of a case, however little is known of it, holds of every completion.
#include "harness/test/compiled.h"

#include <gtest/gtest.h>

#include "tests/support/random_cases.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::test {
namespace {

using tests::Complaint;
using tests::RandomCases;
using tests::ReadRules;
using tests::RulesPlan;

constexpr int kCases = 4;        // of each draft
constexpr int kCompletions = 4;  // of each case

struct Counts {
  std::size_t asked = 0, said = 0, said_of_unknown = 0, failures = 0;
};

/// A case that is known in part or as a whole, held against what the reference evaluator says of its completions.
Complaint CompareCase(ReadRules& rules, const Compiled& compiled, const Case& facts, RandomCases& cases, bool is_whole,
                      Counts& counts) {
  CompiledCase walked(compiled, facts);
  for (int i = 0; i < (is_whole ? 1 : kCompletions); ++i) {
    Case whole = facts;
    cases.Complete(whole);
    if (!reference::BrokenAssumptions(rules.Draft(), whole).empty()) continue;
    reference::Answers oracle(rules.Draft(), whole);
    for (const lower::LoweredDecision& decision : compiled.Draft().decisions) {
      for (const check::OptionSet& options : rules.Loaded()->option_sets) {
        ++counts.asked;
        const reference::Outcome* const outcome = walked.Of(decision.decision, options);
        if (outcome == nullptr) continue;
        ++counts.said;
        counts.said_of_unknown += is_whole ? 0 : 1;
        const reference::Outcome& expected = oracle.Of(decision.decision, options);
        if (expected.determined && expected.value() == outcome->value()) continue;
        if (!expected.error) return rules.SayOf(whole, decision.decision, options, "the graph says otherwise");
        ++counts.failures;  // that a recursive term has inside, where the outcome is the same either way
      }
    }
  }
  return std::nullopt;
}

TEST(CompiledTest, HoldsOfEveryCompletion) {
  const tests::Scratch scratch("");
  Counts counts;
  tests::ExpectOfRandomPlans(7, tests::TimesFactor(600), [&](const RulesPlan& plan, std::uint32_t seed) -> Complaint {
    ReadRules rules(scratch, tests::WriteRules(plan));
    if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
    const Compiled compiled(rules.Loaded()->draft, {});
    RandomCases cases(*rules.Draft().vocabulary, seed);
    for (int i = 0; i < kCases; ++i) {
      Case facts = EmptyCase(*rules.Draft().vocabulary);
      cases.Complete(facts);
      const bool is_whole = i % 2 == 0;
      if (!is_whole) cases.Hide(facts);
      if (const Complaint complaint = CompareCase(rules, compiled, facts, cases, is_whole, counts)) return complaint;
    }
    return std::nullopt;
  });
  RecordProperty("asked", static_cast<int>(counts.asked));
  RecordProperty("said", static_cast<int>(counts.said));
  RecordProperty("said_of_unknown", static_cast<int>(counts.said_of_unknown));
  EXPECT_GT(counts.said_of_unknown, counts.asked / 20);
  EXPECT_GT(counts.said - counts.said_of_unknown, counts.asked / 20);
  EXPECT_LE(counts.failures, counts.asked / 1000);
}

}  // namespace
}  // namespace proviso::test
