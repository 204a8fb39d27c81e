#include "runtime/base/case.h"

#include <gtest/gtest.h>

#include "tests/runtime/base/sample_vocabulary.h"

namespace proviso {
namespace {

class CaseTest : public testing::Test {
 protected:
  InstanceId Child(const Case& facts, InstanceId parent, FactId fact) {
    const auto& value = facts.State(vocabulary_, parent, fact).value;
    EXPECT_TRUE(value && std::holds_alternative<EntityValue>(*value));
    return std::get<EntityValue>(*value).instance;
  }

  sample::Sample sample_ = sample::MakeSample();
  const Vocabulary& vocabulary_ = sample_.vocabulary;
};

TEST_F(CaseTest, EmptyCaseHasTheEntitiesOnFixedPathsOnly) {
  const Case facts = EmptyCase(vocabulary_);
  EXPECT_EQ(facts.instances.size(), 2u);
  const InstanceId target = Child(facts, facts.root, sample_.target);
  EXPECT_EQ(facts.instances[target].entity, sample_.person);
  EXPECT_EQ(facts.instances[target].path, "target");
  EXPECT_FALSE(facts.State(vocabulary_, facts.root, sample_.partner).value);
  EXPECT_FALSE(facts.State(vocabulary_, facts.root, sample_.passive).value);
  EXPECT_FALSE(facts.State(vocabulary_, target, sample_.systems).value);
}

TEST_F(CaseTest, AnEntityThatHoldsItselfEnds) {
  const Case facts = EmptyCase(vocabulary_);
  const InstanceId target = Child(facts, facts.root, sample_.target);
  EXPECT_FALSE(facts.State(vocabulary_, target, sample_.holder).value);
}

TEST_F(CaseTest, AddedInstancesKnowTheirPath) {
  Case facts = EmptyCase(vocabulary_);
  const InstanceId system = AddInstance(facts, vocabulary_, sample_.system, "target.systems[0]");
  EXPECT_EQ(FactPath(facts, vocabulary_, system, sample_.compute), "target.systems[0].compute");
  EXPECT_EQ(FactPath(facts, vocabulary_, facts.root, sample_.passive), "passive");
  const InstanceId target = Child(facts, facts.root, sample_.target);
  EXPECT_EQ(FactPath(facts, vocabulary_, target, sample_.voting), "target.share(voting)");
}

TEST_F(CaseTest, AssumedValuesFillSilentFactsOnly) {
  Case facts = EmptyCase(vocabulary_);
  const InstanceId target = Child(facts, facts.root, sample_.target);
  facts.State(vocabulary_, target, sample_.voting).value = Exact(1);
  FillAssumed(facts, vocabulary_);
  const FactState& voting = facts.State(vocabulary_, target, sample_.voting);
  EXPECT_EQ(voting.value, Value(Exact(1)));
  EXPECT_FALSE(voting.assumed);
  const FactState& board = facts.State(vocabulary_, target, sample_.board);
  EXPECT_EQ(board.value, Value(Exact(0)));
  EXPECT_TRUE(board.assumed);
  const FactState& passive = facts.State(vocabulary_, facts.root, sample_.passive);
  EXPECT_EQ(passive.value, Value(false));
  EXPECT_TRUE(passive.assumed);
  EXPECT_FALSE(facts.State(vocabulary_, target, sample_.systems).value);
}

}  // namespace
}  // namespace proviso
