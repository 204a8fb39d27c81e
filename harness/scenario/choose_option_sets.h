// choose_option_sets.h: which option sets a command line asks about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/load/workspace.h"

namespace proviso::scenario {

/// The option sets of `draft` that have every choice (`ai_compute=alt_1`, or a name) and belong to the named option
/// set, where `named` is not empty. All of them where nothing is chosen. What is not there, and that nothing is left,
/// is reported; nothing then.
[[nodiscard]] std::optional<std::vector<check::OptionSet>> ChooseOptionSets(load::Workspace& workspace,
                                                                            const load::LoadedDraft& draft,
                                                                            const std::vector<std::string>& choices,
                                                                            const std::string& named);

/// The decision of the case with this name. Reported, and nothing, where there is none.
[[nodiscard]] std::optional<check::DecisionId> ChooseDecision(load::Workspace& workspace,
                                                              const load::LoadedDraft& draft, const std::string& name);

}  // namespace proviso::scenario
