// The graph says what the reference evaluator says: every draft of the project, cases at random, all option sets.
#include "compiler/lower/lower.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "compiler/load/workspace.h"
#include "compiler/reference/evaluate.h"
#include "runtime/evaluate/walk.h"
#include "tests/support/random_cases.h"
#include "tests/support/scratch.h"

namespace proviso::lower {
namespace {

using evaluate::NodeId;

/// The function under one option set: of facts alone.
NodeId UnderOptions(Lowered& lowered, NodeId node, const check::OptionSet& options) {
  return lowered.space->graph.Restrict(node, [&](evaluate::VariableId variable) -> std::int64_t {
    if (!lowered.space->IsOption(variable)) return -1;
    return options[lowered.drafts[0].OptionOf(variable)];
  });
}

class LowerTest : public testing::TestWithParam<std::string> {};

TEST_P(LowerTest, SaysWhatTheReferenceEvaluatorSays) {
  load::Workspace workspace;
  const load::LoadedDraft* const loaded = workspace.Draft(GetParam());
  ASSERT_NE(loaded, nullptr);
  const check::CheckedDraft& draft = *loaded->draft;
  Lowered lowered = Lower({loaded->draft});
  ASSERT_FALSE(lowered.too_large);
  tests::RandomCases cases(*draft.vocabulary, 20'250'102);
  int asked_reference = 0;
  for (int round = 0; round < 60; ++round) {
    Case facts = EmptyCase(*draft.vocabulary);
    cases.Complete(facts);
    evaluate::Walk walk(*lowered.space, facts);
    for (std::size_t i = 0; i < lowered.drafts[0].decisions.size(); ++i) {
      for (int more = 0; more < 3; ++more) {
        const check::OptionSet& options = loaded->option_sets[cases.Pick(loaded->option_sets.size())];
        const std::vector<NodeId> ends =
            walk.Ends(UnderOptions(lowered, lowered.drafts[0].decisions[i].outcome, options));
        if (walk.NeedsReference()) {
          ++asked_reference;
          break;
        }
        ASSERT_EQ(ends.size(), 1);
        const reference::Outcome expected = reference::Evaluate(draft, facts, options)[i];
        const NodeId end = ends.front();
        const auto* const failure = std::get_if<evaluate::NoOutcome>(&lowered.space->LeafOf(end));
        ASSERT_EQ(expected.error.has_value(), failure != nullptr) << GetParam() << " decision " << i;
        if (failure != nullptr) continue;
        const std::optional<Value> known = walk.ValueOf(end);
        if (walk.NeedsReference()) break;
        ASSERT_TRUE(known);
        ASSERT_TRUE(expected.determined);
        EXPECT_EQ(*known, expected.value())
            << GetParam() << " decision " << i << ": "
            << ValueToText(*draft.vocabulary, draft.decisions[check::DecisionId(i)].type, *known) << " for "
            << ValueToText(*draft.vocabulary, draft.decisions[check::DecisionId(i)].type, expected.value());
      }
    }
  }
  RecordProperty("asked_reference", asked_reference);
}

INSTANTIATE_TEST_SUITE_P(EveryDraft, LowerTest,
                         testing::ValuesIn(tests::DraftsIn({"tests/golden/evaluate", "tests/golden/constructs",
                                                            "tests/golden/suite", "rulesets"})),
                         [](const auto& tested) { return fmt::format("draft_{}", tested.index); });

TEST(LowerTest, AnyLimitIsKept) {
  load::Workspace workspace;
  const load::LoadedDraft* const loaded =
      workspace.Draft((tests::SourceFolder() / "rulesets/outbound/nprm_2024.pvo").string());
  ASSERT_NE(loaded, nullptr);
  for (std::size_t max_nodes = 10; max_nodes < 30'000; max_nodes = max_nodes * 5 / 3) {
    const Lowered lowered = Lower({loaded->draft}, {}, max_nodes);
    EXPECT_TRUE(lowered.too_large) << max_nodes;
  }
}

}  // namespace
}  // namespace proviso::lower
