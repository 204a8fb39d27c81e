// suite_sources.h: which files a suite turns on.
#pragma once

#include <string>
#include <vector>

#include "compiler/load/workspace.h"

namespace proviso::scenario {

/// The suite itself, its table, the drafts it names and all that these use: also of a suite with errors, as far as it
/// can be read. Complaints are not new where the suite has been read in this workspace before.
[[nodiscard]] std::vector<std::string> SourcesOf(load::Workspace& workspace, const std::string& path);

}  // namespace proviso::scenario
