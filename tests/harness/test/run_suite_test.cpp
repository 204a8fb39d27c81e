#include "harness/test/run_suite.h"

#include "tests/harness/scenario/world.h"

namespace proviso::test {
namespace {

class RunSuiteTest : public scenario::WorldTest {
 protected:
  SuiteResult Run(const std::string& text, const RunOptions& options = {}) {
    suite_ = Read(text);
    EXPECT_TRUE(suite_) << Complaints();
    return suite_ ? RunSuite(*suite_, options) : SuiteResult();
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

}  // namespace
}  // namespace proviso::test
