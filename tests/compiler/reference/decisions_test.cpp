#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "compiler/reference/evaluate.h"
#include "tests/support/checked_builder.h"

namespace proviso::reference {
namespace {

using check::ExprId;
using check::Op;
using check::RuleId;
using syntax::HitPolicy;
using test_support::CaseBuilder;
using test_support::CheckedBuilder;

class DecisionTest : public testing::Test {
 protected:
  check::DecisionId Decide(HitPolicy policy, std::optional<std::uint32_t> otherwise = 0) {
    std::optional<ExprId> value;
    if (otherwise) value = draft_.Member(*otherwise);
    return draft_.AddDecision("treatment", draft_.Level(), policy, value);
  }
  RuleId Rule(check::DecisionId decision, std::string name, std::uint32_t value, std::string_view condition) {
    return draft_.AddRule(decision, std::move(name), draft_.Member(value), draft_.Fact(condition));
  }
  Outcome Run() { return Evaluate(draft_.Draft(), case_.Facts(), options_).front(); }
  /// `high by strict`, `low or high`, or the error.
  std::string Show() {
    const Outcome outcome = Run();
    if (outcome.error) return outcome.error->message;
    std::vector<std::string> values;
    for (const Value& value : outcome.possible) values.push_back(ValueToText(draft_.World(), draft_.Level(), value));
    std::string text = fmt::format("{}", fmt::join(values, " or "));
    if (outcome.determined && values.size() != 1) text += " determined";
    if (!outcome.determined && values.size() == 1) text += " or no outcome";
    for (const RuleId rule : outcome.deciding) text += " by " + draft_.Draft().rules[rule].name;
    return text;
  }
  std::vector<std::string> Missing() {
    std::vector<std::string> paths;
    for (const MissingFact& missing : Run().missing) {
      paths.push_back(FactPath(case_.Facts(), draft_.World(), missing.instance, missing.fact));
    }
    return paths;
  }

