// proviso cover: what the scenario suites exercise of the drafts they name.
#include "harness/cover/cover.h"

#include <fmt/core.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/read_suites.h"
#include "harness/report/cover_report.h"
#include "llvm/ADT/STLExtras.h"
#include "runtime/base/nearest.h"

namespace proviso::cli {
namespace {

struct CoverArguments {
  std::vector<std::string> paths;
  std::vector<std::string> drafts;
  std::optional<double> fail_under;
  bool prove_infeasible = false;
  bool redundant = false;
  bool edges = false;
};

std::string ResultText(const std::vector<cover::DraftCoverage>& drafts, const report::Redundancy* redundancy,
                       load::Workspace& workspace, const Terminal& terminal) {
  const source::SourceFiles& files = workspace.Files();
  switch (terminal.OutFormat()) {
    case Format::kJson:
      return report::CoverJson(drafts, redundancy, files, DiagnosticsJson(workspace));
    case Format::kLcov:
      return report::CoverLcov(drafts, files);
    case Format::kHtml:
      return report::CoverHtml(drafts, files);
    default:
      break;
  }
  const std::string text = report::CoverText(drafts, files, terminal.OutStyle());
  return redundancy == nullptr ? text : text + report::RedundantText(*redundancy, files, terminal.OutStyle());
}

/// Leaves the drafts asked for; whether each of them is there.
bool KeepAsked(std::vector<cover::DraftCoverage>& drafts, const std::vector<std::string>& asked, Terminal& terminal) {
  std::vector<std::string> names;
  for (const cover::DraftCoverage& one : drafts) names.push_back(one.draft->draft->name);
  for (const std::string& name : asked) {
    if (llvm::is_contained(names, name)) continue;
    terminal.Error(fmt::format("error: these suites expect nothing of a draft `{}`; {}\n", name,
                               names.empty() ? "nor of any other" : "they do of " + report::Joined(names, "and")));
    return false;
  }
  if (asked.empty()) return true;
  std::erase_if(drafts, [&](const auto& one) { return !llvm::is_contained(asked, one.draft->draft->name); });
  return true;
}

/// Says which drafts are below the bar.
Status HoldAgainst(double percent, const std::vector<cover::DraftCoverage>& drafts, Terminal& terminal) {
  Status status = Status::kFine;
  for (const cover::DraftCoverage& one : drafts) {
    const cover::DraftCoverage::Share share = one.OfAll();
    if (static_cast<double>(share.seen) * 100 >= percent * static_cast<double>(share.all)) continue;
    terminal.Error(fmt::format("{} is covered to {}, and {} % are asked for\n", one.draft->draft->name,
                               report::PercentText(report::PerMille(share)), percent));
    status = Status::kFinding;
  }
  return status;
}

Status RunCover(const CoverArguments& arguments, Terminal& terminal) {
  if ((arguments.redundant || arguments.edges) && !terminal.IsJson() && terminal.OutFormat() != Format::kText) {
    terminal.Error("error: `--redundant` and `--edges` have the formats text and json\n");
    return Status::kUnusable;
  }
  if (!HaveSuites(arguments.paths, terminal)) return Status::kUnusable;
  load::Workspace& workspace = NewWorkspace();
  const SuitesRead read = ReadAll(workspace, SuitesAt(arguments.paths), terminal);
  std::vector<cover::DraftCoverage> drafts = cover::Cover(read.Pointers());
  if (!KeepAsked(drafts, arguments.drafts, terminal)) return Status::kUnusable;
  for (cover::DraftCoverage& one : drafts) {
    if (arguments.edges) one.edges = cover::EdgesOf(*one.draft, read.Pointers());
  }
  for (cover::DraftCoverage& one : drafts) {
    if (!arguments.prove_infeasible) break;
    cover::SettleMissing(one, [&](std::size_t done, std::size_t all) {
      terminal.Progress(fmt::format("{}: {} of {} situations asked for", one.draft->draft->name, done, all));
    });
  }
  std::optional<report::Redundancy> redundancy;
  if (arguments.redundant)
    redundancy = {cover::FindRedundant(read.Pointers(), {}), cover::FindNeverRead(read.Pointers())};
  terminal.Out(ResultText(drafts, redundancy ? &*redundancy : nullptr, workspace, terminal));
  return terminal.End(workspace, HoldAgainst(arguments.fail_under.value_or(0), drafts, terminal));
}

}  // namespace

Command AddCover(Parser parser) {
  const auto arguments = std::make_shared<CoverArguments>();
  parser.Places("PATH", arguments->paths, "Suites (*.yaml), and folders to look for suites in");
  parser.Texts("--draft", "NAME", arguments->drafts, "Only this draft; may be repeated");
  parser.Percent("--fail-under", arguments->fail_under, "Fail where less of a draft is exercised, in percent of all");
  parser.Flag("--prove-infeasible", arguments->prove_infeasible,
              "Ask of what is missing whether any case could show it; what is proved to be impossible is not asked "
              "for (takes from a second to minutes)");
  parser.Flag("--edges", arguments->edges,
              "Count every edge of the graphs of the decisions that are expected too: each answer at each test that "
              "some case and option set comes to; for drafts of a few rules");
  parser.Flag("--redundant", arguments->redundant,
              "Also list the scenarios whose part others have too, of all drafts of the suites, and the facts that "
              "suites state and no decision that they expect comes to; nothing is taken out");
  parser.Footer(
      "What counts is what an expectation turns on: the decisions it names, in its case, under its option sets.\n"
      "Whether what is missing can occur at all is only asked with --prove-infeasible.\n"
      "--edges: where an outcome is expected of a case with unknown facts, edges for all their values count, but for "
      "those\n"
      "behind sums and the like. With --prove-infeasible 2,000 edges of a decision are asked about at most. They are "
      "not\n"
      "compared by --redundant.\n"
      "--redundant: without all of the scenarios listed together, the others still show every situation counted here,\n"
      "and expect different outcomes wherever they did, of any two of the drafts under option sets. Slips are not\n"
      "compared (proviso mutate --redundant does), nor what `because`, `needs` and `possible` say; rows of a table\n"
      "with totals stay.\n"
      "Exit status: 0 shown, 1 less than the bar or an input has errors, 2 a path or draft could not be used.\n"
      "Example:     proviso cover golden/outbound --draft final_2024 --format html > coverage.html");
  return {[arguments](Terminal& terminal) { return RunCover(*arguments, terminal); },
          {"text", "json", "lcov", "html"},
          ", lcov for its tools, html to read in the draft's text"};
}

}  // namespace proviso::cli
