// trials.h: cases of a draft at random, for what the graph knows too little of to make one: sums and the like.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include "compiler/check/checked_draft.h"
#include "harness/findings/trial_cases.h"

namespace proviso::sweep {

/// Whether the case, which breaks no assumption, shows something that was not known. It may be changed to a plainer one
/// that does too.
using Shows = llvm::function_ref<bool(const findings::TrialCases& cases, Case& facts)>;

/// Cases are changed a few facts at a time, and kept where they show something, or where a condition of the decision
/// comes out as it had not before (as in findings/trials.h). Stops where much trying brings nothing new, or `is_done`.
void TryCases(const check::CheckedDraft& draft, check::DecisionId decision,
              llvm::ArrayRef<check::OptionSet> option_sets, Shows shows, llvm::function_ref<bool()> is_done);

}  // namespace proviso::sweep
