#include "cli/diff_many.h"

#include <fmt/core.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <optional>

#include "harness/report/n_way_report.h"
#include "harness/scenario/choose_option_sets.h"
#include "harness/scenario/suite_drafts.h"
#include "runtime/base/nearest.h"

namespace proviso::cli {
namespace {

/// Whether each draft's vocabulary is the beginning of the widest; reported where not.
bool AreComparable(load::Workspace& workspace, const std::vector<const load::LoadedDraft*>& drafts) {
  const auto facts = [](const load::LoadedDraft* draft) { return draft->draft->vocabulary->facts.size(); };
  const check::CheckedDraft& widest = *(*std::ranges::max_element(drafts, {}, facts))->draft;
  bool are_fine = true;
  for (const load::LoadedDraft* const draft : drafts) {
    if (scenario::IsBeginningOf(*draft->draft->vocabulary, *widest.vocabulary)) continue;
    workspace.Sink().Report<diagnostics::Kind::kDifferentVocabularies>(
        {}, draft->draft->name, widest.name, draft->draft->vocabulary->name, widest.vocabulary->name);
    are_fine = false;
  }
  return are_fine;
}

/// By the drafts' names, where these differ, else by their files.
std::vector<compare::Side> SidesOf(const std::vector<const load::LoadedDraft*>& drafts,
                                   const std::vector<std::string>& files) {
  std::vector<compare::Side> sides;
  for (const load::LoadedDraft* const draft : drafts) sides.push_back({draft->draft, draft->draft->name});
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
  const bool are_there = !llvm::is_contained(drafts, nullptr);
  if (!are_there || !AreComparable(workspace, drafts)) return terminal.EndWithNothing(workspace, Status::kUnusable);
  for (const load::LoadedDraft* const draft : drafts) {
    if (!arguments.decision.empty() && !scenario::ChooseDecision(workspace, *draft, arguments.decision))
      return terminal.EndWithNothing(workspace, Status::kUnusable);
  }
  report::NWayRun run{.sides = SidesOf(drafts, arguments.files), .baseline = 0, .decisions = {}};
  const auto baseline = FindBaseline(run.sides, arguments.baseline, terminal);
  if (!baseline) return Status::kUnusable;
  run.baseline = *baseline;
  run.decisions = compare::PartCases(run.sides, arguments.decision, arguments.max_nodes);
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
