// ask.h: a case entered by questions on a terminal.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/terminal.h"
#include "compiler/load/workspace.h"
#include "compiler/lower/answer.h"
#include "runtime/base/case.h"

namespace proviso::cli {

struct Asked {
  Case facts;
  bool is_whole = false;  // not ended by the reader, or the end of the input
};

/// Asks on standard error, a line of standard input for an answer, until `decisions` are settled.
[[nodiscard]] Asked AskForFacts(load::Workspace& workspace, const load::LoadedDraft& draft, const Case& facts,
                                const std::vector<lower::OptionProduct>& chosen,
                                const std::vector<check::DecisionId>& decisions, Terminal& terminal);

/// Offers to save the case, with the answer as what is expected, and does so where a file is named.
void OfferToSave(const std::string& draft_path, const Case& facts, lower::Answer& answer, Terminal& terminal);

}  // namespace proviso::cli
