#include "runtime/base/exact.h"

#include <fmt/format.h>
#include <llvm/ADT/Hashing.h>

#include <algorithm>
#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <cassert>
#include <charconv>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

namespace proviso {
namespace {

using Integer = boost::multiprecision::cpp_int;
using Rational = boost::multiprecision::cpp_rational;
__extension__ using Wide = __int128;
__extension__ using UnsignedWide = unsigned __int128;

constexpr Wide kLeast = static_cast<Wide>(UnsignedWide{1} << 127U);

bool IsNarrow(Wide number) { return number == static_cast<std::int64_t>(number); }

/// A number that lies in place, or one before it is in lowest terms. The denominator is positive.
struct Fraction {
  Wide numerator = 0;
  Wide denominator = 1;
};

Wide Magnitude(Wide number) { return number < 0 ? -number : number; }

/// Also what could not be negated is too much.
bool MultiplyOverflows(Wide left, Wide right, Wide& product) {
  return __builtin_mul_overflow(left, right, &product) || product == kLeast;
}
bool AddOverflows(Wide left, Wide right, Wide& sum) {
  return __builtin_add_overflow(left, right, &sum) || sum == kLeast;
}

/// Nothing where it overflows.
std::optional<Fraction> Sum(const Fraction& left, const Fraction& right) {
  Fraction sum{.numerator = 0, .denominator = left.denominator};
  if (left.denominator == right.denominator) {
    if (AddOverflows(left.numerator, right.numerator, sum.numerator)) return std::nullopt;
    return sum;
  }
  Wide added = 0;
  if (MultiplyOverflows(left.numerator, right.denominator, sum.numerator) ||
      MultiplyOverflows(right.numerator, left.denominator, added) ||
      AddOverflows(sum.numerator, added, sum.numerator) ||
      MultiplyOverflows(left.denominator, right.denominator, sum.denominator)) {
    return std::nullopt;
  }
  return sum;
}

std::optional<Fraction> Difference(const Fraction& left, const Fraction& right) {
  return Sum(left, {.numerator = -right.numerator, .denominator = right.denominator});
}

std::optional<Fraction> Product(const Fraction& left, const Fraction& right) {
  Fraction product;
  if (MultiplyOverflows(left.numerator, right.numerator, product.numerator) ||
      MultiplyOverflows(left.denominator, right.denominator, product.denominator)) {
    return std::nullopt;
  }
  return product;
}

std::optional<Fraction> Quotient(const Fraction& left, const Fraction& right) {
  const bool is_negative = right.numerator < 0;
  return Product(left, {.numerator = is_negative ? -right.denominator : right.denominator,
                        .denominator = is_negative ? -right.numerator : right.numerator});
}

/// Neither is negative.
Wide GreatestCommonDivisor(Wide one, Wide other) {
  while (other != 0) {
    if (IsNarrow(one) && IsNarrow(other))
      return std::gcd(static_cast<std::int64_t>(one), static_cast<std::int64_t>(other));
    one = std::exchange(other, one % other);
  }
  return one;
}

// Beyond these no type could hold the number, and building it would only cost time.
constexpr std::int64_t kMaxExponent = 1000;
constexpr std::size_t kMaxWrittenDigits = 1000;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// A number as written, before anything is computed: `-1.3e24` is negative, 13, -1, 24.
struct WrittenNumber {
  bool negative = false;
  std::string digits;  // of the mantissa or base, without underscores and point
  std::size_t fraction_digits = 0;
  bool is_power = false;      // `10^25`: `digits` is the base
  std::int64_t exponent = 0;  // limited to just beyond kMaxExponent
};

/// Reads `WrittenNumber`s; each function takes what it reads off the front of `rest_`.
class NumberScanner {
 public:
  explicit NumberScanner(std::string_view text) : rest_(text) {}

  std::optional<WrittenNumber> Scan() {
    number_.negative = TakeSign();
    if (!TakeDigits()) return std::nullopt;
    if (Take('^')) {
      number_.is_power = true;
      if (!TakeExponent()) return std::nullopt;
    } else if (!TakeFraction() || !TakeScale()) {
      return std::nullopt;
    }
    if (!rest_.empty()) return std::nullopt;
    return std::move(number_);
  }

