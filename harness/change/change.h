// change.h: what becomes of a case when some of its facts are otherwise.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/base/case.h"

namespace proviso::change {

/// One fact that is otherwise, or one element of a list that is there or no longer is.
struct FactChange {
  enum class Kind : std::uint8_t { kValue, kAdded, kDropped } kind = Kind::kValue;
  InstanceId instance;          // of the case before; of an added element, or a fact of one, of the case after
  FactId fact;                  // of an element: the list
  std::size_t index = 0;        // of an element, in its list
  std::optional<Value> before;  // nothing where it was not known
  std::optional<Value> after;
  std::string path;
};

/// A set of changes, with what it costs: how many facts, and how far they move together: a yes/no fact, a member and an
/// element count 1, a number by which part of itself it changes, at most 1.
struct Change {
  std::vector<FactChange> facts;
  double distance = 0;
  Case after;

  [[nodiscard]] bool IsNearerThan(const Change& other) const {
    return facts.size() != other.facts.size() ? facts.size() < other.facts.size() : distance < other.distance;
  }
};

}  // namespace proviso::change
