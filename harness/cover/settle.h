// settle.h: whether any case meets a goal.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <optional>
#include <vector>

#include "compiler/lower/witness.h"
#include "harness/cover/conditions.h"

namespace proviso::cover {

struct Settled {
  Feasibility feasibility = Feasibility::kNotSettled;
  /// Of kPossible: the smallest case that was found (lower::SmallestWitness), of one option set.
  std::optional<lower::Witness> witness;
};

/// All that is asked of one draft.
class Settler {
 public:
  /// `everything` must outlive it.
  Settler(const check::CheckedDraft& draft, const Exercised& everything, llvm::ArrayRef<Goal> goals);

  [[nodiscard]] std::size_t size() const { return conditions_.size(); }
  /// The draft with the conditions of all goals, for evaluation.
  [[nodiscard]] const check::CheckedDraft& Draft() const { return *with_all_; }
  [[nodiscard]] const GoalConditions& ConditionsOf(std::size_t goal) const { return conditions_[goal]; }
  /// One of the goals. May be asked by several threads.
  [[nodiscard]] Settled Settle(std::size_t goal) const;
  /// The same by graphs alone, without the solver: milliseconds, mostly.
  [[nodiscard]] Settled SettleByGraph(std::size_t goal) const;

 private:
  enum class Solver : std::uint8_t { kAsked, kNotAsked };
  [[nodiscard]] Settled Settle(std::size_t goal, Solver solver) const;

  std::shared_ptr<const check::CheckedDraft> draft_;
  const Exercised& everything_;
  WaysToAll ways_;
  std::vector<Goal> goals_;
  std::shared_ptr<const check::CheckedDraft> with_all_;
  std::vector<GoalConditions> conditions_;  // by goal, in `with_all_`
};

}  // namespace proviso::cover
