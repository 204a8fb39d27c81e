// How scalars are read, everywhere but in drafts: suites, tables, the command line.
#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/ADT/StringRef.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "runtime/base/nearest.h"
#include "runtime/base/vocabulary.h"

namespace proviso {
namespace {

using ErrorKind = ValueError::Kind;
using Parsed = std::variant<Value, ValueError>;

ValueError Error(ErrorKind kind, std::string message, std::string suggestion = {}) {
  return {kind, std::move(message), std::move(suggestion)};
}

Parsed ParseBoolean(llvm::StringRef text) {
  if (text == "yes" || text == "true") return Value(true);
  if (text == "no" || text == "false") return Value(false);
  // What other files call it; by its letters alone `on` would be nearest to `no`.
  static constexpr std::array<std::pair<std::string_view, const char*>, 6> kElsewhere = {
      {{"on", "yes"}, {"y", "yes"}, {"1", "yes"}, {"off", "no"}, {"n", "no"}, {"0", "no"}}};
  const auto* const found =
      llvm::find_if(kElsewhere, [&](const auto& word) { return text.equals_insensitive(word.first); });
  return Error(ErrorKind::kNotYesNo, Quoted(text) + " is neither `yes` nor `no`",
               found != kElsewhere.end() ? found->second : Nearest(text, {"yes", "no", "true", "false"}));
}

std::variant<std::uint32_t, ValueError> ParseMemberIndex(const Enumeration& enumeration, llvm::StringRef text) {
  llvm::StringRef name = text;
  if (name.consume_front(enumeration.name) && !name.consume_front(".")) name = text;
  if (const auto index = enumeration.Find(name)) return *index;
  std::vector<std::string> names;
  for (const EnumMember& member : enumeration.members) names.push_back(member.name);
  return Error(ErrorKind::kUnknownMember, fmt::format("{} is not a member of {}", Quoted(text), enumeration.name),
               Nearest(name, names));
}

Parsed ParseMember(const Enumeration& enumeration, llvm::StringRef text) {
  const auto index = ParseMemberIndex(enumeration, text);
  if (const auto* error = std::get_if<ValueError>(&index)) return *error;
  return Value(Member{std::get<std::uint32_t>(index)});
}

/// `{ a, b }`, `{ }` or `a, b`.
Parsed ParseSet(const Enumeration& enumeration, llvm::StringRef text) {
  llvm::StringRef inner = text;
  if (inner.consume_front("{") && !inner.consume_back("}")) {
    return Error(ErrorKind::kUnknownMember, Quoted(text) + " has no closing `}`");
  }
  MemberSet set;
  llvm::SmallVector<llvm::StringRef> names;
  if (!inner.trim().empty()) inner.split(names, ',');
  for (const llvm::StringRef name : names) {
    const auto index = ParseMemberIndex(enumeration, name.trim());
    if (const auto* error = std::get_if<ValueError>(&index)) return *error;
    set.members.push_back(std::get<std::uint32_t>(index));
  }
  llvm::sort(set.members);
  set.members.erase(llvm::unique(set.members), set.members.end());
  return Value(std::move(set));
}

/// The date that `text` means if its month and day lack a leading zero (`2025-1-2`).
std::optional<std::string> PaddedDate(llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef> parts;
  text.split(parts, '-');
  if (parts.size() != 3 || parts[0].size() != 4 || parts[1].size() > 2 || parts[2].size() > 2) return std::nullopt;
  std::string padded = fmt::format("{}-{:0>2}-{:0>2}", parts[0].str(), parts[1].str(), parts[2].str());
  if (!ParseDate(padded)) return std::nullopt;
  return padded;
}

Parsed ParseDateValue(llvm::StringRef text) {
  if (const auto date = ParseDate(text)) return Value(*date);
  if (const auto padded = PaddedDate(text)) {
    return Error(ErrorKind::kNotADate, fmt::format("{} is not a date: write `{}`", Quoted(text), *padded), *padded);
  }
  return Error(ErrorKind::kNotADate,
               Quoted(text) + " is not a day of the calendar, written year-month-day as in `2025-01-02`");
}

Parsed ParseDays(llvm::StringRef text) {
  const auto [number, unit] = text.split(' ');
  const auto count = Exact::Parse(number);
  const bool has_unit = unit.trim() == "days" || unit.trim() == "day";
  if (!count || !count->IsInteger() || !has_unit) {
    const bool lacks_unit = count && count->IsInteger() && unit.empty();
    const std::string mend = lacks_unit ? "write " + Quoted(number.str() + " days") : "write it as in `30 days`";
    return Error(ErrorKind::kNotADuration, fmt::format("{} is not a number of days: {}", Quoted(text), mend));
  }
  const auto days = count->ToInt64();
  if (!days) return Error(ErrorKind::kOutOfRange, Quoted(text) + " is beyond what `days` can hold");
  return Value(Days{*days});
}

/// A number as written, with the unit named after it (or by `$`); a percentage is already one hundredth.
struct WrittenQuantity {
  Exact number;
  UnitId unit;
};
using ParsedQuantity = std::variant<WrittenQuantity, ValueError>;

std::optional<UnitId> FindUnit(const Vocabulary& vocabulary, llvm::StringRef name) {
  for (std::size_t i = 0; i < vocabulary.units.size(); ++i) {
    if (vocabulary.units[UnitId(i)].name == name) return UnitId(i);
  }
  return std::nullopt;
}

ValueError UnknownUnit(const Vocabulary& vocabulary, llvm::StringRef text, llvm::StringRef name) {
  std::vector<std::string> names;
  for (const Unit& unit : vocabulary.units) names.push_back(unit.name);
  return Error(ErrorKind::kWrongUnit, fmt::format("{} is not a unit, in {}", Quoted(name), Quoted(text)),
               Nearest(name, names));
}

ValueError NotANumber(llvm::StringRef number) {
  if (Exact::IsWrittenAsNumber(number)) {
    return Error(ErrorKind::kOutOfRange, Quoted(number) + " is beyond what any number can hold");
  }
  std::string grouped = number.str();
  std::ranges::replace(grouped, ',', '_');
  if (Exact::IsWrittenAsNumber(grouped)) {
    return Error(ErrorKind::kNotANumber, fmt::format("{} has commas: write {}", Quoted(number), Quoted(grouped)),
                 grouped);
  }
  return Error(ErrorKind::kNotANumber, Quoted(number) + " is not a number");
}

/// Whether commas stand between groups of three digits only, as in `2,000,000.50`; none at all is fine.
bool HasWellPlacedCommas(llvm::StringRef number) {
  llvm::SmallVector<llvm::StringRef> groups;
  number.split('.').first.split(groups, ',');
  if (groups.size() == 1) return !number.contains(',');
  const auto all_digits = [](llvm::StringRef group) { return llvm::all_of(group, llvm::isDigit); };
  return !number.split('.').second.contains(',') && llvm::all_of(groups, all_digits) && !groups.front().empty() &&
         groups.front().size() <= 3 &&
         llvm::all_of(llvm::drop_begin(groups), [](llvm::StringRef group) { return group.size() == 3; });
}

/// `money` is what follows the `$`.
ParsedQuantity ParseMoney(const Vocabulary& vocabulary, llvm::StringRef text, llvm::StringRef money, bool negative) {
  if (!HasWellPlacedCommas(money)) {
    return Error(ErrorKind::kNotANumber,
                 Quoted(text) + " has a comma that does not stand between groups of three digits");
  }
  std::string digits = money.str();
  std::erase(digits, ',');
  if (digits.empty() || !llvm::isDigit(digits.front())) return NotANumber(text);
  const auto number = Exact::Parse(digits);
  if (!number) return NotANumber(Exact::IsWrittenAsNumber(digits) ? llvm::StringRef(digits) : text);
  const auto unit = FindUnit(vocabulary, "usd");
  if (!unit)
    return Error(ErrorKind::kWrongUnit, Quoted(text) + " is in the unit `usd`, which the vocabulary does not have");
  return WrittenQuantity{negative ? -*number : *number, *unit};
}

ParsedQuantity ParsePercentage(llvm::StringRef number) {
  const auto hundredths = Exact::Parse(number);
  if (!hundredths) return NotANumber(number);
  return WrittenQuantity{*hundredths * Exact::PowerOfTen(-2), UnitId()};
}

/// As people are shown it, `1.3 × 10^24`, and of a ratio `1/3`, beside what the language knows.
std::optional<Exact> ParseShown(const Type& type, llvm::StringRef text) {
  if (const auto [mantissa, power] = text.split(" × "); power.starts_with("10^")) {
    const auto one = Exact::Parse(mantissa);
    const auto other = Exact::Parse(power);
    return one && other ? std::optional(*one * *other) : std::nullopt;
  }
  if (const auto [above, below] = text.split('/'); type.kind == TypeKind::kRatio && !below.empty()) {
    const auto one = Exact::Parse(above);
    const auto other = Exact::Parse(below);
    return one && other && !other->IsZero() ? std::optional(*one / *other) : std::nullopt;
  }
  return Exact::Parse(text);
}

ParsedQuantity ParseQuantity(const Vocabulary& vocabulary, const Type& type, llvm::StringRef text) {
  llvm::StringRef money = text;
  const bool negative = money.consume_front("-");
  if (money.consume_front("$")) return ParseMoney(vocabulary, text, money, negative);
  llvm::StringRef percentage = text;
  if (percentage.consume_back("%")) return ParsePercentage(percentage.rtrim());
  const std::size_t power = text.find(" × 10^");
  const std::size_t number_end =
      std::min(text.find_first_of(" \t", power == llvm::StringRef::npos ? 0 : power + 7), text.size());
  const llvm::StringRef number_text = text.take_front(number_end);
  const llvm::StringRef unit_name = text.drop_front(number_end).trim();
  const auto number = ParseShown(type, number_text);
  if (!number) return NotANumber(number_text);
  if (unit_name.empty()) return WrittenQuantity{*number, UnitId()};
  const auto unit = FindUnit(vocabulary, unit_name);
  if (!unit) return UnknownUnit(vocabulary, text, unit_name);
  return WrittenQuantity{*number, *unit};
}

Parsed ParseNumber(const Vocabulary& vocabulary, const Type& type, llvm::StringRef text, UnitId default_unit) {
  const ParsedQuantity parsed = ParseQuantity(vocabulary, type, text);
  if (const auto* error = std::get_if<ValueError>(&parsed)) return *error;
  const auto& [number, unit] = std::get<WrittenQuantity>(parsed);
  const bool names_unit = unit.IsValid() || text.ends_with("%");
  return QuantityValue(vocabulary, type, number, names_unit ? unit : default_unit, text);
}

/// Why a quantity in `unit` cannot be one in the type's unit, if it cannot.
std::optional<ValueError> CheckUnit(const Vocabulary& vocabulary, const Type& type, UnitId unit, llvm::StringRef text) {
  if (!type.unit.IsValid()) {
    if (!unit.IsValid()) return std::nullopt;
    return Error(ErrorKind::kWrongUnit,
                 fmt::format("{} is in {}, where a plain number is asked", Quoted(text), vocabulary.units[unit].name));
  }
  const std::string& asked = vocabulary.units[type.unit].name;
  if (!unit.IsValid()) {
    if (text.ends_with("%")) {
      return Error(ErrorKind::kWrongUnit, fmt::format("{} is a percentage, where {} is asked", Quoted(text), asked));
    }
    return Error(ErrorKind::kWrongUnit,
                 fmt::format("{} has no unit: write {}", Quoted(text), Quoted(text.str() + " " + asked)));
  }
  if (vocabulary.units[unit].base == vocabulary.units[type.unit].base) return std::nullopt;
  return Error(ErrorKind::kWrongUnit,
               fmt::format("{} is in {}, which is not {}", Quoted(text), vocabulary.units[unit].name, asked));
}

Parsed RealValue(const Exact& number, const std::string& shown) {
  const double value = number.ToDouble();
  if (std::isfinite(value)) return Value(value);
  return Error(ErrorKind::kOutOfRange, shown + " is too large for a real: the limit is 1.8e308");
}

Parsed ExactValue(const Type& type, const Exact& number, const std::string& shown) {
  if (type.kind == TypeKind::kRatio) return Value(number);
  const int digits = type.kind == TypeKind::kInteger ? 0 : type.digits;
  if (number.FitsDecimal(digits)) return Value(number);
  if (number.HasFractionWithin(digits)) {
    return Error(ErrorKind::kOutOfRange, fmt::format("{} has more than {} digits", shown, kMaxDigits));
  }
  if (digits == 0) return Error(ErrorKind::kTooManyDigits, shown + " is not a whole number");
  if (type.is_percent) {
    return Error(ErrorKind::kTooManyDigits,
                 fmt::format("{} is finer than a percent can be: at most {} digits after the point of the percentage",
                             shown, digits - 2));
  }
  return Error(ErrorKind::kTooManyDigits, fmt::format("{} has more than {} digits after the point", shown, digits));
}

Parsed ParseScalar(const Vocabulary& vocabulary, const Type& type, llvm::StringRef text, UnitId default_unit) {
  switch (type.kind) {
    case TypeKind::kBoolean:
      return ParseBoolean(text);
    case TypeKind::kInteger:
    case TypeKind::kDecimal:
    case TypeKind::kReal:
    case TypeKind::kRatio:
      return ParseNumber(vocabulary, type, text, default_unit);
    case TypeKind::kDate:
      return ParseDateValue(text);
    case TypeKind::kDays:
      return ParseDays(text);
    case TypeKind::kEnum:
      return ParseMember(vocabulary.enums[type.enumeration], text);
    case TypeKind::kSet:
      return ParseSet(vocabulary.enums[type.enumeration], text);
    case TypeKind::kEntity:
    case TypeKind::kList:
      break;
  }
  return Error(ErrorKind::kNotScalar, fmt::format("{} is one value, where the facts of {} are asked", Quoted(text),
                                                  TypeToText(vocabulary, type)));
}

}  // namespace

std::variant<Value, ValueError> ParseValue(const Vocabulary& vocabulary, const Type& type, std::string_view text,
                                           UnitId default_unit) {
  const llvm::StringRef trimmed = llvm::StringRef(text).trim();
  if (trimmed != "none") return ParseScalar(vocabulary, type, trimmed, default_unit);
  if (type.or_none) return Value(NoValue{});
  return Error(ErrorKind::kNoneNotAllowed,
               fmt::format("`none` is not allowed: there is always a value of {}", TypeToText(vocabulary, type)));
}

std::variant<Value, ValueError> QuantityValue(const Vocabulary& vocabulary, const Type& type, const Exact& number,
                                              UnitId unit, std::string_view shown_text) {
  if (!type.IsNumber()) {
    return Error(ErrorKind::kNotANumber,
                 fmt::format("{} is a number, where {} is asked", Quoted(shown_text), TypeToText(vocabulary, type)));
  }
  if (auto error = CheckUnit(vocabulary, type, unit, shown_text)) return *std::move(error);
  std::string shown = Quoted(shown_text);
  Exact converted = number;
  if (unit.IsValid() && unit != type.unit) {
    converted = number * vocabulary.units[unit].factor / vocabulary.units[type.unit].factor;
    shown += fmt::format(" ({} {})", converted.ToText(), vocabulary.units[type.unit].name);
  }
  return type.kind == TypeKind::kReal ? RealValue(converted, shown) : ExactValue(type, converted, shown);
}

}  // namespace proviso
