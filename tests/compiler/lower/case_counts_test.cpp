#include "compiler/lower/case_counts.h"

#include <gtest/gtest.h>

#include <map>

#include "compiler/load/workspace.h"
#include "tests/support/scratch.h"

namespace proviso::lower {
namespace {

std::map<evaluate::NodeId, Exact> Totals(const std::vector<CountedSets>& counted) {
  std::map<evaluate::NodeId, Exact> totals;
  for (const CountedSets& sets : counted)
    for (const auto& [outcome, cases] : sets.cases) totals[outcome] = totals[outcome] + cases;
  return totals;
}

TEST(CaseCountsTest, AreAllOfThemOrNone) {
  load::Workspace workspace;
  const load::LoadedDraft* const loaded =
      workspace.Draft((tests::SourceFolder() / "tests/golden/graph/many_words/draft.pvo").string());
  ASSERT_NE(loaded, nullptr);
  const auto count = [&](std::size_t room) -> std::optional<std::vector<CountedSets>> {
    Lowered lowered = Lower(loaded->draft);
    CaseCounter counter(lowered);
    lowered.space->graph.LimitTo(lowered.space->graph.Size() + room);
    return counter.Count(lowered.drafts.front().decisions.front().outcome, lowered.drafts.front().option_sets);
  };
  const auto all = count(4'000'000);
  ASSERT_TRUE(all.has_value());
  std::size_t none = 0;
  for (std::size_t room = 10; room < 100'000; room += room / 2) {
    const auto counted = count(room);
    none += counted ? 0 : 1;
    if (counted) {
      EXPECT_EQ(Totals(*counted), Totals(*all)) << room;
    }
  }
  EXPECT_GT(none, 5U);
}

}  // namespace
}  // namespace proviso::lower
