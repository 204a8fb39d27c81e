// grammar_coverage.h: which ways through the grammar a text takes, so that a test can tell those that nothing reaches.
#pragma once

#include <set>
#include <string>

namespace proviso::syntax {

/// Every alternative of every decision of the grammar, optional parts and repetitions included:
/// `claim: choice 1, way 2 (`never`)`.
[[nodiscard]] std::set<std::string> AllAlternatives();

/// Those that `text` takes. Parts with syntax errors are passed over; a text that is refused before parsing takes none.
[[nodiscard]] std::set<std::string> ReachedAlternatives(const std::string& text);

}  // namespace proviso::syntax
