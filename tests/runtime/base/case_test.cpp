#include "runtime/base/case.h"

#include <gtest/gtest.h>

#include "tests/runtime/base/sample_vocabulary.h"

namespace proviso {
namespace {

class CaseTest : public testing::Test {
 protected:
  InstanceId Child(const Case& facts, InstanceId parent, FactId fact) {
    const auto& value = facts.State(vocabulary, parent, fact).value;
    EXPECT_TRUE(value && std::holds_alternative<EntityValue>(*value));
    return std::get<EntityValue>(*value).instance;
  }

  sample::Sample sample = sample::MakeSample();
  const Vocabulary& vocabulary = sample.vocabulary;
};

TEST_F(CaseTest, EmptyCaseHasTheEntitiesOnFixedPathsOnly) {
  const Case facts = EmptyCase(vocabulary);
  EXPECT_EQ(facts.instances.size(), 2u);
  const InstanceId target = Child(facts, facts.root, sample.target);
  EXPECT_EQ(facts.instances[target].entity, sample.person);
  EXPECT_EQ(facts.instances[target].path, "target");
  EXPECT_FALSE(facts.State(vocabulary, facts.root, sample.partner).value);
  EXPECT_FALSE(facts.State(vocabulary, facts.root, sample.passive).value);
  EXPECT_FALSE(facts.State(vocabulary, target, sample.systems).value);
}

TEST_F(CaseTest, AnEntityThatHoldsItselfEnds) {
  const Case facts = EmptyCase(vocabulary);
  const InstanceId target = Child(facts, facts.root, sample.target);
  EXPECT_FALSE(facts.State(vocabulary, target, sample.holder).value);
}

TEST_F(CaseTest, AddedInstancesKnowTheirPath) {
  Case facts = EmptyCase(vocabulary);
  const InstanceId system = AddInstance(facts, vocabulary, sample.system, "target.systems[0]");
  EXPECT_EQ(FactPath(facts, vocabulary, system, sample.compute), "target.systems[0].compute");
  EXPECT_EQ(FactPath(facts, vocabulary, facts.root, sample.passive), "passive");
  const InstanceId target = Child(facts, facts.root, sample.target);
  EXPECT_EQ(FactPath(facts, vocabulary, target, sample.voting), "target.share(voting)");
}

TEST_F(CaseTest, AssumedValuesFillSilentFactsOnly) {
  Case facts = EmptyCase(vocabulary);
  const InstanceId target = Child(facts, facts.root, sample.target);
  facts.State(vocabulary, target, sample.voting).value = Exact(1);
  FillAssumed(facts, vocabulary);
  const FactState& voting = facts.State(vocabulary, target, sample.voting);
  EXPECT_EQ(voting.value, Value(Exact(1)));
  EXPECT_FALSE(voting.assumed);
  const FactState& board = facts.State(vocabulary, target, sample.board);
  EXPECT_EQ(board.value, Value(Exact(0)));
  EXPECT_TRUE(board.assumed);
  const FactState& passive = facts.State(vocabulary, facts.root, sample.passive);
  EXPECT_EQ(passive.value, Value(false));
  EXPECT_TRUE(passive.assumed);
  EXPECT_FALSE(facts.State(vocabulary, target, sample.systems).value);
}

}  // namespace
}  // namespace proviso
