// conditions.h: goals as conditions of the case, to be asked whether any case meets them.
#pragma once

#include <memory>
#include <vector>

#include "harness/cover/observer.h"
#include "harness/cover/ways.h"

namespace proviso::cover {

/// In which cases a goal is met.
struct GoalConditions {
  std::vector<check::ExprId> any;  // each is enough, the plainest first
  bool are_all = true;             // one of them holds wherever it is met
};

/// A draft with conditions added that none of its own pieces turns on.
class DraftWithGoals {
 public:
  /// `everything` and `ways`, those of the draft, must outlive it.
  DraftWithGoals(const check::CheckedDraft& draft, const Exercised& everything, const WaysToAll& ways)
      : draft_(std::make_shared<check::CheckedDraft>(draft)), everything_(everything), ways_(ways) {}

  [[nodiscard]] GoalConditions Add(const Goal& goal);
  /// With what has been added so far.
  [[nodiscard]] std::shared_ptr<const check::CheckedDraft> Draft() const { return draft_; }

 private:
  using ExprId = check::ExprId;
  [[nodiscard]] const Ways& WaysTo(const Goal& goal) const;
  /// What is to hold where the piece is come to.
  ExprId There(const Goal& goal);
  ExprId Leaf(const cover::Leaf& leaf);
  ExprId Decides(const Point& point, std::uint32_t leaf);
  /// The point's result with `truth` in the place of one of its conditions.
  ExprId With(const Point& point, std::uint32_t leaf, bool truth);
  ExprId Replaced(ExprId id, std::uint32_t leaf, bool truth, std::uint32_t& next);
  /// What holds of the case where `condition` holds there.
  ExprId Outward(ExprId condition, std::size_t at);

  ExprId New(check::Op op, std::vector<ExprId> operands, ExprId like);
  ExprId Not(ExprId condition) { return New(check::Op::kNot, {condition}, condition); }
  ExprId Constant(bool truth, ExprId like);
  ExprId Fires(check::RuleId rule);

  std::shared_ptr<check::CheckedDraft> draft_;
  const Exercised& everything_;
  const WaysToAll& ways_;
};

}  // namespace proviso::cover
