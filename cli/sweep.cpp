// proviso sweep: what a draft's options change, over given cases or over all.
#include <fmt/core.h>
#include <llvm/ADT/STLExtras.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/draw.h"
#include "cli/read_suites.h"
#include "harness/report/strictness_report.h"
#include "harness/report/sweep_report.h"
#include "harness/scenario/choose_option_sets.h"
#include "harness/sweep/over_cases.h"

namespace proviso::cli {
namespace {

struct SweepArguments {
  std::string draft;
  std::vector<std::string> over;
  std::string decision;
  std::vector<std::string> choices;
  std::size_t limit = 20;
  std::size_t max_nodes = lower::kMaxNodes;
};

Status SweepOver(const SweepArguments& arguments, const load::LoadedDraft& draft,
                 const std::vector<check::DecisionId>& decisions, const std::vector<lower::OptionProduct>& chosen,
                 load::Workspace& workspace, Terminal& terminal) {
  if (draft.option_sets.size() > sweep::kMaxOptionSets) {
    terminal.Error(fmt::format("error: {} option sets are too many for `--over`: narrow them with `--set`\n",
                               draft.option_sets.size()));
    return Status::kUnusable;
  }
  const auto read = ReadOver(workspace, arguments.over, *draft.draft, terminal);
  if (!read) return terminal.EndWithNothing(workspace, Status::kUnusable);
  const sweep::OverCases over = sweep::SweepCases(
      draft, read->Pointers(), decisions, chosen,
      [&](std::size_t done, std::size_t all) { terminal.Progress(fmt::format("asked {} of {} cases", done, all)); });
  switch (terminal.OutFormat()) {
    case Format::kJson:
      terminal.Out(report::OverCasesJson(over, DiagnosticsJson(workspace)));
      break;
    case Format::kCsv:
      terminal.Out(report::OverCasesCsv(over));
      break;
    default:
      terminal.Out(report::OverCasesText(over, arguments.limit, terminal.OutStyle()));
  }
  return terminal.End(workspace, Status::kFine);
}

/// What standard output is to have; nothing, said why, where it cannot be drawn.
std::optional<std::string> StrictnessIn(const report::StrictnessRun& run, std::size_t limit, load::Workspace& workspace,
                                        Terminal& terminal) {
  switch (terminal.OutFormat()) {
    case Format::kJson:
      return report::StrictnessJson(run, DiagnosticsJson(workspace));
    case Format::kCsv:
      return report::StrictnessCsv(run);
    case Format::kDot:
      return report::StrictnessDot(run);
    case Format::kSvg: {
      const auto drawing = Draw(report::StrictnessDot(run));
      if (!drawing)
        terminal.Error("error: the drawing library cannot be loaded; `--format dot` writes what it would draw\n");
      return drawing;
    }
    default:
      return report::StrictnessText(run, limit, terminal.OutStyle());
  }
}

Status SweepAll(const SweepArguments& arguments, const load::LoadedDraft& draft,
                const std::vector<check::DecisionId>& decisions, load::Workspace& workspace, Terminal& terminal) {
  const report::StrictnessRun run{.draft = &draft,
                                  .decisions = sweep::CompareOptionSets(
                                      draft, decisions, arguments.max_nodes, [&](std::size_t done, std::size_t all) {
                                        terminal.Progress(fmt::format("settled {} of {} questions", done, all));
                                      })};
  workspace.Sink().DropWarnings();  // `check` shows those of the draft
  terminal.ShowDiagnostics(workspace);
  const auto text = StrictnessIn(run, arguments.limit, workspace, terminal);
  if (!text) return Status::kUnusable;
  terminal.Out(*text);
  const bool is_settled = llvm::all_of(run.decisions, [](const sweep::Strictness& found) { return found.IsSettled(); });
  return terminal.End(workspace, is_settled ? Status::kFine : Status::kFinding);
}

/// What is wrong with the call; empty where nothing is.
std::string WrongCall(const SweepArguments& arguments, std::size_t decisions, const Terminal& terminal) {
  const bool is_drawn = terminal.OutFormat() == Format::kDot || terminal.OutFormat() == Format::kSvg;
  if (is_drawn && !arguments.over.empty()) return "a drawing is of all cases: leave out `--over`";
  if ((is_drawn || terminal.OutFormat() == Format::kCsv) && decisions > 1)
    return "`--format csv`, `dot` and `svg` are of one decision: name it with `--decision`";
  return "";
}

Status Sweep(const SweepArguments& arguments, Terminal& terminal) {
  load::Workspace& workspace = NewWorkspace();
  const load::LoadedDraft* const loaded = workspace.Draft(arguments.draft);
  if (loaded == nullptr) return terminal.EndWithNothing(workspace, Status::kFinding);
  load::LoadedDraft draft = *loaded;
  const auto chosen = scenario::ChooseOptions(workspace, *draft.draft, arguments.choices, "");
  std::vector<check::DecisionId> decisions = draft.draft->DecisionsOfCase();
  if (!arguments.decision.empty()) {
    const auto decision = scenario::ChooseDecision(workspace, draft, arguments.decision);
    decisions.clear();
    if (decision) decisions.push_back(*decision);
  }
  if (!chosen || decisions.empty()) return terminal.EndWithNothing(workspace, Status::kUnusable);
  for (const lower::OptionProduct& product : *chosen)
    std::erase_if(draft.option_sets, [&](const check::OptionSet& set) { return !lower::Allows({product}, set); });
  if (draft.option_sets.empty()) {
    scenario::ReportNothingChosen(workspace, draft, arguments.choices, "");
    return terminal.EndWithNothing(workspace, Status::kUnusable);
  }
  if (const std::string problem = WrongCall(arguments, decisions.size(), terminal); !problem.empty()) {
    terminal.Error(fmt::format("error: {}\n", problem));
    return Status::kUnusable;
  }
  return arguments.over.empty() ? SweepAll(arguments, draft, decisions, workspace, terminal)
                                : SweepOver(arguments, draft, decisions, *chosen, workspace, terminal);
}

}  // namespace

Command AddSweep(Parser parser) {
  const auto arguments = std::make_shared<SweepArguments>();
  parser.Draft(arguments->draft);
  parser.Texts("--over", "PATH", arguments->over, "Suites, or folders of them, whose cases are asked; may be repeated");
  parser.Decision(arguments->decision);
  parser.Choices(arguments->choices);
  parser.Number("--limit", arguments->limit, "Show at most so many cases, or groups, of a list");
  parser.MaxNodes(arguments->max_nodes);
  parser.Footer(
      "Without --over: which option sets come to the same over all cases, and which are stricter than which.\n"
      "Break-even: the values of an option, be they its alternatives or not, at which a case's outcome becomes\n"
      "another, whatever else is chosen; values that a constraint rules out are left out.\n"
      "Exit status: 0 shown, 1 an error in the draft, or not all is settled, 2 the call or a file could not be used.\n"
      "Example:     proviso sweep proposal.pvo --over cases.yaml --decision treatment");
  return {[arguments](Terminal& terminal) { return Sweep(*arguments, terminal); },
          {"text", "json", "csv", "dot", "svg"},
          ", csv for spreadsheets, or a drawing of what is stricter"};
}

}  // namespace proviso::cli
