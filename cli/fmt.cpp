// proviso fmt: the one canonical layout.
#include <fmt/core.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/replace_file.h"
#include "compiler/format/format.h"
#include "compiler/syntax/parse.h"
#include "harness/report/format_report.h"

namespace proviso::cli {
namespace {

constexpr std::string_view kStandardInput = "-";

/// Formats one file where it has no syntax errors; those are in the workspace.
report::FormattedFile FormatOne(load::Workspace& workspace, const std::string& path, bool check, Terminal& terminal) {
  const std::optional<FileId> file = workspace.Text(path);
  const auto tree = file ? syntax::Parse(workspace.Files(), *file, workspace.Sink()) : std::nullopt;
  if (!tree) return {path, report::Layout::kUnknown};
  const std::string& text = workspace.Files()[*file].text;
  const std::string formatted = format::Format(*tree, text);
  const bool is_canonical = formatted == text;
  if (!check && path == kStandardInput && !terminal.IsJson()) terminal.Out(formatted);
  if (is_canonical) return {path, report::Layout::kCanonical};
  if (check || path == kStandardInput) return {path, report::Layout::kOther};
  const std::string problem = ReplaceFile(path, formatted);
  if (problem.empty()) return {path, report::Layout::kRewritten};
  terminal.Error(fmt::format("error: cannot write `{}`: {}\n", path, problem));
  return {path, report::Layout::kUnwritable};
}

Status StatusOf(const report::FormattedFile& file, bool check) {
  if (file.layout == report::Layout::kUnwritable) return Status::kUnusable;
  return check && file.layout == report::Layout::kOther ? Status::kFinding : Status::kFine;
}

Status FormatAll(const std::vector<std::string>& paths, bool check, Terminal& terminal) {
  load::Workspace workspace;
  std::vector<report::FormattedFile> files;
  Status status = Status::kFine;
  for (const std::string& path : paths) {
    files.push_back(FormatOne(workspace, path, check, terminal));
    status = Worse(status, StatusOf(files.back(), check));
  }
  terminal.ShowDiagnostics(workspace);
  if (terminal.IsJson()) {
    terminal.Out(report::FormatJson(files, DiagnosticsJson(workspace)));
  } else if (check) {
    terminal.Out(report::FormatText(files));
  }
  return terminal.End(workspace, status);
}

}  // namespace

Command AddFmt(Parser parser) {
  const auto paths = std::make_shared<std::vector<std::string>>();
  const auto check = std::make_shared<bool>(false);
  parser.Places("FILE", *paths, "Drafts and vocabularies (*.pvo); - reads standard input and writes standard output");
  parser.Flag("--check", *check, "Change nothing; name the files in another layout");
  parser.Footer(
      "Meaning and comments stay as they are. A file with syntax errors is left alone.\n"
      "Exit status: 0 done, 1 a syntax error (with --check: or another layout), 2 a file could not be used.\n"
      "Example:     proviso fmt --check rulesets/outbound/*.pvo");
  return {[paths, check](Terminal& terminal) { return FormatAll(*paths, *check, terminal); }};
}

}  // namespace proviso::cli
