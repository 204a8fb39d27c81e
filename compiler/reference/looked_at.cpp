#include "compiler/reference/looked_at.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/SmallBitVector.h>

#include <utility>
#include <vector>

#include "compiler/reference/evaluator.h"

namespace proviso::reference {

void LooksAt::Add(check::DecisionId decision, llvm::ArrayRef<check::OptionSet> option_sets) {
  std::vector<std::pair<llvm::SmallBitVector, const check::OptionSet*>> known;  // as Answers has it
  for (const check::OptionSet& options : option_sets) {
    const bool is_known = llvm::any_of(known, [&](const auto& one) {
      return llvm::all_of(one.first.set_bits(), [&](unsigned i) { return (*one.second)[i] == options[i]; });
    });
    if (is_known) continue;
    Evaluator evaluator(draft_, facts_, options);
    Evaluator::Looks looks{.at = llvm::BitVector(seen_.size()), .not_further = {}};
    evaluator.Note(looks);
    static_cast<void>(evaluator.Outcome(decision, evaluator.CaseScope()));
    for (const check::RuleId rule : draft_.decisions[decision].rules)
      static_cast<void>(evaluator.Decides(rule, evaluator.CaseScope()));
    seen_ |= looks.at;
    for (const check::ExprId id : looks.not_further) AddAllBehind(id);
    known.emplace_back(evaluator.OptionsAsked(), &options);
  }
}

void LooksAt::AddAllBehind(check::ExprId id) {
  llvm::BitVector all(seen_.size());
  std::vector<check::ExprId> open = {id};
  while (!open.empty()) {
    const check::ExprId at = open.back();
    open.pop_back();
    if (all.test(at.Index())) continue;
    all.set(at.Index());
    llvm::append_range(open, draft_.Behind(draft_[at]));
  }
  seen_ |= all;
}

}  // namespace proviso::reference
