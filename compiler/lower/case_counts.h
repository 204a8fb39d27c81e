// case_counts.h: how many cases come to each outcome (language reference, What a draft means).
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "compiler/lower/lower.h"

namespace proviso::lower {

/// Option sets under which each outcome has the same number of cases.
struct CountedSets {
  evaluate::NodeId option_sets;             // a condition on options
  std::map<evaluate::NodeId, Exact> cases;  // by outcome, a terminal
};

/// Counts over all facts of the case on paths that are always there, and those that the drafts ask for beside, within
/// the assumptions; by groups of option sets, those of `within`. Nothing where quantities made of several facts come
/// in: which of their values go together is not settled; nor where the
/// graph would grow over its limit.
[[nodiscard]] std::optional<std::vector<CountedSets>> CountCases(Lowered& lowered, evaluate::NodeId outcome,
                                                                 evaluate::NodeId within);

}  // namespace proviso::lower
