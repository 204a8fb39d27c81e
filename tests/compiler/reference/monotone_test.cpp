// With facts missing, the evaluator never says what a completion of the facts contradicts.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "compiler/load/workspace.h"
#include "compiler/reference/evaluate.h"

namespace proviso::reference {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxElements = 2;
constexpr int kMaxTiers = 2;

/// Cases of one vocabulary at random, from few values a type so that thresholds are met exactly.
class RandomCases {
 public:
  RandomCases(const Vocabulary& vocabulary, unsigned seed) : vocabulary_(vocabulary), random_(seed) {}

  /// Gives every fact that is not known a value.
  void Complete(Case& facts) {
    for (std::size_t i = 0; i < facts.instances.size(); ++i) CompleteInstance(facts, InstanceId(i));
  }

  /// Forgets some of what is known.
  void Hide(Case& facts) {
    for (Instance& instance : facts.instances) {
      for (const FactId id : vocabulary_.entities[instance.entity].facts) {
        const Fact& fact = vocabulary_.facts[id];
        if (!IsFixedEntity(fact.type) && Pick(3) == 0) instance.facts[fact.position] = {};
      }
    }
  }

  void Give(Case& facts, const MissingFact& missing) {
    facts.State(vocabulary_, missing.instance, missing.fact).value = Make(facts, missing.instance, missing.fact);
  }

  std::size_t Pick(std::size_t count) { return random_() % count; }

 private:
  static bool IsFixedEntity(const Type& type) { return type.kind == TypeKind::kEntity && !type.or_none; }

  void CompleteInstance(Case& facts, InstanceId instance) {
    const std::vector<FactId> ids = vocabulary_.entities[facts.instances[instance].entity].facts;
    for (const FactId id : ids) {
      if (!facts.State(vocabulary_, instance, id).value) Give(facts, {instance, id});
    }
  }

  Value Make(Case& facts, InstanceId instance, FactId id) {
    const Type& type = vocabulary_.facts[id].type;
    if (type.or_none && Pick(3) == 0) return NoValue{};
    const std::string path = FactPath(facts, vocabulary_, instance, id);
    if (type.kind == TypeKind::kEntity) return EntityValue{AddInstance(facts, vocabulary_, type.entity, path)};
    if (type.kind == TypeKind::kList) return MakeList(facts, type, path);
    return MakeScalar(type);
  }

  Value MakeList(Case& facts, const Type& type, const std::string& path) {
    ListValue list;
    const bool is_deep = std::ranges::count(path, '[') >= kMaxTiers;
    const std::size_t count = is_deep ? 0 : Pick(kMaxElements + 1);
    for (std::size_t i = 0; i < count; ++i) {
      list.elements.push_back(AddInstance(facts, vocabulary_, type.entity, fmt::format("{}[{}]", path, i)));
    }
    return list;
  }

  Value MakeScalar(const Type& type) {
    static const std::vector<const char*> kNumbers = {"0", "1", "2", "10", "11", "15", "1000", "10^24", "10^25"};
    static const std::vector<const char*> kDays = {"2024-01-31", "2024-02-29", "2025-01-02", "9999-12-15"};
    switch (type.kind) {
      case TypeKind::kBoolean:
        return Pick(2) == 0;
      case TypeKind::kReal:
        return *ParseReal(kNumbers[Pick(kNumbers.size())]);
      case TypeKind::kDate:
        return *ParseDate(kDays[Pick(kDays.size())]);
      case TypeKind::kDays:
        return Days{static_cast<std::int64_t>(Pick(60))};
      case TypeKind::kEnum:
        return Member{static_cast<std::uint32_t>(Pick(vocabulary_.enums[type.enumeration].members.size()))};
      case TypeKind::kSet:
        return MakeSet(type);
      default:
        return type.is_percent ? Exact(static_cast<std::int64_t>(Pick(5))) / Exact(4)
                               : *Exact::Parse(kNumbers[Pick(kNumbers.size())]);
    }
  }

