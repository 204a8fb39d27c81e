// choose_option_sets.h: which option sets a command line asks about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/load/workspace.h"
#include "compiler/lower/option_cover.h"
#include "harness/scenario/shapes.h"

namespace proviso::scenario {

/// The value of a command line's option as a text that diagnostics can point into.
[[nodiscard]] PlacedText Argument(load::Workspace& workspace, const std::string& option, const std::string& text);

/// The same of an option that may be repeated.
[[nodiscard]] std::vector<PlacedText> Arguments(load::Workspace& workspace, const std::string& option,
                                                const std::vector<std::string>& texts);

/// What the command line chooses: option=alternative for each of `choices`, and the option set `named`, where not
/// empty; a product for each, all of which an option set has to meet. What is not there is reported, as given by
/// `flag`; nothing then.
[[nodiscard]] std::optional<std::vector<lower::OptionProduct>> ChooseOptions(load::Workspace& workspace,
                                                                             const check::CheckedDraft& draft,
                                                                             const std::vector<std::string>& choices,
                                                                             const std::string& named,
                                                                             const std::string& flag = "--set");

/// Reports why no option set is left by the same choices: one that matches none, or all of them together.
void ReportNothingChosen(load::Workspace& workspace, const load::LoadedDraft& draft,
                         const std::vector<std::string>& choices, const std::string& named);

/// The decision of the case with this name. Reported, and nothing, where there is none.
[[nodiscard]] std::optional<check::DecisionId> ChooseDecision(load::Workspace& workspace,
                                                              const load::LoadedDraft& draft, const std::string& name);

}  // namespace proviso::scenario
