// Random rules whose cases can all be gone through: what some case tells apart, or takes, the new cases do.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/reference/evaluate.h"
#include "harness/generate/edges.h"
#include "harness/generate/options.h"
#include "tests/support/few_values.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::generate {
namespace {

using check::DecisionId;
using cover::Feasibility;
using tests::Complaint;
using tests::ReadRules;

constexpr std::size_t kMaxCases = 500;
constexpr std::size_t kMaxOptionSets = 6;

struct Tally {
  std::size_t edges = 0, edge_cases = 0, pairs = 0, same = 0, option_cases = 0;
};

Complaint AskEdges(ReadRules& rules, llvm::ArrayRef<Case> all, Tally& tally) {
  const load::LoadedDraft& draft = *rules.Loaded();
  const EdgesGenerated generated = GenerateEdges(draft, {}, [](std::size_t) {});
  tally.edge_cases += generated.cases.size();
  for (const EdgeCase& one : generated.cases) {
    if (!reference::BrokenAssumptions(rules.Draft(), one.facts).empty())
      return rules.Say("a new case breaks an assumption");
  }
  for (const auto& edges : generated.after.edges) {
    llvm::BitVector taken(static_cast<unsigned>(edges->Edges().size()));
    for (const Case& facts : all) edges->Walk(facts, draft.option_sets, cover::DecisionEdges::Unknown::kEnds, taken);
    for (const unsigned i : taken.set_bits()) {
      const cover::GraphEdge& edge = edges->Edges()[i];
      ++tally.edges;
      if (edge.count == 0 && edge.feasibility != Feasibility::kNotSettled)
        return rules.Say(fmt::format("edge {} is taken by some case, but by no new one", i));
    }
  }
  return std::nullopt;
}

/// Whether the two have outcomes in the case, which differ.
bool AreApart(const load::LoadedDraft& draft, DecisionId decision, const Case& facts, const check::OptionSet& one,
              const check::OptionSet& other) {
  const reference::Outcome first = reference::EvaluateDecision(*draft.draft, decision, facts, one);
  const reference::Outcome second = reference::EvaluateDecision(*draft.draft, decision, facts, other);
  return first.determined && second.determined && !first.error && !second.error && first.value() != second.value();
}

Complaint AskOptions(ReadRules& rules, llvm::ArrayRef<Case> all, Tally& tally) {
  const load::LoadedDraft& draft = *rules.Loaded();
  const OptionsGenerated generated = GenerateOptions(draft, {}, [](std::size_t, std::size_t) {});
  tally.option_cases += generated.cases.size();
  for (const PairsOf& of : generated.decisions) {
    tally.pairs += of.pairs;
    for (const sweep::Class& one : of.found.classes) tally.same += one.option_sets.size() - 1;
    for (std::size_t i = 0; i < of.found.classes.size(); ++i) {
      for (std::size_t j = i + 1; j < of.found.classes.size(); ++j) {
        const auto are_apart = [&](const Case& facts) {
          return AreApart(draft, of.found.decision, facts, of.found.classes[i].option_sets.front(),
                          of.found.classes[j].option_sets.front());
        };
        const bool is_shown = of.found.less_in[i][j] || of.found.less_in[j][i];
        const bool are_told = std::ranges::any_of(generated.cases, [&](const OptionCase& one) {
          return std::ranges::count(one.decisions, of.found.decision) > 0 && are_apart(one.facts);
        });
        if (std::ranges::any_of(all, are_apart) && is_shown && !are_told)
          return rules.Say(fmt::format("classes {} and {} can be told apart and are not", i, j));
      }
    }
    if (of.after > of.pairs) return rules.Say("more pairs are told apart than there are");
  }
  return std::nullopt;
}

Complaint Ask(ReadRules& rules, Tally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  if (rules.Loaded()->option_sets.size() > kMaxOptionSets) return std::nullopt;
  const auto all = tests::AllowedCases(rules.Draft(), kMaxCases);
  if (!all || all->empty()) return std::nullopt;
  if (const Complaint complaint = AskEdges(rules, *all, tally)) return complaint;
  return AskOptions(rules, *all, tally);
}

TEST(GraphCriteriaTest, WhatAnyCaseTakesOrTellsApartTheNewOnesDo) {
  const tests::Scratch scratch("");
  Tally tally;
  tests::ExpectOfRandomPlans(
      11, tests::TimesFactor(100),
      [&](const tests::RulesPlan& plan, std::uint32_t) -> Complaint {
        ReadRules rules(scratch, tests::WriteRules(plan));
        return Ask(rules, tally);
      },
      tests::Values::kFew);
  RecordProperty("edges", static_cast<int>(tally.edges));
  RecordProperty("edge_cases", static_cast<int>(tally.edge_cases));
  RecordProperty("pairs", static_cast<int>(tally.pairs));
  RecordProperty("option_cases", static_cast<int>(tally.option_cases));
  EXPECT_GT(tally.edges, 100U);
  EXPECT_GT(tally.pairs, 5U);
  EXPECT_GT(tally.same, 0U);
  EXPECT_LT(tally.edge_cases, tally.edges);
}

}  // namespace
}  // namespace proviso::generate
