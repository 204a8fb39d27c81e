#include "harness/scenario/suite.h"

#include "tests/harness/scenario/world.h"

namespace proviso::scenario {
namespace {

class SuiteTest : public WorldTest {};

TEST_F(SuiteTest, TheDraftsThatADraftAmendsStandBeforeIt) {
  const auto suite = Read("scenarios: [{ name: a, expect: { first: { treatment: prohibited } } }]\n");
  ASSERT_TRUE(suite) << Complaints();
  ASSERT_EQ(suite->drafts.size(), 2U);
  EXPECT_EQ(suite->drafts[0]->draft->name, "first");
  EXPECT_EQ(suite->drafts[1]->draft->name, "second");
}

TEST_F(SuiteTest, AClauseSpeaksOfAllOptionSetsThatMatch) {
  const auto suite = Read(
      "scenarios: [{ name: a, expect: { first: [{ under: { ban: [low, high] }, treatment: prohibited },\n"
      "  { under: strict, treatment: prohibited }] } }]\n");
  ASSERT_TRUE(suite) << Complaints();
  const DraftExpectation& first = suite->scenarios[0].expectations[0];
  EXPECT_EQ(suite->drafts[0]->option_sets.size(), 6U);
  EXPECT_EQ(first.clauses[0].option_sets.size(), 4U);
  EXPECT_EQ(first.clauses[1].option_sets.size(), 1U);
}

TEST_F(SuiteTest, NeedsAndPossibleBelongToTheUndeterminedDecision) {
  const auto suite = Read(
      "scenarios: [{ name: a, expect: { second: { treatment: undetermined, due: none, needs: [target.models.compute],\n"
      "  possible: [prohibited, not_covered] } } }]\n");
  ASSERT_TRUE(suite) << Complaints();
  const auto& decisions = suite->scenarios[0].expectations[0].clauses[0].decisions;
  EXPECT_EQ(decisions[0].needs, std::vector<std::string>{"target.models.compute"});
  EXPECT_EQ(decisions[0].possible, (std::vector<Value>{Member{0}, Member{2}}));
  EXPECT_TRUE(decisions[1].needs.empty());
  EXPECT_TRUE(decisions[1].outcome.has_value() && IsNone(*decisions[1].outcome));
}

TEST_F(SuiteTest, AllErrorsAreFoundInOneGo) {
  EXPECT_FALSE(
      Read("scenarios:\n"
           "  - { name: a, facts: { rounds: x, target.contry: china }, expect: { second: { treatment: prohibted } } }\n"
           "  - { name: b, expect: { third: { treatment: prohibited } } }\n"));
  EXPECT_EQ(workspace_.Sink().ErrorCount(), 4U) << Complaints();
}

TEST_F(SuiteTest, SeveralReadAtOnceAreInTheirOrderEachWithItsOwnErrors) {
  const auto add = [&](const std::string& name, const std::string& outcome) {
    return workspace_.Files().Add(Folder() + name,
                                  "vocabulary: deals\nuse: [../world/second.pvo]\n"
                                  "scenarios: [{ name: " +
                                      name + ", expect: { second: { treatment: " + outcome + " } } }]\n");
  };
  const std::vector<FileId> files = {add("a", "prohibited"), add("b", "prohibted"), add("c", "not_covered")};
  const auto suites = ReadSuites(workspace_, files);
  ASSERT_EQ(suites.size(), 3U);
  ASSERT_TRUE(suites[0] && suites[2]) << Complaints();
  EXPECT_EQ(suites[0]->scenarios[0].name, "a");
  EXPECT_EQ(suites[2]->scenarios[0].name, "c");
  EXPECT_EQ(suites[0]->drafts, suites[2]->drafts);
  EXPECT_FALSE(suites[1]);
  ASSERT_EQ(workspace_.Sink().ErrorCount(), 1U) << Complaints();
  EXPECT_EQ(workspace_.Sink().Sorted()[0].span.file, files[1]);
}

TEST_F(SuiteTest, AnErrorInAFactHidesTheGapThatFollowsFromIt) {
  EXPECT_FALSE(
      Read("scenarios: [{ name: a, facts: { \"target.models[0].compute\": x, \"target.models[1].compute\": 1 flop },\n"
           "  expect: { second: { treatment: undetermined } } }]\n"));
  EXPECT_EQ(workspace_.Sink().ErrorCount(), 1U) << Complaints();
}

TEST_F(SuiteTest, AliasedOutcomesMayBeUsedTwice) {
  EXPECT_TRUE(
      Read("scenarios: [{ name: a, expect: &e { second: { treatment: undetermined } } }, { name: b, expect: *e }]\n"))
      << Complaints();
}

TEST_F(SuiteTest, FactsOfOneCaseMayComeFromASuiteAndFromArguments) {
  const auto vocabulary = TheVocabulary();
  const auto facts =
      ReadFacts(workspace_, *vocabulary, "", {"target.country=china", "target.models=[{ biology: yes }]"});
  ASSERT_TRUE(facts) << Complaints();
  EXPECT_EQ(facts->instances.size(), 3U);
  EXPECT_FALSE(ReadFacts(workspace_, *vocabulary, "", {"target.country"}));
  EXPECT_FALSE(ReadFacts(workspace_, *vocabulary, "", {"target.country=chinna", "rounds=1", "rounds=2"}));
  EXPECT_EQ(workspace_.Sink().ErrorCount(), 3U) << Complaints();
}

}  // namespace
}  // namespace proviso::scenario
