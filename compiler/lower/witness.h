// witness.h: one case that meets a condition on facts.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/lower/lower.h"
#include "compiler/reference/evaluate.h"
#include "runtime/base/case.h"

namespace proviso::lower {

struct Witness {
  Case facts;  // complete: what does not matter is no, none, empty, or 0
  /// The facts that the condition looked at on its way to yes, in that order.
  std::vector<reference::MissingFact> matter;
  std::vector<check::OptionSet> options;  // by draft, as in `Lowered::drafts`
};

/// The case is the known one where graphs are of one case alone (`LowerFor`), with the unknown facts filled in.
///
/// A case, and an option set of each draft, for which the condition leads to yes; nothing where it leads nowhere to it.
/// Quantities made of several facts cannot be set: where the condition asks for one, the case has to be tried.
[[nodiscard]] std::optional<Witness> FindWitness(Lowered& lowered, evaluate::NodeId condition);

/// The case that the solver found, as which constants have which values.
[[nodiscard]] Witness WitnessOf(Lowered& lowered, evaluate::NodeId condition, const analyse::Formula& formula,
                                const std::map<std::string, Exact>& values);

}  // namespace proviso::lower
