// search.h: cases that meet the goals of coverage, each found by changing cases that are known, or asked of the graph.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/BitVector.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <memory>
#include <vector>

#include "compiler/load/workspace.h"
#include "harness/cover/settle.h"
#include "runtime/base/case.h"

namespace proviso::generate {

/// A complete case within the assumptions, and which of the goals it meets where all decisions are expected of it under
/// all option sets.
struct Found {
  Case facts;
  llvm::BitVector meets;
};

struct Searched {
  std::vector<Found> found;                     // each met something that those before it did not
  std::vector<cover::Feasibility> feasibility;  // by goal; kPossible: some of `found` meets it
};

/// Adds what the case exercises where these decisions are expected of it: under those option sets under which they have
/// an outcome.
void ObserveOutcomes(const check::CheckedDraft& draft, const cover::OptionsBehind& behind, const Case& facts,
                     llvm::ArrayRef<check::DecisionId> decisions, llvm::ArrayRef<check::OptionSet> option_sets,
                     const std::string& name, cover::Exercised& exercised);

/// Cases to start from, complete, within the assumptions.
struct Known {
  std::vector<Case> cases;
  std::vector<std::vector<std::size_t>> by_goal;  // those that look likely to be near to it; empty: not known
};

/// What is asked of one draft.
class Search {
 public:
  /// `everything` (cover::EverythingOf) and the draft must outlive it.
  Search(const load::LoadedDraft& draft, const cover::Exercised& everything, std::vector<cover::Goal> goals);

  /// The same for the same draft, goals and cases.
  /// `on_goal` is told how many goals are done, and of how many.
  [[nodiscard]] Searched Run(const Known& known, llvm::function_ref<void(std::size_t, std::size_t)> on_goal);

  /// Which goals it meets where these decisions are expected; facts of it may be unknown.
  [[nodiscard]] llvm::BitVector Meets(const Case& facts, llvm::ArrayRef<check::DecisionId> decisions,
                                      llvm::ArrayRef<check::OptionSet> option_sets) const;
  /// The draft with the conditions in which the goals are met.
  [[nodiscard]] const check::CheckedDraft& Conditions() const { return settler_.Draft(); }
  [[nodiscard]] const std::vector<check::ExprId>& ConditionsOf(std::size_t goal) const {
    return settler_.ConditionsOf(goal).any;
  }
  [[nodiscard]] const cover::Exercised& Everything() const { return everything_; }
  [[nodiscard]] const std::vector<cover::Goal>& Goals() const { return goals_; }

 private:
  struct Pool;
  struct Effort;
  [[nodiscard]] std::optional<Case> ByTrial(std::size_t goal, const Effort& effort, const Pool& pool) const;

  const load::LoadedDraft& draft_;
  const cover::Exercised& everything_;
  std::vector<cover::Goal> goals_;
  cover::OptionsBehind behind_;
  cover::Settler settler_;
  std::vector<check::OptionSet> trial_options_;  // each alternative of each option in one of them
};

}  // namespace proviso::generate
