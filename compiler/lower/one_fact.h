// one_fact.h: quantities that rise or fall with one fact: what is asked of them is asked of the fact.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <optional>

#include "runtime/evaluate/space.h"

namespace proviso::lower {

/// Whether the operation, on one quantity and constants, always has a value, and one that rises or falls with the
/// quantity: `training_compute / 8`, `round(amount, 2)`.
[[nodiscard]] bool KeepsOrder(const evaluate::Space& space, evaluate::Quantity::Operation operation,
                              llvm::ArrayRef<evaluate::QuantityId> operands, const Value& constant);

/// Whether the quantity stands so to the number, as a condition on the one number of a case that it comes from by
/// operations that keep the order; nothing where it does not come from one so.
[[nodiscard]] std::optional<evaluate::NodeId> CompareByFact(evaluate::Space& space, evaluate::QuantityId quantity,
                                                            const Value& number, evaluate::Relation relation);

}  // namespace proviso::lower
