#include "harness/test/run_suite.h"

#include <algorithm>

#include "tests/harness/scenario/world.h"

namespace proviso::test {
namespace {

class RunSuiteTest : public scenario::WorldTest {
 protected:
  SuiteResult Run(const std::string& text, const RunOptions& options = {}) {
    suite_ = Read(text);
    EXPECT_TRUE(suite_) << Complaints();
    return suite_ ? RunSuites({&*suite_}, options).front() : SuiteResult();
  }

  std::optional<scenario::Suite> suite_;
};

constexpr const char* kLarge =
    "    facts: { target.country: china, investor_is_known: no, target.models: [{ compute: 5e24 flop, designed_for: [] "
    "}] "
    "}\n";

TEST_F(RunSuiteTest, OptionSetsWithOneAnswerAreOneFailure) {
  const SuiteResult result =
      Run(std::string("scenarios:\n  - name: a\n") + kLarge + "    expect: { first: { treatment: prohibited } }\n");
  EXPECT_EQ(result.passed, 0U);
  EXPECT_EQ(result.failed, 1U);
  ASSERT_EQ(result.failures.size(), 2U);
  EXPECT_EQ(result.failures[0].got, "notifiable");
  EXPECT_EQ(result.failures[0].option_sets.size(), 4U);
  EXPECT_EQ(result.failures[1].got, "not_covered");
  EXPECT_EQ(result.failures[1].option_sets.size(), 1U);
}

TEST_F(RunSuiteTest, PartsAtTheRuleThatShouldHaveFired) {
  const SuiteResult result =
      Run(std::string("scenarios:\n  - name: a\n") + kLarge + "    expect: { second: { treatment: prohibited } }\n");
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_EQ(result.failures[0].parts_at.find("rule large does not fire"), 0U) << result.failures[0].parts_at;
  EXPECT_EQ(result.failures[0].parts_cites, std::vector<Citation>{{"§1(a)"}});
}

TEST_F(RunSuiteTest, PartsAtTheRuleThatBecauseNames) {
  const SuiteResult result = Run(std::string("scenarios:\n  - name: a\n") + kLarge +
                                 "    expect: { second: { treatment: prohibited, because: [§1(c)] } }\n");
  ASSERT_EQ(result.failures.size(), 2U);
  EXPECT_EQ(result.failures[0].parts_cites, std::vector<Citation>{{"§1(c)"}});
  EXPECT_EQ(result.failures[1].decision, "because");
}

TEST_F(RunSuiteTest, PartsAtTheRuleThatGaveAnUnexpectedOutcome) {
  const SuiteResult result =
      Run(std::string("scenarios:\n  - name: a\n") + kLarge + "    expect: { second: { treatment: not_covered } }\n");
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_EQ(result.failures[0].parts_at, "rule notable fires");
}

TEST_F(RunSuiteTest, NeedsMayNameAnElementWithOrWithoutItsIndex) {
  const SuiteResult result =
      Run("scenarios:\n"
          "  - name: a\n"
          "    facts: { target: { country: china, models: [{ designed_for: [] }] }, investor_is_known: no }\n"
          "    expect:\n"
          "      second: { treatment: undetermined, needs: [target.models.compute, \"target.models[0].compute\"] }\n"
          "  - name: b\n"
          "    facts: { target: { country: china, models: [{ designed_for: [] }] }, investor_is_known: no }\n"
          "    expect: { second: { treatment: undetermined, needs: [\"target.models[1].compute\"] } }\n");
  EXPECT_EQ(result.passed, 1U);
  EXPECT_EQ(result.failed, 1U);
}

TEST_F(RunSuiteTest, UnspokenOptionSetsAreCounted) {
  const SuiteResult result = Run(std::string("scenarios:\n  - name: a\n") + kLarge +
                                 "    expect: { first: { under: { ban: low }, treatment: prohibited } }\n");
  EXPECT_EQ(result.passed, 1U);
  EXPECT_EQ(result.unspoken, 5U);
}

TEST_F(RunSuiteTest, FilterAndFailFastLeaveScenariosOut) {
  const std::string text = std::string("scenarios:\n  - name: first one\n") + kLarge +
                           "    expect: { second: { treatment: prohibited } }\n  - name: other one\n" + kLarge +
                           "    expect: { second: { treatment: prohibited } }\n";
  EXPECT_EQ(Run(text, {.filter = "other", .fail_fast = false}).failed, 1U);
  EXPECT_EQ(Run(text, {.filter = "", .fail_fast = true}).failed, 1U);
  EXPECT_EQ(Run(text).failed, 2U);
}

TEST_F(RunSuiteTest, ShardsTogetherAreAllScenariosEachOnce) {
  std::string text = "scenarios:\n";
  for (int i = 0; i < 7; ++i) {
    text += "  - name: s" + std::to_string(i) + "\n" + kLarge + "    expect: { second: { treatment: notifiable } }\n";
  }
  std::vector<std::size_t> all;
  for (std::size_t shard = 0; shard < 3; ++shard) {
    const SuiteResult result = Run(text, {.filter = "", .fail_fast = false, .shard = {shard, 3}});
    for (const TestedCase& one : result.cases) all.push_back(one.scenario);
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(all, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6}));
}

TEST_F(RunSuiteTest, CasesStandInTheOrderOfTheSuiteWithTheirFailures) {
  std::string text = "scenarios:\n";
  for (int i = 0; i < 20; ++i) {
    text += "  - name: s" + std::to_string(i) + "\n" + kLarge +
            "    expect: { second: { treatment: " + (i % 3 == 0 ? "prohibited" : "notifiable") + " } }\n";
  }
  const SuiteResult result = Run(text);
  ASSERT_EQ(result.cases.size(), 20U);
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(result.cases[i].scenario, i);
    ASSERT_EQ(result.cases[i].failures, i % 3 == 0 ? 1U : 0U);
    if (i % 3 != 0) continue;
    EXPECT_EQ(result.failures[result.cases[i].first_failure].scenario, i);
  }
}

}  // namespace
}  // namespace proviso::test
