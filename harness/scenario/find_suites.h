// find_suites.h: the scenario suites below a folder.
#pragma once

#include <string>
#include <vector>

namespace proviso::scenario {

/// Every `*.yaml` file in `folder` and below that is a suite (says `vocabulary:` and `scenarios:` or `table:` at the
/// beginning of a line), in the order of their paths. Symbolic links to folders are not followed.
[[nodiscard]] std::vector<std::string> FindSuites(const std::string& folder);

}  // namespace proviso::scenario
