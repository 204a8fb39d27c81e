// Random amendments: a case changes its outcome exactly where one region, and no other, says so.
#include "harness/compare/compare.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "compiler/reference/evaluate.h"
#include "runtime/evaluate/walk.h"
#include "tests/support/random_cases.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::compare {
namespace {

using evaluate::NodeId;
using tests::Complaint;
using tests::ReadRules;

constexpr std::size_t kMaxNodes = 50'000;
constexpr int kCases = 4;  // of each pair of drafts

struct Tally {
  std::size_t comparisons = 0, regions = 0, settled = 0, pairs = 0, changed = 0;
};

/// Whether the case is in the region under the options; nothing where only the reference evaluator could say.
std::optional<bool> IsIn(const Comparison& comparison, const Region& region, const Case& facts,
                         const std::array<check::OptionSet, 2>& options) {
  const evaluate::Space& space = *comparison.lowered.space;
  graph::Graph& graph = comparison.lowered.space->graph;
  const NodeId held = graph.Restrict(region.condition, [&](evaluate::VariableId id) -> std::int64_t {
    for (std::size_t side = 0; side < 2; ++side) {
      const std::size_t option = comparison.lowered.drafts[side].OptionOf(id);
      if (option < options[side].size()) return options[side][option];
    }
    return -1;
  });
  evaluate::Walk walk(space, facts);
  const std::vector<NodeId> ends = walk.Ends(held);
  if (walk.NeedsReference() || ends.size() != 1) return std::nullopt;
  return ends.front() == graph.Yes();
}

Complaint CompareCase(ReadRules& rules, const Comparison& comparison, const Difference& decision, const Case& facts,
                      Tally& tally) {
  const std::array ids = {*comparison.sides[0].draft->FindDecision(decision.name),
                          *comparison.sides[1].draft->FindDecision(decision.name)};
  // Options of one name and the same alternatives are chosen alike: both sides are of one chain of amendments.
  for (const check::OptionSet& second : rules.Loaded()->option_sets) {
    for (const check::OptionSet& first : rules.Loaded()->amends->option_sets) {
      bool is_one_choice = true;
      for (std::size_t side = 0; side < 2; ++side) {
        const lower::LoweredDraft& draft = comparison.lowered.drafts[side];
        for (std::size_t i = 0; i < draft.options.size(); ++i) {
          const std::size_t other = comparison.lowered.drafts[1 - side].OptionOf(draft.options[i]);
          if (!draft.options[i].IsValid() || other >= comparison.lowered.drafts[1 - side].options.size()) continue;
          is_one_choice = is_one_choice && (side == 0 ? first[i] == second[other] : second[i] == first[other]);
        }
      }
      if (!is_one_choice) continue;
      const reference::Outcome before = reference::EvaluateDecision(*comparison.sides[0].draft, ids[0], facts, first);
      const reference::Outcome after = reference::EvaluateDecision(*comparison.sides[1].draft, ids[1], facts, second);
      int in = 0;
      bool is_known = true;
      for (const Region& region : decision.regions) {
        const std::optional<bool> is_in = IsIn(comparison, region, facts, {first, second});
        is_known = is_known && is_in.has_value();
        in += is_in.value_or(false) ? 1 : 0;
      }
      if (!is_known) continue;
      const bool has_changed =
          !before.SameAnswer(after) || (before.error && after.error && before.error->kind != after.error->kind);
      ++tally.pairs;
      tally.changed += has_changed ? 1 : 0;
      if (in != (has_changed ? 1 : 0))
        return rules.SayOf(
            facts, ids[1], second,
            fmt::format("{} changes: {}, and the case is in {} regions", decision.name, has_changed, in));
    }
  }
  return std::nullopt;
}

Complaint CompareDrafts(ReadRules& rules, std::uint32_t seed, Tally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  if (rules.Loaded()->amends == nullptr) return std::nullopt;
  const Comparisons comparisons =
      Compare({Side{rules.Loaded()->amends->draft, "before"}, Side{rules.Loaded()->draft, "after"}}, "",
              Terms::kCompared, kMaxNodes);
  for (const Comparison& one : comparisons.decisions) {
    if (one.lowered.too_large || one.lowered.space->graph.Exhausted()) continue;
    ++tally.comparisons;
    if (!one.decision.is_checked)
      return rules.Say(one.decision.name + ": the regions are not disjoint and together complete");
    tally.regions += one.decision.regions.size();
    tally.settled += one.decision.regions.size() - one.decision.NotSettled();
  }
  tests::RandomCases cases(*rules.Draft().vocabulary, seed);
  for (int i = 0; i < kCases; ++i) {
    Case facts = EmptyCase(*rules.Draft().vocabulary);
    cases.Complete(facts);
    if (!reference::BrokenAssumptions(rules.Draft(), facts).empty()) continue;
    for (const Comparison& one : comparisons.decisions) {
      if (!one.decision.is_checked) continue;
      if (const Complaint complaint = CompareCase(rules, one, one.decision, facts, tally)) return complaint;
    }
  }
  return std::nullopt;
}

TEST(CompareTest, ACaseChangesWhereExactlyOneRegionSaysSo) {
  const tests::Scratch scratch("");
  Tally tally;
  tests::ExpectOfRandomPlans(1, tests::TimesFactor(50), [&](const tests::RulesPlan& plan, std::uint32_t seed) {
    ReadRules rules(scratch, tests::WriteRules(plan));
    return CompareDrafts(rules, seed, tally);
  });
  RecordProperty("comparisons", static_cast<int>(tally.comparisons));
  RecordProperty("regions", static_cast<int>(tally.regions));
  RecordProperty("settled", static_cast<int>(tally.settled));
  RecordProperty("pairs", static_cast<int>(tally.pairs));
  RecordProperty("changed", static_cast<int>(tally.changed));
  EXPECT_GT(tally.changed, 10U);
}

}  // namespace
}  // namespace proviso::compare
