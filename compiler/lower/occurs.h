// occurs.h: whether a condition on facts and options can hold of any case, within the assumptions. All that is proved
// of drafts comes down to this question.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <optional>

#include "compiler/lower/lower.h"
#include "compiler/lower/witness.h"
#include "runtime/analyse/solver.h"

namespace proviso::lower {

struct Occurrence {
  enum class Verdict : std::uint8_t {
    kPossible,    // `witness` shows it, replayed
    kImpossible,  // proved
    kNotSettled,  // neither a case was found nor a proof that there is none; or the graph ran out of room
  } verdict = Verdict::kNotSettled;
  std::optional<Witness> witness;
};

/// Whether there is a case in which each of `asked` comes out: functions of facts and options, whose conjunction is
/// only made where a case is not found without it. Assumptions and constraints of the drafts are added here.
/// `is_shown`: whether the reference evaluator, asked of the witness, says what is asked for; a case that breaks an
/// assumption is refused before that is asked. `milliseconds`: for one check of the solver's, where it comes to that;
/// with 0 it is not asked.
[[nodiscard]] Occurrence Occurs(Lowered& lowered, llvm::ArrayRef<graph::AnyOf> asked,
                                llvm::function_ref<bool(const Witness&)> is_shown,
                                int milliseconds = analyse::kTimeForOneCheck);

/// The same of one condition, which leads to yes, no or failures; what is not yes counts as no.
[[nodiscard]] Occurrence Occurs(Lowered& lowered, evaluate::NodeId condition,
                                llvm::function_ref<bool(const Witness&)> is_shown,
                                int milliseconds = analyse::kTimeForOneCheck);

}  // namespace proviso::lower
