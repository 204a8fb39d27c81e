// What a draft says of one case, for all option sets at once, against the reference evaluator under each.
#include "compiler/lower/answer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "compiler/load/workspace.h"
#include "compiler/reference/evaluate.h"
#include "tests/support/random_cases.h"

namespace proviso::lower {
namespace {

using evaluate::NodeId;

class AnswerTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    loaded_ = workspace_.Draft(GetParam());
    if (loaded_ == nullptr) GTEST_SKIP() << "a case for the checker";
  }

  /// The outcomes that the answer has for the option set.
  static const std::vector<NodeId>& OutcomesUnder(Answer& answer, std::size_t decision,
                                                  const check::OptionSet& options) {
    static const std::vector<NodeId> kNone;
    graph::Graph& graph = answer.Space().graph;
    for (const AnswerGroup& group : answer.Decisions()[decision].groups) {
      NodeId at = group.option_sets;
      while (!graph.IsTerminal(at)) {
        const auto found = std::ranges::find(answer.Draft().options, graph.VariableOf(at));
        at = graph.ChildAt(at, options[static_cast<std::size_t>(found - answer.Draft().options.begin())]);
      }
      if (at == graph.Yes()) return group.outcomes;
    }
    return kNone;
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
        const std::vector<NodeId>& outcomes = OutcomesUnder(answer, i, options);
        ASSERT_EQ(outcomes.size(), 1) << GetParam() << " decision " << i;
        const evaluate::Leaf& leaf = answer.Space().LeafOf(outcomes.front());
        if (const auto* const failure = std::get_if<evaluate::NoOutcome>(&leaf)) {
          ASSERT_TRUE(expected[i].error) << GetParam() << " decision " << i;
          EXPECT_EQ(failure->failure, expected[i].error->kind) << GetParam() << " decision " << i;
        } else {
          ASSERT_TRUE(expected[i].determined) << GetParam() << " decision " << i;
          ASSERT_TRUE(std::holds_alternative<Value>(leaf)) << GetParam() << " decision " << i;
          EXPECT_EQ(std::get<Value>(leaf), expected[i].value()) << GetParam() << " decision " << i;
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
        const std::vector<NodeId>& outcomes = OutcomesUnder(answer, i, options);
        const bool is_there = std::ranges::any_of(outcomes, [&](NodeId outcome) {
          const evaluate::Leaf& leaf = answer.Space().LeafOf(outcome);
          if (const auto* const value = std::get_if<Value>(&leaf)) return *value == expected[i].value();
          return std::holds_alternative<evaluate::QuantityId>(leaf);
        });
        EXPECT_TRUE(is_there) << GetParam() << " decision " << i << " round " << round << ": "
                              << ValueToText(*draft.vocabulary, draft.decisions[answer.Decisions()[i].decision].type,
                                             expected[i].value());
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryDraft, AnswerTest,
                         testing::ValuesIn(tests::DraftsIn({"tests/golden/evaluate", "tests/golden/constructs",
                                                            "tests/golden/suite", "rulesets"})),
                         [](const auto& tested) { return fmt::format("draft_{}", tested.index); });

}  // namespace
}  // namespace proviso::lower
