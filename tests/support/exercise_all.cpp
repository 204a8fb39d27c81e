#include "tests/support/exercise_all.h"

#include "compiler/reference/evaluate.h"

namespace proviso::tests {

cover::Exercised ExerciseAll(const load::LoadedDraft& draft, llvm::ArrayRef<Case> cases, Outcomes outcomes) {
  static const std::string kName = "it";
  const cover::OptionsBehind behind(*draft.draft);
  cover::Exercised exercised = cover::EverythingOf(*draft.draft);
  for (const Case& facts : cases) {
    cover::Observer observer(*draft.draft, behind, facts, kName, exercised);
    for (const check::DecisionId decision : draft.draft->DecisionsOfCase()) {
      for (const check::OptionSet& options : draft.option_sets) {
        const bool is_left_out = outcomes == Outcomes::kValues &&
                                 !reference::EvaluateDecision(*draft.draft, decision, facts, options).determined;
        if (!is_left_out) observer.Observe(decision, options);
      }
    }
  }
  return exercised;
}

}  // namespace proviso::tests
