// smallest_witness.h: the smallest case that shows something, for a person to read.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include "compiler/lower/lower.h"
#include "compiler/lower/witness.h"

namespace proviso::lower {

/// A case that meets the condition, which `found` does: the fewest facts that are enough for it, whatever all others
/// are, with values at the drafts' thresholds; a member of a set counts as one, an element of a list as its facts that
/// are needed. What does not matter is no, none, empty or 0, or what an assumption asks. Where the condition turns on
/// quantities made of several facts, they are as when all is 0, or as it comes; where no such case shows it, it is
/// `found` with facts left out, and numbers brought nearer to 0, one after the other as far as that goes.
/// `is_shown`: as for `Occurs`; what is given has been asked.
[[nodiscard]] Witness SmallestWitness(Lowered& lowered, evaluate::NodeId condition, Witness found,
                                      llvm::function_ref<bool(const Witness&)> is_shown);

}  // namespace proviso::lower