 private:
  bool Take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool TakeSign() {
    if (Take('-')) return true;
    Take('+');
    return false;
  }

  /// One or more digits, with single underscores between them.
  bool TakeDigits() {
    if (rest_.empty() || !IsDigit(rest_.front())) return false;
    std::size_t end = 0;
    while (end < rest_.size() && (IsDigit(rest_[end]) || rest_[end] == '_')) {
      if (rest_[end] != '_') {
        number_.digits += rest_[end];
      } else if (end + 1 == rest_.size() || !IsDigit(rest_[end + 1])) {
        return false;
      }
      ++end;
    }
    rest_.remove_prefix(end);
    return true;
  }

  bool TakeFraction() {
    const std::size_t before = number_.digits.size();
    if (!Take('.')) return true;
    if (!TakeDigits()) return false;
    number_.fraction_digits = number_.digits.size() - before;
    return true;
  }

  bool TakeScale() { return !(Take('e') || Take('E')) || TakeExponent(); }

  bool TakeExponent() {
    const bool negative = TakeSign();
    if (rest_.empty() || !IsDigit(rest_.front())) return false;
    std::int64_t exponent = 0;
    while (!rest_.empty() && IsDigit(rest_.front())) {
      exponent = std::min((exponent * 10) + (rest_.front() - '0'), kMaxExponent + 1);
      rest_.remove_prefix(1);
    }
    number_.exponent = negative ? -exponent : exponent;
    return true;
  }

  std::string_view rest_;
  WrittenNumber number_;
};

Integer TenTo(std::size_t exponent) {
  static const auto kSmallPowers = [] {
    std::array<Integer, kMaxDigits + 1> powers = {1};
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
  }();
  if (exponent < kSmallPowers.size()) return kSmallPowers[exponent];
  return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent));
}

/// A leading zero would make the library read octal.
Integer FromDigits(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits.empty() ? Integer(0) : Integer(std::string(digits));
}

/// Digits without zeros at either end, read as `d.ddd × 10^exponent`.
struct Scientific {
  bool negative = false;
  std::string digits;
  int exponent = 0;
};

// From here on, powers of ten are easier to read than rows of zeros.
constexpr int kScientificFrom = 9;
constexpr int kScientificBelow = -6;

std::string PlainText(const Scientific& number) {
  const int digit_count = static_cast<int>(number.digits.size());
  if (number.exponent < 0) return "0." + std::string(-number.exponent - 1, '0') + number.digits;
  if (number.exponent + 1 >= digit_count) return number.digits + std::string(number.exponent + 1 - digit_count, '0');
  std::string text = number.digits;
  return text.insert(number.exponent + 1, 1, '.');
}

std::string PowerText(const Scientific& number) {
  std::string power = fmt::format("10^{}", number.exponent);
  if (number.digits == "1") return power;
  std::string mantissa = number.digits;
  if (mantissa.size() > 1) mantissa.insert(1, 1, '.');
  return mantissa + " × " + power;
}

/// Plain digits, or a power of ten where the number is very large or small and that is shorter.
std::string PeopleText(const Scientific& number) {
  std::string text = PlainText(number);
  if (number.exponent >= kScientificFrom || number.exponent < kScientificBelow) {
    std::string power = PowerText(number);
    const std::size_t times_sign_bytes = number.digits == "1" ? 0 : 1;  // `×` is two bytes, but one character
    if (power.size() - times_sign_bytes < text.size()) text = std::move(power);
  }
  return number.negative ? "-" + text : text;
}

/// How many digits after the point write `1 / denominator`; nothing where no number of them does.
std::optional<unsigned> DecimalDigits(Integer denominator) {
  const unsigned twos = boost::multiprecision::lsb(denominator);
  denominator >>= twos;
  unsigned fives = 0;
  while (denominator % 5 == 0) {
    denominator /= 5;
    ++fives;
  }
  if (denominator != 1) return std::nullopt;
  return std::max(twos, fives);
}

}  // namespace

struct Exact::Large {
  Rational value;
};

