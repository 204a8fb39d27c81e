#include "runtime/base/date.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace proviso {
namespace {

Date Day(std::string_view text) {
  const auto date = ParseDate(text);
  EXPECT_TRUE(date.has_value()) << text;
  return date.value_or(Date());
}

std::string After(std::string_view date, std::int64_t months, MonthEnd at_end) {
  const auto later = AddMonths(Day(date), months, at_end);
  return later ? DateToText(*later) : "nothing";
}

TEST(DateTest, OnlyFullCalendarDaysAreRead) {
  EXPECT_EQ(DateToText(Day("2025-01-02")), "2025-01-02");
  EXPECT_EQ(DateToText(Day("0001-01-01")), "0001-01-01");
  EXPECT_EQ(DateToText(Day("9999-12-31")), "9999-12-31");
  EXPECT_EQ(DateToText(Day("2024-02-29")), "2024-02-29");
  for (const char* text : {"", "2025-1-2", "2025-02-29", "2025-13-01", "2025-00-10", "2025-01-00", "0000-01-01",
                           "20250102", "2025/01/02", "+025-01-02", "2025-01-2x", "12025-01-02", " 2025-01-02"}) {
    EXPECT_FALSE(ParseDate(text)) << text;
  }
}

TEST(DateTest, DaysAreAddedAcrossMonthsAndYears) {
  EXPECT_EQ(DateToText(*AddDays(Day("2025-03-01"), 30)), "2025-03-31");
  EXPECT_EQ(DateToText(*AddDays(Day("2024-12-31"), 1)), "2025-01-01");
  EXPECT_EQ(DateToText(*AddDays(Day("2024-03-01"), -1)), "2024-02-29");
}

TEST(DateTest, NothingLiesOutsideTheCalendar) {
  EXPECT_FALSE(AddDays(Day("9999-12-31"), 1));
  EXPECT_FALSE(AddDays(Day("0001-01-01"), -1));
  EXPECT_FALSE(AddMonths(Day("9999-12-01"), 1, MonthEnd::kClipped));
  EXPECT_FALSE(AddMonths(Day("0001-01-01"), -1, MonthEnd::kSpilled));
  for (const auto extreme : {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    EXPECT_FALSE(AddDays(Day("2025-01-01"), extreme));
    EXPECT_FALSE(AddMonths(Day("2025-01-01"), extreme, MonthEnd::kClipped));
  }
}

TEST(DateTest, ClippedMonthsStopAtTheMonthsEnd) {
  EXPECT_EQ(After("2025-01-31", 1, MonthEnd::kClipped), "2025-02-28");
  EXPECT_EQ(After("2024-01-31", 1, MonthEnd::kClipped), "2024-02-29");
  EXPECT_EQ(After("2024-02-29", 12, MonthEnd::kClipped), "2025-02-28");
  EXPECT_EQ(After("2025-03-31", -1, MonthEnd::kClipped), "2025-02-28");
  EXPECT_EQ(After("2025-01-15", -13, MonthEnd::kClipped), "2023-12-15");
}

TEST(DateTest, SpilledMonthsRunIntoTheNext) {
  EXPECT_EQ(After("2025-01-31", 1, MonthEnd::kSpilled), "2025-03-03");
  EXPECT_EQ(After("2024-01-31", 1, MonthEnd::kSpilled), "2024-03-02");
  EXPECT_EQ(After("2025-03-31", 1, MonthEnd::kSpilled), "2025-05-01");
  EXPECT_EQ(After("2025-01-28", 1, MonthEnd::kSpilled), "2025-02-28");
}

TEST(DateTest, RandomDaysReadBack) {
  std::mt19937_64 random(1);
  const Date first = Day("0001-01-01");
  const auto day_count = static_cast<std::uint64_t>((Day("9999-12-31") - first).count() + 1);
  for (int i = 0; i < 2000; ++i) {
    const auto date = AddDays(first, static_cast<std::int64_t>(random() % day_count));
    ASSERT_TRUE(date);
    EXPECT_EQ(ParseDate(DateToText(*date)), date);
  }
}

}  // namespace
}  // namespace proviso
