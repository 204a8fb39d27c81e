// proviso sweep: what a draft's options change, over given cases.
#include <fmt/core.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/read_suites.h"
#include "harness/report/sweep_report.h"
#include "harness/scenario/choose_option_sets.h"
#include "harness/sweep/over_cases.h"

namespace proviso::cli {
namespace {

struct SweepArguments {
  std::string draft;
  std::vector<std::string> over;
  std::string decision;
  std::size_t limit = 20;
};

Status SweepOver(const SweepArguments& arguments, const load::LoadedDraft& draft,
                 const std::vector<check::DecisionId>& decisions, load::Workspace& workspace, Terminal& terminal) {
  const auto read = ReadOver(workspace, arguments.over, *draft.draft, terminal);
  if (!read) return terminal.EndWithNothing(workspace, Status::kUnusable);
  const sweep::OverCases over = sweep::SweepCases(
      draft, read->Pointers(), decisions,
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

Status Sweep(const SweepArguments& arguments, Terminal& terminal) {
  load::Workspace workspace;
  const load::LoadedDraft* const draft = workspace.Draft(arguments.draft);
  if (draft == nullptr) return terminal.EndWithNothing(workspace, Status::kFinding);
  std::vector<check::DecisionId> decisions = draft->draft->DecisionsOfCase();
  if (!arguments.decision.empty()) {
    const auto decision = scenario::ChooseDecision(workspace, *draft, arguments.decision);
    if (!decision) return terminal.EndWithNothing(workspace, Status::kUnusable);
    decisions = {*decision};
  }
  if (terminal.OutFormat() == Format::kCsv && decisions.size() > 1) {
    terminal.Error("error: `--format csv` is of one decision: name it with `--decision`\n");
    return Status::kUnusable;
  }
  return SweepOver(arguments, *draft, decisions, workspace, terminal);
}

}  // namespace

Command AddSweep(CLI::App& program) {
  CLI::App* const parser = program.add_subcommand("sweep", "Show what a draft's options change, over given cases");
  const auto arguments = std::make_shared<SweepArguments>();
  parser->add_option("DRAFT", arguments->draft, "The draft (*.pvo)")->required()->type_name("");
  parser->add_option("--over", arguments->over, "Suites, or folders of them, whose cases are asked; may be repeated")
      ->required()
      ->type_name("PATH")
      ->allow_extra_args(false);
  parser->add_option("--decision", arguments->decision, "Only this decision")->type_name("NAME");
  parser->add_option("--limit", arguments->limit, "Show at most so many cases of a list")
      ->type_name("N")
      ->capture_default_str();
  parser->footer(
      "Break-even: the values of an option, be they its alternatives or not, at which a case's outcome becomes\n"
      "another, whatever else is chosen; values that a constraint rules out are left out.\n"
      "Exit status: 0 shown, 1 an error in the draft, 2 the call or a file could not be used.\n"
      "Example:     proviso sweep proposal.pvo --over cases.yaml --decision treatment");
  return {parser,
          [arguments](Terminal& terminal) { return Sweep(*arguments, terminal); },
          {"text", "json", "csv"},
          ", csv for spreadsheets"};
}

}  // namespace proviso::cli
