// operate.h: the operations that quantities are made by, on values that are known.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <optional>

#include "runtime/base/arithmetic.h"
#include "runtime/evaluate/space.h"

namespace proviso::evaluate {

/// One or two operands, as the operation takes.
[[nodiscard]] Attempt Operate(Quantity::Operation operation, const Parameters& parameters,
                              llvm::ArrayRef<Value> operands);

/// The value as a number: a date as its number of days, days as how many. Nothing of what is neither, nor of a `real`.
[[nodiscard]] std::optional<Exact> AsNumber(const Value& value);

}  // namespace proviso::evaluate
