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
/// the assumptions. What is common to all that is counted of one graph is found once.
class CaseCounter {
 public:
  /// It must outlive this, and get no new variables meanwhile.
  explicit CaseCounter(Lowered& lowered);

  /// By groups of option sets, those of `within`. Nothing where quantities made of several facts come in: which of
  /// their values go together is not settled; nor where the graph would grow over its limit.
  [[nodiscard]] std::optional<std::vector<CountedSets>> Count(evaluate::NodeId outcome, evaluate::NodeId within);
  /// Whether no quantity made of several facts comes in.
  [[nodiscard]] bool IsSettled(evaluate::NodeId outcome) const { return is_free_ && AreFree(outcome); }

 private:
  [[nodiscard]] bool AreFree(evaluate::NodeId function) const;
  [[nodiscard]] std::map<evaluate::NodeId, Exact> CountOutcomes(evaluate::NodeId function) const;

  Lowered& lowered_;
  bool is_free_ = true;      // what is assumed
  evaluate::NodeId can_be_;  // the assumptions, and that nothing has facts that is not there
  Exact all_ = Exact(1);     // ways to give every fact a cell
};

}  // namespace proviso::lower
