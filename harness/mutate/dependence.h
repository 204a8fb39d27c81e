// dependence.h: which decisions of the case a declaration of the draft can matter to, by the text alone.
#pragma once

#include <llvm/ADT/BitVector.h>

#include <vector>

#include "compiler/check/checked_draft.h"
#include "harness/mutate/edit.h"

namespace proviso::mutate {

class Dependence {
 public:
  explicit Dependence(const check::CheckedDraft& draft);

  /// The decisions of the case, in the order of the text, that the edit may change.
  [[nodiscard]] std::vector<check::DecisionId> DecisionsOver(const Edit& edit) const;

  /// Whether `decision`, of the case, is made from the outcome of `other`.
  [[nodiscard]] bool Uses(check::DecisionId decision, check::DecisionId other) const;

 private:
  /// Terms, options and decisions that a decision of the case is made from.
  struct Used {
    check::DecisionId decision;
    llvm::BitVector terms, options, decisions;
  };
  void Visit(Used& used, check::ExprId id, llvm::BitVector& seen) const;
  void VisitDecision(Used& used, check::DecisionId id, llvm::BitVector& seen) const;
  [[nodiscard]] bool Uses(const Used& used, const syntax::Declaration& declaration) const;

  const check::CheckedDraft& draft_;
  std::vector<Used> used_;
};

}  // namespace proviso::mutate
