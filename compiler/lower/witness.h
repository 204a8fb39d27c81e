// witness.h: one case that meets a condition on facts.
#pragma once

#include <optional>
#include <vector>

#include "compiler/lower/lower.h"
#include "compiler/reference/evaluate.h"
#include "runtime/base/case.h"

namespace proviso::lower {

struct Witness {
  Case facts;  // complete: what does not matter is no, none, empty, or 0
  /// The facts that the condition looked at on its way to yes, in that order.
  std::vector<reference::MissingFact> matter;
  check::OptionSet options;
  /// Whether every fact could be set so; else the case may not meet the condition and has to be tried.
  bool is_certain = true;
};

/// A case and an option set for which the condition leads to yes; nothing where it leads nowhere to it.
[[nodiscard]] std::optional<Witness> FindWitness(Lowered& lowered, evaluate::NodeId condition);

}  // namespace proviso::lower
