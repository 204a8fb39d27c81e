// What is proved of drafts cannot be broken: on every draft of the project, each ordered decision against each fact
// that rises, cases at random.
#include "harness/prove/prove.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/reference/evaluate.h"
#include "tests/support/fact_paths.h"
#include "tests/support/random_cases.h"

namespace proviso::prove {
namespace {

bool Rises(const Vocabulary& words, const Type& type) {
  if (type.kind == TypeKind::kEnum) return words.enums[type.enumeration].ordered;
  return type.IsNumber() || type.kind == TypeKind::kDate || type.kind == TypeKind::kDays;
}

class ProveTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    loaded_ = workspace_.Draft(GetParam());
    ASSERT_NE(loaded_, nullptr);
  }

  /// How a random case breaks it; empty where none does.
  std::string Break(const check::Property& property, tests::RandomCases& cases) {
    const check::CheckedDraft& draft = *loaded_->draft;
    const Vocabulary& words = *draft.vocabulary;
    for (int round = 0; round < 15; ++round) {
      Case before = EmptyCase(words);
      cases.Complete(before);
      const std::vector<InstanceId> holders = EntitiesAt(before, words, property.fact_path);
      if (holders.empty()) continue;
      const InstanceId holder = holders[cases.Pick(holders.size())];
      Case after = before;
      const FactId fact = property.fact_path.back();
      cases.Give(after, holder, fact);
      const Value& low = *before.State(words, holder, fact).value;
      const Value& high = *after.State(words, holder, fact).value;
      if (IsNone(low) || IsNone(high) || !(low < high)) continue;
      if (!reference::BrokenAssumptions(draft, before).empty() || !reference::BrokenAssumptions(draft, after).empty())
        continue;
      const check::OptionSet& options = loaded_->option_sets[cases.Pick(loaded_->option_sets.size())];
      const auto was = reference::EvaluateDecision(draft, *property.decision, before, options);
      const auto is = reference::EvaluateDecision(draft, *property.decision, after, options);
      if (was.determined && is.determined && is.value() < was.value()) {
        const Type& type = words.facts[fact].type;
        return fmt::format("{} rises from {} to {}", FactPath(before, words, holder, fact),
                           ValueToText(words, type, low), ValueToText(words, type, high));
      }
    }
    return "";
  }

  load::Workspace workspace_;
  const load::LoadedDraft* loaded_ = nullptr;
};

TEST_P(ProveTest, WhatNeverFallsDoesNotFallInAnyCaseTried) {
  const check::CheckedDraft& draft = *loaded_->draft;
  const Vocabulary& words = *draft.vocabulary;
  const auto paths = tests::FactPaths(words, [&](FactId fact) { return Rises(words, words.facts[fact].type); });
  tests::RandomCases cases(words, 850);
  for (const check::DecisionId id : draft.DecisionsOfCase()) {
    const Type& type = draft.decisions[id].type;
    if (type.kind != TypeKind::kEnum || !words.enums[type.enumeration].ordered) continue;
    for (const std::vector<FactId>& path : paths) {
      check::Property property{.kind = syntax::PropertyKind::kNeverFalls, .condition = {}, .decision = id};
      property.fact_path = path;
      const Proof proof = Prove(*loaded_, property, nullptr);
      const std::string broken = Break(property, cases);
      if (proof.verdict == Verdict::kProved) {
        EXPECT_EQ(broken, "") << GetParam() << ": " << draft.decisions[id].name;
      } else if (proof.verdict == Verdict::kRefuted) {
        ASSERT_EQ(proof.cases.size(), 2);
        EXPECT_NE(proof.cases[0].outcome, proof.cases[1].outcome);
      } else {
        EXPECT_NE(proof.reason, "");
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryDraft, ProveTest,
                         testing::ValuesIn(tests::DraftsIn({"tests/golden/evaluate", "tests/golden/constructs",
                                                            "tests/golden/prove", "tests/golden/suite",
                                                            "rulesets/allowance"})),
                         [](const auto& tested) { return fmt::format("draft_{}", tested.index); });

}  // namespace
}  // namespace proviso::prove
