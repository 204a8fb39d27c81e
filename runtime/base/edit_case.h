// edit_case.h: cases made from others.
#pragma once

#include <cstddef>

#include "runtime/base/case.h"

namespace proviso {

/// The case without one element of a list; those behind it move up.
[[nodiscard]] Case WithoutElement(const Case& facts, const Vocabulary& vocabulary, InstanceId holder, FactId list,
                                  std::size_t index);

}  // namespace proviso
