// trials.h: cases found by trying, in which pieces of a draft matter.
//
// What such a case shows needs no graph. Cases are changed a fact or two at a time, and kept where a condition comes
// out as it had not before (after M. Zalewski's american fuzzy lop, 2013): one condition after another is met, and so
// one piece after another is seen to matter.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <set>
#include <utility>
#include <vector>

#include "compiler/load/workspace.h"
#include "compiler/lower/witness.h"
#include "harness/findings/pieces.h"

namespace proviso::findings {

struct Trials {
  /// What was seen to change an outcome: the piece's place, and what stood in its place.
  std::set<std::pair<std::size_t, bool>> matter;
  /// Cases that showed something, of one option set each.
  std::vector<lower::Witness> cases;
};

/// The same for the same draft. Stops where much trying brings nothing new, after some seconds at most for a draft of a
/// hundred rules. `progress`: told how many pieces have been seen to matter, every now and then.
[[nodiscard]] Trials Try(const load::LoadedDraft& draft, llvm::ArrayRef<Piece> pieces,
                         llvm::function_ref<void(std::size_t)> progress);

}  // namespace proviso::findings
