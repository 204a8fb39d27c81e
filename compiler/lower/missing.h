// missing.h: which unknown facts an answer turns on, the most informative first.
#pragma once

#include <vector>

#include "compiler/reference/evaluate.h"
#include "runtime/evaluate/space.h"

namespace proviso::lower {

/// The facts that the function depends on. Ranked by how much knowing one leaves open on average: the entropy of the
/// outcomes, each cell of each variable taken as equally likely.
[[nodiscard]] std::vector<reference::MissingFact> MissingFacts(evaluate::Space& space, const Case& facts,
                                                               evaluate::NodeId outcome);

}  // namespace proviso::lower