/// To the library and back; and the numerators that lie in place.
struct Exact::Library {
  static Fraction InPlace(const Exact& exact) {
    return {.numerator = static_cast<Wide>((static_cast<UnsignedWide>(exact.high_) << 64U) | exact.low_),
            .denominator = exact.denominator_};
  }

  /// Nothing where it has too many bits.
  static std::optional<Exact> Make(Fraction fraction) {
    if (fraction.denominator != 1) {
      const Wide divisor = GreatestCommonDivisor(Magnitude(fraction.numerator), fraction.denominator);
      fraction.numerator /= divisor;
      fraction.denominator /= divisor;
      if (!IsNarrow(fraction.denominator)) return std::nullopt;
    }
    Exact exact;
    exact.low_ = static_cast<std::uint64_t>(fraction.numerator);
    exact.high_ = static_cast<std::int64_t>(fraction.numerator >> 64);
    exact.denominator_ = static_cast<std::int64_t>(fraction.denominator);
    return exact;
  }

  static Exact Make(const Rational& value) {
    const Integer& numerator = value.backend().data().numerator();
    const Integer& denominator = value.backend().data().denominator();
    constexpr std::size_t kNumeratorBits = 127;
    constexpr std::size_t kDenominatorBits = 63;
    if (numerator.is_zero()) return {};
    if (msb(abs(numerator)) < kNumeratorBits && msb(denominator) < kDenominatorBits) {
      return *Make(Fraction{.numerator = static_cast<Wide>(numerator), .denominator = static_cast<Wide>(denominator)});
    }
    Exact exact;
    exact.large_ = new Large{value};
    return exact;
  }
  static Exact Make(const Integer& numerator, const Integer& denominator) {
    return Make(Rational(numerator, denominator));
  }

  static Exact PowerOfTen(int exponent) {
    const Integer power = TenTo(static_cast<std::size_t>(std::abs(static_cast<std::int64_t>(exponent))));
    return exponent < 0 ? Make(1, power) : Make(power, 1);
  }

  static Rational Of(const Exact& exact) {
    if (exact.large_ != nullptr) return exact.large_->value;
    return {Integer(InPlace(exact).numerator), Integer(exact.denominator_)};
  }

  /// `in_place` of two numbers in place, where that does not overflow, else the same by the library.
  template <typename Operation>
  static Exact Apply(const Exact& left, const Exact& right,
                     std::optional<Fraction> (*in_place)(const Fraction&, const Fraction&), Operation operation) {
    if (left.large_ == nullptr && right.large_ == nullptr) {
      const std::optional<Fraction> fraction = in_place(InPlace(left), InPlace(right));
      if (std::optional<Exact> exact = fraction ? Make(*fraction) : std::nullopt) return *std::move(exact);
    }
    return Make(Rational(operation(Of(left), Of(right))));
  }
};

Exact::Large* Exact::Copy(const Large& large) { return new Large(large); }
void Exact::Free(Large* large) noexcept { delete large; }
bool Exact::IsLargeInteger() const { return large_->value.backend().data().denominator() == 1; }
bool Exact::IsNegative() const { return large_ == nullptr ? high_ < 0 : large_->value < 0; }

bool Exact::IsWrittenAsNumber(std::string_view text) { return NumberScanner(text).Scan().has_value(); }

std::optional<Exact> Exact::Parse(std::string_view text) {
  const std::optional<WrittenNumber> written = NumberScanner(text).Scan();
  if (!written || written->digits.size() > kMaxWrittenDigits || std::abs(written->exponent) > kMaxExponent) {
    return std::nullopt;
  }
  const Integer mantissa = FromDigits(written->digits);
  Exact value;
  if (!written->is_power) {
    value = Library::Make(Rational(mantissa)) *
            PowerOfTen(static_cast<int>(written->exponent - static_cast<std::int64_t>(written->fraction_digits)));
  } else {
    const auto exponent = static_cast<std::uint64_t>(std::abs(written->exponent));
    const bool is_divisor = written->exponent < 0;
    if (written->digits.size() * exponent > 2 * kMaxWrittenDigits || (mantissa == 0 && is_divisor)) return std::nullopt;
    const Exact power = Library::Make(boost::multiprecision::pow(mantissa, static_cast<unsigned>(exponent)), 1);
    value = is_divisor ? Exact(1) / power : power;
  }
  return written->negative ? -value : value;
}

