#include "harness/test/all_answers.h"

#include <llvm/ADT/STLExtras.h>

#include "harness/test/compare.h"

namespace proviso::test {

AllAnswers AnswerUnderAll(const load::LoadedDraft& draft, check::DecisionId decision, CaseAnswers& answers) {
  AllAnswers all;
  for (const check::OptionSet& options : draft.option_sets) {
    const reference::Outcome& outcome = answers.Of(decision, options);
    const std::string text = OutcomeText(*draft.draft, decision, outcome);
    const auto place = static_cast<std::size_t>(llvm::find(all.texts, text) - all.texts.begin());
    all.by_option_set.push_back(place);
    if (place < all.texts.size()) continue;
    all.texts.push_back(text);
    all.outcomes.push_back(outcome);
  }
  return all;
}

}  // namespace proviso::test
