// fact_paths.h: facts by the way to them from the case.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <vector>

#include "runtime/base/vocabulary.h"

namespace proviso::tests {

/// Paths from the case to facts that hold no entities, through two entities or lists at most.
[[nodiscard]] std::vector<std::vector<FactId>> FactPaths(const Vocabulary& vocabulary,
                                                         llvm::function_ref<bool(FactId)> is_wanted);

}  // namespace proviso::tests
