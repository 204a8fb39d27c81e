// all_answers.h: what one case comes to under every option set of a draft.
#pragma once

#include <string>
#include <vector>

#include "compiler/load/workspace.h"
#include "harness/test/case_answers.h"

namespace proviso::test {

/// One decision of one case.
struct AllAnswers {
  std::vector<std::string> texts;            // the different outcomes, in full (`OutcomeText`)
  std::vector<reference::Outcome> outcomes;  // the same; what is missing is as under the first such option set
  std::vector<std::size_t> by_option_set;    // which of them; by `LoadedDraft::option_sets`
};

[[nodiscard]] AllAnswers AnswerUnderAll(const load::LoadedDraft& draft, check::DecisionId decision,
                                        CaseAnswers& answers);

}  // namespace proviso::test
