// proviso check: compiles drafts and vocabularies and prints what is wrong with them.
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "harness/report/check_report.h"

namespace proviso::cli {
namespace {

Status Check(const std::vector<std::string>& paths, Terminal& terminal) {
  load::Workspace workspace;
  std::vector<report::CheckedFile> files;
  for (const std::string& path : paths) {
    files.push_back({path, workspace.Check(path)});
    terminal.Progress("checked " + path);
  }
  if (terminal.IsJson()) {
    terminal.Out(report::CheckJson(files, DiagnosticsJson(workspace)));
  } else {
    terminal.ShowDiagnostics(workspace);
    terminal.Out(report::CheckText(files));
  }
  return terminal.End(workspace, Status::kFine);
}

}  // namespace

Command AddCheck(CLI::App& program) {
  CLI::App* const parser = program.add_subcommand("check", "Compile drafts and vocabularies; print what is wrong");
  const auto paths = std::make_shared<std::vector<std::string>>();
  parser->add_option("FILE", *paths, "Drafts and vocabularies (*.pvo)")->required()->type_name("");
  parser->footer(
      "Exit status: 0 no errors, 1 errors, 2 a file could not be read.\n"
      "Example:     proviso check rulesets/outbound/*.pvo");
  return {parser, [paths](Terminal& terminal) { return Check(*paths, terminal); }};
}

}  // namespace proviso::cli
