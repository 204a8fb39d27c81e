// changed.h: which files differ from what git has.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "cli/terminal.h"

namespace proviso::cli {

/// Absolute paths of the files that differ between commit `revision` and the folder's work tree as it is now, new ones
/// that git is not told to ignore among them. Nothing, and git's own words on standard error, where git cannot say.
[[nodiscard]] std::optional<std::set<std::string>> ChangedFiles(const std::string& revision, Terminal& terminal);

}  // namespace proviso::cli
