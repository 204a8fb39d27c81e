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
  [[nodiscard]] std::set<check::OptionId> OptionsUnder(check::ExprId root);
  /// Whether the expression's value may turn on one of the facts that `supposing`, a `supposing` expression, changes.
  [[nodiscard]] bool MayRead(check::ExprId root, const check::Expr& supposing);
  /// Terms that come back to themselves, through the elements of lists.
  [[nodiscard]] bool IsRecursive(check::TermId term);

 private:
  /// Expressions that come back to each other are one component; those that it leads to have smaller numbers. Found
  /// when first asked for.
  void FindComponents();
  /// What all components lead to, each from those that it leads to directly.
  void FindReached();
  void NumberChangedFacts();
  void AddOptions(const check::Expr& expr, llvm::BitVector& reached) const;
  void AddOptionOf(check::RuleId id, llvm::BitVector& reached) const;

  const check::CheckedDraft& draft_;
  std::vector<std::uint32_t> component_;       // by expression
  std::vector<std::uint32_t> component_size_;  // by component
  std::vector<check::ExprId> by_component_;    // expressions, ascending by component
  /// By component: a bit for each option, then for each fact that some `supposing` changes.
  std::vector<llvm::BitVector> reached_;
  llvm::DenseMap<unsigned, unsigned> changed_facts_;  // to the bit
};

}  // namespace proviso::lower
