// missing.h: which unknown facts an answer turns on, the most informative first.
#pragma once

#include <vector>

#include "compiler/reference/evaluate.h"
#include "runtime/evaluate/space.h"

namespace proviso::lower {

/// The facts that the function depends on, ranked by how many bits less of its outcome are open, on average, once one
/// is known: each cell of each variable is taken as equally likely, cases that break an assumption are left out, and
/// what a variable of several facts says is shared among them. Takes time in the size of the function times its
/// outcomes.
[[nodiscard]] std::vector<reference::MissingFact> MissingFacts(evaluate::Space& space, const Case& facts,
                                                               evaluate::NodeId outcome);

}  // namespace proviso::lower
