// arithmetic.h: the language's operations on values that are known (language reference, Numbers; Conditions and
// values).
#pragma once

#include <variant>

#include "runtime/base/date.h"
#include "runtime/base/value.h"
#include "runtime/base/vocabulary.h"

namespace proviso {

/// Why a case has no outcome: overflow, a date out of range, a gap without `otherwise`, rules that disagree under `one
/// applies`, terms and tiers nested too deep.
enum class Failure : std::uint8_t { kOverflow, kDateRange, kGap, kDisagreement, kTooDeep };

/// A value, or why there is none.
using Attempt = std::variant<Value, Failure>;

/// What an operation needs beside its operands.
struct Parameters {
  const Value& constant;    // Scale: the factor
  std::int64_t number = 0;  // Round: digits; AddMonthsTo: months
  MonthEnd month_end = MonthEnd::kClipped;
};

// Arithmetic: with `none` it gives `none`; so does a division by zero and a `real` that comes out infinite.
[[nodiscard]] Attempt Negate(const Parameters& parameters, const Value& operand);
[[nodiscard]] Attempt Add(const Parameters& parameters, const Value& left, const Value& right);
[[nodiscard]] Attempt Subtract(const Parameters& parameters, const Value& left, const Value& right);
[[nodiscard]] Attempt Multiply(const Parameters& parameters, const Value& left, const Value& right);
[[nodiscard]] Attempt Divide(const Parameters& parameters, const Value& left, const Value& right);
[[nodiscard]] Attempt Scale(const Parameters& parameters, const Value& operand);
[[nodiscard]] Attempt Round(const Parameters& parameters, const Value& operand);
[[nodiscard]] Attempt ToReal(const Parameters& parameters, const Value& operand);
[[nodiscard]] Attempt AddMonthsTo(const Parameters& parameters, const Value& operand);

// The greater or smaller of two, leaving out what has no value.
[[nodiscard]] Attempt Greatest(const Parameters& parameters, const Value& left, const Value& right);
[[nodiscard]] Attempt Smallest(const Parameters& parameters, const Value& left, const Value& right);

// Comparisons: with `none` they do not hold.
[[nodiscard]] Attempt Equal(const Parameters& parameters, const Value& left, const Value& right);
[[nodiscard]] Attempt Less(const Parameters& parameters, const Value& left, const Value& right);
[[nodiscard]] Attempt LessEqual(const Parameters& parameters, const Value& left, const Value& right);
[[nodiscard]] Attempt Greater(const Parameters& parameters, const Value& left, const Value& right);
[[nodiscard]] Attempt GreaterEqual(const Parameters& parameters, const Value& left, const Value& right);
[[nodiscard]] Attempt In(const Parameters& parameters, const Value& member, const Value& set);
[[nodiscard]] Attempt IncludesAny(const Parameters& parameters, const Value& set, const Value& members);
[[nodiscard]] Attempt IncludesAll(const Parameters& parameters, const Value& set, const Value& members);
[[nodiscard]] Attempt IsNoneTest(const Parameters& parameters, const Value& operand);

/// The value as one of `type`: over 38 digits is an error, a `real` that is not finite no value.
[[nodiscard]] Attempt WithinType(const Type& type, Attempt attempt);

/// Zero of a type of numbers or days: the sum of nothing.
[[nodiscard]] Value ZeroOf(const Type& type);

/// What a path through an entity that is `none` gives.
[[nodiscard]] Value ThroughNone(const Type& type);

/// The place of a `real` in the order of all, and back.
[[nodiscard]] std::int64_t OrdinalOf(double value);
[[nodiscard]] double RealAt(std::int64_t ordinal);

}  // namespace proviso
