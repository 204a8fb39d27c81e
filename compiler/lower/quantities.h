// quantities.h: arithmetic and comparisons on what depends on facts, in a normal form, so that equal quantities are
// one.
//
// Exact numbers, dates and days are linear forms over facts (a date is its number of days) as far as they are linear;
// all thresholds on one form share one variable. Operations on `real`s stay as they are, in the order of the text.
#pragma once

#include "compiler/check/checked_draft.h"
#include "runtime/evaluate/space.h"

namespace proviso::lower {

using evaluate::NodeId;
using evaluate::Quantity;
using evaluate::QuantityId;
using evaluate::Relation;
using evaluate::Space;

/// One operation on terminals that are values, quantities, or failures (which pass through).
[[nodiscard]] NodeId Operate(Space& space, Quantity::Operation operation, const check::Expr& expr, NodeId operand);
[[nodiscard]] NodeId Operate(Space& space, Quantity::Operation operation, const check::Expr& expr, NodeId left,
                             NodeId right);

/// Whether two terminals stand so to each other: a condition. With `none` they do not.
[[nodiscard]] NodeId Compare(Space& space, Relation relation, NodeId left, NodeId right);

/// Whether the terminal is `none`: a condition.
[[nodiscard]] NodeId IsNone(Space& space, NodeId terminal);

/// A fact's quantity.
[[nodiscard]] NodeId FactQuantity(Space& space, evaluate::PlaceId place, FactId fact);

}  // namespace proviso::lower