  Value MakeSet(const Type& type) {
    MemberSet set;
    const auto members = static_cast<std::uint32_t>(vocabulary_.enums[type.enumeration].members.size());
    for (std::uint32_t member = 0; member < members; ++member) {
      if (Pick(2) == 0) set.members.push_back(member);
    }
    return set;
  }

  const Vocabulary& vocabulary_;
  std::mt19937 random_;
};

std::vector<std::string> Drafts() {
  std::vector<std::string> drafts;
  for (const char* folder : {"tests/golden/evaluate", "rulesets"}) {
    const fs::path root = fs::path(PROVISO_SOURCE_DIR) / folder;
    if (!fs::exists(root)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      const fs::path& path = entry.path();
      if (path.extension() == ".pvo" && path.filename() != "vocabulary.pvo") drafts.push_back(path.string());
    }
  }
  std::ranges::sort(drafts);
  return drafts;
}

/// What is wrong with the answer `partial`, one completion of which has the answer `complete`.
std::string Contradiction(const Outcome& partial, const Outcome& complete) {
  if (complete.error) return "";  // a completion without outcome
  if (!complete.determined) return "a complete case is undetermined";
  if (partial.error) return "an error that a completion does not have";
  if (partial.determined) return partial.value() == complete.value() ? "" : "determined, and a completion differs";
  if (partial.possible.empty() || std::ranges::count(partial.possible, complete.value()) > 0) return "";
  return "a completion's outcome is said to be impossible";
}

class MonotoneTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    draft_ = workspace_.Draft(GetParam());
    ASSERT_NE(draft_, nullptr);
    ASSERT_FALSE(draft_->option_sets.empty());
  }

  load::Workspace workspace_;
  const load::LoadedDraft* draft_ = nullptr;
};

TEST_P(MonotoneTest, NoCompletionContradictsAnAnswer) {
  const check::CheckedDraft& draft = *draft_->draft;
  RandomCases cases(*draft.vocabulary, 20'250'102);
  for (int round = 0; round < 40; ++round) {
    const check::OptionSet& options = draft_->option_sets[cases.Pick(draft_->option_sets.size())];
    Case partial = EmptyCase(*draft.vocabulary);
    cases.Complete(partial);
    for (int more = round % 4; more >= 0; --more) cases.Hide(partial);
    const std::vector<Outcome> answers = Evaluate(draft, partial, options);
    for (int completion = 0; completion < 8; ++completion) {
      Case complete = partial;
      cases.Complete(complete);
      const std::vector<Outcome> outcomes = Evaluate(draft, complete, options);
      ASSERT_EQ(outcomes.size(), answers.size());
      for (std::size_t i = 0; i < outcomes.size(); ++i) {
        EXPECT_EQ(Contradiction(answers[i], outcomes[i]), "")
            << GetParam() << ", decision " << i << ", round " << round;
      }
    }
  }
}

TEST_P(MonotoneTest, GivingTheMissingFactsEndsInAnAnswer) {
  const check::CheckedDraft& draft = *draft_->draft;
  RandomCases cases(*draft.vocabulary, 850);
  for (int round = 0; round < 10; ++round) {
    Case facts = EmptyCase(*draft.vocabulary);
    for (int given = 0;; ++given) {
      ASSERT_LT(given, 200) << GetParam();
      std::vector<MissingFact> missing;
      for (const Outcome& outcome : Evaluate(draft, facts, draft_->option_sets.front())) {
        EXPECT_EQ(outcome.missing.empty(), outcome.determined || outcome.error) << GetParam();
        missing.insert(missing.end(), outcome.missing.begin(), outcome.missing.end());
      }
      if (missing.empty()) break;
      cases.Give(facts, missing.front());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryDraft, MonotoneTest, testing::ValuesIn(Drafts()),
                         [](const auto& tested) { return fmt::format("draft_{}", tested.index); });

}  // namespace
}  // namespace proviso::reference
