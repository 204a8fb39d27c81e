// proviso run: one case, under one option set or all.
#include <fmt/format.h>

#include <algorithm>
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
  std::string why_not;  // an outcome
  bool explain = false;
  bool nearest = false;
  bool ask = false;
};

/// The outcome, where the decision can be said to come to it.
std::optional<Value> OutcomeOf(const check::CheckedDraft& draft, check::DecisionId decision, const std::string& text) {
  const auto read = ParseValue(*draft.vocabulary, draft.decisions[decision].type, text);
  const auto* const value = std::get_if<Value>(&read);
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::vector<check::DecisionId> Only(const std::optional<check::DecisionId>& decision) {
  return decision ? std::vector{*decision} : std::vector<check::DecisionId>();
}

/// What else the decisions shown could come to; of `--why-not`, those that can come to it.
std::vector<report::WhatIfGroup> AskWhatIf(const RunArguments& arguments, const report::CaseRun& run,
                                           Terminal& terminal) {
  std::vector<report::WhatIfGroup> groups;
  if (arguments.why_not.empty() && !arguments.nearest) return groups;
  change::WhatIf what_if(run.draft);
  for (const report::AnswerGroup& agreeing : report::AgreeingGroups(run)) {
    report::WhatIfGroup& group = groups.emplace_back();
    group.where = agreeing.where;
    group.under = agreeing.example;
    group.is_one = run.option_sets == Exact(1);
    for (const report::CaseRun::Decision& decision : run.decisions) {
      const check::Decision& asked = run.draft->decisions[decision.id];
      std::optional<Value> wanted;
      if (!arguments.why_not.empty()) {
        wanted = OutcomeOf(*run.draft, decision.id, arguments.why_not);
        if (!wanted) continue;
      }
      terminal.Progress("looking for changes of " + asked.name);
      group.decisions.push_back(what_if.Of(decision.id, *run.facts, group.under, wanted));
    }
  }
  return groups;
}

void Show(const report::CaseRun& run, bool explain, const std::vector<report::WhatIfGroup>& what_if,
          load::Workspace& workspace, Terminal& terminal) {
  const std::vector<report::ExplainedGroup> explained =
      explain ? report::Explain(run) : std::vector<report::ExplainedGroup>();
  workspace.Sink().DropWarnings();  // `check` shows those of the draft
  terminal.ShowDiagnostics(workspace);
  if (terminal.IsJson()) {
    terminal.Out(report::RunJson(run, explained, what_if, workspace.Files(), DiagnosticsJson(workspace)));
    return;
  }
  terminal.Out(explain ? report::ExplanationText(run, explained, terminal.OutStyle())
                       : report::RunText(run, terminal.OutStyle()));
  terminal.Out(report::WhatIfText(run, what_if, terminal.OutStyle()));
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
  load::Workspace& workspace = NewWorkspace();
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
  const bool is_outcome =
      arguments.why_not.empty() || std::ranges::any_of(run.decisions, [&](const report::CaseRun::Decision& shown) {
        return OutcomeOf(*draft->draft, shown.id, arguments.why_not).has_value();
      });
  if (!is_outcome) {
    terminal.Error(fmt::format("error: no decision that is shown can be `{}`\n", arguments.why_not));
    return Status::kUnusable;
  }
  if (is_whole) terminal.Out(report::RunText(run, terminal.OutStyle()) + "\n");
  Show(run, arguments.explain || is_whole, AskWhatIf(arguments, run, terminal), workspace, terminal);
  if (is_whole) OfferToSave(arguments.draft, *facts, *answer, terminal);
  return terminal.End(workspace, Status::kFine);
}

}  // namespace

Command AddRun(Parser parser) {
  const auto arguments = std::make_shared<RunArguments>();
  parser.Draft(arguments->draft);
  parser.Text("--facts", "CASE.yaml", arguments->facts, "A YAML file with the facts of the case");
  parser.Texts("--fact", "PATH=VALUE", arguments->assignments, "One fact, on top of those in --facts; may be repeated");
  parser.Choices(arguments->choices);
  parser.OptionSet(arguments->option_set);
  parser.Decision(arguments->decision);
  parser.Flag("--explain", arguments->explain, "Show what each answer rests on, in the order of the text");
  parser.Text("--why-not", "OUTCOME", arguments->why_not,
              "What keeps a decision from this outcome, and the nearest changes of facts that would give it");
  parser.Flag("--nearest", arguments->nearest,
              "The nearest changes of facts that would give each other outcome, and how far numbers are from their "
              "thresholds");
  parser.Flag("--ask", arguments->ask,
              "Ask for the facts that matter, one by one, the most informative first, each on standard error; an "
              "answer is a line of standard input");
  parser.Footer(
      "A fact that is not given is unknown; the answer is then what the known facts settle.\n"
      "Exit status: 0 answered, 1 an error in the draft, or facts that cannot be so, 2 the case or the call could not "
      "be\n             read.\n"
      "Example:     proviso run final.pvo --facts case.yaml --fact \"us_person=yes\" --explain");
  return {[arguments](Terminal& terminal) { return Run(*arguments, terminal); }};
}

}  // namespace proviso::cli
