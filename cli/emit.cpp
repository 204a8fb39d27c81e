// proviso emit: what a phase made of a file.
#include <memory>
#include <optional>
#include <string>

#include "cli/commands.h"
#include "compiler/syntax/parse.h"
#include "harness/report/checked_nodes.h"
#include "harness/report/diagnostics_table.h"
#include "harness/report/json.h"
#include "harness/report/tree_nodes.h"

namespace proviso::cli {
namespace {

Status Show(const report::Node& node, load::Workspace& workspace, Terminal& terminal) {
  terminal.ShowDiagnostics(workspace);
  terminal.Out(terminal.IsJson() ? report::NodeJson(node, workspace.Files())
                                 : report::NodeText(node, workspace.Files()));
  return terminal.End(workspace, Status::kFine);
}

Status Fail(load::Workspace& workspace, Terminal& terminal) {
  terminal.ShowDiagnostics(workspace);
  if (terminal.IsJson()) terminal.Out(report::FailedJson(DiagnosticsJson(workspace)));
  return terminal.End(workspace, Status::kFinding);
}

Status EmitTree(const std::string& path, Terminal& terminal) {
  load::Workspace workspace;
  const std::optional<FileId> file = workspace.Text(path);
  const auto tree = file ? syntax::Parse(workspace.Files(), *file, workspace.Sink()) : std::nullopt;
  return tree ? Show(report::TreeNode(*tree), workspace, terminal) : Fail(workspace, terminal);
}

Status EmitChecked(const std::string& path, Terminal& terminal) {
  load::Workspace workspace;
  const syntax::SyntaxTree* const tree = workspace.Tree(path);
  if (tree == nullptr) return Fail(workspace, terminal);
  if (tree->kind == syntax::FileKind::kVocabulary) {
    const auto vocabulary = workspace.VocabularyOf(path);
    return vocabulary ? Show(report::VocabularyNode(*vocabulary), workspace, terminal) : Fail(workspace, terminal);
  }
  const load::LoadedDraft* const draft = workspace.Draft(path);
  return draft == nullptr ? Fail(workspace, terminal) : Show(report::CheckedNode(*draft), workspace, terminal);
}

Status EmitDiagnostics(Terminal& terminal) {
  load::Workspace workspace;
  terminal.Out(terminal.IsJson() ? report::DiagnosticsJson() : report::DiagnosticsTable());
  return terminal.End(workspace, Status::kFine);
}

}  // namespace

Command AddEmit(CLI::App& program) {
  CLI::App* const parser = program.add_subcommand("emit", "Show what a phase of the compiler made of a file");
  parser->require_subcommand(1);
  const auto path = std::make_shared<std::string>();
  const CLI::App* const tree = parser->add_subcommand("tree", "The syntax tree: what was written");
  const CLI::App* const checked = parser->add_subcommand("checked", "The checked draft or vocabulary: what it means");
  parser->add_subcommand("diagnostics", "The table of all diagnostics, in Markdown");
  for (CLI::App* const part : parser->get_subcommands({})) {
    if (part == tree || part == checked) part->add_option("FILE", *path, "A draft or vocabulary (*.pvo)")->required();
  }
  parser->footer(
      "Exit status: 0 shown, 1 the file has errors, 2 it could not be read.\n"
      "Example:     proviso emit tree rulesets/outbound/final_2024.pvo");
  return {parser, [path, tree, checked](Terminal& terminal) {
            if (tree->parsed()) return EmitTree(*path, terminal);
            return checked->parsed() ? EmitChecked(*path, terminal) : EmitDiagnostics(terminal);
          }};
}

}  // namespace proviso::cli
