// proviso emit: what a phase made of a file.
#include <memory>
#include <optional>
#include <string>

#include "cli/commands.h"
#include "compiler/syntax/parse.h"
#include "harness/report/checked_nodes.h"
#include "harness/report/diagnostics_table.h"
#include "harness/report/tree_nodes.h"

namespace proviso::cli {
namespace {

Status Show(const report::Node& node, load::Workspace& workspace, Terminal& terminal) {
  terminal.ShowDiagnostics(workspace);
  terminal.Out(terminal.IsJson() ? report::NodeJson(node, workspace.Files())
                                 : report::NodeText(node, workspace.Files()));
  return terminal.End(workspace, Status::kFine);
}

Status EmitTree(const std::string& path, Terminal& terminal) {
  load::Workspace& workspace = NewWorkspace();
  const std::optional<FileId> file = workspace.Text(path);
  const auto tree = file ? syntax::Parse(workspace.Files(), *file, workspace.Sink()) : std::nullopt;
  return tree ? Show(report::TreeNode(*tree), workspace, terminal)
              : terminal.EndWithNothing(workspace, Status::kFinding);
}

Status EmitChecked(const std::string& path, Terminal& terminal) {
  load::Workspace& workspace = NewWorkspace();
  const syntax::SyntaxTree* const tree = workspace.Tree(path);
  if (tree == nullptr) return terminal.EndWithNothing(workspace, Status::kFinding);
  if (tree->kind == syntax::FileKind::kVocabulary) {
    const auto vocabulary = workspace.VocabularyOf(path);
    return vocabulary ? Show(report::VocabularyNode(*vocabulary), workspace, terminal)
                      : terminal.EndWithNothing(workspace, Status::kFinding);
  }
  const load::LoadedDraft* const draft = workspace.Draft(path);
  return draft == nullptr ? terminal.EndWithNothing(workspace, Status::kFinding)
                          : Show(report::CheckedNode(*draft), workspace, terminal);
}

Status EmitDiagnostics(Terminal& terminal) {
  load::Workspace& workspace = NewWorkspace();
  terminal.Out(terminal.IsJson() ? report::DiagnosticsJson() : report::DiagnosticsTable());
  return terminal.End(workspace, Status::kFine);
}

}  // namespace

Command AddEmit(Parser parser) {
  const auto part = std::make_shared<std::string>();
  const auto path = std::make_shared<std::string>();
  parser.PlaceAmong("PART", *part, {"tree", "checked", "diagnostics"},
                    "tree: what was written; checked: what it means; diagnostics: all there are");
  parser.OptionalPlace("FILE", *path, "A draft or vocabulary (*.pvo); none for diagnostics");
  parser.Footer(
      "Exit status: 0 shown, 1 the file has errors, 2 it could not be read.\n"
      "Example:     proviso emit tree rulesets/outbound/final_2024.pvo");
  return {[part, path](Terminal& terminal) {
    if (*part == "diagnostics") return EmitDiagnostics(terminal);
    if (path->empty()) {
      terminal.Error("error: FILE is required\n`proviso emit --help` says what it takes\n");
      return Status::kUnusable;
    }
    return *part == "tree" ? EmitTree(*path, terminal) : EmitChecked(*path, terminal);
  }};
}

}  // namespace proviso::cli
