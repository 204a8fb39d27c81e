// proviso graph: the decision graph of a draft, as figures or as a drawing.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/draw.h"
#include "compiler/lower/option_cover.h"
#include "compiler/lower/too_large.h"
#include "harness/report/graph_report.h"
#include "harness/scenario/choose_option_sets.h"
#include "harness/scenario/suite.h"
#include "harness/scenario/suite_parts.h"

namespace proviso::cli {
namespace {

struct GraphArguments {
  std::string draft;
  std::string decision;
  std::vector<std::string> choices;
  std::string option_set;
  std::vector<std::string> known;
  bool stats = false;
  std::size_t max_nodes = lower::kMaxNodes;
};

/// What is only assumed is left free: the graph is about all cases.
Case WithoutAssumed(Case facts) {
  for (Instance& instance : facts.instances) {
    for (FactState& state : instance.facts) {
      if (state.assumed) state = {};
    }
  }
  return facts;
}

/// Nothing known: the draft for all cases. Else for those with these facts.
lower::Lowered Build(const load::LoadedDraft& draft, const GraphArguments& arguments, const Case& facts,
                     const std::optional<check::DecisionId>& decision, lower::Deciding deciding) {
  std::vector<check::DecisionId> decisions;
  if (decision) decisions.push_back(*decision);
  if (!arguments.known.empty())
    return lower::LowerFor(draft.draft, facts, decisions, arguments.max_nodes, lower::Variables::kAll);
  return lower::Lower(draft.draft, decisions, arguments.max_nodes, deciding);
}

/// Leaves only what belongs to all of `chosen`.
void ChooseIn(report::GraphView& view, const std::vector<lower::OptionProduct>& chosen) {
  graph::Graph& graph = view.lowered->space->graph;
  const lower::LoweredDraft& draft = view.lowered->drafts.front();
  view.option_sets = draft.option_sets;
  for (const lower::OptionProduct& product : chosen)
    view.option_sets = graph.And(view.option_sets, lower::NodeOf(graph, draft, product));
  for (lower::LoweredDecision& decision : view.decisions) {
    decision.outcome = graph.SimplifyWithin(decision.outcome, view.option_sets);
  }
}

Status Show(const report::GraphView& view, const GraphArguments& arguments, load::Workspace& workspace,
            Terminal& terminal) {
  workspace.Sink().DropWarnings();  // `check` shows those of the draft
  terminal.ShowDiagnostics(workspace);
  switch (terminal.OutFormat()) {
    case Format::kJson:
      terminal.Out(report::GraphJson(view, DiagnosticsJson(workspace)));
      break;
    case Format::kDot:
      terminal.Out(report::GraphDot(view));
      break;
    case Format::kSvg: {
      const auto drawing = Draw(report::GraphDot(view));
      if (!drawing) {
        terminal.Error("error: the drawing library cannot be loaded; `--format dot` writes what it would draw\n");
        return Status::kUnusable;
      }
      terminal.Out(*drawing);
      break;
    }
    default:
      terminal.Out(report::GraphStatsText(view, terminal.OutStyle()));
  }
  if (arguments.stats && terminal.OutFormat() != Format::kText)
    terminal.Error(report::GraphStatsText(view, terminal.ErrorStyle()));
  return terminal.End(workspace, Status::kFine);
}

Status Graph(const GraphArguments& arguments, Terminal& terminal) {
  load::Workspace& workspace = NewWorkspace();
  const load::LoadedDraft* const draft = workspace.Draft(arguments.draft);
  if (draft == nullptr) return terminal.EndWithNothing(workspace, Status::kFinding);
  const auto facts = scenario::ReadFacts(workspace, *draft->draft->vocabulary, "", arguments.known, "--restrict");
  const auto chosen = scenario::ChooseOptions(workspace, *draft->draft, arguments.choices, arguments.option_set);
  std::optional<check::DecisionId> decision;
  if (!arguments.decision.empty()) decision = scenario::ChooseDecision(workspace, *draft, arguments.decision);
  if (!facts || !chosen || (!decision && !arguments.decision.empty()))
    return terminal.EndWithNothing(workspace, Status::kUnusable);
  const auto start = std::chrono::steady_clock::now();
  const Case known = WithoutAssumed(*facts);
  scenario::CheckAssumptions({draft}, known, {}, workspace.Sink());
  if (workspace.Sink().HasErrors()) return terminal.EndWithNothing(workspace, Status::kFinding);
  const bool is_drawn = terminal.OutFormat() == Format::kDot || terminal.OutFormat() == Format::kSvg;
  lower::Lowered lowered =
      Build(*draft, arguments, known, decision, is_drawn ? lower::Deciding::kAdded : lower::Deciding::kLeftOut);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  if (lowered.too_large) {
    const check::Decision& at = draft->draft->decisions[lowered.too_large->decision];
    lower::ReportTooLarge(at, *lowered.space, arguments.max_nodes, workspace.Sink());
    return terminal.EndWithNothing(workspace, Status::kFinding);
  }
  graph::Graph& graph = lowered.space->graph;
  graph.LimitTo(graph.Size() + lower::kMaxNodes);  // what is made to show it has room of its own
  report::GraphView view{.lowered = &lowered,
                         .decisions = lowered.drafts.front().decisions,
                         .option_sets = {},
                         .milliseconds = took.count()};
  ChooseIn(view, *chosen);
  if (graph.Exhausted()) {
    const check::Decision& at = draft->draft->decisions[view.decisions.front().decision];
    lower::ReportTooLarge(at, *lowered.space, graph.Size(), workspace.Sink());
    return terminal.EndWithNothing(workspace, Status::kFinding);
  }
  if (view.option_sets == graph.No()) {
    scenario::ReportNothingChosen(workspace, *draft, arguments.choices, arguments.option_set);
    return terminal.EndWithNothing(workspace, Status::kUnusable);
  }
  return Show(view, arguments, workspace, terminal);
}

}  // namespace

Command AddGraph(Parser parser) {
  const auto arguments = std::make_shared<GraphArguments>();
  parser.Draft(arguments->draft);
  parser.Decision(arguments->decision);
  parser.Choices(arguments->choices);
  parser.OptionSet(arguments->option_set);
  parser.Texts("--restrict", "FACT=VALUE", arguments->known, "Only cases with this fact; may be repeated");
  parser.Flag("--stats", arguments->stats, "Figures also beside a drawing or JSON, on standard error");
  parser.MaxNodes(arguments->max_nodes);
  parser.Footer(
      "Text is the figures: nodes, what asks how much of them, and how many cases come to each outcome.\n"
      "Exit status: 0 shown, 1 an error in the draft, or too large, 2 the call or a file could not be used.\n"
      "Example:     proviso graph final.pvo --decision treatment --restrict us_person=yes --format svg > final.svg");
  return {[arguments](Terminal& terminal) { return Graph(*arguments, terminal); },
          {"text", "json", "dot", "svg"},
          ", or a drawing"};
}

}  // namespace proviso::cli
