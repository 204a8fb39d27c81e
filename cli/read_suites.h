// read_suites.h: the scenario suites that a command is called with.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "cli/terminal.h"
#include "compiler/load/workspace.h"
#include "harness/scenario/suite.h"

namespace proviso::cli {

/// The suites named, and those below the folders named.
[[nodiscard]] std::vector<std::string> SuitesAt(const std::vector<std::string>& paths);

/// Whether each folder has a suite; says which has none.
[[nodiscard]] bool HaveSuites(const std::vector<std::string>& paths, Terminal& terminal);

/// Suites that were read, and the paths of the others.
struct SuitesRead {
  std::deque<scenario::Suite> suites;
  std::vector<std::string> unread;

  [[nodiscard]] std::vector<const scenario::Suite*> Pointers() const;
};

/// Reads all; complaints, but for warnings, are shown.
[[nodiscard]] SuitesRead ReadAll(load::Workspace& workspace, const std::vector<std::string>& paths, Terminal& terminal);

}  // namespace proviso::cli
