// The tests of ParseValue and QuantityValue of runtime/base/vocabulary.h.
#include <gtest/gtest.h>

#include <random>

#include "runtime/base/vocabulary.h"
#include "tests/runtime/base/sample_vocabulary.h"

namespace proviso {
namespace {

using Kind = ValueError::Kind;

struct ParseValueTest : testing::Test {
  [[nodiscard]] Value Read(const Type& type, std::string_view text, UnitId default_unit = UnitId()) const {
    const auto parsed = ParseValue(vocabulary, type, text, default_unit);
    const auto* error = std::get_if<ValueError>(&parsed);
    EXPECT_EQ(error, nullptr) << text << ": " << (error ? error->message : "");
    return error ? Value(NoValue{}) : std::get<Value>(parsed);
  }

  [[nodiscard]] ValueError Refused(const Type& type, std::string_view text, UnitId default_unit = UnitId()) const {
    const auto parsed = ParseValue(vocabulary, type, text, default_unit);
    EXPECT_TRUE(std::holds_alternative<ValueError>(parsed)) << text;
    const auto* error = std::get_if<ValueError>(&parsed);
    return error ? *error : ValueError{};
  }

  void ExpectRefused(const Type& type, std::string_view text, Kind kind, std::string_view message) const {
    const ValueError error = Refused(type, text);
    EXPECT_EQ(error.kind, kind) << text;
    EXPECT_EQ(error.message, message);
  }

