// Random amendments: a draft, its amendment and that with an option closed come to different outcomes exactly where one
// part, and no other, says so.
#include "harness/compare/n_way.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <llvm/ADT/STLExtras.h>

#include "compiler/check/variants.h"
#include "compiler/reference/evaluate.h"
#include "runtime/evaluate/walk.h"
#include "tests/harness/compare/chosen.h"
#include "tests/support/random_cases.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::compare {
namespace {

using evaluate::NodeId;
using tests::Complaint;
using tests::ReadRules;

constexpr std::size_t kMaxNodes = 50'000;
constexpr std::size_t kMaxOptionSets = 16;
constexpr int kCases = 4;  // of each three drafts

struct Tally {
  std::size_t parts = 0, cases = 0, unlike = 0;
};

/// Whether the case is in the part; nothing where only the reference evaluator could say.
std::optional<bool> IsIn(const Parting& parting, const Part& part, const Case& facts, const Chosen& chosen) {
  evaluate::Space& space = *parting.lowered.space;
  const NodeId held = space.graph.Restrict(part.condition, [&](evaluate::VariableId id) -> std::int64_t {
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const std::size_t option = parting.lowered.drafts[i].OptionOf(id);
      if (option < chosen[i].size()) return chosen[i][option];
    }
    return -1;
  });
  evaluate::Walk walk(space, facts);
  const std::vector<NodeId> ends = walk.Ends(held);
  if (walk.NeedsReference() || ends.size() != 1) return std::nullopt;
  return ends.front() == space.graph.Yes();
}

bool AreSame(const reference::Outcome& one, const reference::Outcome& other) {
  return one.SameAnswer(other) && (!one.error || one.error->kind == other.error->kind);
}

Complaint CheckCase(const std::vector<Side>& sides, const Parting& parting, const Case& facts, const Chosen& chosen,
                    Tally& tally) {
  if (!AreOneChoice(parting.lowered, chosen)) return std::nullopt;
  std::vector<reference::Outcome> said;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const check::CheckedDraft& draft = *sides[i].draft;
    said.push_back(reference::EvaluateDecision(draft, *draft.FindDecision(parting.decision), facts, chosen[i]));
  }
  const bool are_unlike =
      llvm::any_of(said, [&](const reference::Outcome& one) { return !AreSame(one, said.front()); });
  std::size_t in = 0;
  for (const Part& part : parting.parts) {
    const std::optional<bool> is_in = IsIn(parting, part, facts, chosen);
    if (!is_in) return std::nullopt;
    if (!*is_in) continue;
    ++in;
    for (std::size_t i = 0; i < said.size(); ++i) {
      const auto* const value = std::get_if<Value>(&parting.lowered.space->LeafOf(part.outcomes[i]));
      if (value != nullptr && (said[i].error || said[i].value() != *value)) return "an outcome of the part is another";
    }
  }
  ++tally.cases;
  tally.unlike += are_unlike ? 1 : 0;
  if (in == (are_unlike ? 1U : 0U)) return std::nullopt;
  return fmt::format("unlike: {}, and the case is in {} parts", are_unlike, in);
}

Complaint CheckDrafts(ReadRules& rules, std::uint32_t seed, const PartingLimits& limits, Tally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  const load::LoadedDraft* const amended = rules.Loaded();
  const load::LoadedDraft* const base = amended->amends;
  if (base == nullptr || amended->option_sets.size() > kMaxOptionSets) return std::nullopt;
  std::vector<Side> sides = {{base->draft, "base"}, {amended->draft, "amended"}, {amended->draft, "closed"}};
  const check::OptionSet closed = amended->option_sets[seed % amended->option_sets.size()];
  for (std::size_t i = 0; i < closed.size(); ++i)
    sides[2].draft = check::WithSettled(*sides[2].draft, check::OptionId(i), closed[i]);
  const std::vector<Parting> partings = PartCases(sides, "", limits);
  tests::RandomCases cases(*rules.Draft().vocabulary, seed);
  for (int i = 0; i < kCases; ++i) {
    Case facts = EmptyCase(*rules.Draft().vocabulary);
    cases.Complete(facts);
    if (!reference::BrokenAssumptions(rules.Draft(), facts).empty()) continue;
    for (const Parting& parting : partings) {
      if (parting.lowered.too_large || parting.lowered.space->graph.Exhausted()) continue;
      if (!parting.is_checked) return rules.Say(parting.decision + ": the parts are not disjoint and complete");
      tally.parts += parting.parts.size();
      for (const check::OptionSet& first : base->option_sets) {
        for (const check::OptionSet& second : amended->option_sets) {
          const Complaint complaint = CheckCase(sides, parting, facts, {first, second, closed}, tally);
          if (complaint)
            return rules.SayOf(facts, *rules.Draft().FindDecision(parting.decision), second,
                               parting.decision + " " + *complaint);
        }
      }
    }
  }
  return std::nullopt;
}

void ExpectOnePart(const PartingLimits& limits) {
  const tests::Scratch scratch("");
  Tally tally;
  tests::ExpectOfRandomPlans(1, tests::TimesFactor(50), [&](const tests::RulesPlan& plan, std::uint32_t seed) {
    ReadRules rules(scratch, tests::WriteRules(plan));
    return CheckDrafts(rules, seed, limits, tally);
  });
  testing::Test::RecordProperty("parts", static_cast<int>(tally.parts));
  testing::Test::RecordProperty("cases", static_cast<int>(tally.cases));
  testing::Test::RecordProperty("unlike", static_cast<int>(tally.unlike));
  EXPECT_GT(tally.unlike, 10U);
}

TEST(NWayTest, DraftsAreUnlikeWhereExactlyOnePartSaysSo) { ExpectOnePart({.max_nodes = kMaxNodes}); }

TEST(NWayTest, SoTheyAreWhereCasesArePartedByTerms) { ExpectOnePart({.max_nodes = kMaxNodes, .max_by_facts = 0}); }

}  // namespace
}  // namespace proviso::compare
