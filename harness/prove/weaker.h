// weaker.h: outcomes of an ordered decision against each other.
#pragma once

#include <optional>

#include "compiler/lower/lower.h"

namespace proviso::prove {

/// Why a property is not settled.
inline constexpr const char* kTooLarge = "the decision graph would grow over its limit";
inline constexpr const char* kNotTold = "its outcome is a quantity that the graph cannot tell";

/// Whether `one` is the weaker outcome; where one of them is `none` neither is.
[[nodiscard]] bool IsWeaker(const Value& one, const Value& other);

/// Where `one` is weaker than `other`: a condition. A case without an outcome is not one. Nothing where one of them
/// comes to what the graph cannot tell: quantities, and what only the reference evaluator can say.
[[nodiscard]] std::optional<evaluate::NodeId> WhereWeaker(lower::Lowered& lowered, evaluate::NodeId one,
                                                          evaluate::NodeId other);

}  // namespace proviso::prove
