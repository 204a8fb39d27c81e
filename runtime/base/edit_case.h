// edit_case.h: cases made from others.
#pragma once

#include <cstddef>

#include "runtime/base/case.h"

namespace proviso {

/// The case without one element of a list; those behind it move up.
[[nodiscard]] Case WithoutElement(const Case& facts, const Vocabulary& vocabulary, InstanceId holder, FactId list,
                                  std::size_t index);

/// The same case without entities that nothing holds any more; paths are as these stand now.
[[nodiscard]] Case Tidied(const Case& facts, const Vocabulary& vocabulary);

/// The case over a vocabulary that its own is the beginning of: what is new has its `assumed` value, or is not known.
[[nodiscard]] Case Widened(Case facts, const Vocabulary& vocabulary);

}  // namespace proviso
