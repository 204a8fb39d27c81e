// loopholes_report.h: which cases escape, as text and JSON.
#pragma once

#include <string>
#include <vector>

#include "harness/loopholes/escapes.h"
#include "harness/report/style.h"

namespace proviso::report {

/// A way of changing facts, tried on one decision.
struct WayTried {
  const check::CheckedDraft* draft = nullptr;
  const check::Transform* transform = nullptr;  // none: the controlled facts
  std::size_t index = 0;                        // of its value
  std::vector<FactId> facts;
  check::DecisionId decision;
};

/// `transform split_training (n: 2 to 8): target.ai_systems.training_compute becomes training_compute / n`.
[[nodiscard]] std::string WayText(const WayTried& way);

/// Where the decision escapes by it: the verdict, outcomes by option sets, and at most `limit` regions. `last`: of the
/// transform's values up to this one all else is alike.
[[nodiscard]] std::string EscapesText(const WayTried& way, std::size_t last, const loopholes::Escapes& escapes,
                                      std::size_t limit, const Style& style);

/// The same for programs: an object (README.md).
[[nodiscard]] std::string EscapesJson(const WayTried& way, const loopholes::Escapes& escapes);
/// All of them, each as `EscapesJson` gives it.
[[nodiscard]] std::string LoopholesJson(const check::CheckedDraft& draft, const std::vector<std::string>& tried,
                                        const std::string& diagnostics);

}  // namespace proviso::report
