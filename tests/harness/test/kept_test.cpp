// What is kept of one run for the next: only what nothing has changed for.
#include "harness/test/kept.h"

#include <gtest/gtest.h>

#include <deque>
#include <memory>

#include "tests/support/scratch.h"

namespace proviso::test {
namespace {

constexpr const char* kVocabulary = R"(vocabulary fairs

ordered enum Permit { free, notice }

entity Fair {
  visitors : integer
  stalls : integer
}

case Fair
)";

constexpr const char* kDraft = R"(use "vocabulary.pvo"

draft town over fairs

option crowd {
  small = 400,
  great = 500,
}

term crowded = visitors more than crowd

decision permit : Permit {
  strictest wins
  otherwise free

  rule large §1 -> notice
    when crowded

  rule market §2 -> notice
    when stalls more than 20 and visitors more than 50
}
)";

constexpr const char* kSuite = R"(vocabulary: fairs
use: [town.pvo]
scenarios:
  - name: few stalls
    facts: { visitors: 100, stalls: 1 }
    expect: { town: { permit: free } }
  - name: many stalls
    facts: { visitors: 100, stalls: 30 }
    expect: { town: { permit: notice } }
  - name: stalls not known
    facts: { visitors: 100 }
    expect: { town: { permit: undetermined } }
)";

/// One state of the files, read.
struct Reading {
  load::Workspace workspace;
  std::optional<scenario::Suite> suite;
};

class KeptTest : public testing::Test {
 protected:
  void SetUp() override {
    scratch_.Write("vocabulary.pvo", kVocabulary);
    Save(kDraft, kSuite);
    ASSERT_TRUE(Now().suite.has_value());
    EXPECT_EQ(Kept(), "");
    Run();
    kept_.FindLooks();
    EXPECT_EQ(Kept(), "012");
  }

  static std::string With(std::string text, const std::string& old, const std::string& now) {
    return text.replace(text.find(old), old.size(), now);
  }

  /// Reads what is saved, as the next run does.
  void Save(const std::string& draft, const std::string& suite) {
    scratch_.Write("town.pvo", draft);
    scratch_.Write("suite.yaml", suite);
    Reading& now = readings_.emplace_back();
    now.suite = scenario::ReadSuite(now.workspace, (scratch_.Folder() / "suite.yaml").string());
    if (now.suite) kept_.Follow(&*now.suite);
  }

  [[nodiscard]] Reading& Now() { return readings_.back(); }

  /// Which scenarios are.
  std::string Kept() {
    std::string all;
    for (std::size_t i = 0; i < Now().suite->scenarios.size(); ++i) {
      if (kept_.Of(*Now().suite, i) != nullptr) all += std::to_string(i);
    }
    return all;
  }

  SuiteResult Run() { return RunSuites(&*Now().suite, {.kept = &kept_}).front(); }

  tests::Scratch scratch_{"tests/golden/test/watch"};
  std::deque<Reading> readings_;
  test::Kept kept_;
};

TEST_F(KeptTest, AllIsKeptWhereNothingButWordsChanged) {
  Save(std::string("# the town's\n\n") + kDraft, std::string("# fairs\n") + kSuite);
  EXPECT_EQ(Kept(), "012");
  EXPECT_EQ(Run().passed, 3U);
}

TEST_F(KeptTest, WhatLooksAtAChangedConditionIsRunAgain) {
  Save(With(kDraft, "stalls more than 20", "stalls more than 40"), kSuite);
  EXPECT_EQ(Kept(), "");
  EXPECT_EQ(Run().failed, 1U);
}

TEST_F(KeptTest, WhatDoesNotLookAtAChangedConditionIsKept) {
  Save(With(kDraft, "visitors more than 50", "visitors more than 150"), kSuite);
  EXPECT_EQ(Kept(), "0");
  EXPECT_EQ(Run().failed, 2U);
  EXPECT_EQ(Kept(), "0");  // what failed is not kept
}

TEST_F(KeptTest, WhatIsKeptOnceIsFollowedFurther) {
  Save(With(kDraft, "visitors more than 50", "visitors more than 60"), kSuite);
  Run();
  kept_.FindLooks();
  EXPECT_EQ(Kept(), "012");
  Save(With(kDraft, "visitors more than 50", "visitors more than 150"), kSuite);
  EXPECT_EQ(Kept(), "0");
}

TEST_F(KeptTest, ARuleMoreChangesWhatTheDecisionComesTo) {
  Save(With(kDraft, "  rule market", "  rule any §3 -> notice when visitors more than 0\n\n  rule market"), kSuite);
  EXPECT_EQ(Kept(), "");
}

TEST_F(KeptTest, OtherOptionSetsAreAskedAnew) {
  Save(With(kDraft, "  small = 400,\n", "  small = 400,\n  middle = 450,\n"), kSuite);
  EXPECT_EQ(Kept(), "");
}

TEST_F(KeptTest, WhatAsksForAnOptionThatIsSettledOtherwiseIsRunAgain) {
  constexpr const char* kCity = R"(use "town.pvo"

draft city amends town

settle crowd = small

add decision stall_permit : Permit {
  first wins
  otherwise free

  rule many §2 -> notice
    when stalls more than 20
}
)";
  constexpr const char* kCitySuite = R"(vocabulary: fairs
use: [city.pvo]
scenarios:
  - { name: a, facts: { visitors: 450, stalls: 30 }, expect: { city: { permit: notice } } }
  - { name: b, facts: { visitors: 450, stalls: 30 }, expect: { city: { stall_permit: notice } } }
)";
  scratch_.Write("city.pvo", kCity);
  Save(kDraft, kCitySuite);
  ASSERT_TRUE(Now().suite.has_value());
  EXPECT_EQ(Run().passed, 2U);
  kept_.FindLooks();
  scratch_.Write("city.pvo", With(kCity, "= small", "= great"));
  Save(kDraft, kCitySuite);
  EXPECT_EQ(Kept(), "1");
}

TEST_F(KeptTest, OtherFactsAndExpectationsAreAskedAnew) {
  Save(kDraft, With(kSuite, "visitors: 100, stalls: 1 }", "visitors: 100, stalls: 2 }"));
  EXPECT_EQ(Kept(), "12");
  Save(kDraft, With(kSuite, "permit: notice", "permit: free"));
  EXPECT_EQ(Kept(), "2");
  EXPECT_EQ(Run().failed, 1U);
}

TEST_F(KeptTest, NothingIsKeptBeforeItIsKnownWhatItLooksAt) {
  Save(With(kDraft, "visitors more than 50", "visitors more than 60"), kSuite);
  Run();  // of the two that look there
  Save(kDraft, kSuite);
  EXPECT_EQ(Kept(), "0");
}

}  // namespace
}  // namespace proviso::test
