// way_search.h: a case for a condition too large to be put to the solver as a whole.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include "compiler/lower/occurs.h"

namespace proviso::lower {

/// Whether the condition, which holds no failures, and the assumptions and constraints in it, can be: the solver is
/// asked of one way through the graph at a time, that which asks least of quantities made of several facts; what it
/// finds impossible of a way, in as few tests as that takes, is left out of the rest (lazily, as in R. Nieuwenhuis, A.
/// Oliveras and C. Tinelli, Solving SAT and SAT Modulo Theories, 2006). `is_shown`: as for `Occurs`, broken assumptions
/// refused. `milliseconds`: in all, about, counted in checks, so that two runs say the same; with 0 the solver is not
/// asked.
[[nodiscard]] Occurrence OccursOnSomeWay(Lowered& lowered, evaluate::NodeId condition,
                                         llvm::function_ref<bool(const Witness&)> is_shown, int milliseconds);

}  // namespace proviso::lower
