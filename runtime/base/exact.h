// exact.h: exact numbers of any size. The only place that knows the multi-precision library.
//
// Boost.Multiprecision's cpp_rational: header-only, permissive licence, no limit of digits, so that
// the language's limit of 38 digits is the language's own and is checked where a type states it.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace proviso {

/// The language's limit for `integer` and `decimal` values: 38 digits in all (language reference, Numbers).
inline constexpr int kMaxDigits = 38;

/// An exact fraction. Plain arithmetic; dividing by zero is the caller's to exclude (asserted). The library's number
/// lies in place, but only exact.cpp reads its headers: that took a quarter of compiling every other source.
class Exact {
 public:
  Exact();
  Exact(std::int64_t value);  // NOLINT(google-explicit-constructor): a literal is exact
  Exact(const Exact& other);
  Exact(Exact&& other) noexcept;
  Exact& operator=(const Exact& other);
  Exact& operator=(Exact&& other) noexcept;
  ~Exact();

  /// Reads `41_600`, `0.5`, `10^25`, `1e25`, `1.3e-4`, with an optional sign. Nothing where `text` is not a
  /// number, or has more than 1000 digits or an exponent beyond ±1000 (which no type could hold).
  [[nodiscard]] static std::optional<Exact> Parse(std::string_view text);

  /// Whether `text` is written as a number, be it one of a size that `Parse` refuses.
  [[nodiscard]] static bool IsWrittenAsNumber(std::string_view text);

  /// Ten to the power of `exponent`, which may be negative.
  [[nodiscard]] static Exact PowerOfTen(int exponent);

  /// The exact value of a finite double.
  [[nodiscard]] static Exact FromDouble(double value);

  [[nodiscard]] Exact operator+(const Exact& other) const;
  [[nodiscard]] Exact operator-(const Exact& other) const;
  [[nodiscard]] Exact operator*(const Exact& other) const;
  [[nodiscard]] Exact operator/(const Exact& other) const;
  [[nodiscard]] Exact operator-() const;

  bool operator==(const Exact& other) const;
  std::strong_ordering operator<=>(const Exact& other) const;

  [[nodiscard]] bool IsZero() const;
  [[nodiscard]] bool IsInteger() const;

  /// Whether the value has at most `digits` digits after the point.
  [[nodiscard]] bool HasFractionWithin(int digits) const;

  /// Whether the value can be written with `digits` digits after the point and then has at most 38 digits in all.
  [[nodiscard]] bool FitsDecimal(int digits) const;

  /// To `digits` digits after the point, halves away from zero.
  [[nodiscard]] Exact Round(int digits) const;

  /// The greatest number of which both are multiples, not negative.
  [[nodiscard]] static Exact GreatestCommonMeasure(const Exact& first, const Exact& second);

  /// The nearest binary64, ties to even; infinite where it is out of range. Rounded once.
  [[nodiscard]] double ToDouble() const;

  /// The value as an int64, where it is an integer that fits.
  [[nodiscard]] std::optional<std::int64_t> ToInt64() const;

  /// For people: `41600`, `0.5`, `10^25`, `1.3 × 10^24`, and `1/3` for what no decimal says.
  [[nodiscard]] std::string ToText() const;

  /// For programs: plain digits (`1300000000000000000000000`, `0.5`), or `1/3`. Read back by `Parse` unless a fraction.
  [[nodiscard]] std::string ToPlainText() const;

  [[nodiscard]] std::size_t Hash() const;

 private:
  struct Library;
  alignas(16) std::array<std::byte, 64> value_;
};

/// Reads a number as the language does for `real`: exactly, then rounded once. Nothing where it is not a
/// number or not finite.
[[nodiscard]] std::optional<double> ParseReal(std::string_view text);

/// For people: `1.3 × 10^24`, `10^25`, `0.5`: the shortest digits that read back to the same double.
[[nodiscard]] std::string RealToText(double value);

}  // namespace proviso
