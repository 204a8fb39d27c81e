// What cannot be is said to be impossible only where that is proved: not where the graph ran out of room.
#include "compiler/lower/occurs.h"

#include <gtest/gtest.h>

#include "compiler/load/workspace.h"
#include "tests/support/scratch.h"

namespace proviso::lower {
namespace {

TEST(OccursTest, AFullStoreProvesNothing) {
  load::Workspace workspace;
  const load::LoadedDraft* const loaded =
      workspace.Draft((tests::SourceFolder() / "rulesets/allowance/bill_2031.pvo").string());
  ASSERT_NE(loaded, nullptr);
  const check::DecisionId entitlement = *loaded->draft->FindDecision("entitlement");
  int exhausted = 0;
  int shown = 0;
  for (std::size_t max_nodes = 50; max_nodes < 2000; ++max_nodes) {
    Lowered lowered = Lower({loaded->draft}, entitlement, max_nodes);
    if (lowered.too_large) continue;
    graph::Graph& graph = lowered.space->graph;
    // Some case is refused, whichever room there is to find it in.
    const evaluate::NodeId refused = lowered.space->Terminal(Value(Member{0}));
    const evaluate::NodeId condition =
        graph.Replace(lowered.drafts.front().decisions.front().outcome,
                      [&](evaluate::NodeId leaf) { return leaf == refused ? graph.Yes() : graph.No(); });
    const Occurrence found = Occurs(lowered, condition, [](const Witness&) { return true; });
    EXPECT_NE(found.verdict, Occurrence::Verdict::kImpossible) << "with room for " << max_nodes;
    exhausted += graph.Exhausted() ? 1 : 0;
    shown += found.verdict == Occurrence::Verdict::kPossible ? 1 : 0;
    if (exhausted > 0 && shown > 3) break;
  }
  EXPECT_GT(exhausted, 0);
  EXPECT_GT(shown, 0);
}

}  // namespace
}  // namespace proviso::lower
