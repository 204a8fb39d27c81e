// sweep_words.h: groups of option sets, and where outcomes flip, in words.
#pragma once

#include <string>
#include <vector>

#include "harness/sweep/over_cases.h"

namespace proviso::report {

/// `A`, `B`, …, `Z`, `AA`: how a table calls the group of that number.
[[nodiscard]] std::string GroupName(std::size_t number);

/// Which option sets the group holds, in words; empty where these are all of them.
[[nodiscard]] std::string GroupText(const load::LoadedDraft& draft, const sweep::Group& group);

/// A flip as it is said: `prohibited rather than notifiable`, `below 1.3 × 10^24 flop`, under which option sets.
struct FlipText {
  std::string change;  // the stronger outcome first
  std::string values;  // those that have it
  std::string where;   // of other options; empty: any
};
[[nodiscard]] FlipText TextOf(const sweep::OverCases& over, check::DecisionId decision,
                              const sweep::OptionValues& option, const sweep::Flip& flip);

}  // namespace proviso::report
