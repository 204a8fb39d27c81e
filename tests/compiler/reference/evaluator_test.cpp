#include "compiler/reference/evaluator.h"

#include <gtest/gtest.h>

#include <limits>

#include "runtime/base/arithmetic.h"
#include "tests/support/checked_builder.h"

namespace proviso::reference {
namespace {

using check::ExprId;
using check::Op;
using test_support::CaseBuilder;
using test_support::CheckedBuilder;

class EvaluatorTest : public testing::Test {
 protected:
  /// What an expression comes to: a value, `{one, other}` that it may be, `anything`, or `error`.
  std::string Show(ExprId expr) {
    Evaluator evaluator(draft_.Draft(), case_.Facts(), options_);
    const Possible result = evaluator.Evaluate(expr, evaluator.CaseScope());
    if (result.IsFailed()) return "error";
    if (result.any) return "anything";
    std::string text;
    for (const Value& value : result.values) {
      text += (text.empty() ? "" : ", ") + ValueToText(draft_.World(), draft_.Draft()[expr].type, value);
    }
    return result.IsKnown() ? text : "{" + text + (result.error ? ", error}" : "}");
  }

  std::vector<std::string> Missing(ExprId expr) {
    Evaluator evaluator(draft_.Draft(), case_.Facts(), options_);
    std::vector<std::string> paths;
    for (const MissingFact& missing : evaluator.Missing(evaluator.Evaluate(expr, evaluator.CaseScope()))) {
      paths.push_back(FactPath(case_.Facts(), draft_.World(), missing.instance, missing.fact));
    }
    return paths;
  }

  ExprId A() { return draft_.Fact("a"); }
  ExprId B() { return draft_.Fact("b"); }
  ExprId C() { return draft_.Fact("c"); }
  ExprId Amount() { return draft_.Fact("amount"); }
  ExprId Weight(check::VariableId item) { return draft_.Fact(draft_.Element(item), "weight"); }
  ExprId Ok(check::VariableId item) { return draft_.Fact(draft_.Element(item), "ok"); }
  ExprId Integer(Op op, std::vector<ExprId> operands) { return draft_.Make(op, kInteger, std::move(operands)); }
  /// More than 38 digits.
  ExprId TooLarge() {
    const ExprId large = draft_.Make(Op::kConstant, kInteger, {});
    draft_.Draft().exprs[large].constant = Exact::PowerOfTen(37);
    return Integer(Op::kMultiply, {large, draft_.Number(10)});
  }
  ExprId FailingCondition() { return draft_.Is(Op::kGreater, {TooLarge(), draft_.Number(0)}); }

