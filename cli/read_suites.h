// read_suites.h: the scenario suites that a command is called with.
#pragma once

#include <deque>
#include <optional>
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

/// The suites at `paths`, with cases of the draft, of whose vocabulary theirs must be the beginning or the other way
/// round. Nothing, reported, where one is not, cannot be used, or a folder has none.
[[nodiscard]] std::optional<SuitesRead> ReadOver(load::Workspace& workspace, const std::vector<std::string>& paths,
                                                 const check::CheckedDraft& draft, Terminal& terminal);

}  // namespace proviso::cli
