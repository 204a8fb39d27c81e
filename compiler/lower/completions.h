// completions.h: under which option sets a case can come to an outcome, shown by completions of what is unknown.
#pragma once

#include <vector>

#include "compiler/lower/lower.h"
#include "compiler/lower/witness.h"

namespace proviso::lower {

/// Of one outcome, which option sets of those that were asked about have it.
struct Reachable {
  evaluate::NodeId shown;        // some completion was found and replayed
  evaluate::NodeId not_settled;  // neither a completion was found nor a proof that there is none
  struct Completion {
    Witness witness;
    evaluate::NodeId option_sets;  // under which it is one
  };
  std::vector<Completion> completions;
};

/// How many questions one answer may cost, and how many that the solver gives up on.
struct Questions {
  std::size_t left = 100;
  std::size_t left_not_settled = 3;
};

/// Under which options the case, of which all is known, meets the condition; no where that is not told.
[[nodiscard]] evaluate::NodeId WhereItMeets(evaluate::Space& space, evaluate::NodeId condition, const Case& facts);

/// `outcome`: what the decision comes to, as a function of the unknown facts and the options; `leaf`: where it ends.
[[nodiscard]] Reachable WhereItOccurs(Lowered& lowered, check::DecisionId decision, evaluate::NodeId outcome,
                                      evaluate::NodeId leaf, evaluate::NodeId option_sets, Questions& questions);

}  // namespace proviso::lower
