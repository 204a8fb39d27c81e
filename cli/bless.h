// bless.h: proviso test --bless: expectations become what the drafts now say, each change shown and asked for.
#pragma once

#include "cli/terminal.h"
#include "compiler/load/workspace.h"
#include "harness/report/test_report.h"
#include "harness/test/run_suite.h"

namespace proviso::cli {

enum class BlessMode : std::uint8_t {
  kAsk,  // each on standard error, a line of standard input for an answer
  kAll,
};

/// Shows the changes that would make `run`'s failures hold, and writes those that are taken, each file whole or not at
/// all. `kFinding` where failures are left.
[[nodiscard]] Status Bless(load::Workspace& workspace, const report::TestRun& run, const test::RunOptions& options,
                           BlessMode mode, Terminal& terminal);

}  // namespace proviso::cli
