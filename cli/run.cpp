// proviso run: one case, under one option set or all.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/ask.h"
#include "cli/commands.h"
#include "compiler/lower/too_large.h"
#include "compiler/reference/evaluate.h"
#include "harness/report/case_run.h"
#include "harness/report/run_report.h"
#include "harness/scenario/choose_option_sets.h"
#include "harness/scenario/suite.h"
#include "harness/scenario/suite_parts.h"

namespace proviso::cli {
namespace {

struct RunArguments {
  std::string draft;
  std::string facts;
  std::vector<std::string> assignments;
  std::vector<std::string> choices;
  std::string option_set;
  std::string decision;
  bool explain = false;
  bool ask = false;
};

std::vector<check::DecisionId> Only(const std::optional<check::DecisionId>& decision) {
  return decision ? std::vector{*decision} : std::vector<check::DecisionId>();
}

void Show(const report::CaseRun& run, bool explain, load::Workspace& workspace, Terminal& terminal) {
  const std::vector<report::ExplainedGroup> explained =
      explain ? report::Explain(run) : std::vector<report::ExplainedGroup>();
  workspace.Sink().DropWarnings();  // `check` shows those of the draft
  terminal.ShowDiagnostics(workspace);
  if (terminal.IsJson()) {
    terminal.Out(report::RunJson(run, explained, workspace.Files(), DiagnosticsJson(workspace)));
  } else if (explain) {
    terminal.Out(report::ExplanationText(run, explained, terminal.OutStyle()));
  } else {
    terminal.Out(report::RunText(run, terminal.OutStyle()));
  }
}

/// Why the call cannot be a dialogue; empty where it can.
std::string WhyNotAsk(const RunArguments& arguments, const Terminal& terminal) {
  if (terminal.IsJson()) return "`--ask` is for people: there is no JSON of it";
  if (arguments.facts == "-") return "`--ask` reads answers from standard input, which `--facts -` reads too";
  return "";
}

Status Run(const RunArguments& arguments, Terminal& terminal) {
  if (const std::string problem = arguments.ask ? WhyNotAsk(arguments, terminal) : ""; !problem.empty()) {
    terminal.Error("error: " + problem + "\n");
    return Status::kUnusable;
  }
  load::Workspace workspace;
  const load::LoadedDraft* const draft = workspace.Draft(arguments.draft);
  if (draft == nullptr) return terminal.EndWithNothing(workspace, Status::kFinding);
  auto facts = scenario::ReadFacts(workspace, *draft->draft->vocabulary, arguments.facts, arguments.assignments);
  if (facts) scenario::CheckAssumptions({draft}, *facts, {}, workspace.Sink());
  const auto chosen = scenario::ChooseOptions(workspace, *draft->draft, arguments.choices, arguments.option_set);
  std::optional<check::DecisionId> decision;
  if (!arguments.decision.empty()) decision = scenario::ChooseDecision(workspace, *draft, arguments.decision);
  const bool is_call_fine = facts && chosen && (decision || arguments.decision.empty());
  if (!is_call_fine) return terminal.EndWithNothing(workspace, Status::kUnusable);
  if (workspace.Sink().HasErrors()) return terminal.EndWithNothing(workspace, Status::kFinding);
  bool is_whole = false;
  if (arguments.ask) {
    Asked asked = AskForFacts(workspace, *draft, *facts, *chosen,
                              decision ? Only(decision) : draft->draft->DecisionsOfCase(), terminal);
    is_whole = asked.is_whole;
    facts = std::move(asked.facts);
  }
  auto answer = std::make_shared<lower::Answer>(draft->draft, *facts, *chosen, Only(decision), lower::kMaxNodes,
                                                lower::Variables::kNeeded, lower::Examples::kNeeded);
  if (answer->TooLargeAt()) {
    const check::Decision& at = draft->draft->decisions[*answer->TooLargeAt()];
    lower::ReportTooLarge(at, answer->InSpace(), lower::kMaxNodes, workspace.Sink());
    return terminal.EndWithNothing(workspace, Status::kFinding);
  }
  if (answer->OptionSets() == answer->Graph().No()) {
    scenario::ReportNothingChosen(workspace, *draft, arguments.choices, arguments.option_set);
    return terminal.EndWithNothing(workspace, Status::kUnusable);
  }
  const report::CaseRun run = report::GroupAnswers(answer, draft->draft, *facts);
  report::ReportNoOutcomes(run, workspace.Sink());
  if (is_whole) terminal.Out(report::RunText(run, terminal.OutStyle()) + "\n");
  Show(run, arguments.explain || is_whole, workspace, terminal);
  if (is_whole) OfferToSave(arguments.draft, *facts, *answer, terminal);
  return terminal.End(workspace, Status::kFine);
}

}  // namespace

Command AddRun(CLI::App& program) {
  CLI::App* const parser = program.add_subcommand("run", "Decide one case, under one option set or all of them");
  const auto arguments = std::make_shared<RunArguments>();
  parser->add_option("DRAFT", arguments->draft, "The draft (*.pvo)")->required()->type_name("");
  parser->add_option("--facts", arguments->facts, "A YAML file with the facts of the case")->type_name("CASE.yaml");
  parser->add_option("--fact", arguments->assignments, "One fact, on top of those in --facts; may be repeated")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  parser->add_option("--set", arguments->choices, "Only option sets with this alternative; may be repeated")
      ->type_name("OPTION=ALT")
      ->allow_extra_args(false);
  parser->add_option("--option-set", arguments->option_set, "Only a named option set of the draft")->type_name("NAME");
  parser->add_option("--decision", arguments->decision, "Only this decision")->type_name("NAME");
  parser->add_flag("--explain", arguments->explain, "Show what each answer rests on, in the order of the text");
  parser->add_flag("--ask", arguments->ask,
                   "Ask for the facts that matter, one by one, the most informative first, each on standard error; an "
                   "answer is a line of standard input");
  parser->footer(
      "A fact that is not given is unknown; the answer is then what the known facts settle.\n"
      "Exit status: 0 decided, 1 an error in the draft or the case, 2 a file could not be read.\n"
      "Example:     proviso run final.pvo --facts case.yaml --fact \"us_person=yes\" --explain");
  return {parser, [arguments](Terminal& terminal) { return Run(*arguments, terminal); }};
}

}  // namespace proviso::cli
