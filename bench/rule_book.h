// rule_book.h: rule books of any size, the same at every run: chapters with thresholds, enumerations, exceptions and
// exceptions to them, each on facts of its own beside those that all share, and what is drawn from all of them.
#pragma once

#include <cstddef>
#include <string>

namespace proviso::bench {

struct RuleBook {
  std::string vocabulary;  // vocabulary.pvo
  std::string draft;
};

/// Of so many rules and exceptions, to the nearest chapter.
[[nodiscard]] RuleBook WriteRuleBook(std::size_t rules);

}  // namespace proviso::bench
