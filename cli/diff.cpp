// proviso diff: what changes between two drafts, or between option sets of one.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include <array>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/diff_many.h"
#include "cli/diff_scenarios.h"
#include "cli/files_at.h"
#include "cli/read_suites.h"
#include "compiler/check/variants.h"
#include "harness/compare/align.h"
#include "harness/compare/by_amendment.h"
#include "harness/compare/compare.h"
#include "harness/compare/over_cases.h"
#include "harness/report/by_amendment_report.h"
#include "harness/report/diff_over_report.h"
#include "harness/report/diff_report.h"
#include "harness/scenario/choose_option_sets.h"

namespace proviso::cli {
namespace {

struct DiffArguments {
  std::array<std::string, 2> files;
  std::vector<std::string> more;  // further drafts
  std::string baseline;
  std::string base;  // a revision: A is B as it was there
  std::array<std::vector<std::string>, 2> choices;
  std::string decision;
  bool by_amendment = false;
  std::vector<std::string> over;  // suites
  std::vector<std::string> renames;
  std::string write_scenarios;  // a suite to add to; empty: none
  report::DiffShown shown;
  std::size_t max_nodes = lower::kMaxNodes;
};

/// Names that tell the two apart: those of the drafts, else with what is chosen, else with their files.
void NameSides(std::array<compare::Side, 2>& sides, const DiffArguments& arguments) {
  for (compare::Side& side : sides) side.name = side.draft->name;
  if (!arguments.base.empty()) {
    sides[0].name += " at " + arguments.base;
    return;
  }
  for (std::size_t i = 0; sides[0].name == sides[1].name && i < 2; ++i) {
    const bool same_file = arguments.files[0] == arguments.files[1];
    for (std::size_t side = 0; side < 2; ++side) {
      const std::string chosen = fmt::format("{}", fmt::join(arguments.choices[side], ", "));
      sides[side].name = !same_file       ? arguments.files[side]
                         : chosen.empty() ? sides[side].draft->name + " as it is"
                                          : sides[side].draft->name + " under " + chosen;
    }
  }
}

/// With the options closed of which one alternative alone is chosen.
std::shared_ptr<const check::CheckedDraft> WithChosen(std::shared_ptr<const check::CheckedDraft> draft,
                                                      const std::vector<lower::OptionProduct>& chosen) {
  for (const lower::OptionProduct& product : chosen) {
    for (std::size_t i = 0; i < product.size(); ++i) {
      if (product[i].size() == 1) draft = check::WithSettled(*draft, check::OptionId(i), product[i].front());
    }
  }
  return draft;
}

using Chosen = std::vector<lower::OptionProduct>;

/// `chosen`: what is of either side's options.
bool ChooseSides(load::Workspace& workspace, const DiffArguments& arguments,
                 const std::array<const load::LoadedDraft*, 2>& drafts, std::array<compare::Side, 2>& sides,
                 std::array<Chosen, 2>& all_chosen) {
  static constexpr std::array kFlags = {"--set-a", "--set-b"};
  bool is_fine = true;
  for (std::size_t side = 0; side < 2; ++side) {
    const auto chosen =
        scenario::ChooseOptions(workspace, *drafts[side]->draft, arguments.choices[side], "", kFlags[side]);
    if (chosen) all_chosen[side] = *chosen;
    sides[side].draft = chosen ? WithChosen(drafts[side]->draft, *chosen) : drafts[side]->draft;
    const bool has_decision =
        arguments.decision.empty() || scenario::ChooseDecision(workspace, *drafts[side], arguments.decision);
    is_fine = is_fine && chosen && has_decision;
  }
  NameSides(sides, arguments);
  return is_fine;
}

bool Amends(const load::LoadedDraft& draft, const load::LoadedDraft& base) {
  return draft.amends != nullptr && (draft.amends == &base || Amends(*draft.amends, base));
}

Status DiffByAmendment(const DiffArguments& arguments, const std::array<const load::LoadedDraft*, 2>& drafts,
                       const compare::Alignment& alignment, load::Workspace& workspace, Terminal& terminal) {
  // Two that do not amend each other are aligned by name.
  const bool amends = Amends(*drafts[1], *drafts[0]);
  const load::LoadedDraft* const amended =
      amends ? drafts[1] : workspace.DraftAligned(arguments.files[0], arguments.files[1]);
  if (amended == nullptr) {
    workspace.Sink().Report<diagnostics::Kind::kNotAligned>({}, drafts[1]->draft->name, drafts[0]->draft->name);
    return terminal.EndWithNothing(workspace, Status::kUnusable);
  }
  if (!arguments.decision.empty() && !scenario::ChooseDecision(workspace, *drafts[1], arguments.decision))
    return terminal.EndWithNothing(workspace, Status::kUnusable);
  const std::size_t place = amends ? 1 : 0;  // one that is aligned is over the vocabulary of the first
  const auto whole = alignment.Aligned(place, amended->draft);
  compare::ByAmendment found = compare::CompareByAmendment(
      alignment.Aligned(0, drafts[0]->draft), whole,
      [&](const std::set<syntax::AmendmentId>& left_out) {
        const auto draft = workspace.DraftWithout(*amended, left_out);
        return draft == nullptr ? draft : alignment.Aligned(place, draft);
      },
      arguments.decision, arguments.max_nodes,
      [&](std::size_t done, std::size_t all) { terminal.Progress(fmt::format("compared {} of {}", done, all)); });
  if (!amends)
    found.rest =
        compare::EffectOf(whole, alignment.Aligned(1, drafts[1]->draft), arguments.decision, arguments.max_nodes);
  workspace.Sink().DropWarnings();
  terminal.ShowDiagnostics(workspace);
  terminal.Out(terminal.IsJson() ? report::ByAmendmentJson(found, workspace.Files(), DiagnosticsJson(workspace))
                                 : report::ByAmendmentText(found, workspace.Files(), terminal.OutStyle()));
  return terminal.End(workspace, compare::IsWithoutEffect(found) ? Status::kFine : Status::kFinding);
}

/// Nothing is left of these choices, or nothing can be held against the other.
Status EndWithNothingToCompare(const std::array<compare::Side, 2>& sides, load::Workspace& workspace,
                               Terminal& terminal) {
  workspace.Sink().Report<diagnostics::Kind::kNothingToCompare>({}, sides[0].name, sides[1].name);
  return terminal.EndWithNothing(workspace, Status::kUnusable);
}

Status DiffOver(const DiffArguments& arguments, const std::array<const load::LoadedDraft*, 2>& drafts,
                const std::array<compare::Side, 2>& sides, const std::array<Chosen, 2>& chosen,
                load::Workspace& workspace, Terminal& terminal) {
  std::array<compare::SideOver, 2> over;
  for (std::size_t side = 0; side < 2; ++side) {
    over[side] = {*drafts[side], sides[side].name};
    over[side].draft.draft = sides[side].draft;
    for (const lower::OptionProduct& product : chosen[side]) {
      std::erase_if(over[side].draft.option_sets,
                    [&](const check::OptionSet& set) { return !lower::Allows({product}, set); });
    }
  }
  if (over[0].draft.option_sets.size() * over[1].draft.option_sets.size() > compare::kMaxPairs) {
    terminal.Error("error: there are too many pairs of option sets: narrow them with `--set-a` and `--set-b`\n");
    return Status::kUnusable;
  }
  const auto facts = [](const load::LoadedDraft& draft) { return draft.draft->vocabulary->facts.size(); };
  const check::CheckedDraft& wider = *drafts[facts(*drafts[0]) < facts(*drafts[1]) ? 1 : 0]->draft;
  const auto read = ReadOver(workspace, arguments.over, wider, terminal);
  if (!read) return terminal.EndWithNothing(workspace, Status::kUnusable);
  const compare::ComparisonOver found = compare::CompareOver(
      over, read->Pointers(), arguments.decision,
      [&](std::size_t done, std::size_t all) { terminal.Progress(fmt::format("asked {} of {} cases", done, all)); });
  if (found.decisions.empty() || found.choices.all.empty()) return EndWithNothingToCompare(sides, workspace, terminal);
  terminal.Out(terminal.IsJson() ? report::DiffOverJson(found, DiagnosticsJson(workspace))
                                 : report::DiffOverText(found, arguments.shown.limit, terminal.OutStyle()));
  const bool is_same =
      llvm::all_of(found.decisions, [](const compare::DecisionOver& decision) { return decision.changed.empty(); });
  return terminal.End(workspace, is_same ? Status::kFine : Status::kFinding);
}

Status DiffAligned(const DiffArguments& arguments, const std::array<const load::LoadedDraft*, 2>& drafts,
                   load::Workspace& workspace, Terminal& terminal) {
  std::array<compare::Side, 2> sides;
  std::array<Chosen, 2> chosen;
  if (!ChooseSides(workspace, arguments, drafts, sides, chosen))
    return terminal.EndWithNothing(workspace, Status::kUnusable);
  if (!arguments.over.empty()) return DiffOver(arguments, drafts, sides, chosen, workspace, terminal);
  const compare::Comparisons comparisons = compare::Compare(
      sides, arguments.decision, arguments.shown.terms ? compare::Terms::kCompared : compare::Terms::kNamed,
      arguments.max_nodes, [&](std::size_t done, std::size_t all) {
        terminal.Progress(fmt::format("compared {} of {} decisions", done, all));
      });
  if (comparisons.decisions.empty()) return EndWithNothingToCompare(sides, workspace, terminal);
  workspace.Sink().DropWarnings();  // `check` shows those of the drafts
  terminal.ShowDiagnostics(workspace);
  terminal.Out(terminal.IsJson() ? report::DiffJson(comparisons, DiagnosticsJson(workspace))
                                 : report::DiffText(comparisons, arguments.shown, terminal.OutStyle()));
  Status status = report::AreEqual(comparisons) ? Status::kFine : Status::kFinding;
  if (!arguments.write_scenarios.empty()) {
    const std::array<DiffSource, 2> sources = {
        DiffSource{drafts[0]->draft, arguments.base.empty() ? arguments.files[0] : ""},
        DiffSource{drafts[1]->draft, arguments.files[1]}};
    if (!WriteRegions(comparisons, sources, arguments.write_scenarios, terminal)) status = Status::kUnusable;
  }
  return terminal.End(workspace, status);
}

Status DiffFiles(const DiffArguments& arguments, Terminal& terminal) {
  load::Workspace& workspace = NewWorkspace();
  const std::array read = {workspace.Draft(arguments.files[0]), workspace.Draft(arguments.files[1])};
  if (read[0] == nullptr || read[1] == nullptr) return terminal.EndWithNothing(workspace, Status::kUnusable);
  const auto alignment =
      compare::Alignment::Of({read[0]->draft, read[1]->draft},
                             scenario::Arguments(workspace, "--rename", arguments.renames), workspace.Sink());
  if (!alignment) return terminal.EndWithNothing(workspace, Status::kUnusable);
  if (!arguments.write_scenarios.empty() && !alignment->IsOfOneVocabulary()) {
    terminal.Error(
        "error: `--write-scenarios`: no suite can be over both vocabularies: one is to begin with the other\n");
    return Status::kUnusable;
  }
  if (arguments.by_amendment) return DiffByAmendment(arguments, read, *alignment, workspace, terminal);
  std::array aligned = {*read[0], *read[1]};
  for (std::size_t side = 0; side < 2; ++side) aligned[side].draft = alignment->Aligned(side, read[side]->draft);
  return DiffAligned(arguments, {&aligned[0], &aligned[1]}, workspace, terminal);
}

/// With one file alone, it is held against what it was in a commit.
Status Diff(DiffArguments arguments, Terminal& terminal) {
  if (!arguments.more.empty()) {
    std::vector<std::string> files(arguments.files.begin(), arguments.files.end());
    files.insert(files.end(), arguments.more.begin(), arguments.more.end());
    return DiffDrafts({.files = files,
                       .baseline = arguments.baseline,
                       .decision = arguments.decision,
                       .renames = arguments.renames,
                       .limit = arguments.shown.limit,
                       .max_nodes = arguments.max_nodes},
                      terminal);
  }
  const bool is_one = arguments.files[1].empty();
  if (!is_one && !arguments.base.empty()) {
    terminal.Error("error: `--base` is of one draft: what it was, and what it is now\n");
    return Status::kUnusable;
  }
  if (!is_one) return DiffFiles(arguments, terminal);
  if (arguments.base.empty()) arguments.base = "HEAD";
  const std::unique_ptr<FilesAt> files = FilesAt::Make(arguments.base, arguments.files[0], "--base", terminal);
  if (!files) return Status::kUnusable;
  arguments.files = {files->Path(), arguments.files[0]};
  return DiffFiles(arguments, terminal);
}

}  // namespace

Command AddDiff(Parser parser) {
  const auto arguments = std::make_shared<DiffArguments>();
  parser.Place("A", arguments->files[0], "The draft (*.pvo) to compare with; alone: as it was in a commit");
  parser.OptionalPlace("B", arguments->files[1], "The other draft; may be the same; left out: A as it is now");
  const Word more =
      parser.OptionalPlaces("C", arguments->more, "Further drafts: cases are parted by what all of them come to");
  parser.Text("--baseline", "NAME", arguments->baseline, "Of several drafts: the others are held against this one")
      .Needs(more);
  parser.Text("--base", "REV", arguments->base, "With one draft: compare with what it was in this commit (else HEAD)")
      .Excludes({more});
  parser.Decision(arguments->decision);
  const Word by_amendment =
      parser.Flag("--by-amendment", arguments->by_amendment, "Each single change by itself, alone and left out")
          .Excludes({more});
  parser
      .Texts("--set-a", "OPTION=ALT", arguments->choices[0],
             "Only option sets of A with this alternative; may be repeated")
      .Excludes({by_amendment, more});
  parser.Texts("--set-b", "OPTION=ALT", arguments->choices[1], "The same of B").Excludes({by_amendment, more});
  const Word rename =
      parser
          .Texts("--rename", "BEFORE=AFTER", arguments->renames,
                 "What A calls by one name and B (of several drafts: the last) by another: its path in both; may be "
                 "repeated")
          .Excludes({by_amendment});
  const Word over =
      parser.Texts("--over", "PATH", arguments->over, "Instead, which cases of these suites change; may be repeated")
          .Excludes({by_amendment, more});
  parser
      .Text("--write-scenarios", "SUITE", arguments->write_scenarios,
            "Add a case of each region, with both outcomes, to this suite, or make it")
      .Excludes({by_amendment, more, over, rename});
  parser.Flag("--terms", arguments->shown.terms, "Show where terms differ as well, not only which")
      .Excludes({by_amendment, more, over});
  parser.Number("--limit", arguments->shown.limit, "Show at most so many regions of a decision, or cases of a list");
  parser.MaxNodes(arguments->max_nodes);
  parser.Footer(
      "An option that both drafts leave open, with alternatives of the same names, is chosen alike in both.\n"
      "Exit status: 0 identical, 1 there is a difference, 2 a draft or the call could not be used.\n"
      "Examples:    proviso diff proposal.pvo final.pvo --set-a threshold=low --decision treatment\n"
      "             proviso diff final.pvo   what the edit since the last commit does");
  return {[arguments](Terminal& terminal) { return Diff(*arguments, terminal); }};
}

}  // namespace proviso::cli
