// exercise_all.h: what cases exercise of a draft where all is expected of them.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include "compiler/load/workspace.h"
#include "harness/cover/observer.h"

namespace proviso::tests {

enum class Outcomes : std::uint8_t { kAny, kValues };

/// Every decision of the case, under every option set; kValues: those with an outcome, which alone can be expected.
[[nodiscard]] cover::Exercised ExerciseAll(const load::LoadedDraft& draft, llvm::ArrayRef<Case> cases,
                                           Outcomes outcomes = Outcomes::kAny);

}  // namespace proviso::tests
