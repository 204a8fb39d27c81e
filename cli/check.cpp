// proviso check: compiles drafts and vocabularies and prints what is wrong with them.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "harness/findings/complain.h"
#include "harness/report/check_report.h"
#include "harness/report/finding.h"

namespace proviso::cli {
namespace {

struct CheckArguments {
  std::vector<std::string> paths;
  bool findings = false;
};

/// Nothing of a vocabulary.
std::optional<report::CheckedFile::Findings> FindIn(const std::string& path, load::Workspace& workspace,
                                                    Terminal& terminal) {
  if (workspace.Tree(path)->kind != syntax::FileKind::kDraft) return std::nullopt;
  const load::LoadedDraft& draft = *workspace.Draft(path);
  const findings::Findings found = findings::Find(draft, [&](std::size_t done, std::size_t all) {
    terminal.Progress(fmt::format("{}: looked at {} of {} pieces", path, done, all));
  });
  const findings::Said said = findings::Complain(found, *draft.draft, workspace.Sink());
  return report::CheckedFile::Findings{found.asked, said.said, said.waived, found.not_settled};
}

Status Check(const CheckArguments& arguments, Terminal& terminal) {
  load::Workspace& workspace = NewWorkspace();
  std::vector<report::CheckedFile> files;
  Status status = Status::kFine;
  for (const std::string& path : arguments.paths) {
    report::CheckedFile& file = files.emplace_back(path, workspace.Check(path));
    terminal.Progress("checked " + path);
    if (!arguments.findings || !file.is_fine) continue;
    file.findings = FindIn(path, workspace, terminal);
    if (file.findings && file.findings->found > 0) status = Status::kFinding;
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
  return terminal.End(workspace, status);
}

}  // namespace

Command AddCheck(Parser parser) {
  const auto arguments = std::make_shared<CheckArguments>();
  parser.Places("FILE", arguments->paths, "Drafts and vocabularies (*.pvo)");
  parser.Flag("--findings", arguments->findings, "Look for what can never change an outcome; takes seconds to minutes");
  parser.Footer(
      "Exit status: 0 no errors, 1 errors, or findings that are not waived, 2 a file could not be read.\n"
      "Example:     proviso check rulesets/outbound/*.pvo");
  return {[arguments](Terminal& terminal) { return Check(*arguments, terminal); },
          {"text", "json", "sarif", "github"},
          ", sarif for code scanners, github for annotations"};
}

}  // namespace proviso::cli
