// reach.h: what the expressions of a draft lead to through terms, decisions and options, whatever the case.
#pragma once

#include <llvm/ADT/BitVector.h>
#include <llvm/ADT/DenseMap.h>

#include <set>
#include <vector>

#include "compiler/check/checked_draft.h"

namespace proviso::lower {

class Reach {
 public:
  explicit Reach(const check::CheckedDraft& draft) : draft_(draft) {}

  /// The options, not settled, that the expression's value may turn on.
  [[nodiscard]] const std::set<check::OptionId>& OptionsUnder(check::ExprId root);
  /// Whether the expression's value may turn on one of the facts that `supposing`, a `supposing` expression, changes.
  [[nodiscard]] bool MayRead(check::ExprId root, const check::Expr& supposing);
  /// Terms that come back to themselves, through the elements of lists.
  [[nodiscard]] bool IsRecursive(check::TermId term);

 private:
  /// The expressions that the value of `expr` is directly made from.
  [[nodiscard]] std::vector<check::ExprId> Next(const check::Expr& expr) const;
  void AddRule(check::RuleId id, std::vector<check::ExprId>& next) const;
  void AddDecision(check::DecisionId id, std::vector<check::ExprId>& next) const;
  template <typename Visit>
  void ForAllUnder(check::ExprId root, Visit visit) const;

  const check::CheckedDraft& draft_;
  llvm::DenseMap<unsigned, std::set<check::OptionId>> options_;
  llvm::DenseMap<unsigned, llvm::BitVector> facts_;
  /// By expression: which of them come back to each other. Found when first asked for.
  void FindComponents();
  std::vector<std::uint32_t> component_;
  std::vector<std::uint32_t> component_size_;
};

}  // namespace proviso::lower
