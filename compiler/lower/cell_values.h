// cell_values.h: values for the cells of variables: which one stands for all of a cell.
#pragma once

#include <optional>

#include "runtime/evaluate/space.h"

namespace proviso::lower {

/// What a fact of the type is where it does not matter: none, no, empty, 0.
[[nodiscard]] Value PlainValue(const Type& type);

/// The same, where the fact is not `none`.
[[nodiscard]] Value PlainNumber(const Type& type);

/// The first or the last value of an interval, at a threshold of the drafts: the plainer one, but no 0 where there is
/// another.
[[nodiscard]] Value ThresholdValue(const evaluate::Variable& variable, std::size_t cell);

/// Where what is made of several facts, or a list, is when they are empty, no and 0; nothing for others.
[[nodiscard]] std::optional<std::size_t> CellOfNothing(const evaluate::Space& space, evaluate::VariableId id);

/// The place of a number, date, number of days or member among all of its type, whose neighbours are 1 apart, and back;
/// nothing for other values.
[[nodiscard]] std::optional<Exact> PlaceAmongAll(const Type& type, const Value& value);
[[nodiscard]] Value ValueAtPlace(const Type& type, const Exact& place);
/// Between two places; one of them where they are neighbours.
[[nodiscard]] Exact Middle(const Exact& one, const Exact& other);

}  // namespace proviso::lower
