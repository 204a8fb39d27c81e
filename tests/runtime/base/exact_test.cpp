#include "runtime/base/exact.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace proviso {
namespace {

Exact Number(std::string_view text) {
  const auto number = Exact::Parse(text);
  EXPECT_TRUE(number.has_value()) << text;
  return number.value_or(Exact());
}

TEST(ExactTest, WrittenFormsOfOneNumberAreEqual) {
  EXPECT_EQ(Number("41_600"), Exact(41600));
  EXPECT_EQ(Number("10^25"), Number("1e25"));
  EXPECT_EQ(Number("10^25"), Number("10_000_000_000_000_000_000_000_000"));
  EXPECT_EQ(Number("0.5"), Exact(1) / Exact(2));
  EXPECT_EQ(Number("1.3e24"), Exact(13) * Exact::PowerOfTen(23));
  EXPECT_EQ(Number("1.3e-4"), Exact(13) / Exact(100000));
  EXPECT_EQ(Number("-10^-2"), Exact(-1) / Exact(100));
  EXPECT_EQ(Number("+007"), Exact(7));
  EXPECT_EQ(Number("2^10"), Exact(1024));
  EXPECT_EQ(Number("0.000"), Exact(0));
}

TEST(ExactTest, OtherTextsAreNotNumbers) {
  for (const char* text : {"",      "-",      ".5",  "5.",    "1__0", "_1",  "1_",  "1e",  "1e+",  "e5",   "10^",
                           "1.5^2", "10^2.5", "1 0", "1,000", "0x10", "nan", "inf", "--1", "1_.5", "1._5", "²"}) {
    EXPECT_FALSE(Exact::Parse(text)) << text;
    EXPECT_FALSE(Exact::IsWrittenAsNumber(text)) << text;
  }
}

TEST(ExactTest, NumbersOfHostileSizeAreRefusedAtOnce) {
  const std::string many_digits(1'000'000, '9');
  for (const std::string& text : {std::string("1e999999999"), std::string("10^99999999999999999999"),
                                  std::string("1e-999999999"), std::string("9999^999"), many_digits}) {
    EXPECT_FALSE(Exact::Parse(text));
    EXPECT_TRUE(Exact::IsWrittenAsNumber(text));
  }
  EXPECT_FALSE(Exact::Parse("0^-1"));
  EXPECT_TRUE(Exact::Parse("1e1000"));
  EXPECT_TRUE(Exact::Parse("1e-1000"));
  EXPECT_FALSE(Exact::Parse("1e1001"));
}

TEST(ExactTest, RoundGoesAwayFromZeroAtHalves) {
  EXPECT_EQ(Number("2.5").Round(0), Exact(3));
  EXPECT_EQ(Number("-2.5").Round(0), Exact(-3));
  EXPECT_EQ(Number("2.4999").Round(0), Exact(2));
  EXPECT_EQ(Number("1.005").Round(2), Number("1.01"));
  EXPECT_EQ((Exact(2) / Exact(3)).Round(4), Number("0.6667"));
  EXPECT_EQ(Number("0.004").Round(2), Exact(0));
}

TEST(ExactTest, DecimalsFitUpTo38Digits) {
  EXPECT_TRUE(Number("99999999999999999999999999999999999999").FitsDecimal(0));
  EXPECT_FALSE(Number("10^38").FitsDecimal(0));
  EXPECT_TRUE(Number("-999999999999999999999999999999999999.99").FitsDecimal(2));
  EXPECT_FALSE(Number("10^36").FitsDecimal(2));
  EXPECT_FALSE(Number("0.001").FitsDecimal(2));
  EXPECT_FALSE((Exact(1) / Exact(3)).FitsDecimal(37));
  EXPECT_TRUE(Number("0.001").HasFractionWithin(3));
  EXPECT_FALSE(Number("0.001").HasFractionWithin(2));
}

TEST(ExactTest, Int64RangeIsExact) {
  EXPECT_EQ(Number("9223372036854775807").ToInt64(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(Number("-9223372036854775808").ToInt64(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(Number("9223372036854775808").ToInt64(), std::nullopt);
  EXPECT_EQ(Number("-9223372036854775809").ToInt64(), std::nullopt);
  EXPECT_EQ(Number("0.5").ToInt64(), std::nullopt);
}

TEST(ExactTest, OrderIsThatOfTheNumbers) {
  EXPECT_LT(Exact(1) / Exact(3), Number("0.34"));
  EXPECT_GT(Number("10^25"), Number("9.999999999999999999999999e24"));
  EXPECT_LT(Exact(-2), Exact(-1));
  EXPECT_EQ(Exact(2) / Exact(4) <=> Exact(1) / Exact(2), std::strong_ordering::equal);
}

TEST(ExactTest, TextForPeopleIsShort) {
  EXPECT_EQ(Exact(0).ToText(), "0");
  EXPECT_EQ(Exact(41600).ToText(), "41600");
  EXPECT_EQ(Exact(2000000).ToText(), "2000000");
  EXPECT_EQ(Number("0.5").ToText(), "0.5");
  EXPECT_EQ(Number("-1234.5600").ToText(), "-1234.56");
  EXPECT_EQ(Number("10^25").ToText(), "10^25");
  EXPECT_EQ(Number("-10^23").ToText(), "-10^23");
  EXPECT_EQ(Number("1.3e24").ToText(), "1.3 × 10^24");
  EXPECT_EQ(Number("123456789012345").ToText(), "123456789012345");
  EXPECT_EQ(Number("0.000001").ToText(), "0.000001");
  EXPECT_EQ(Number("1e-20").ToText(), "10^-20");
  EXPECT_EQ((Exact(-1) / Exact(3)).ToText(), "-1/3");
}

TEST(ExactTest, PlainTextHasAllDigits) {
  EXPECT_EQ(Number("1.3e24").ToPlainText(), "1300000000000000000000000");
  EXPECT_EQ(Number("-0.05").ToPlainText(), "-0.05");
  EXPECT_EQ((Exact(1) / Exact(8)).ToPlainText(), "0.125");
  EXPECT_EQ((Exact(2) / Exact(6)).ToPlainText(), "1/3");
  EXPECT_EQ(Exact(-7).ToPlainText(), "-7");
}

TEST(ExactTest, PlainTextOfRandomDecimalsReadsBack) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 2000; ++i) {
    const Exact mantissa(static_cast<std::int64_t>(random()));
    const Exact number = mantissa * Exact::PowerOfTen(static_cast<int>(random() % 81) - 40);
    EXPECT_EQ(Number(number.ToPlainText()), number);
  }
}

TEST(ExactTest, ArithmeticOfRandomFractionsIsExact) {
  std::mt19937_64 random(2);
  const auto fraction = [&] {
    return Exact(static_cast<std::int64_t>(random() >> 20)) / Exact(static_cast<std::int64_t>(random() % 1000) + 1);
  };
  for (int i = 0; i < 500; ++i) {
    const Exact a = fraction();
    const Exact b = fraction() + Exact(1);
    EXPECT_EQ(a + b - b, a);
    EXPECT_EQ(a * b / b, a);
    EXPECT_EQ((a < b), (a - b < Exact(0)));
    EXPECT_EQ((a + b).Hash(), (b + a).Hash());
  }
}

// Numbers lie in place up to a numerator of 127 bits and a denominator of 63, and are the library's beyond.
TEST(ExactTest, NumbersAboutTheLimitsOfPlaceAreLikeOthers) {
  std::vector<Exact> numbers;
  const Exact numerator_limit = Number("2^127");
  const Exact denominator_limit = Number("2^63");
  for (const std::int64_t step : {-2, -1, 0, 1, 2}) {
    for (const Exact& near : {numerator_limit + Exact(step), denominator_limit + Exact(step), Exact(step)}) {
      for (const Exact& divisor :
           {Exact(1), Exact(3), denominator_limit + Exact(step), numerator_limit - Exact(step) * Exact(7)}) {
        numbers.push_back(near / divisor);
        numbers.push_back(-near / divisor);
      }
    }
  }
  const auto hash_of_same = [](const Exact& number) { return (number * Exact(6) / Exact(6)).Hash(); };
  for (const Exact& a : numbers) {
    EXPECT_EQ(a.Hash(), hash_of_same(a));
    EXPECT_EQ(a.IsInteger(), a.ToPlainText().find_first_of("./") == std::string::npos);
    EXPECT_EQ(a.IsZero(), a == Exact(0));
    EXPECT_EQ(-(-a), a);
    for (const Exact& b : numbers) {
      EXPECT_EQ(a + b - b, a);
      if (!b.IsZero()) EXPECT_EQ(a * b / b, a);
      EXPECT_EQ(a < b, (b - a).ToPlainText().front() != '-' && a != b);
      const Exact measure = Exact::GreatestCommonMeasure(a, b);
      EXPECT_EQ(measure, Exact::GreatestCommonMeasure(b, a));
      if (measure.IsZero()) continue;
      EXPECT_TRUE((a / measure).IsInteger() && (b / measure).IsInteger());
      EXPECT_EQ(Exact::GreatestCommonMeasure(a / measure, b / measure), Exact(1));
    }
  }
}

TEST(ExactTest, ACopyOutlivesWhatItWasCopiedFrom) {
  for (const char* text : {"7", "2^200"}) {
    Exact kept(1);
    Exact moved;
    {
      Exact number = Number(text);
      kept = number;
      Exact copy = number;
      moved = std::move(copy);
      number = Exact(2);
    }
    EXPECT_EQ(kept, Number(text));
    EXPECT_EQ(moved, Number(text));
  }
}

TEST(ExactToDoubleTest, TiesGoToEven) {
  EXPECT_EQ(Number("9007199254740993").ToDouble(), 9007199254740992.0);  // 2^53 + 1
  EXPECT_EQ(Number("9007199254740995").ToDouble(), 9007199254740996.0);
  EXPECT_EQ(Number("9007199254740993.00000000000000000001").ToDouble(), 9007199254740994.0);
  EXPECT_EQ(Number("-9007199254740993").ToDouble(), -9007199254740992.0);
}

TEST(ExactToDoubleTest, LimitsOfTheRangeAreRight) {
  using Limits = std::numeric_limits<double>;
  const Exact max = Exact::FromDouble(Limits::max());
  const Exact half_step = Exact::FromDouble(std::ldexp(1.0, 1023 - 53));
  EXPECT_EQ(max.ToDouble(), Limits::max());
  EXPECT_EQ((max + half_step - Number("1e-3")).ToDouble(), Limits::max());
  EXPECT_EQ((max + half_step).ToDouble(), Limits::infinity());
  EXPECT_EQ(Number("-10^400").ToDouble(), -Limits::infinity());
  const Exact least = Exact::FromDouble(Limits::denorm_min());
  EXPECT_EQ(least.ToDouble(), Limits::denorm_min());
  EXPECT_EQ((least / Exact(2)).ToDouble(), 0.0);
  EXPECT_EQ((least * Number("0.5000001")).ToDouble(), Limits::denorm_min());
  EXPECT_EQ((least * Number("1.5")).ToDouble(), 2 * Limits::denorm_min());
  EXPECT_EQ(Number("1e-400").ToDouble(), 0.0);
  const Exact below_normal = Exact::FromDouble(Limits::min()) - least / Exact(2);
  EXPECT_EQ(below_normal.ToDouble(), Limits::min());
}

TEST(ExactToDoubleTest, RandomDoublesComeBack) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 5000; ++i) {
    const auto value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    EXPECT_EQ(Exact::FromDouble(value).ToDouble(), value);
  }
}

TEST(ExactToDoubleTest, AgreesWithTheStandardLibraryOnRandomDecimals) {
  std::mt19937_64 random(4);
  for (int i = 0; i < 5000; ++i) {
    std::string text = std::to_string(random());
    if (i % 2 == 0) text += std::to_string(random());
    text += "e" + std::to_string(static_cast<int>(random() % 700) - 370);
    EXPECT_EQ(Number(text).ToDouble(), std::strtod(text.c_str(), nullptr)) << text;
  }
}

TEST(ParseRealTest, ReadsTheNearestBinary64) {
  EXPECT_EQ(ParseReal("10^25"), 1e25);
  EXPECT_EQ(ParseReal("1e25"), 1e25);
  EXPECT_EQ(ParseReal("10^29"), 1e29);
  EXPECT_EQ(ParseReal("0.1"), 0.1);
  EXPECT_EQ(ParseReal("41_600"), 41600.0);
  EXPECT_EQ(ParseReal("1e-400"), 0.0);
}

TEST(ParseRealTest, WhatIsNotFiniteIsNothing) {
  EXPECT_EQ(ParseReal("10^400"), std::nullopt);
  EXPECT_EQ(ParseReal("-1e309"), std::nullopt);
  EXPECT_EQ(ParseReal("infinity"), std::nullopt);
}

TEST(RealToTextTest, UsesPowersOfTenForLargeAndSmallNumbers) {
  EXPECT_EQ(RealToText(1.3e24), "1.3 × 10^24");
  EXPECT_EQ(RealToText(1e25), "10^25");
  EXPECT_EQ(RealToText(1e23), "10^23");
  EXPECT_EQ(RealToText(-2.5e30), "-2.5 × 10^30");
  EXPECT_EQ(RealToText(1e-9), "10^-9");
  EXPECT_EQ(RealToText(5e-324), "5 × 10^-324");
}

TEST(RealToTextTest, OrdinaryNumbersArePlain) {
  EXPECT_EQ(RealToText(0.5), "0.5");
  EXPECT_EQ(RealToText(-0.0), "0");
  EXPECT_EQ(RealToText(41600), "41600");
  EXPECT_EQ(RealToText(2000000), "2000000");
  EXPECT_EQ(RealToText(0.1), "0.1");
  EXPECT_EQ(RealToText(123.456), "123.456");
  EXPECT_EQ(RealToText(9007199254740993.0), "9007199254740992");
}

TEST(RealToTextTest, RandomDoublesReadBack) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 5000; ++i) {
    const auto value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    std::string text = RealToText(value);
    if (const auto times = text.find(" × 10^"); times != std::string::npos) text.replace(times, 7, "e");
    EXPECT_EQ(ParseReal(text), value) << text;
  }
}

}  // namespace
}  // namespace proviso
