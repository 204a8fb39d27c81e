#include "compiler/reference/option_sets.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/checked_builder.h"

namespace proviso::reference {
namespace {

using check::Op;
using check::OptionSet;
using diagnostics::DiagnosticSink;
using test_support::CheckedBuilder;

class OptionSetsTest : public testing::Test {
 protected:
  check::OptionId Option(std::string name, std::vector<std::int64_t> numbers) {
    std::vector<check::ExprId> alternatives;
    for (const std::int64_t number : numbers) alternatives.push_back(draft_.Number(number));
    return draft_.AddOption(std::move(name), alternatives);
  }
  void Constrain(check::ExprId condition) { draft_.Draft().constraints.push_back({"", condition, "", {}}); }
  std::vector<OptionSet> Sets() { return OptionSets(draft_.Draft(), sink_); }

  CheckedBuilder draft_;
  DiagnosticSink sink_;
};

TEST_F(OptionSetsTest, ADraftWithoutOptionsHasOne) { EXPECT_EQ(Sets(), std::vector<OptionSet>{{}}); }

TEST_F(OptionSetsTest, TheLastOptionTurnsFastest) {
  Option("x", {1, 2});
  Option("y", {1, 2});
  EXPECT_EQ(Sets(), (std::vector<OptionSet>{{0, 0}, {0, 1}, {1, 0}, {1, 1}}));
}

TEST_F(OptionSetsTest, ConstraintsLeaveOutWhatBreaksThem) {
  const auto x = Option("x", {1, 2});
  const auto y = Option("y", {1, 2});
  Constrain(draft_.Is(Op::kLess, {draft_.Option(x), draft_.Option(y)}));
  EXPECT_EQ(Sets(), (std::vector<OptionSet>{{0, 1}}));
}

TEST_F(OptionSetsTest, ASettledOptionHasItsAlternative) {
  const auto x = Option("x", {1, 2});
  Option("y", {1, 2});
  draft_.Draft().options[x].settled = 1;
  EXPECT_EQ(Sets(), (std::vector<OptionSet>{{1, 0}, {1, 1}}));
}

TEST_F(OptionSetsTest, NoneLeftIsReportedAtTheConstraint) {
  const auto x = Option("x", {1, 2});
  Constrain(draft_.Is(Op::kLess, {draft_.Option(x), draft_.Number(1)}));
  EXPECT_TRUE(Sets().empty());
  ASSERT_EQ(sink_.Sorted().size(), 1U);
  EXPECT_EQ(sink_.Sorted().front().kind, diagnostics::Kind::kNoOptionSetLeft);
}

TEST_F(OptionSetsTest, MoreThanTheLimitAreRefusedAndTheLimitIsNamed) {
  for (int i = 0; i < 20; ++i) Option("x", {1, 2});
  EXPECT_TRUE(Sets().empty());
  ASSERT_EQ(sink_.Sorted().size(), 1U);
  EXPECT_NE(sink_.Sorted().front().message.find("1000000"), std::string::npos);
}

TEST_F(OptionSetsTest, ManyOptionsWithOneAlternativeAreOneSet) {
  for (int i = 0; i < 1000; ++i) Option("x", {1});
  EXPECT_EQ(Sets().size(), 1U);
}

class DescribeOptionSetsTest : public OptionSetsTest {
 protected:
  void SetUp() override {
    const auto ai = Option("ai", {1, 2, 3});
    const auto notify = Option("notify", {0, 1, 2});
    Constrain(draft_.Is(Op::kLess, {draft_.Option(notify), draft_.Option(ai)}));
    all_ = Sets();
  }
  std::string Describe(const std::vector<OptionSet>& some) { return DescribeOptionSets(draft_.Draft(), all_, some); }

  std::vector<OptionSet> all_;
};

TEST_F(DescribeOptionSetsTest, AllIsSaidByNothing) { EXPECT_EQ(Describe(all_), ""); }

TEST_F(DescribeOptionSetsTest, OneOptionIsEnoughWhereItDecides) {
  EXPECT_EQ(Describe({{0, 0}}), "ai is alt_1");  // the constraint leaves nothing else to choose
  EXPECT_EQ(Describe({{1, 0}, {1, 1}, {2, 0}, {2, 1}, {2, 2}}), "ai is alt_2 or alt_3");
}

TEST_F(DescribeOptionSetsTest, AProductNamesEachOption) {
  EXPECT_EQ(Describe({{1, 0}, {2, 0}}), "ai is alt_2 or alt_3, and notify is alt_1");
}

TEST_F(DescribeOptionSetsTest, WhatIsNoProductIsSeveral) {
  EXPECT_EQ(Describe({{0, 0}, {2, 2}}), "ai is alt_1; or notify is alt_3");
}

TEST_F(DescribeOptionSetsTest, SettledOptionsAreNeverMentioned) {
  draft_.Draft().options[check::OptionId(0)].settled = 2;
  all_ = Sets();
  EXPECT_EQ(Describe({{2, 0}, {2, 1}}), "notify is alt_1 or alt_2");
}

TEST_F(DescribeOptionSetsTest, RandomSubsetsAreDescribedExactlyOrCounted) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<OptionSet> some;
    for (const OptionSet& set : all_) {
      if (random() % 2 == 0) some.push_back(set);
    }
    if (some.empty()) continue;
    EXPECT_EQ(Describe(some).empty(), some.size() == all_.size());
  }
}

}  // namespace
}  // namespace proviso::reference
