// Random rules whose cases can all be gone through: an edge that some case takes is not said to be impossible; what a
// case with unknown facts surely takes each of its completions takes, and what it leaves open is not impossible.
#include "harness/cover/edges.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/cover/cover.h"
#include "tests/support/few_values.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::cover {
namespace {

using tests::Complaint;
using tests::ReadRules;
using Unknown = DecisionEdges::Unknown;

constexpr std::size_t kMaxCases = 500;
constexpr std::size_t kMaxOptionSets = 6;

struct Tally {
  std::size_t drafts = 0, taken = 0, possible = 0, impossible = 0, not_settled = 0, of_unknown = 0;
};

llvm::BitVector TakenBy(const DecisionEdges& edges, const Case& facts, const load::LoadedDraft& draft,
                        Unknown unknown) {
  llvm::BitVector taken(static_cast<unsigned>(edges.Edges().size()));
  edges.Walk(facts, draft.option_sets, unknown, taken);
  return taken;
}

/// Facts have more values than those of few: what is possible may be so by others.
Complaint AskEdges(ReadRules& rules, DecisionEdges& edges, const llvm::BitVector& taken, Tally& tally) {
  for (std::size_t i = 0; i < edges.Edges().size(); ++i) {
    const Settled settled = edges.Settle(i, 0);
    edges.Edges()[i].feasibility = settled.feasibility;
    const bool is_taken = taken.test(static_cast<unsigned>(i));
    tally.taken += is_taken ? 1 : 0;
    tally.possible += settled.feasibility == Feasibility::kPossible ? 1 : 0;
    tally.impossible += settled.feasibility == Feasibility::kImpossible ? 1 : 0;
    tally.not_settled += settled.feasibility == Feasibility::kNotSettled ? 1 : 0;
    if (is_taken && settled.feasibility == Feasibility::kImpossible)
      return rules.Say(fmt::format("edge {} is taken and said to be impossible", i));
    if (settled.feasibility == Feasibility::kPossible && !settled.witness)
      return rules.Say(fmt::format("edge {} is said to be possible without a case", i));
  }
  return std::nullopt;
}

Complaint AskUnknown(ReadRules& rules, const DecisionEdges& edges, std::mt19937& random, Tally& tally) {
  const load::LoadedDraft& draft = *rules.Loaded();
  const tests::FewValues values(*draft.draft->vocabulary);
  const Case some = values.Some(EmptyCase(*draft.draft->vocabulary), 40, random);
  const llvm::BitVector open = TakenBy(edges, some, draft, Unknown::kOpens);
  const llvm::BitVector sure = TakenBy(edges, some, draft, Unknown::kEnds);
  bool is_sure = true;
  bool is_allowed = false;
  const bool are_all = values.ForEach(some, kMaxCases, [&](const Case& facts) {
    llvm::BitVector missed = sure;
    is_sure &= !missed.reset(TakenBy(edges, facts, draft, Unknown::kEnds)).any();
    is_allowed |= reference::BrokenAssumptions(*draft.draft, facts).empty();
  });
  if (!are_all || !is_allowed) return std::nullopt;
  tally.of_unknown += open.count() - sure.count();
  if (!is_sure) return rules.Say("a completion does not take what the case surely takes");
  for (const unsigned edge : open.set_bits()) {
    if (edges.Edges()[edge].feasibility == Feasibility::kImpossible)
      return rules.Say(fmt::format("edge {} is left open and said to be impossible", edge));
  }
  return std::nullopt;
}

Complaint Ask(ReadRules& rules, std::uint32_t seed, Tally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  const load::LoadedDraft& draft = *rules.Loaded();
  if (draft.option_sets.size() > kMaxOptionSets) return std::nullopt;
  const auto all = tests::AllowedCases(rules.Draft(), kMaxCases);
  if (!all || all->empty()) return std::nullopt;
  ++tally.drafts;
  std::mt19937 random(seed);
  for (const check::DecisionId decision : draft.draft->DecisionsOfCase()) {
    DecisionEdges edges(draft, decision);
    llvm::BitVector taken(static_cast<unsigned>(edges.Edges().size()));
    for (const Case& facts : *all) edges.Walk(facts, draft.option_sets, Unknown::kEnds, taken);
    if (const Complaint complaint = AskEdges(rules, edges, taken, tally)) return complaint;
    for (int i = 0; i < 3; ++i) {
      if (const Complaint complaint = AskUnknown(rules, edges, random, tally)) return complaint;
    }
  }
  return std::nullopt;
}

TEST(EdgesTest, WhatIsTakenIsNotImpossible) {
  const tests::Scratch scratch("");
  Tally tally;
  tests::ExpectOfRandomPlans(
      7, tests::TimesFactor(120),
      [&](const tests::RulesPlan& plan, std::uint32_t seed) -> Complaint {
        ReadRules rules(scratch, tests::WriteRules(plan));
        return Ask(rules, seed, tally);
      },
      tests::Values::kFew);
  RecordProperty("possible", static_cast<int>(tally.possible));
  RecordProperty("not_settled", static_cast<int>(tally.not_settled));
  EXPECT_GT(tally.taken, 100U);
  EXPECT_GT(tally.impossible, 0U);
  EXPECT_GT(tally.of_unknown, 20U);
  EXPECT_GE(tally.possible + tally.not_settled, tally.taken);
}

}  // namespace
}  // namespace proviso::cover
