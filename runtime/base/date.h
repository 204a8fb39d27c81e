// date.h: calendar dates, by the standard library's calendar.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace proviso {

/// A day of the proleptic Gregorian calendar, years 1 to 9999.
using Date = std::chrono::sys_days;

/// What adding months does where the month has no such day (31 January + 1 month).
enum class MonthEnd : std::uint8_t { kClipped, kSpilled };

/// Reads `2025-01-02`, exactly so. Nothing where it is not a day.
[[nodiscard]] std::optional<Date> ParseDate(std::string_view text);

/// `2025-01-02`.
[[nodiscard]] std::string DateToText(Date date);

/// `date` and `count` days later (or earlier). Nothing outside the years 1 to 9999.
[[nodiscard]] std::optional<Date> AddDays(Date date, std::int64_t count);

/// `date` and `months` later. Clipped: the last day of the month (28 or 29 February); spilled: as many days
/// into the next month as are missing (3 or 2 March). Nothing outside the years 1 to 9999.
[[nodiscard]] std::optional<Date> AddMonths(Date date, std::int64_t months, MonthEnd at_end);

}  // namespace proviso
