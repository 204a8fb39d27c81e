// history.h: proviso test --record and --against: runs kept in a file, a line each, and compared with.
#pragma once

#include <string>

#include "cli/read_suites.h"
#include "cli/terminal.h"
#include "compiler/load/workspace.h"

namespace proviso::cli {

/// Adds what the suites' drafts come to as a line to the file, which need not be there. Suites with errors are no run.
[[nodiscard]] Status Record(load::Workspace& workspace, const SuitesRead& read, const std::string& path,
                            Terminal& terminal);

/// Says what has changed since the run in the file's last line; `kFinding` where an outcome has.
[[nodiscard]] Status CompareAgainst(load::Workspace& workspace, const SuitesRead& read, const std::string& path,
                                    Terminal& terminal);

}  // namespace proviso::cli