  inline static const Type kInteger = CheckedBuilder::Of(TypeKind::kInteger);
  inline static const Type kReal = CheckedBuilder::Of(TypeKind::kReal);
  inline static const Type kDate = CheckedBuilder::Of(TypeKind::kDate);
  inline static const Type kRatio = CheckedBuilder::Of(TypeKind::kRatio);
  CheckedBuilder draft_;
  CaseBuilder case_{draft_};
  check::OptionSet options_;
};

// ---- Three-valued conditions -----------------------------------------------------------------------------

TEST_F(EvaluatorTest, AnOperandThatDecidesMakesUnknownOnesNotMatter) {
  case_.Set("b", false);
  EXPECT_EQ(Show(draft_.Is(Op::kAnd, {A(), B()})), "no");
  EXPECT_TRUE(Missing(draft_.Is(Op::kAnd, {A(), B()})).empty());
  case_.Set("b", true);
  EXPECT_EQ(Show(draft_.Is(Op::kOr, {A(), B()})), "yes");
}

TEST_F(EvaluatorTest, WhatIsOpenNamesOnlyTheFactsThatCanStillDecide) {
  case_.Set("b", true);
  const ExprId both = draft_.Is(Op::kAnd, {A(), B(), C()});
  EXPECT_EQ(Show(both), "{no, yes}");
  EXPECT_EQ(Missing(both), (std::vector<std::string>{"a", "c"}));
}

TEST_F(EvaluatorTest, AtLeastCountsSureOperands) {
  const auto at_least_two = [&] {
    check::Expr expr;
    expr.op = Op::kAtLeast;
    expr.number = 2;
    expr.operands = {A(), B(), C()};
    return draft_.Add(expr);
  };
  EXPECT_EQ(Show(at_least_two()), "{no, yes}");
  case_.Set("a", true).Set("c", true);
  EXPECT_EQ(Show(at_least_two()), "yes");
  case_.Set("a", false).Set("c", false);
  EXPECT_EQ(Show(at_least_two()), "no");
}

TEST_F(EvaluatorTest, NotOfUnknownIsUnknown) { EXPECT_EQ(Show(draft_.Is(Op::kNot, {A()})), "{yes, no}"); }

TEST_F(EvaluatorTest, AnErrorMattersOnlyWhereNoOtherOperandDecides) {
  EXPECT_EQ(Show(draft_.Is(Op::kOr, {FailingCondition(), draft_.Truth(true)})), "yes");
  EXPECT_EQ(Show(draft_.Is(Op::kOr, {FailingCondition(), draft_.Truth(false)})), "error");
  EXPECT_EQ(Show(draft_.Is(Op::kOr, {FailingCondition(), A()})), "{yes, error}");
}

TEST_F(EvaluatorTest, IfTakesOnlyItsBranch) {
  EXPECT_EQ(Show(Integer(Op::kIf, {draft_.Truth(true), draft_.Number(1), TooLarge()})), "1");
  EXPECT_EQ(Show(Integer(Op::kIf, {A(), draft_.Number(1), draft_.Number(2)})), "{1, 2}");
  EXPECT_EQ(Show(Integer(Op::kIf, {A(), draft_.Number(1), draft_.Number(1)})), "1");
}

TEST_F(EvaluatorTest, AnUnknownMemberIsOneOfItsEnumeration) {
  EXPECT_EQ(Show(draft_.Is(Op::kGreaterEqual, {draft_.Fact("level"), draft_.Member(0)})), "yes");
  EXPECT_EQ(Show(draft_.Is(Op::kGreaterEqual, {draft_.Fact("level"), draft_.Member(1)})), "{no, yes}");
}

// ---- No value --------------------------------------------------------------------------------------------

TEST_F(EvaluatorTest, ComparisonsWithNoneDoNotHoldAndTheirNegationDoes) {
  case_.Set("learned", NoValue{});
  const ExprId day = draft_.Make(Op::kConstant, kDate, {});
  draft_.Draft().exprs[day].constant = *ParseDate("2025-01-02");
  for (const Op op : {Op::kEqual, Op::kLess, Op::kLessEqual, Op::kGreater, Op::kGreaterEqual}) {
    EXPECT_EQ(Show(draft_.Is(op, {draft_.Fact("learned"), day})), "no");
    EXPECT_EQ(Show(draft_.Is(Op::kNot, {draft_.Is(op, {draft_.Fact("learned"), day})})), "yes");
  }
  EXPECT_EQ(Show(draft_.Is(Op::kEqual, {draft_.Fact("learned"), draft_.Fact("learned")})), "no");
  EXPECT_EQ(Show(draft_.Is(Op::kIsNone, {draft_.Fact("learned")})), "yes");
}

TEST_F(EvaluatorTest, ThroughAnEntityThatIsNoneNothingHolds) {
  case_.Set("partner", NoValue{});
  const ExprId partner = draft_.Fact("partner");
  EXPECT_EQ(Show(draft_.Fact(partner, "ok")), "no");
  EXPECT_EQ(Show(draft_.Fact(partner, "weight")), "none");
  const auto item = draft_.Variable("x");
  EXPECT_EQ(Show(draft_.Over(Op::kEvery, {}, item, {draft_.Fact(partner, "parts"), Ok(item)})), "yes");
}

TEST_F(EvaluatorTest, ThroughAnUnknownEntityEverythingIsUnknown) {
  const ExprId partner = draft_.Fact("partner");
  EXPECT_EQ(Show(draft_.Fact(partner, "ok")), "{no, yes}");
  EXPECT_EQ(Show(draft_.Fact(partner, "level")), "{low, middle, high, none}");
  EXPECT_EQ(Missing(draft_.Fact(partner, "ok")), std::vector<std::string>{"partner"});
}

TEST_F(EvaluatorTest, ArithmeticWithNoneIsNone) {
  EXPECT_EQ(Show(Integer(Op::kAdd, {draft_.Number(1), draft_.None(kInteger)})), "none");
  EXPECT_EQ(Show(draft_.Make(Op::kDivide, kRatio, {draft_.Number(1), draft_.Number(0)})), "none");
}

TEST_F(EvaluatorTest, MaxAndMinLeaveOutWhatHasNoValue) {
  EXPECT_EQ(Show(Integer(Op::kMax, {draft_.None(kInteger), draft_.Number(3), draft_.Number(2)})), "3");
  EXPECT_EQ(Show(Integer(Op::kMin, {draft_.Number(3), draft_.None(kInteger), draft_.Number(2)})), "2");
  EXPECT_EQ(Show(Integer(Op::kMax, {draft_.None(kInteger)})), "none");
}

// ---- Numbers and dates -----------------------------------------------------------------------------------

TEST_F(EvaluatorTest, MoreThan38DigitsIsAnErrorAndARatioHasNoLimit) {
  EXPECT_EQ(Show(TooLarge()), "error");
  draft_.Draft().exprs[TooLarge()].type = kRatio;
  const ExprId ratio = TooLarge();
  draft_.Draft().exprs[ratio].type = kRatio;
  EXPECT_EQ(Show(draft_.Is(Op::kGreater, {ratio, draft_.Number(1)})), "yes");
}

TEST_F(EvaluatorTest, ARealThatIsNotFiniteHasNoValue) {
  EXPECT_EQ(Show(draft_.Make(Op::kMultiply, kReal, {draft_.Real(1e300), draft_.Real(1e300)})), "none");
  EXPECT_EQ(Show(draft_.Make(Op::kDivide, kReal, {draft_.Real(1), draft_.Real(0)})), "none");
}

TEST_F(EvaluatorTest, RealArithmeticIsBinary64InSourceOrder) {
  const ExprId left = draft_.Make(
      Op::kAdd, kReal, {draft_.Make(Op::kAdd, kReal, {draft_.Real(0.1), draft_.Real(0.2)}), draft_.Real(0.3)});
  const ExprId right = draft_.Make(
      Op::kAdd, kReal, {draft_.Real(0.1), draft_.Make(Op::kAdd, kReal, {draft_.Real(0.2), draft_.Real(0.3)})});
  EXPECT_EQ(Show(draft_.Is(Op::kEqual, {left, right})), "no");
}

TEST_F(EvaluatorTest, RoundTakesHalvesAwayFromZero) {
  check::Expr round;
  round.op = Op::kRound;
  round.type = kInteger;
  round.operands = {draft_.Make(Op::kDivide, kRatio, {draft_.Number(-5), draft_.Number(2)})};
  EXPECT_EQ(Show(draft_.Add(round)), "-3");
}

TEST_F(EvaluatorTest, ScaleConvertsExactlyAndRoundsARealOnce) {
  check::Expr scale;
  scale.op = Op::kScale;
  scale.type = kReal;
  scale.constant = Exact(1) / Exact(1000);
  scale.operands = {draft_.Real(3000)};
  EXPECT_EQ(Show(draft_.Is(Op::kEqual, {draft_.Add(scale), draft_.Real(3)})), "yes");
}

TEST_F(EvaluatorTest, DatesOutOfRangeAreErrors) {
  case_.Set("day", *ParseDate("9999-12-30")).Set("span", Days{2});
  const ExprId sum = draft_.Make(Op::kAdd, kDate, {draft_.Fact("day"), draft_.Fact("span")});
  EXPECT_EQ(Show(sum), "error");
  case_.Set("span", Days{1});
  EXPECT_EQ(Show(sum), "9999-12-31");
  case_.Set("span", Days{std::numeric_limits<std::int64_t>::min()});
  EXPECT_EQ(Show(draft_.Make(Op::kSubtract, kDate, {draft_.Fact("day"), draft_.Fact("span")})), "error");
}

TEST_F(EvaluatorTest, MonthsAreClippedOrSpilled) {
  case_.Set("day", *ParseDate("2025-01-31"));
  check::Expr month;
  month.op = Op::kAddMonths;
  month.type = kDate;
  month.number = 1;
  month.operands = {draft_.Fact("day")};
  EXPECT_EQ(Show(draft_.Add(month)), "2025-02-28");
  month.month_end = MonthEnd::kSpilled;
  EXPECT_EQ(Show(draft_.Add(month)), "2025-03-03");
}

// ---- Lists -----------------------------------------------------------------------------------------------

TEST_F(EvaluatorTest, OfNoElementsSomeIsNoEveryIsYesAndSumIsZero) {
  case_.List("items", 0);
  const auto item = draft_.Variable("x");
  const ExprId items = draft_.Fact("items");
  EXPECT_EQ(Show(draft_.Over(Op::kSome, {}, item, {items, draft_.Truth(true)})), "no");
  EXPECT_EQ(Show(draft_.Over(Op::kEvery, {}, item, {items, draft_.Truth(false)})), "yes");
  EXPECT_EQ(Show(draft_.Over(Op::kSum, kInteger, item, {items, draft_.Truth(true), Weight(item)})), "0");
  EXPECT_EQ(Show(draft_.Over(Op::kCount, kInteger, item, {items, draft_.Truth(true)})), "0");
  EXPECT_EQ(Show(draft_.Over(Op::kMaxOf, kInteger, item, {items, draft_.Truth(true), Weight(item)})), "none");
}

TEST_F(EvaluatorTest, AnUnknownListLeavesItsConditionsOpen) {
  const auto item = draft_.Variable("x");
  const ExprId some = draft_.Over(Op::kSome, {}, item, {draft_.Fact("items"), draft_.Truth(true)});
  EXPECT_EQ(Show(some), "{no, yes}");
  EXPECT_EQ(Missing(some), std::vector<std::string>{"items"});
}

TEST_F(EvaluatorTest, OneElementThatDecidesMakesUnknownOnesNotMatter) {
  const auto items = case_.List("items", 2);
  case_.Set(items[1], "ok", true);
  const auto item = draft_.Variable("x");
  EXPECT_EQ(Show(draft_.Over(Op::kSome, {}, item, {draft_.Fact("items"), Ok(item)})), "yes");
  const ExprId every = draft_.Over(Op::kEvery, {}, item, {draft_.Fact("items"), Ok(item)});
  EXPECT_EQ(Show(every), "{no, yes}");
  EXPECT_EQ(Missing(every), std::vector<std::string>{"items[0].ok"});
}

TEST_F(EvaluatorTest, CountsAndMaximaOverUnknownConditionsAreRanges) {
  const auto items = case_.List("items", 3);
  case_.Set(items[0], "ok", true).Set(items[0], "weight", Exact(5));
  case_.Set(items[1], "weight", Exact(9));
  case_.Set(items[2], "ok", false);
  const auto item = draft_.Variable("x");
  EXPECT_EQ(Show(draft_.Over(Op::kCount, kInteger, item, {draft_.Fact("items"), Ok(item)})), "{2, 1}");
  EXPECT_EQ(Show(draft_.Over(Op::kMaxOf, kInteger, item, {draft_.Fact("items"), Ok(item), Weight(item)})), "{9, 5}");
  EXPECT_EQ(Show(draft_.Over(Op::kSum, kInteger, item, {draft_.Fact("items"), Ok(item), Weight(item)})), "{14, 5}");
}

TEST_F(EvaluatorTest, ASumWithAnElementWithoutValueHasNone) {
  const auto items = case_.List("items", 2);
  case_.Set(items[0], "weight", NoValue{}).Set(items[1], "weight", Exact(2));
  const auto item = draft_.Variable("x");
  EXPECT_EQ(Show(draft_.Over(Op::kSum, kInteger, item, {draft_.Fact("items"), draft_.Truth(true), Weight(item)})),
            "none");
  EXPECT_EQ(Show(draft_.Over(Op::kMinOf, kInteger, item, {draft_.Fact("items"), draft_.Truth(true), Weight(item)})),
            "2");
}

TEST_F(EvaluatorTest, ASumOverflowsByItsTotalNotOnTheWay) {
  const auto items = case_.List("items", 3);
  const Exact large = Exact::PowerOfTen(38) - 1;
  case_.Set(items[0], "weight", large).Set(items[1], "weight", large).Set(items[2], "weight", -large);
  const auto item = draft_.Variable("x");
  const ExprId sum = draft_.Over(Op::kSum, kInteger, item, {draft_.Fact("items"), draft_.Truth(true), Weight(item)});
  EXPECT_EQ(Show(draft_.Is(Op::kGreater, {sum, draft_.Number(0)})), "yes");
  case_.Set(items[2], "weight", Exact(1));
  EXPECT_EQ(Show(sum), "error");
}

TEST_F(EvaluatorTest, NestedQuantifiersSeeBothElements) {
  const auto items = case_.List("items", 1);
  const auto parts = case_.List(items[0], "parts", 1);
  case_.Set(items[0], "weight", Exact(2)).Set(parts[0], "weight", Exact(3));
  const auto outer = draft_.Variable("x");
  const auto inner = draft_.Variable("y");
  const ExprId heavier = draft_.Is(Op::kGreater, {Weight(inner), Weight(outer)});
  const ExprId some = draft_.Over(Op::kSome, {}, inner, {draft_.Fact(draft_.Element(outer), "parts"), heavier});
  EXPECT_EQ(Show(draft_.Over(Op::kSome, {}, outer, {draft_.Fact("items"), some})), "yes");
}

// ---- Terms, options, supposing ---------------------------------------------------------------------------

TEST_F(EvaluatorTest, ATermGoesRoundThroughTiersOfAList) {
  const auto items = case_.List("items", 1);
  const auto parts = case_.List(items[0], "parts", 2);
  case_.Set(items[0], "weight", Exact(1)).Set(parts[0], "weight", Exact(10)).Set(parts[1], "weight", Exact(100));
  case_.List(parts[0], "parts", 0);
  case_.List(parts[1], "parts", 0);
  const auto total = draft_.AddTerm("total", kInteger, ExprId(), draft_.Item());
  const auto part = draft_.Variable("p");
  const ExprId below =
      draft_.Over(Op::kSum, kInteger, part,
                  {draft_.Fact(draft_.Self(), "parts"), draft_.Truth(true), draft_.Term(total, draft_.Element(part))});
  draft_.Draft().terms[total].body = Integer(Op::kAdd, {draft_.Fact(draft_.Self(), "weight"), below});
  const auto item = draft_.Variable("x");
  EXPECT_EQ(Show(draft_.Over(Op::kMaxOf, kInteger, item,
                             {draft_.Fact("items"), draft_.Truth(true), draft_.Term(total, draft_.Element(item))})),
            "111");
}

TEST_F(EvaluatorTest, TiersTooDeepAreAnErrorAndNoCrash) {
  InstanceId at = case_.List("items", 1)[0];
  for (int i = 0; i < 3'000; ++i) at = case_.List(at, "parts", 1)[0];
  case_.List(at, "parts", 0);
  const auto all_ok = draft_.AddTerm("depth", kInteger, ExprId(), draft_.Item());
  const auto part = draft_.Variable("p");
  draft_.Draft().terms[all_ok].body =
      draft_.Over(Op::kSum, kInteger, part,
                  {draft_.Fact(draft_.Self(), "parts"), draft_.Truth(true), draft_.Term(all_ok, draft_.Element(part))});
  const auto item = draft_.Variable("x");
  EXPECT_EQ(Show(draft_.Over(Op::kSum, kInteger, item,
                             {draft_.Fact("items"), draft_.Truth(true), draft_.Term(all_ok, draft_.Element(item))})),
            "error");
}

TEST_F(EvaluatorTest, AnOptionIsTheAlternativeChosen) {
  const auto limit = draft_.AddOption("limit", {draft_.Number(1), draft_.Number(2)});
  options_ = {1};
  EXPECT_EQ(Show(draft_.Option(limit)), "2");
  EXPECT_EQ(Show(draft_.OptionIs(limit, {0})), "no");
  EXPECT_EQ(Show(draft_.OptionIs(limit, {0, 1})), "yes");
}

TEST_F(EvaluatorTest, SupposingChangesFactsInsideAndNowhereElse) {
  case_.Set("a", false);
  const auto term = draft_.AddTerm("t", {}, A());
  const ExprId supposed = draft_.Supposing(draft_.Term(term), {{A(), draft_.Truth(true)}});
  EXPECT_EQ(Show(draft_.Is(Op::kAnd, {supposed, draft_.Is(Op::kNot, {draft_.Term(term)})})), "yes");
  const ExprId undone =
      draft_.Supposing(draft_.Supposing(A(), {{A(), draft_.Truth(false)}}), {{A(), draft_.Truth(true)}});
  EXPECT_EQ(Show(undone), "no");
}

TEST_F(EvaluatorTest, SupposedValuesAreThoseOfTheCaseAsItIs) {
  case_.Set("amount", Exact(1));
  const ExprId more = Integer(Op::kAdd, {Amount(), draft_.Number(1)});
  EXPECT_EQ(Show(draft_.Supposing(Amount(), {{Amount(), more}})), "2");
}

TEST_F(EvaluatorTest, SupposingOfAnElementChangesThatElement) {
  const auto items = case_.List("items", 2);
  case_.Set(items[0], "ok", false).Set(items[1], "ok", false);
  const auto item = draft_.Variable("x");
  const auto other = draft_.Variable("y");
  const ExprId some = draft_.Over(Op::kSome, {}, other, {draft_.Fact("items"), Ok(other)});
  const ExprId every = draft_.Over(Op::kEvery, {}, other, {draft_.Fact("items"), Ok(other)});
  const auto supposed = [&](ExprId body) {
    return draft_.Over(Op::kEvery, {}, item,
                       {draft_.Fact("items"), draft_.Supposing(body, {{Ok(item), draft_.Truth(true)}})});
  };
  EXPECT_EQ(Show(supposed(some)), "yes");
  EXPECT_EQ(Show(supposed(every)), "no");
}

TEST_F(EvaluatorTest, SupposingThroughAnUnknownEntityLeavesTheAnswerOpen) {
  const ExprId ok = draft_.Fact(draft_.Fact("partner"), "ok");
  EXPECT_EQ(Show(draft_.Supposing(ok, {{ok, draft_.Truth(true)}})).front(), '{');
}

TEST_F(EvaluatorTest, ManyWaysToTheSameSuppositionAreOne) {
  // Each level asks the next under two suppositions: 2^60 evaluations, were equal suppositions not shared.
  ExprId body = A();
  for (int i = 0; i < 60; ++i) {
    const ExprId next = draft_.Term(draft_.AddTerm("t", {}, body));
    body = draft_.Is(Op::kOr, {draft_.Supposing(next, {{B(), draft_.Truth(true)}}),
                               draft_.Supposing(next, {{B(), draft_.Truth(false)}})});
  }
  EXPECT_EQ(Show(body), "{no, yes}");
}

// ---- Sets ------------------------------------------------------------------------------------------------

TEST_F(EvaluatorTest, SetsAreAskedForMembers) {
  case_.Set("uses", MemberSet{{0, 2}});
  EXPECT_EQ(Show(draft_.Is(Op::kIncludesAny, {draft_.Fact("uses"), draft_.Uses({1, 2})})), "yes");
  EXPECT_EQ(Show(draft_.Is(Op::kIncludesAll, {draft_.Fact("uses"), draft_.Uses({1, 2})})), "no");
  EXPECT_EQ(Show(draft_.Is(Op::kIncludesAny, {draft_.Fact("uses"), draft_.Uses({})})), "no");
  case_.Set("uses", MemberSet{});
  EXPECT_EQ(Show(draft_.Is(Op::kIncludesAny, {draft_.Fact("uses"), draft_.Uses({0})})), "no");
}

}  // namespace
}  // namespace proviso::reference
