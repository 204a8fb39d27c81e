// resolve.h: the places of a space in one case.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <optional>

#include "runtime/base/case.h"
#include "runtime/evaluate/space.h"

namespace proviso::evaluate {

/// What stands at a place of a case. Elements and tiers, being any, stand nowhere but where `bound`, by place, says.
struct Resolved {
  enum class Kind : std::uint8_t { kThere, kNone, kUnknown } kind = Kind::kUnknown;
  InstanceId instance;  // kThere
};
[[nodiscard]] Resolved Resolve(const Space& space, const Case& facts, PlaceId id,
                               llvm::ArrayRef<InstanceId> bound = {});

/// What the case has for `fact` of the entity at `place`; null where it is unknown, or no entity is there for certain.
[[nodiscard]] const Value* KnownValue(const Space& space, const Case& facts, PlaceId place, FactId fact);

/// The fact to be asked for next to come to know `fact` of the entity at `place`: it itself, or the unknown fact above
/// it that says which entities there are. Nothing where an entity above is `none`.
struct FactOfInstance {
  InstanceId instance;
  FactId fact;
};
[[nodiscard]] std::optional<FactOfInstance> FirstUnknown(const Space& space, const Case& facts, PlaceId place,
                                                         FactId fact);

}  // namespace proviso::evaluate