  CheckedBuilder draft_;
  CaseBuilder case_{draft_};
  check::OptionSet options_;
};

TEST_F(DecisionTest, FirstWinsTakesTheFirstInTheText) {
  const auto decision = Decide(HitPolicy::kFirstWins);
  Rule(decision, "one", 1, "a");
  Rule(decision, "two", 2, "b");
  case_.Set("a", true).Set("b", true);
  EXPECT_EQ(Show(), "middle by one");
  case_.Set("a", false);
  EXPECT_EQ(Show(), "high by two");
  case_.Set("b", false);
  EXPECT_EQ(Show(), "low");
}

TEST_F(DecisionTest, StrictestWinsTakesTheStrongestAndEveryRuleThatHasIt) {
  const auto decision = Decide(HitPolicy::kStrictestWins);
  Rule(decision, "weak", 1, "a");
  Rule(decision, "strong", 2, "b");
  Rule(decision, "also", 2, "c");
  case_.Set("a", true).Set("b", true).Set("c", true);
  EXPECT_EQ(Show(), "high by strong by also");
}

TEST_F(DecisionTest, UnderStrictestWinsUnknownRulesLeaveWhatIsAboveTheSureOnes) {
  const auto decision = Decide(HitPolicy::kStrictestWins);
  Rule(decision, "weak", 1, "a");
  Rule(decision, "strong", 2, "b");
  case_.Set("a", true);
  EXPECT_EQ(Show(), "middle or high");
  EXPECT_EQ(Missing(), std::vector<std::string>{"b"});
  case_.Set("b", true).Facts().State(draft_.World(), case_.Facts().root, draft_.Named(draft_.Deal(), "a")) = {};
  EXPECT_EQ(Show(), "high by strong");
  EXPECT_TRUE(Missing().empty());
}

TEST_F(DecisionTest, UnderFirstWinsWhatComesAfterASureRuleDoesNotMatter) {
  const auto decision = Decide(HitPolicy::kFirstWins);
  Rule(decision, "one", 1, "a");
  Rule(decision, "two", 2, "b");
  Rule(decision, "three", 0, "c");
  case_.Set("b", true);
  EXPECT_EQ(Show(), "middle or high");
  EXPECT_EQ(Missing(), std::vector<std::string>{"a"});
}

TEST_F(DecisionTest, RulesThatAgreeOnAllWaysDetermineTheOutcome) {
  const auto decision = Decide(HitPolicy::kFirstWins, 2);
  Rule(decision, "one", 2, "a");
  Rule(decision, "two", 2, "b");
  EXPECT_EQ(Show(), "high");
  EXPECT_TRUE(Run().determined);
}

TEST_F(DecisionTest, OneAppliesRefusesDisagreement) {
  const auto decision = Decide(HitPolicy::kOneApplies);
  Rule(decision, "one", 1, "a");
  Rule(decision, "two", 2, "b");
  Rule(decision, "three", 2, "c");
  case_.Set("a", false).Set("b", true).Set("c", true);
  EXPECT_EQ(Show(), "high by two by three");
  case_.Set("a", true);
  EXPECT_EQ(Show(), "rules `one` and `two` of `treatment` both fire, with different outcomes: middle and high");
}

TEST_F(DecisionTest, OneAppliesWithUnknownRulesMayDisagree) {
  const auto decision = Decide(HitPolicy::kOneApplies);
  Rule(decision, "one", 1, "a");
  Rule(decision, "two", 2, "b");
  case_.Set("a", true);
  EXPECT_EQ(Show(), "middle or no outcome");
}

TEST_F(DecisionTest, AGapWithoutOtherwiseIsAnError) {
  const auto decision = Decide(HitPolicy::kFirstWins, std::nullopt);
  Rule(decision, "one", 1, "a");
  case_.Set("a", false);
  EXPECT_EQ(Show(), "no rule of `treatment` fires, and it has no `otherwise`");
}

TEST_F(DecisionTest, AnExceptionTakesAwayFromItsRuleAndItsOwnExceptionGivesBack) {
  const auto decision = Decide(HitPolicy::kFirstWins);
  const RuleId rule = Rule(decision, "rule", 2, "a");
  const RuleId exception = draft_.AddExceptionTo(rule, "exception", draft_.Fact("b"));
  draft_.AddExceptionTo(exception, "back", draft_.Fact("c"));
  case_.Set("a", true).Set("b", true).Set("c", false);
  EXPECT_EQ(Show(), "low");
  case_.Set("c", true);
  EXPECT_EQ(Show(), "high by rule");
  case_.Set("a", false);
  EXPECT_EQ(Show(), "low");
}

TEST_F(DecisionTest, ADecisionWideExceptionDecidesAloneAndStopsNoRuleFromFiring) {
  const auto decision = Decide(HitPolicy::kStrictestWins);
  const RuleId rule = Rule(decision, "rule", 2, "a");
  const RuleId first = draft_.AddException(decision, "first", draft_.Member(1), draft_.Fact("b"));
  draft_.AddException(decision, "second", draft_.Member(0), draft_.Fact("c"));
  const auto fires = draft_.AddDecision("fires", draft_.Level(), std::nullopt, draft_.Member(0));
  draft_.AddRule(
      fires, "rule_fires", draft_.Member(2),
      draft_.Is(Op::kAnd, {draft_.Fires(rule), draft_.Is(Op::kNot, {draft_.Decides(rule)}), draft_.Decides(first)}));
  case_.Set("a", true).Set("b", true).Set("c", true);
  EXPECT_EQ(Show(), "middle by first");
  const Outcome other = Evaluate(draft_.Draft(), case_.Facts(), options_)[1];
  EXPECT_EQ(other.value(), Value(Member{2}));
}

TEST_F(DecisionTest, ADecisionWideExceptionDecidesEvenIfNoRuleFires) {
  const auto decision = Decide(HitPolicy::kFirstWins, std::nullopt);
  Rule(decision, "rule", 2, "a");
  draft_.AddException(decision, "exception", draft_.Member(1), draft_.Fact("b"));
  case_.Set("a", false).Set("b", true);
  EXPECT_EQ(Show(), "middle by exception");
}

TEST_F(DecisionTest, AnUnknownExceptionLeavesBothOutcomes) {
  const auto decision = Decide(HitPolicy::kFirstWins);
  Rule(decision, "rule", 2, "a");
  draft_.AddException(decision, "exception", draft_.Member(0), draft_.Fact("b"));
  case_.Set("a", true);
  EXPECT_EQ(Show(), "low or high");
  EXPECT_EQ(Missing(), std::vector<std::string>{"b"});
}

TEST_F(DecisionTest, ARuleUnderAnotherAlternativeDoesNotFire) {
  const auto option = draft_.AddOption("option", {draft_.Truth(true), draft_.Truth(false)});
  const auto decision = Decide(HitPolicy::kFirstWins);
  const RuleId rule = Rule(decision, "rule", 2, "a");
  draft_.Draft().rules[rule].under = {option, 1};
  case_.Set("a", true);
  options_ = {0};
  EXPECT_EQ(Show(), "low");
  options_ = {1};
  EXPECT_EQ(Show(), "high by rule");
}

TEST_F(DecisionTest, ADecisionCanUseAnother) {
  const auto decision = Decide(HitPolicy::kFirstWins);
  Rule(decision, "rule", 2, "a");
  const auto second = draft_.AddDecision("second", draft_.Level(), std::nullopt, draft_.Member(0));
  draft_.AddRule(second, "follows", draft_.Member(1),
                 draft_.Is(Op::kEqual, {draft_.Decision(decision), draft_.Member(1)}));
  // `treatment` is low or high, never middle, so that the second decision is sure.
  const Outcome outcome = Evaluate(draft_.Draft(), case_.Facts(), options_)[1];
  ASSERT_TRUE(outcome.determined);
  EXPECT_EQ(outcome.value(), Value(Member{0}));
}

TEST_F(DecisionTest, AssumedFactsThatWereReadAreNamed) {
  const auto decision = Decide(HitPolicy::kFirstWins);
  Rule(decision, "rule", 2, "a");
  Rule(decision, "other", 1, "b");
  for (const char* name : {"a", "b"}) {
    FactState& state = case_.Facts().State(draft_.World(), case_.Facts().root, draft_.Named(draft_.Deal(), name));
    state.value = true;
    state.assumed = true;
  }
  ASSERT_EQ(Run().assumed.size(), 1U);
  EXPECT_EQ(Run().assumed.front().fact, draft_.Named(draft_.Deal(), "a"));
}

TEST_F(DecisionTest, AnOutcomeThatCannotBeListedIsUndeterminedAndEmpty) {
  const Type integer = CheckedBuilder::Of(TypeKind::kInteger);
  draft_.AddDecision("amount_due", integer, std::nullopt, draft_.Fact("amount"));
  const Outcome outcome = Run();
  EXPECT_FALSE(outcome.determined);
  EXPECT_TRUE(outcome.possible.empty());
  EXPECT_FALSE(outcome.error);
  EXPECT_EQ(Missing(), std::vector<std::string>{"amount"});
}

TEST_F(DecisionTest, AssumptionsThatAreKnownToBreakAreNamedWithTheirEntity) {
  const auto items = case_.List("items", 2);
  case_.Set(items[1], "ok", false);
  check::Assumption assumption;
  assumption.of = draft_.Item();
  assumption.condition = draft_.Fact(draft_.Self(), "ok");
  draft_.Draft().assumptions.push_back(assumption);
  const auto broken = BrokenAssumptions(draft_.Draft(), case_.Facts());
  ASSERT_EQ(broken.size(), 1U);
  EXPECT_EQ(broken.front().instance, items[1]);
}

}  // namespace
}  // namespace proviso::reference
