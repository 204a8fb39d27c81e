// fixed_entities.h: how many entities a case has from the first.
#pragma once

#include <cstddef>

#include "runtime/base/vocabulary.h"

namespace proviso {

/// More than these no vocabulary may bring.
inline constexpr std::size_t kMaxFixedEntities = 10'000;

/// The entities on fixed paths from the case, itself included: those that hold one another multiply. Counted no further
/// than just beyond the limit, which an entity that holds itself is beyond. The vocabulary has a case.
[[nodiscard]] std::size_t FixedEntities(const Vocabulary& vocabulary);

}  // namespace proviso