Exact Exact::PowerOfTen(int exponent) {
  static const std::vector<Exact> kNear = [] {
    std::vector<Exact> powers;
    for (int near = -kMaxDigits; near <= kMaxDigits; ++near) powers.push_back(Library::PowerOfTen(near));
    return powers;
  }();
  const bool is_near = -kMaxDigits <= exponent && exponent <= kMaxDigits;
  return is_near ? kNear[static_cast<std::size_t>(std::int64_t{exponent} + kMaxDigits)] : Library::PowerOfTen(exponent);
}

Exact Exact::FromDouble(double value) {
  assert(std::isfinite(value));
  constexpr int kMantissaBits = std::numeric_limits<double>::digits;
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  const Integer mantissa = static_cast<std::int64_t>(std::ldexp(fraction, kMantissaBits));
  const int shift = exponent - kMantissaBits;
  if (shift >= 0) return Library::Make(Integer(mantissa << shift), 1);
  return Library::Make(mantissa, Integer(Integer(1) << -shift));
}

Exact Exact::operator+(const Exact& other) const { return Library::Apply(*this, other, Sum, std::plus()); }
Exact Exact::operator-(const Exact& other) const { return Library::Apply(*this, other, Difference, std::minus()); }
Exact Exact::operator*(const Exact& other) const { return Library::Apply(*this, other, Product, std::multiplies()); }
Exact Exact::operator-() const { return Exact(0) - *this; }

Exact Exact::operator/(const Exact& other) const {
  assert(!other.IsZero());
  return Library::Apply(*this, other, Quotient, std::divides());
}

std::strong_ordering Exact::Compare(const Exact& other) const {
  if (large_ == nullptr && other.large_ == nullptr) {
    const Fraction left = Library::InPlace(*this);
    const Fraction right = Library::InPlace(other);
    if (IsNarrow(left.numerator) && IsNarrow(right.numerator))
      return left.numerator * right.denominator <=> right.numerator * left.denominator;
    if (const std::optional<Fraction> difference = Difference(left, right)) return difference->numerator <=> 0;
  }
  return Library::Of(*this).compare(Library::Of(other)) <=> 0;
}

bool Exact::HasFractionWithin(int digits) const { return IsInteger() || (*this * PowerOfTen(digits)).IsInteger(); }

bool Exact::FitsDecimal(int digits) const {
  if (IsInt64() && digits < kMaxDigits - std::numeric_limits<std::int64_t>::digits10) return true;
  const Exact scaled = *this * PowerOfTen(digits);
  const Exact limit = PowerOfTen(kMaxDigits);
  return scaled.IsInteger() && scaled < limit && -scaled < limit;
}

Exact Exact::GreatestCommonMeasure(const Exact& first, const Exact& second) {
  if (first.large_ == nullptr && second.large_ == nullptr) {
    // Over their common denominator, whose bits are not too many.
    const Fraction one = Library::InPlace(first);
    const Fraction other = Library::InPlace(second);
    const std::optional<Fraction> left = Product(one, {.numerator = other.denominator});
    const std::optional<Fraction> right = Product(other, {.numerator = one.denominator});
    if (left && right) {
      const Wide divisor = GreatestCommonDivisor(Magnitude(left->numerator), Magnitude(right->numerator));
      const auto measure = Library::Make(Fraction{divisor, one.denominator * other.denominator});
      if (measure) return *measure;
    }
  }
  const Integer left = numerator(Library::Of(first)) * denominator(Library::Of(second));
  const Integer right = numerator(Library::Of(second)) * denominator(Library::Of(first));
  return Library::Make(boost::multiprecision::gcd(left, right),
                       Integer(denominator(Library::Of(first)) * denominator(Library::Of(second))));
}

Exact Exact::Round(int digits) const {
  if (HasFractionWithin(digits)) return *this;
  const Integer power = TenTo(static_cast<std::size_t>(digits));
  const Integer divisor = denominator(Library::Of(*this));
  const Integer scaled = abs(numerator(Library::Of(*this))) * power;
  const Integer rounded = (2 * scaled + divisor) / (2 * divisor);
  const Exact magnitude = Library::Make(rounded, power);
  return IsNegative() ? -magnitude : magnitude;
}

