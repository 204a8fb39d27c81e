#include "compiler/reference/option_sets.h"

#include <gtest/gtest.h>

#include <algorithm>
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
  check::OptionId Option(std::string name, const std::vector<std::int64_t>& numbers) {
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

std::vector<std::string> Split(const std::string& text, const std::string& mark) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = text.find(mark); end != std::string::npos; end = text.find(mark, begin)) {
    parts.push_back(text.substr(begin, end - begin));
    begin = end + mark.size();
  }
  parts.push_back(text.substr(begin));
  return parts;
}

/// Whether `ai is alt_2 or alt_3`, or the like of `notify`, is true of an option set.
bool IsTrue(const std::string& part, const OptionSet& set) {
  const std::size_t option = part.starts_with("ai ") ? 0 : 1;
  return part.find("alt_" + std::to_string(set[option] + 1)) != std::string::npos;
}

TEST_F(DescribeOptionSetsTest, WhatIsDescribedIsExactlyWhatWasGiven) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<OptionSet> some;
    for (const OptionSet& set : all_) {
      if (random() % 2 == 0) some.push_back(set);
    }
    if (some.empty() || some.size() == all_.size()) continue;
    const std::string text = Describe(some);
    for (const OptionSet& set : all_) {
      const bool is_described = std::ranges::any_of(Split(text, "; or "), [&](const std::string& product) {
        return std::ranges::all_of(Split(product, ", and "),
                                   [&](const std::string& part) { return IsTrue(part, set); });
      });
      EXPECT_EQ(is_described, std::ranges::count(some, set) > 0) << text;
    }
  }
}

}  // namespace
}  // namespace proviso::reference
