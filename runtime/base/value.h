// value.h: what a fact, a term or a decision can be.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <variant>
#include <vector>

#include "runtime/base/date.h"
#include "runtime/base/exact.h"
#include "runtime/base/ids.h"

namespace proviso {

using InstanceId = Id<struct InstanceTag>;

/// There is no value: a fact that is `none`, `max` of nothing, a quotient by zero. Not the same as unknown.
struct NoValue {
  auto operator<=>(const NoValue&) const = default;
};

/// A member of an enumeration, by its place in the declaration (0 first, weakest in an ordered one).
struct Member {
  std::uint32_t index = 0;
  auto operator<=>(const Member&) const = default;
};

/// Members of one enumeration, ascending, each once.
struct MemberSet {
  std::vector<std::uint32_t> members;

  [[nodiscard]] bool Contains(std::uint32_t member) const { return std::ranges::binary_search(members, member); }
  auto operator<=>(const MemberSet&) const = default;
};

/// A whole number of days, as between two dates.
struct Days {
  std::int64_t count = 0;
  auto operator<=>(const Days&) const = default;
};

/// One entity of a case.
struct EntityValue {
  InstanceId instance;
  auto operator<=>(const EntityValue&) const = default;
};

/// The elements of a list fact, in the order given.
struct ListValue {
  std::vector<InstanceId> elements;
  auto operator<=>(const ListValue&) const = default;
};

/// `integer`, `decimal`, `percent` and `ratio` are `Exact`; `real` is a finite `double`.
using Value = std::variant<NoValue, bool, Exact, double, Date, Days, Member, MemberSet, EntityValue, ListValue>;

[[nodiscard]] inline bool IsNone(const Value& value) { return std::holds_alternative<NoValue>(value); }

}  // namespace proviso