double Exact::RoundToDouble() const {
  if (large_ == nullptr && denominator_ == 1) return static_cast<double>(Library::InPlace(*this).numerator);
  const Integer dividend = abs(numerator(Library::Of(*this)));
  const Integer divisor = denominator(Library::Of(*this));
  using Limits = std::numeric_limits<double>;
  int exponent = static_cast<int>(msb(dividend)) - static_cast<int>(msb(divisor));  // of the leading bit, or one more
  if (exponent > Limits::max_exponent) return IsNegative() ? -Limits::infinity() : Limits::infinity();
  const bool is_less = exponent >= 0 ? dividend < (divisor << exponent) : (dividend << -exponent) < divisor;
  if (is_less) --exponent;
  // Count in units of the result's last bit, which for subnormal numbers is fixed.
  const int last_bit = std::max(exponent - (Limits::digits - 1), Limits::min_exponent - Limits::digits);
  const Integer scaled_dividend = last_bit < 0 ? Integer(dividend << -last_bit) : dividend;
  const Integer scaled_divisor = last_bit > 0 ? Integer(divisor << last_bit) : divisor;
  Integer quotient;
  Integer remainder;
  divide_qr(scaled_dividend, scaled_divisor, quotient, remainder);
  const int half = Integer(2 * remainder).compare(scaled_divisor);
  if (half > 0 || (half == 0 && bit_test(quotient, 0))) ++quotient;
  const double magnitude = std::ldexp(static_cast<double>(static_cast<std::int64_t>(quotient)), last_bit);
  return IsNegative() ? -magnitude : magnitude;
}

std::string Exact::ToPlainText() const {
  const std::optional<unsigned> places = DecimalDigits(denominator(Library::Of(*this)));
  if (!places) return Library::Of(*this).str();
  const Integer scaled = abs(numerator(Library::Of(*this))) * TenTo(*places) / denominator(Library::Of(*this));
  std::string text = scaled.str();
  if (*places > 0) {
    if (text.size() <= *places) text.insert(0, *places + 1 - text.size(), '0');
    text.insert(text.size() - *places, 1, '.');
  }
  return IsNegative() ? "-" + text : text;
}

std::string Exact::ToText() const {
  if (IsZero()) return "0";
  const std::string plain = (IsNegative() ? -*this : *this).ToPlainText();
  if (plain.find('/') != std::string::npos) return ToPlainText();
  const std::size_t point = std::min(plain.find('.'), plain.size());
  std::string digits = plain;
  if (point < digits.size()) digits.erase(point, 1);
  const std::size_t first = digits.find_first_not_of('0');
  const std::size_t last = digits.find_last_not_of('0');
  const int exponent = static_cast<int>(point) - static_cast<int>(first) - 1;
  return PeopleText({IsNegative(), digits.substr(first, last + 1 - first), exponent});
}

std::size_t Exact::Hash() const {
  return large_ != nullptr ? hash_value(large_->value)
                           : static_cast<std::size_t>(llvm::hash_combine(low_, high_, denominator_));
}

std::optional<double> ParseReal(std::string_view text) {
  const std::optional<Exact> exact = Exact::Parse(text);
  if (!exact) return std::nullopt;
  const double value = exact->ToDouble();
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::string RealToText(double value) {
  if (value == 0) return "0";
  if (!std::isfinite(value)) return fmt::format("{}", value);
  std::array<char, 32> buffer;
  const char* const end =
      std::to_chars(buffer.begin(), buffer.end(), std::fabs(value), std::chars_format::scientific).ptr;
  const std::string_view written(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = written.find('e');
  std::string digits(written.substr(0, e));
  std::erase(digits, '.');
  int exponent = 0;
  const std::size_t sign_length = written[e + 1] == '+' ? 2 : 1;
  std::from_chars(written.data() + e + sign_length, end, exponent);
  return PeopleText({value < 0, std::move(digits), exponent});
}

}  // namespace proviso
