#include "runtime/base/vocabulary.h"

#include <gtest/gtest.h>

#include "tests/runtime/base/sample_vocabulary.h"

namespace proviso {
namespace {

struct VocabularyTest : testing::Test {
  [[nodiscard]] std::string Shown(const Type& type, const Value& value) const {
    return ValueToText(vocabulary, type, value);
  }

  sample::Sample sample = sample::MakeSample();
  const Vocabulary& vocabulary = sample.vocabulary;
};

TEST_F(VocabularyTest, FactsAreFoundByTheirShownName) {
  EXPECT_EQ(vocabulary.FindFact(sample.person, "share(board)"), sample.board);
  EXPECT_EQ(vocabulary.FindFact(sample.person, "share"), std::nullopt);
  EXPECT_EQ(vocabulary.FindFact(sample.deal, "share(board)"), std::nullopt);
}

TEST_F(VocabularyTest, MembersAreFoundByName) {
  EXPECT_EQ(vocabulary.enums[sample.end_use].Find("robotics"), 2u);
  EXPECT_EQ(vocabulary.enums[sample.end_use].Find("Robotics"), std::nullopt);
}

TEST_F(VocabularyTest, TypesAreWrittenAsInTheLanguage) {
  EXPECT_EQ(TypeToText(vocabulary, {.kind = TypeKind::kDecimal, .digits = 2, .unit = sample.usd}), "decimal(2) usd");
  EXPECT_EQ(TypeToText(vocabulary, {.kind = TypeKind::kReal, .or_none = true, .unit = sample.flop}),
            "real flop or none");
  EXPECT_EQ(TypeToText(vocabulary, sample::Percent()), "percent");
  EXPECT_EQ(TypeToText(vocabulary, {.kind = TypeKind::kInteger}), "integer");
  EXPECT_EQ(TypeToText(vocabulary, {.kind = TypeKind::kSet, .enumeration = sample.end_use}), "set of EndUse");
  EXPECT_EQ(TypeToText(vocabulary, vocabulary.facts[sample.partner].type), "Person or none");
  EXPECT_EQ(TypeToText(vocabulary, vocabulary.facts[sample.systems].type), "list of System");
}

TEST_F(VocabularyTest, ValuesAreWrittenAsInTheLanguage) {
  EXPECT_EQ(Shown({.kind = TypeKind::kReal, .unit = sample.flop}, 1e25), "10^25 flop");
  EXPECT_EQ(Shown({.kind = TypeKind::kDecimal, .digits = 2, .unit = sample.usd}, Exact(2000000)), "2000000 usd");
  EXPECT_EQ(Shown(sample::Percent(), Exact(1) / Exact(2)), "50%");
  EXPECT_EQ(Shown(sample::Percent(), Exact(1) / Exact(1000)), "0.1%");
  EXPECT_EQ(Shown({.kind = TypeKind::kBoolean}, true), "yes");
  EXPECT_EQ(Shown({.kind = TypeKind::kDate}, *ParseDate("2025-01-02")), "2025-01-02");
  EXPECT_EQ(Shown({.kind = TypeKind::kDays}, Days{1}), "1 day");
  EXPECT_EQ(Shown({.kind = TypeKind::kDays}, Days{30}), "30 days");
  EXPECT_EQ(Shown({.kind = TypeKind::kDate, .or_none = true}, NoValue{}), "none");
}

TEST_F(VocabularyTest, MembersAndSetsAreWrittenByName) {
  EXPECT_EQ(Shown({.kind = TypeKind::kEnum, .enumeration = sample.end_use}, Member{0}), "military");
  const Type set = {.kind = TypeKind::kSet, .enumeration = sample.end_use};
  EXPECT_EQ(Shown(set, MemberSet{{0, 2}}), "{ military, robotics }");
  EXPECT_EQ(Shown(set, MemberSet{}), "{ }");
}

TEST_F(VocabularyTest, EntitiesAndListsAreShownByTheirSize) {
  EXPECT_EQ(Shown(vocabulary.facts[sample.systems].type, ListValue{{InstanceId(0)}}), "1 element");
  EXPECT_EQ(Shown(vocabulary.facts[sample.systems].type, ListValue{}), "0 elements");
  EXPECT_EQ(Shown(vocabulary.facts[sample.target].type, EntityValue{InstanceId(0)}), "Person with 4 facts");
}

TEST(MemberSetTest, ContainsItsMembersOnly) {
  const MemberSet set = {{1, 4}};
  EXPECT_TRUE(set.Contains(1));
  EXPECT_TRUE(set.Contains(4));
  EXPECT_FALSE(set.Contains(0));
  EXPECT_FALSE(set.Contains(3));
}

}  // namespace
}  // namespace proviso
