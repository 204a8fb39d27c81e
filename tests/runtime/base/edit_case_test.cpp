#include "runtime/base/edit_case.h"

#include <gtest/gtest.h>

#include "tests/runtime/base/sample_vocabulary.h"

namespace proviso {
namespace {

TEST(TidiedTest, LeavesOutWhatNothingHoldsAndNamesTheRestAsItStands) {
  const sample::Sample sample = sample::MakeSample();
  const Vocabulary& words = sample.vocabulary;
  Case facts = EmptyCase(words);
  const InstanceId target = std::get<EntityValue>(*facts.State(words, facts.root, sample.target).value).instance;
  const EntityId system = words.facts[sample.systems].type.entity;
  const std::size_t before = facts.instances.size();
  AddInstance(facts, words, system, "target.systems[0]");  // let go of
  const InstanceId kept = AddInstance(facts, words, system, "");
  facts.State(words, target, sample.systems).value = ListValue{{kept}};
  const Case tidy = Tidied(facts, words);
  ASSERT_EQ(tidy.instances.size(), before + 1);
  const InstanceId there = std::get<EntityValue>(*tidy.State(words, tidy.root, sample.target).value).instance;
  const auto& list = std::get<ListValue>(*tidy.State(words, there, sample.systems).value);
  ASSERT_EQ(list.elements.size(), 1u);
  EXPECT_EQ(tidy.instances[list.elements.front()].path, FactPath(facts, words, target, sample.systems) + "[0]");
}

}  // namespace
}  // namespace proviso
