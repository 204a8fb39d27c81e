// settle_regions.h: which regions of a difference can be, each with a case.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include "harness/compare/describe.h"

namespace proviso::compare {

/// How much the solver is asked.
struct Effort {
  int milliseconds = 800;  // of each region, where it is said by facts
  int questions = 16;      // of all others together, each of which may take a second; made smaller
};

using IsShown = llvm::function_ref<bool(const lower::Witness&, const Region&)>;

/// Finds whether each region occurs, and a case: of what the pair says by facts where that is there, else by terms.
/// `is_shown`: whether the reference evaluator says of the case what the region does. Nodes that are made on the way do
/// not stay.
void SettleRegions(Comparison& comparison, std::vector<Region>& regions, const Pair& pair, IsShown is_shown,
                   Effort& effort);

}  // namespace proviso::compare
