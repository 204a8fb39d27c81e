#include "runtime/base/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace proviso {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr int kFirstYear = 1;
constexpr int kLastYear = 9999;
constexpr Date kFirstDate = sys_days(year(kFirstYear) / 1 / 1);
constexpr Date kLastDate = sys_days(year(kLastYear) / 12 / 31);

/// The number that `text` is, all of it digits.
std::optional<unsigned> DigitsOf(std::string_view text) {
  if (!std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  unsigned value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

std::optional<Date> ParseDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto y = DigitsOf(text.substr(0, 4));
  const auto m = DigitsOf(text.substr(5, 2));
  const auto d = DigitsOf(text.substr(8, 2));
  if (!y || !m || !d || *y < kFirstYear) return std::nullopt;
  const year_month_day date = year(static_cast<int>(*y)) / month(*m) / day(*d);
  if (!date.ok()) return std::nullopt;
  return sys_days(date);
}

std::string DateToText(Date date) {
  const year_month_day parts(date);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()), static_cast<unsigned>(parts.month()),
                     static_cast<unsigned>(parts.day()));
}

std::optional<Date> AddDays(Date date, std::int64_t count) {
  if (count > (kLastDate - date).count() || count < (kFirstDate - date).count()) return std::nullopt;
  return date + days(count);
}

std::optional<Date> AddMonths(Date date, std::int64_t months, MonthEnd at_end) {
  constexpr std::int64_t kAllMonths = std::int64_t{12} * (kLastYear - kFirstYear + 1);
  if (months > kAllMonths || months < -kAllMonths) return std::nullopt;
  const year_month_day start(date);
  const std::int64_t month_number =
      (12 * (static_cast<int>(start.year()) - kFirstYear)) + static_cast<unsigned>(start.month()) - 1 + months;
  if (month_number < 0 || month_number >= kAllMonths) return std::nullopt;
  const year to_year(kFirstYear + static_cast<int>(month_number / 12));
  const month to_month(static_cast<unsigned>(month_number % 12) + 1);
  if (at_end == MonthEnd::kSpilled) {
    return sys_days(to_year / to_month / 1) + days(static_cast<unsigned>(start.day()) - 1);
  }
  const day last_day = (to_year / to_month / std::chrono::last).day();
  return sys_days(to_year / to_month / std::min(start.day(), last_day));
}

}  // namespace proviso
