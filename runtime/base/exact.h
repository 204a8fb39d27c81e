// exact.h: exact numbers of any size. The only place that knows the multi-precision library.
//
// Boost.Multiprecision's cpp_rational: header-only, permissive licence, no limit of digits, so that
// the language's limit of 38 digits is the language's own and is checked where a type states it.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace proviso {

/// The language's limit for `integer` and `decimal` values: 38 digits in all (language reference, Numbers).
inline constexpr int kMaxDigits = 38;

/// An exact fraction. Plain arithmetic; dividing by zero is the caller's to exclude (asserted). Nearly all numbers of a
/// rule have a numerator of at most 127 bits and a denominator of at most 63: these lie in place and are put
/// together without the library, which holds the others and which only exact.cpp includes: its headers took a quarter
/// of compiling every other source.
class Exact {
 public:
  Exact() = default;
  Exact(std::int64_t value)  // NOLINT(google-explicit-constructor): a literal is exact
      : low_(static_cast<std::uint64_t>(value)), high_(value < 0 ? -1 : 0) {}
  Exact(const Exact& other)
      : low_(other.low_),
        high_(other.high_),
        denominator_(other.denominator_),
        large_(other.large_ == nullptr ? nullptr : Copy(*other.large_)) {}
  Exact(Exact&& other) noexcept
      : low_(other.low_),
        high_(other.high_),
        denominator_(other.denominator_),
        large_(std::exchange(other.large_, nullptr)) {}
  Exact& operator=(const Exact& other) {
    Exact copy(other);
    return *this = std::move(copy);
  }
  Exact& operator=(Exact&& other) noexcept {
    low_ = other.low_;
    high_ = other.high_;
    denominator_ = other.denominator_;
    std::swap(large_, other.large_);
    return *this;
  }
  ~Exact() {
    if (large_ != nullptr) Free(large_);
  }

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

  bool operator==(const Exact& other) const { return (*this <=> other) == 0; }
  std::strong_ordering operator<=>(const Exact& other) const {
    if (large_ != nullptr || other.large_ != nullptr || denominator_ != other.denominator_) return Compare(other);
    return high_ != other.high_ ? high_ <=> other.high_ : low_ <=> other.low_;
  }

  [[nodiscard]] bool IsZero() const { return low_ == 0 && high_ == 0 && large_ == nullptr; }
  [[nodiscard]] bool IsInteger() const { return large_ == nullptr ? denominator_ == 1 : IsLargeInteger(); }

  /// Whether the value has at most `digits` digits after the point.
  [[nodiscard]] bool HasFractionWithin(int digits) const;

  /// Whether the value can be written with `digits` digits after the point and then has at most 38 digits in all.
  [[nodiscard]] bool FitsDecimal(int digits) const;

  /// To `digits` digits after the point, halves away from zero.
  [[nodiscard]] Exact Round(int digits) const;

  /// The greatest number of which both are multiples, not negative.
  [[nodiscard]] static Exact GreatestCommonMeasure(const Exact& first, const Exact& second);

  /// The nearest binary64, ties to even; infinite where it is out of range. Rounded once.
  [[nodiscard]] double ToDouble() const {
    return IsInt64() ? static_cast<double>(static_cast<std::int64_t>(low_)) : RoundToDouble();
  }

  /// The value as an int64, where it is an integer that fits.
  [[nodiscard]] std::optional<std::int64_t> ToInt64() const {
    return IsInt64() ? std::optional(static_cast<std::int64_t>(low_)) : std::nullopt;
  }

  /// For people: `41600`, `0.5`, `10^25`, `1.3 × 10^24`, and `1/3` for what no decimal says.
  [[nodiscard]] std::string ToText() const;

  /// For programs: plain digits (`1300000000000000000000000`, `0.5`), or `1/3`. Read back by `Parse` unless a fraction.
  [[nodiscard]] std::string ToPlainText() const;

  [[nodiscard]] std::size_t Hash() const;

 private:
  struct Large;    // a number of the library
  struct Library;  // the way between the two
  [[nodiscard]] static Large* Copy(const Large& large);
  static void Free(Large* large) noexcept;
  [[nodiscard]] std::strong_ordering Compare(const Exact& other) const;
  [[nodiscard]] bool IsLargeInteger() const;
  [[nodiscard]] bool IsNegative() const;
  [[nodiscard]] bool IsInt64() const {
    return large_ == nullptr && denominator_ == 1 && high_ == (static_cast<std::int64_t>(low_) < 0 ? -1 : 0);
  }
  [[nodiscard]] double RoundToDouble() const;

  std::uint64_t low_ = 0;  // of the numerator, which is `high_` × 2^64 more
  std::int64_t high_ = 0;
  std::int64_t denominator_ = 1;  // in lowest terms
  Large* large_ = nullptr;        // the number, where it does not lie in place; owned
};

/// Reads a number as the language does for `real`: exactly, then rounded once. Nothing where it is not a
/// number or not finite.
[[nodiscard]] std::optional<double> ParseReal(std::string_view text);

/// For people: `1.3 × 10^24`, `10^25`, `0.5`: the shortest digits that read back to the same double.
[[nodiscard]] std::string RealToText(double value);

}  // namespace proviso
