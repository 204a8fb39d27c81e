// proviso trace: which paragraphs of a regulation a draft encodes, and that none is left out silently.
#include <memory>
#include <optional>
#include <string>

#include "cli/commands.h"
#include "harness/report/trace_report.h"

namespace proviso::cli {
namespace {

Status Trace(const std::string& path, const std::string& list, Terminal& terminal) {
  load::Workspace& workspace = NewWorkspace();
  const load::LoadedDraft* const draft = workspace.Draft(path);
  if (draft == nullptr) return terminal.EndWithNothing(workspace, Status::kFinding);
  const std::optional<FileId> file = workspace.Text(list);
  const auto paragraphs = file ? trace::ReadParagraphs(workspace.Files(), *file, workspace.Sink()) : std::nullopt;
  if (!paragraphs) return terminal.EndWithNothing(workspace, Status::kUnusable);
  const auto rows = trace::Trace(*paragraphs, *draft->draft, workspace.Sink());
  if (terminal.IsJson()) {
    terminal.Out(report::TraceJson(rows, DiagnosticsJson(workspace)));
  } else {
    terminal.ShowDiagnostics(workspace);
    // A table that does not account for everything would look as though it did.
    if (workspace.Sink().ErrorCount() == 0) terminal.Out(report::TraceTable(rows));
  }
  return terminal.End(workspace, Status::kFine);
}

}  // namespace

Command AddTrace(Parser parser) {
  const auto path = std::make_shared<std::string>();
  const auto list = std::make_shared<std::string>();
  parser.Place("DRAFT", *path, "A draft (*.pvo)");
  parser.RequiredText("--paragraphs", "FILE", *list,
                      "The list of paragraphs: CSV with the columns paragraph, heading, not encoded because");
  parser.Footer(
      "Prints a Markdown table. Exit status: 0 every paragraph is accounted for, 1 one is not, or a\n"
      "citation names none, 2 a file could not be used.\n"
      "Example:     proviso trace rulesets/outbound/final_2024.pvo --paragraphs rulesets/outbound/paragraphs.csv");
  return {[path, list](Terminal& terminal) { return Trace(*path, *list, terminal); }};
}

}  // namespace proviso::cli
