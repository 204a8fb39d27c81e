// looked_at.h: the expressions that the answers for a case turn on.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/BitVector.h>

#include "compiler/check/checked_draft.h"
#include "runtime/base/case.h"

namespace proviso::reference {

/// What the evaluator looks at to find what decisions of a case come to and what decides them, by expression. Where it
/// asks no further since a list or an entity is not known, all that may be asked there is among it, so that what is
/// really possible turns on nothing else either.
class LooksAt {
 public:
  /// Both must outlive it.
  LooksAt(const check::CheckedDraft& draft, const Case& facts)
      : draft_(draft), facts_(facts), seen_(static_cast<unsigned>(draft.exprs.size())) {}

  /// Takes as long as evaluating the decision.
  void Add(check::DecisionId decision, llvm::ArrayRef<check::OptionSet> option_sets);

  [[nodiscard]] const llvm::BitVector& Expressions() const { return seen_; }

 private:
  void AddAllBehind(check::ExprId id);

  const check::CheckedDraft& draft_;
  const Case& facts_;
  llvm::BitVector seen_;
};

}  // namespace proviso::reference
