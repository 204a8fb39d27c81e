// options_behind.h: on which options each piece of a draft can turn.
#pragma once

#include <llvm/ADT/SmallBitVector.h>

#include "compiler/check/checked_draft.h"

namespace proviso::cover {

/// By the text alone, terms and decisions looked into: two option sets that agree on these give a piece the same value
/// in every case.
class OptionsBehind {
 public:
  explicit OptionsBehind(const check::CheckedDraft& draft);

  [[nodiscard]] const llvm::SmallBitVector& Of(check::ExprId id) const { return exprs_[id]; }
  [[nodiscard]] const llvm::SmallBitVector& Of(check::RuleId id) const { return rules_[id]; }
  [[nodiscard]] const llvm::SmallBitVector& Of(check::DecisionId id) const { return decisions_[id]; }

 private:
  /// Adds what the pieces of each have by now; whether that was more.
  bool Grow();
  bool GrowExpr(check::ExprId id);
  bool GrowRule(check::RuleId id);

  const check::CheckedDraft& draft_;
  Store<check::ExprId, llvm::SmallBitVector> exprs_;
  Store<check::RuleId, llvm::SmallBitVector> rules_;
  Store<check::DecisionId, llvm::SmallBitVector> decisions_;
};

}  // namespace proviso::cover
