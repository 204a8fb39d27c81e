#include "harness/mutate/literals.h"

#include <fmt/format.h>
#include <llvm/ADT/StringRef.h>

#include <algorithm>
#include <optional>

#include "runtime/base/date.h"

namespace proviso::mutate {
namespace {

using syntax::DateLiteral;
using syntax::DurationLiteral;
using syntax::ExprKind;
using syntax::MoneyLiteral;
using syntax::NumberLiteral;
using syntax::PercentLiteral;

/// What kind of literal it is, and where it stands among those.
struct Measured {
  std::string kind;
  std::string number;  // of a date its digits, which are in the order of dates
};

std::optional<Measured> Measure(const ExprKind& kind) {
  if (const auto* const number = std::get_if<NumberLiteral>(&kind))
    return Measured{"n " + number->unit.text, number->number};
  if (const auto* const percent = std::get_if<PercentLiteral>(&kind)) return Measured{"%", percent->number};
  if (const auto* const money = std::get_if<MoneyLiteral>(&kind)) return Measured{"$", money->number};
  if (const auto* const days = std::get_if<DurationLiteral>(&kind))
    return Measured{fmt::format("d {}", static_cast<int>(days->period)), days->number};
  const auto* const date = std::get_if<DateLiteral>(&kind);
  if (date == nullptr) return std::nullopt;
  std::string digits = date->text;
  std::erase(digits, '-');
  return Measured{"date", digits};
}

/// The number ten times, or a tenth, as a drafter would write it: powers of ten stay what they are.
std::string Scaled(const std::string& number, bool up) {
  for (const char* const mark : {"10^", "e"}) {
    const auto [before, power] = llvm::StringRef(number).rsplit(mark);
    int exponent = 0;
    const bool is_power = !power.empty() && !power.getAsInteger(10, exponent) && (mark[0] == 'e') != before.empty();
    if (is_power) return fmt::format("{}{}{}", before.str(), mark, exponent + (up ? 1 : -1));
  }
  const auto value = Exact::Parse(number);
  return value ? (up ? *value * Exact(10) : *value / Exact(10)).ToPlainText() : number;
}

std::string YearLater(const std::string& text) {
  const auto date = ParseDate(text);
  const auto later = date ? AddMonths(*date, 12, MonthEnd::kClipped) : std::nullopt;
  return later ? DateToText(*later) : text;
}

ExprKind WithNumber(ExprKind kind, std::string text) {
  if (auto* const number = std::get_if<NumberLiteral>(&kind))
    number->number = std::move(text);
  else if (auto* const percent = std::get_if<PercentLiteral>(&kind))
    percent->number = std::move(text);
  else if (auto* const money = std::get_if<MoneyLiteral>(&kind))
    money->number = std::move(text);
  else if (auto* const days = std::get_if<DurationLiteral>(&kind))
    days->number = std::move(text);
  return kind;
}

}  // namespace

void Literals::Add(const ExprKind& kind) {
  const std::optional<Measured> measured = Measure(kind);
  const auto value = measured ? Exact::Parse(measured->number) : std::nullopt;
  if (value) known_[measured->kind].try_emplace(*value, kind);
}

std::vector<ExprKind> Literals::MistakesFor(const ExprKind& kind) const {
  std::vector<ExprKind> mistakes;
  const std::optional<Measured> measured = Measure(kind);
  const auto value = measured ? Exact::Parse(measured->number) : std::nullopt;
  if (!value) return mistakes;
  std::vector<Exact> values = {*value};
  const auto add = [&](const Exact& number, ExprKind mistake) {
    if (std::find(values.begin(), values.end(), number) != values.end()) return;
    // Parts of a day or month cannot be written.
    if (std::holds_alternative<DurationLiteral>(kind) && !number.IsInteger()) return;
    values.push_back(number);
    mistakes.push_back(std::move(mistake));
  };
  if (const auto* const date = std::get_if<DateLiteral>(&kind)) {
    const ExprKind later = DateLiteral{YearLater(date->text)};
    add(*Exact::Parse(Measure(later)->number), later);
  } else {
    add(*value * Exact(10), WithNumber(kind, Scaled(measured->number, true)));
    add(*value / Exact(10), WithNumber(kind, Scaled(measured->number, false)));
  }
  const auto others = known_.find(measured->kind);
  if (others == known_.end()) return mistakes;
  const auto here = others->second.lower_bound(*value);
  const auto after = others->second.upper_bound(*value);
  if (here != others->second.begin()) add(std::prev(here)->first, std::prev(here)->second);
  if (after != others->second.end()) add(after->first, after->second);
  return mistakes;
}

}  // namespace proviso::mutate
