// proviso check: compiles drafts and vocabularies and prints what is wrong with them.
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "harness/report/check_report.h"
#include "harness/report/finding.h"

namespace proviso::cli {
namespace {

Status Check(const std::vector<std::string>& paths, Terminal& terminal) {
  load::Workspace workspace;
  std::vector<report::CheckedFile> files;
  for (const std::string& path : paths) {
    files.push_back({path, workspace.Check(path)});
    terminal.Progress("checked " + path);
  }
  terminal.ShowDiagnostics(workspace);
  const auto findings = [&] { return report::FindingsOf(workspace.Sink().Sorted()); };
  switch (terminal.OutFormat()) {
    case Format::kJson:
      terminal.Out(report::CheckJson(files, DiagnosticsJson(workspace)));
      break;
    case Format::kSarif:
      terminal.Out(report::SarifText(findings(), workspace.Files(), PROVISO_VERSION));
      break;
    case Format::kGithub:
      terminal.Out(report::GithubText(findings(), workspace.Files()));
      break;
    default:
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
  return {parser,
          [paths](Terminal& terminal) { return Check(*paths, terminal); },
          {"text", "json", "sarif", "github"},
          ", sarif for code scanners, github for annotations"};
}

}  // namespace proviso::cli
