// What a draft says of one case, for all option sets at once, against the reference evaluator under each.
#include "compiler/lower/answer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "compiler/load/workspace.h"
#include "compiler/reference/evaluate.h"
#include "tests/support/random_cases.h"
#include "tests/support/scratch.h"

namespace proviso::lower {
namespace {

class AnswerTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    loaded_ = workspace_.Draft(GetParam());
    ASSERT_NE(loaded_, nullptr);
  }

  load::Workspace workspace_;
  const load::LoadedDraft* loaded_ = nullptr;
};

TEST_P(AnswerTest, OfCompleteCasesIsTheReferenceEvaluators) {
  const check::CheckedDraft& draft = *loaded_->draft;
  tests::RandomCases cases(*draft.vocabulary, 224);
  for (int round = 0; round < 20; ++round) {
    Case facts = EmptyCase(*draft.vocabulary);
    cases.Complete(facts);
    if (!reference::BrokenAssumptions(draft, facts).empty()) continue;
    Answer answer(loaded_->draft, facts);
    for (const check::OptionSet& options : loaded_->option_sets) {
      const std::vector<reference::Outcome> expected = reference::Evaluate(draft, facts, options);
      for (std::size_t i = 0; i < expected.size(); ++i) {
        const AnswerGroup* const group = answer.GroupOf(answer.Decisions()[i], options);
        ASSERT_NE(group, nullptr) << GetParam() << " decision " << i;
        const reference::Outcome& outcome = group->outcome;
        ASSERT_EQ(outcome.error.has_value(), expected[i].error.has_value()) << GetParam() << " decision " << i;
        if (outcome.error) {
          EXPECT_EQ(outcome.error->kind, expected[i].error->kind) << GetParam() << " decision " << i;
          continue;
        }
        ASSERT_TRUE(expected[i].determined);
        ASSERT_TRUE(outcome.determined) << GetParam() << " decision " << i;
        EXPECT_EQ(outcome.value(), expected[i].value()) << GetParam() << " decision " << i;
        for (const check::RuleId rule : expected[i].deciding) {
          EXPECT_TRUE(std::ranges::count(outcome.deciding, rule) > 0) << GetParam() << " decision " << i;
        }
      }
    }
  }
}

TEST_P(AnswerTest, OfPartlyKnownCasesHasTheOutcomeOfEachCompletion) {
  const check::CheckedDraft& draft = *loaded_->draft;
  tests::RandomCases cases(*draft.vocabulary, 217);
  for (int round = 0; round < 12; ++round) {
    Case partial = EmptyCase(*draft.vocabulary);
    cases.Complete(partial);
    for (int more = round % 3; more >= 0; --more) cases.Hide(partial);
    Answer answer(loaded_->draft, partial);
    for (int completion = 0; completion < 6; ++completion) {
      Case facts = partial;
      cases.Complete(facts);
      if (!reference::BrokenAssumptions(draft, facts).empty()) continue;
      const check::OptionSet& options = loaded_->option_sets[cases.Pick(loaded_->option_sets.size())];
      const std::vector<reference::Outcome> expected = reference::Evaluate(draft, facts, options);
      for (std::size_t i = 0; i < expected.size(); ++i) {
        if (expected[i].error) continue;
        ASSERT_TRUE(expected[i].determined) << GetParam() << " decision " << i;
        const AnswerGroup* const group = answer.GroupOf(answer.Decisions()[i], options);
        ASSERT_NE(group, nullptr) << GetParam() << " decision " << i;
        const reference::Outcome& outcome = group->outcome;
        ASSERT_FALSE(outcome.error);
        const bool can_list = !outcome.possible.empty();
        const bool is_there = !can_list || std::ranges::count(outcome.possible, expected[i].value()) > 0;
        EXPECT_EQ(outcome.missing.empty(), outcome.determined) << GetParam() << " decision " << i;
        EXPECT_TRUE(is_there) << GetParam() << " decision " << i << " round " << round << ": "
                              << ValueToText(*draft.vocabulary, draft.decisions[answer.Decisions()[i].decision].type,
                                             expected[i].value());
      }
    }
  }
}

TEST(LargeAnswerTest, IsNoAnswerButSaysWhere) {
  load::Workspace workspace;
  const load::LoadedDraft* const loaded =
      workspace.Draft((tests::SourceFolder() / "rulesets/outbound/final_2024.pvo").string());
  ASSERT_NE(loaded, nullptr);
  const Case nothing_known = EmptyCase(*loaded->draft->vocabulary);
  const check::DecisionId treatment = *loaded->draft->FindDecision("treatment");
  const Answer answer(loaded->draft, nothing_known, {}, treatment, 1000);
  EXPECT_EQ(answer.TooLargeAt(), treatment);
  EXPECT_TRUE(answer.Decisions().empty());
}

TEST(LargeAnswerTest, IsNoAnswerWhereverTheRoomEnds) {
  load::Workspace workspace;
  const load::LoadedDraft* const loaded =
      workspace.Draft((tests::SourceFolder() / "tests/golden/graph/many_words/draft.pvo").string());
  ASSERT_NE(loaded, nullptr);
  const Case nothing_known = EmptyCase(*loaded->draft->vocabulary);
  std::size_t too_large = 0;
  std::size_t answered = 0;
  for (std::size_t room = 100; room < 2'000'000; room += room / 3) {
    const Answer answer(loaded->draft, nothing_known, {}, {}, room);
    if (answer.TooLargeAt()) {
      ++too_large;
      continue;
    }
    ++answered;
    ASSERT_EQ(answer.Decisions().front().groups.size(), 1U) << room;
    EXPECT_EQ(answer.Decisions().front().groups.front().outcome.possible.size(), 3U) << room;
  }
  EXPECT_GT(too_large, 5U);
  EXPECT_GT(answered, 2U);
}

TEST(LargeAnswerTest, HasRoomForQuestionsAfterAFirstAttempt) {
  load::Workspace workspace;
  const load::LoadedDraft* const loaded =
      workspace.Draft((tests::SourceFolder() / "rulesets/outbound/final_2024.pvo").string());
  ASSERT_NE(loaded, nullptr);
  Case facts = EmptyCase(*loaded->draft->vocabulary);
  tests::RandomCases(*loaded->draft->vocabulary, 1).Complete(facts);
  const Lowered lowered = LowerFor(loaded->draft, facts);
  graph::Graph& graph = lowered.space->graph;
  const graph::VariableId variable = graph.AddVariable(0, 10'000);
  for (std::size_t cell = 1; cell < 10'000; ++cell) static_cast<void>(graph.InCells(variable, cell, 10'000));
  EXPECT_FALSE(graph.Exhausted());
}

INSTANTIATE_TEST_SUITE_P(EveryDraft, AnswerTest,
                         testing::ValuesIn(tests::DraftsIn({"tests/golden/evaluate", "tests/golden/constructs",
                                                            "tests/golden/suite", "rulesets"})),
                         [](const auto& tested) { return fmt::format("draft_{}", tested.index); });

}  // namespace
}  // namespace proviso::lower
