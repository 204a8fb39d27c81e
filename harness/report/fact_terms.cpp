#include "harness/report/fact_terms.h"

#include <vector>

namespace proviso::report {

std::map<FactId, check::TermId> TermsOfFacts(const check::CheckedDraft& draft) {
  std::map<FactId, check::TermId> terms;
  for (std::size_t i = 0; i < draft.terms.size(); ++i) {
    const check::TermId term(i);
    std::vector<check::ExprId> open = {draft.terms[term].body};
    while (!open.empty()) {
      const check::Expr& expr = draft[open.back()];
      open.pop_back();
      // An entity on the way to a fact is not what the term is about.
      if (expr.op == check::Op::kFact && expr.type.kind != TypeKind::kEntity) terms.try_emplace(expr.fact, term);
      open.insert(open.end(), expr.operands.begin(), expr.operands.end());
    }
  }
  return terms;
}

}  // namespace proviso::report
