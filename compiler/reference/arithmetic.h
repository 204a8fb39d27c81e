// arithmetic.h: the language's operations on values that are known (language reference, Numbers; Conditions and
// values).
#pragma once

#include <variant>

#include "compiler/check/checked_draft.h"
#include "compiler/reference/evaluate.h"

namespace proviso::reference {

/// A value, or why there is none.
using Attempt = std::variant<Value, EvaluationError::Kind>;

// Arithmetic: with `none` it gives `none`; so does a division by zero and a `real` that comes out infinite. `expr` says
// what the operation needs beside its operands (a factor, digits, months).
[[nodiscard]] Attempt Negate(const check::Expr& expr, const Value& operand);
[[nodiscard]] Attempt Add(const check::Expr& expr, const Value& left, const Value& right);
[[nodiscard]] Attempt Subtract(const check::Expr& expr, const Value& left, const Value& right);
[[nodiscard]] Attempt Multiply(const check::Expr& expr, const Value& left, const Value& right);
[[nodiscard]] Attempt Divide(const check::Expr& expr, const Value& left, const Value& right);
[[nodiscard]] Attempt Scale(const check::Expr& expr, const Value& operand);
[[nodiscard]] Attempt Round(const check::Expr& expr, const Value& operand);
[[nodiscard]] Attempt ToReal(const check::Expr& expr, const Value& operand);
[[nodiscard]] Attempt AddMonthsTo(const check::Expr& expr, const Value& operand);

// The greater or smaller of two, leaving out what has no value.
[[nodiscard]] Attempt Greatest(const check::Expr& expr, const Value& left, const Value& right);
[[nodiscard]] Attempt Smallest(const check::Expr& expr, const Value& left, const Value& right);

// Comparisons: with `none` they do not hold.
[[nodiscard]] Attempt Equal(const check::Expr& expr, const Value& left, const Value& right);
[[nodiscard]] Attempt Less(const check::Expr& expr, const Value& left, const Value& right);
[[nodiscard]] Attempt LessEqual(const check::Expr& expr, const Value& left, const Value& right);
[[nodiscard]] Attempt Greater(const check::Expr& expr, const Value& left, const Value& right);
[[nodiscard]] Attempt GreaterEqual(const check::Expr& expr, const Value& left, const Value& right);
[[nodiscard]] Attempt In(const check::Expr& expr, const Value& member, const Value& set);
[[nodiscard]] Attempt IncludesAny(const check::Expr& expr, const Value& set, const Value& members);
[[nodiscard]] Attempt IncludesAll(const check::Expr& expr, const Value& set, const Value& members);
[[nodiscard]] Attempt IsNoneTest(const check::Expr& expr, const Value& operand);

/// The value as one of `type`: over 38 digits is an error, a `real` that is not finite no value.
[[nodiscard]] Attempt WithinType(const Type& type, Attempt attempt);

/// Zero of a type of numbers or days: the sum of nothing.
[[nodiscard]] Value ZeroOf(const Type& type);

}  // namespace proviso::reference
