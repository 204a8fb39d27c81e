// write_scenarios.h: new scenarios into a suite's file.
#pragma once

#include <string>

#include "cli/terminal.h"
#include "harness/scenario/write_suite.h"
#include "llvm/ADT/ArrayRef.h"

namespace proviso::cli {

/// Adds the scenarios to the suite at `path`, or makes it, for the drafts at `draft_paths`; one whose name the suite
/// has already is left out. Says how many were added, or why it could not be done; whether it could.
bool WriteScenarios(const std::string& path, llvm::ArrayRef<std::string> draft_paths,
                    llvm::ArrayRef<scenario::NewScenario> scenarios, Terminal& terminal);

}  // namespace proviso::cli
