// On every draft there is and cases at random: with facts missing, the evaluator never says what a completion of the
// facts contradicts; and answers shared between option sets are those of each.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "compiler/load/workspace.h"
#include "compiler/reference/evaluate.h"
#include "tests/support/random_cases.h"

namespace proviso::reference {
namespace {

/// What is wrong with the answer `partial`, one completion of which has the answer `complete`.
std::string Contradiction(const Outcome& partial, const Outcome& complete) {
  if (complete.error) return "";  // a completion without outcome
  if (!complete.determined) return "a complete case is undetermined";
  if (partial.error) return "an error that a completion does not have";
  if (partial.determined) return partial.value() == complete.value() ? "" : "determined, and a completion differs";
  if (partial.possible.empty() || std::ranges::count(partial.possible, complete.value()) > 0) return "";
  return "a completion's outcome is said to be impossible";
}

class MonotoneTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    draft_ = workspace_.Draft(GetParam());
    ASSERT_NE(draft_, nullptr);
    ASSERT_FALSE(draft_->option_sets.empty());
  }

  load::Workspace workspace_;
  const load::LoadedDraft* draft_ = nullptr;
};

TEST_P(MonotoneTest, NoCompletionContradictsAnAnswer) {
  const check::CheckedDraft& draft = *draft_->draft;
  tests::RandomCases cases(*draft.vocabulary, 20'250'102);
  for (int round = 0; round < 40; ++round) {
    const check::OptionSet& options = draft_->option_sets[cases.Pick(draft_->option_sets.size())];
    Case partial = EmptyCase(*draft.vocabulary);
    cases.Complete(partial);
    for (int more = round % 4; more >= 0; --more) cases.Hide(partial);
    const std::vector<Outcome> answers = Evaluate(draft, partial, options);
    for (int completion = 0; completion < 8; ++completion) {
      Case complete = partial;
      cases.Complete(complete);
      const std::vector<Outcome> outcomes = Evaluate(draft, complete, options);
      ASSERT_EQ(outcomes.size(), answers.size());
      for (std::size_t i = 0; i < outcomes.size(); ++i) {
        EXPECT_EQ(Contradiction(answers[i], outcomes[i]), "")
            << GetParam() << ", decision " << i << ", round " << round;
      }
    }
  }
}

TEST_P(MonotoneTest, GivingTheMissingFactsEndsInAnAnswer) {
  const check::CheckedDraft& draft = *draft_->draft;
  tests::RandomCases cases(*draft.vocabulary, 850);
  for (int round = 0; round < 10; ++round) {
    Case facts = EmptyCase(*draft.vocabulary);
    for (int given = 0;; ++given) {
      ASSERT_LT(given, 200) << GetParam();
      std::vector<MissingFact> missing;
      for (const Outcome& outcome : Evaluate(draft, facts, draft_->option_sets.front())) {
        EXPECT_EQ(outcome.missing.empty(), outcome.determined || outcome.error) << GetParam();
        missing.insert(missing.end(), outcome.missing.begin(), outcome.missing.end());
      }
      if (missing.empty()) break;
      cases.Give(facts, missing.front().instance, missing.front().fact);
    }
  }
}

TEST_P(MonotoneTest, SharedAnswersAreThoseOfEachOptionSet) {
  const check::CheckedDraft& draft = *draft_->draft;
  tests::RandomCases cases(*draft.vocabulary, 850'501);
  for (int round = 0; round < 20; ++round) {
    Case facts = EmptyCase(*draft.vocabulary);
    cases.Complete(facts);
    for (int more = round % 3; more > 0; --more) cases.Hide(facts);
    Answers shared(draft, facts);
    for (int turn = 0; turn < 20; ++turn) {
      const check::OptionSet& options = draft_->option_sets[cases.Pick(draft_->option_sets.size())];
      const std::vector<Outcome> alone = Evaluate(draft, facts, options);
      std::size_t next = 0;
      for (std::size_t i = 0; i < draft.decisions.size(); ++i) {
        if (draft.decisions[check::DecisionId(i)].of) continue;
        const Outcome& expected = alone[next++];
        const Outcome& outcome = shared.Of(check::DecisionId(i), options);
        EXPECT_TRUE(outcome.SameAnswer(expected)) << GetParam() << ", decision " << i << ", round " << round;
        EXPECT_EQ(outcome.deciding, expected.deciding);
        EXPECT_EQ(outcome.missing, expected.missing);
        EXPECT_EQ(outcome.assumed, expected.assumed);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryDraft, MonotoneTest,
                         testing::ValuesIn(tests::DraftsIn({"tests/golden/evaluate", "rulesets"})),
                         [](const auto& tested) { return fmt::format("draft_{}", tested.index); });

}  // namespace
}  // namespace proviso::reference
