// suite_fuzz.cpp: any text as a suite or as a table: it is read or refused, and a suite that is read can be run.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "compiler/load/workspace.h"
#include "harness/scenario/csv.h"
#include "harness/scenario/suite.h"
#include "harness/test/run_suite.h"

namespace {

using proviso::FileId;
using proviso::load::Workspace;

/// Run at the top of the source tree: suites may use the drafts in tests/golden/suite/world. Kept over runs, so that
/// the drafts which suites use are checked once; renewed before the texts fill the memory.
Workspace& TheWorkspace() {
  constexpr int kRuns = 2000;
  static std::unique_ptr<Workspace> workspace;
  static int runs = 0;
  if (runs++ % kRuns == 0) workspace = std::make_unique<Workspace>();
  return *workspace;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  // What reading a file refuses never gets further.
  if (text.find('\0') != std::string::npos || proviso::source::FindInvalidUtf8(text)) return 0;
  Workspace& workspace = TheWorkspace();
  const FileId file = workspace.Files().Add("tests/golden/suite/fuzzed/suite.yaml", text);
  const auto suite = proviso::scenario::ReadSuite(workspace, file);
  if (suite) (void)proviso::test::RunSuites({&*suite}, {});
  proviso::diagnostics::DiagnosticSink sink;
  (void)proviso::scenario::ReadCsv(workspace.Files(), file, sink);
  return 0;
}
