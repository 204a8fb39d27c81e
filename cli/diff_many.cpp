#include "cli/diff_many.h"

#include <fmt/core.h>
#include <llvm/ADT/STLExtras.h>

#include <optional>

#include "harness/compare/align.h"
#include "harness/report/n_way_report.h"
#include "harness/scenario/choose_option_sets.h"
#include "runtime/base/nearest.h"

namespace proviso::cli {
namespace {

/// By the drafts' names, where these differ, else by their files.
std::vector<compare::Side> SidesOf(const std::vector<const load::LoadedDraft*>& drafts,
                                   const std::vector<std::string>& files, const compare::Alignment& alignment) {
  std::vector<compare::Side> sides;
  for (const load::LoadedDraft* const draft : drafts)
    sides.push_back({alignment.Aligned(sides.size(), draft->draft), draft->draft->name});
  const auto is_of_two = [&](const std::string& name) {
    return llvm::count_if(drafts, [&](const load::LoadedDraft* draft) { return draft->draft->name == name; }) > 1;
  };
  for (std::size_t i = 0; i < sides.size(); ++i) {
    if (is_of_two(sides[i].name)) sides[i].name = files[i];
  }
  return sides;
}

std::optional<std::size_t> FindBaseline(const std::vector<compare::Side>& sides, const std::string& name,
                                        Terminal& terminal) {
  if (name.empty()) return 0;
  std::vector<std::string> names;
  for (const compare::Side& side : sides) names.push_back(side.name);
  const auto found = llvm::find(names, name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const std::string nearest = Nearest(name, names);
  terminal.Error(fmt::format("error: `--baseline`: none of the drafts is called `{}`{}\n", name,
                             nearest.empty() ? "" : fmt::format("; did you mean `{}`?", nearest)));
  return std::nullopt;
}

}  // namespace

Status DiffDrafts(const DiffMany& arguments, Terminal& terminal) {
  load::Workspace& workspace = NewWorkspace();
  std::vector<const load::LoadedDraft*> drafts;
  for (const std::string& file : arguments.files) drafts.push_back(workspace.Draft(file));
  if (llvm::is_contained(drafts, nullptr)) return terminal.EndWithNothing(workspace, Status::kUnusable);
  std::vector<compare::Alignment::Draft> texts;
  for (const load::LoadedDraft* const draft : drafts) texts.push_back(draft->draft);
  const auto alignment =
      compare::Alignment::Of(texts, scenario::Arguments(workspace, "--rename", arguments.renames), workspace.Sink());
  if (!alignment) return terminal.EndWithNothing(workspace, Status::kUnusable);
  for (std::size_t i = 0; i < drafts.size() && !arguments.decision.empty(); ++i) {
    load::LoadedDraft aligned = *drafts[i];
    aligned.draft = alignment->Aligned(i, aligned.draft);
    if (!scenario::ChooseDecision(workspace, aligned, arguments.decision))
      return terminal.EndWithNothing(workspace, Status::kUnusable);
  }
  report::NWayRun run{.sides = SidesOf(drafts, arguments.files, *alignment), .baseline = 0, .decisions = {}};
  const auto baseline = FindBaseline(run.sides, arguments.baseline, terminal);
  if (!baseline) return Status::kUnusable;
  run.baseline = *baseline;
  run.decisions = compare::PartCases(run.sides, arguments.decision, {.max_nodes = arguments.max_nodes},
                                     [&](std::size_t done, std::size_t all) {
                                       terminal.Progress(fmt::format("compared {} of {} decisions", done, all));
                                     });
  if (run.decisions.empty()) {
    workspace.Sink().Report<diagnostics::Kind::kNothingToCompare>({}, run.sides.front().name, run.sides.back().name);
    return terminal.EndWithNothing(workspace, Status::kUnusable);
  }
  workspace.Sink().DropWarnings();  // `check` shows those of the drafts
  terminal.ShowDiagnostics(workspace);
  terminal.Out(terminal.IsJson() ? report::NWayJson(run, DiagnosticsJson(workspace))
                                 : report::NWayText(run, arguments.limit, terminal.OutStyle()));
  return terminal.End(workspace, report::AreAlike(run) ? Status::kFine : Status::kFinding);
}

}  // namespace proviso::cli
