// What is proved of drafts cannot be broken: on every draft of the project, each ordered decision against each fact
// that rises, cases at random.
#include "harness/prove/prove.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/reference/evaluate.h"
#include "tests/support/random_cases.h"

namespace proviso::prove {
namespace {

using FactPathIds = std::vector<FactId>;

bool Rises(const Vocabulary& words, const Type& type) {
  if (type.kind == TypeKind::kEnum) return words.enums[type.enumeration].ordered;
  return type.IsNumber() || type.kind == TypeKind::kDate || type.kind == TypeKind::kDays;
}

/// Paths from the case to facts that rise, through two entities or lists at most.
void AddPaths(const Vocabulary& words, EntityId entity, const FactPathIds& before, std::vector<FactPathIds>& paths) {
  for (const FactId fact : words.entities[entity].facts) {
    const Type& type = words.facts[fact].type;
    FactPathIds path = before;
    path.push_back(fact);
    const bool leads_on = type.kind == TypeKind::kEntity || type.kind == TypeKind::kList;
    if (leads_on && path.size() < 3) AddPaths(words, type.entity, path, paths);
    if (!leads_on && Rises(words, type)) paths.push_back(path);
  }
}

/// Every entity of the case that the path leads to.
std::vector<InstanceId> Holders(const Vocabulary& words, const Case& facts, const FactPathIds& path) {
  std::vector<InstanceId> at = {facts.root};
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    std::vector<InstanceId> next;
    for (const InstanceId instance : at) {
      const FactState& state = facts.State(words, instance, path[i]);
      if (const auto* entity = std::get_if<EntityValue>(&*state.value)) next.push_back(entity->instance);
      if (const auto* list = std::get_if<ListValue>(&*state.value))
        next.insert(next.end(), list->elements.begin(), list->elements.end());
    }
    at = next;
  }
  return at;
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
      const std::vector<InstanceId> holders = Holders(words, before, property.fact_path);
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
  std::vector<FactPathIds> paths;
  AddPaths(words, words.case_entity, {}, paths);
  tests::RandomCases cases(words, 850);
  for (const check::DecisionId id : draft.DecisionsOfCase()) {
    const Type& type = draft.decisions[id].type;
    if (type.kind != TypeKind::kEnum || !words.enums[type.enumeration].ordered) continue;
    for (const FactPathIds& path : paths) {
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