  sample::Sample sample = sample::MakeSample();
  const Vocabulary& vocabulary = sample.vocabulary;
  const Type compute = {.kind = TypeKind::kReal, .unit = sample.flop};
  const Type speed = {.kind = TypeKind::kDecimal, .digits = 3, .unit = sample.petaflops};
  const Type money = {.kind = TypeKind::kDecimal, .digits = 2, .unit = sample.usd};
  const Type count = {.kind = TypeKind::kInteger};
  const Type percent = sample::Percent();
  const Type end_use = {.kind = TypeKind::kEnum, .enumeration = sample.end_use};
  const Type end_uses = {.kind = TypeKind::kSet, .enumeration = sample.end_use};
};

TEST_F(ParseValueTest, RealsAreReadExactlyAndRoundedOnce) {
  EXPECT_EQ(Read(compute, "1.3e24 flop"), Value(1.3e24));
  EXPECT_EQ(Read(compute, "10^25 flop"), Value(1e25));
  EXPECT_EQ(Read(compute, " 10^29   flop "), Value(1e29));
  EXPECT_EQ(Read({.kind = TypeKind::kReal}, "0.1"), Value(0.1));
}

TEST_F(ParseValueTest, NumbersMayStandAsTheyAreShown) {
  EXPECT_EQ(Read(compute, "1.3 × 10^24 flop"), Value(1.3e24));
  EXPECT_EQ(Read({.kind = TypeKind::kRatio}, "1/3"), Value(Exact(1) / Exact(3)));
  ExpectRefused({.kind = TypeKind::kRatio}, "1/0", Kind::kNotANumber, "`1/0` is not a number");
  ExpectRefused(count, "6/3", Kind::kNotANumber, "`6/3` is not a number");
}

TEST_F(ParseValueTest, WhatOtherFilesCallYesIsNotTakenForNo) {
  EXPECT_EQ(Refused({.kind = TypeKind::kBoolean}, "on").suggestion, "yes");
  EXPECT_EQ(Refused({.kind = TypeKind::kBoolean}, "Off").suggestion, "no");
}

TEST_F(ParseValueTest, ARealBeyondBinary64IsRefused) {
  ExpectRefused(compute, "10^400 flop", Kind::kOutOfRange,
                "`10^400 flop` is too large for a real: the limit is 1.8e308");
  ExpectRefused(compute, "1e999999999 flop", Kind::kOutOfRange, "`1e999999999` is beyond what any number can hold");
}

TEST_F(ParseValueTest, AQuantityNamesItsUnit) {
  ExpectRefused(compute, "1e24", Kind::kWrongUnit, "`1e24` has no unit: write `1e24 flop`");
  EXPECT_EQ(Read(compute, "1e24", sample.flop), Value(1e24));
  EXPECT_EQ(Read(speed, "2", sample.exaflops), Value(Exact(2000)));
  EXPECT_EQ(Read(speed, "2 petaflops", sample.exaflops), Value(Exact(2)));
}

TEST_F(ParseValueTest, AUnitOfAnotherKindIsRefusedByBothNames) {
  ExpectRefused(compute, "10^25 petaflops", Kind::kWrongUnit, "`10^25 petaflops` is in petaflops, which is not flop");
  ExpectRefused(count, "5 flop", Kind::kWrongUnit, "`5 flop` is in flop, where a plain number is asked");
  ExpectRefused(compute, "50%", Kind::kWrongUnit, "`50%` is a percentage, where flop is asked");
  EXPECT_EQ(Refused(compute, "50%", sample.flop).kind, Kind::kWrongUnit);
}

TEST_F(ParseValueTest, AnUnknownUnitIsRefusedWithTheNearest) {
  const ValueError error = Refused(compute, "10^25 flops");
  EXPECT_EQ(error.kind, Kind::kWrongUnit);
  EXPECT_EQ(error.message, "`flops` is not a unit, in `10^25 flops`");
  EXPECT_EQ(error.suggestion, "flop");
}

TEST_F(ParseValueTest, DerivedUnitsConvertExactly) { EXPECT_EQ(Read(speed, "0.1 exaflops"), Value(Exact(100))); }

TEST_F(ParseValueTest, MoneyIsInUsd) {
  EXPECT_EQ(Read(money, "$2,000,000"), Value(Exact(2000000)));
  EXPECT_EQ(Read(money, "$2000000.50"), Value(*Exact::Parse("2000000.5")));
  EXPECT_EQ(Read(money, "-$1,500"), Value(Exact(-1500)));
  EXPECT_EQ(Read(money, "2_000_000 usd"), Value(Exact(2000000)));
  ExpectRefused(compute, "$5", Kind::kWrongUnit, "`$5` is in usd, which is not flop");
}

TEST_F(ParseValueTest, CommasStandBetweenGroupsOfThree) {
  for (const char* text : {"$2,00,000", "$2000,000", "$,000", "$1,", "$1,000.000,5", "$5,a00"}) {
    EXPECT_EQ(Refused(money, text).message,
              "`" + std::string(text) + "` has a comma that does not stand between groups of three digits");
  }
  const ValueError error = Refused(money, "2,000,000 usd");
  EXPECT_EQ(error.message, "`2,000,000` has commas: write `2_000_000`");
  EXPECT_EQ(error.suggestion, "2_000_000");
}

TEST_F(ParseValueTest, WhatIsNoAmountIsNotANumber) {
  for (const char* text : {"$", "$-5", "$ 5", "-$", "$x", "$1e", ""}) {
    EXPECT_EQ(Refused(money, text).kind, Kind::kNotANumber) << text;
  }
}

TEST_F(ParseValueTest, PercentagesAreHundredths) {
  EXPECT_EQ(Read(percent, "50%"), Value(Exact(1) / Exact(2)));
  EXPECT_EQ(Read(percent, "50 %"), Value(Exact(1) / Exact(2)));
  EXPECT_EQ(Read(percent, "0.5"), Value(Exact(1) / Exact(2)));
  EXPECT_EQ(Read(percent, "0.0001%"), Value(Exact::PowerOfTen(-6)));
  EXPECT_EQ(Read({.kind = TypeKind::kReal}, "50%"), Value(0.5));
  ExpectRefused(percent, "0.00001%", Kind::kTooManyDigits,
                "`0.00001%` is finer than a percent can be: at most 4 digits after the point of the percentage");
}

TEST_F(ParseValueTest, ExactTypesRefuseWhatDoesNotFit) {
  ExpectRefused(count, "2.5", Kind::kTooManyDigits, "`2.5` is not a whole number");
  ExpectRefused(money, "$0.125", Kind::kTooManyDigits, "`$0.125` has more than 2 digits after the point");
  ExpectRefused(count, "10^38", Kind::kOutOfRange, "`10^38` has more than 38 digits");
  ExpectRefused(speed, "0.0000001 exaflops", Kind::kTooManyDigits,
                "`0.0000001 exaflops` (0.0001 petaflops) has more than 3 digits after the point");
  EXPECT_EQ(Read(count, "2.0"), Value(Exact(2)));
  EXPECT_EQ(Read(count, "99999999999999999999999999999999999999"), Value(Exact::PowerOfTen(38) - Exact(1)));
}

TEST_F(ParseValueTest, WhatIsNotANumberIsRefused) {
  ExpectRefused(count, "many", Kind::kNotANumber, "`many` is not a number");
  ExpectRefused(count, "", Kind::kNotANumber, "`` is not a number");
  ExpectRefused(count, "%", Kind::kNotANumber, "`` is not a number");
}

TEST_F(ParseValueTest, BooleansAreYesNoTrueFalse) {
  const Type boolean = {.kind = TypeKind::kBoolean};
  EXPECT_EQ(Read(boolean, "yes"), Value(true));
  EXPECT_EQ(Read(boolean, "true"), Value(true));
  EXPECT_EQ(Read(boolean, "no"), Value(false));
  EXPECT_EQ(Read(boolean, "false"), Value(false));
  ExpectRefused(boolean, "maybe", Kind::kNotYesNo, "`maybe` is neither `yes` nor `no`");
  EXPECT_EQ(Refused(boolean, "Yes").suggestion, "yes");
}

TEST_F(ParseValueTest, DatesAreWrittenInFull) {
  const Type date = {.kind = TypeKind::kDate};
  EXPECT_EQ(Read(date, "2025-01-02"), Value(*ParseDate("2025-01-02")));
  ExpectRefused(date, "2025-1-2", Kind::kNotADate, "`2025-1-2` is not a date: write `2025-01-02`");
  ExpectRefused(date, "2025-02-30", Kind::kNotADate,
                "`2025-02-30` is not a day of the calendar, written year-month-day as in `2025-01-02`");
}

TEST_F(ParseValueTest, DurationsAreNumbersOfDays) {
  const Type days = {.kind = TypeKind::kDays};
  EXPECT_EQ(Read(days, "30 days"), Value(Days{30}));
  EXPECT_EQ(Read(days, "1 day"), Value(Days{1}));
  ExpectRefused(days, "30", Kind::kNotADuration, "`30` is not a number of days: write `30 days`");
  ExpectRefused(days, "1.5 days", Kind::kNotADuration, "`1.5 days` is not a number of days: write it as in `30 days`");
  ExpectRefused(days, "1 month", Kind::kNotADuration, "`1 month` is not a number of days: write it as in `30 days`");
  ExpectRefused(days, "10^30 days", Kind::kOutOfRange, "`10^30 days` is beyond what `days` can hold");
}

TEST_F(ParseValueTest, MembersAreReadByName) {
  EXPECT_EQ(Read(end_use, "cybersecurity"), Value(Member{1}));
  EXPECT_EQ(Read(end_use, "EndUse.robotics"), Value(Member{2}));
  const ValueError error = Refused(end_use, "cybersecurty");
  EXPECT_EQ(error.kind, Kind::kUnknownMember);
  EXPECT_EQ(error.message, "`cybersecurty` is not a member of EndUse");
  EXPECT_EQ(error.suggestion, "cybersecurity");
}

TEST_F(ParseValueTest, SetsAreReadWithOrWithoutBraces) {
  EXPECT_EQ(Read(end_uses, "{ robotics, military }"), Value(MemberSet{{0, 2}}));
  EXPECT_EQ(Read(end_uses, "military,robotics"), Value(MemberSet{{0, 2}}));
  EXPECT_EQ(Read(end_uses, "military"), Value(MemberSet{{0}}));
  EXPECT_EQ(Read(end_uses, "{ }"), Value(MemberSet{}));
  ExpectRefused(end_uses, "{ military, robotic }", Kind::kUnknownMember, "`robotic` is not a member of EndUse");
  ExpectRefused(end_uses, "{ military", Kind::kUnknownMember, "`{ military` has no closing `}`");
}

TEST_F(ParseValueTest, NoneIsReadWhereThereMayBeNone) {
  EXPECT_EQ(Read({.kind = TypeKind::kDate, .or_none = true}, "none"), Value(NoValue{}));
  ExpectRefused(count, "none", Kind::kNoneNotAllowed, "`none` is not allowed: there is always a value of integer");
}

TEST_F(ParseValueTest, EntitiesAndListsAreNotScalars) {
  ExpectRefused(vocabulary.facts[sample.target].type, "china", Kind::kNotScalar,
                "`china` is one value, where the facts of Person are asked");
}

TEST_F(ParseValueTest, LongTextsAreCutInMessages) {
  const std::string long_text(100'000, '7');
  for (const Type& type : {compute, count, money, percent, end_use, end_uses, Type{.kind = TypeKind::kDays},
                           Type{.kind = TypeKind::kDate}, Type{.kind = TypeKind::kBoolean}}) {
    EXPECT_LT(Refused(type, long_text).message.size(), 400u);
  }
}

TEST_F(ParseValueTest, ShownValuesReadBack) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 1000; ++i) {
    const Value amount = Exact(static_cast<std::int64_t>(random() % 100'000'000'000)) / Exact(100);
    EXPECT_EQ(Read(money, ValueToText(vocabulary, money, amount)), amount);
    const Value share = Exact(static_cast<std::int64_t>(random() % 1'000'000)) / Exact(1'000'000);
    EXPECT_EQ(Read(percent, ValueToText(vocabulary, percent, share)), share);
    const Value set = MemberSet{{static_cast<std::uint32_t>(random() % 3)}};
    EXPECT_EQ(Read(end_uses, ValueToText(vocabulary, end_uses, set)), set);
  }
}

TEST_F(ParseValueTest, NumbersAreNotValuesOfOtherTypes) {
  const auto value = QuantityValue(vocabulary, {.kind = TypeKind::kBoolean}, Exact(5), UnitId(), "5");
  ASSERT_TRUE(std::holds_alternative<ValueError>(value));
  EXPECT_EQ(std::get<ValueError>(value).message, "`5` is a number, where boolean is asked");
}

}  // namespace
}  // namespace proviso
