// proviso test: scenario suites against the drafts they name.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "cli/commands.h"
#include "harness/report/tally_report.h"
#include "harness/report/test_report.h"
#include "harness/scenario/find_suites.h"
#include "harness/scenario/suite.h"
#include "harness/test/run_suite.h"
#include "harness/test/tally.h"

namespace proviso::cli {
namespace {

struct TestArguments {
  std::vector<std::string> paths;
  std::string filter;
  std::string tally;
  bool fail_fast = false;
};

/// The suites named, and those below the folders named. Nothing where a folder has none.
std::optional<std::vector<std::string>> SuitesAt(const std::vector<std::string>& paths, Terminal& terminal) {
  std::vector<std::string> suites;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) {
      suites.push_back(path);
      continue;
    }
    const std::vector<std::string> found = scenario::FindSuites(path);
    if (found.empty()) {
      terminal.Error(
          fmt::format("error: there is no scenario suite in `{}`: no *.yaml file in it or below says "
                      "`vocabulary:` and `scenarios:` or `table:`\n",
                      path));
      return std::nullopt;
    }
    suites.insert(suites.end(), found.begin(), found.end());
  }
  return suites;
}

std::deque<scenario::Suite> ReadAll(load::Workspace& workspace, const std::vector<std::string>& paths,
                                    Terminal& terminal) {
  std::deque<scenario::Suite> suites;
  for (const std::string& path : paths) {
    terminal.Progress("reading " + path);
    if (std::optional<scenario::Suite> suite = scenario::ReadSuite(workspace, path))
      suites.push_back(std::move(*suite));
  }
  return suites;
}

bool RanNothing(const std::vector<report::TestedSuite>& tested) {
  return std::all_of(tested.begin(), tested.end(), [](const report::TestedSuite& one) {
    return one.result.passed + one.result.failed == 0 && one.result.failures.empty();
  });
}

std::int64_t MillisecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
}

Status Tally(const std::deque<scenario::Suite>& suites, const TestArguments& arguments, load::Workspace& workspace,
             Terminal& terminal) {
  const test::Tally tally = test::CountOutcomes(suites, arguments.tally, arguments.filter);
  if (tally.drafts.empty()) {
    terminal.Error(fmt::format("error: no draft of these suites has a decision `{}`\n", arguments.tally));
    return Status::kUnusable;
  }
  terminal.Out(terminal.IsJson() ? report::TallyJson(tally, DiagnosticsJson(workspace))
                                 : report::TallyText(tally, terminal.OutStyle()));
  return Status::kFine;
}

Status Test(const std::deque<scenario::Suite>& suites, std::size_t not_read, const TestArguments& arguments,
            std::chrono::steady_clock::time_point start, load::Workspace& workspace, Terminal& terminal) {
  std::vector<report::TestedSuite> tested;
  Status status = Status::kFine;
  for (const scenario::Suite& suite : suites) {
    terminal.Progress("testing " + suite.path);
    tested.push_back({&suite, test::RunSuite(suite, {arguments.filter, arguments.fail_fast})});
    if (!tested.back().result.failures.empty()) status = Status::kFinding;
    if (!terminal.IsJson()) terminal.Out(report::FailuresText(tested.back(), workspace.Files(), terminal.OutStyle()));
    if (arguments.fail_fast && status != Status::kFine) break;
  }
  if (!arguments.filter.empty() && RanNothing(tested)) {
    terminal.Error(fmt::format("error: no scenario's name contains `{}`\n", arguments.filter));
    return Status::kUnusable;
  }
  const std::int64_t milliseconds = MillisecondsSince(start);
  terminal.Out(terminal.IsJson() ? report::TestJson(tested, milliseconds, workspace.Files(), DiagnosticsJson(workspace))
                                 : report::TotalsText(tested, not_read, milliseconds, terminal.OutStyle()));
  return status;
}

Status RunTest(const TestArguments& arguments, Terminal& terminal) {
  const auto start = std::chrono::steady_clock::now();
  const auto paths = SuitesAt(arguments.paths, terminal);
  if (!paths) return Status::kUnusable;
  load::Workspace workspace;
  const std::deque<scenario::Suite> suites = ReadAll(workspace, *paths, terminal);
  workspace.Sink().DropWarnings();  // `check` shows those of the drafts
  terminal.ShowDiagnostics(workspace);
  const Status status = arguments.tally.empty()
                            ? Test(suites, paths->size() - suites.size(), arguments, start, workspace, terminal)
                            : Tally(suites, arguments, workspace, terminal);
  return terminal.End(workspace, status);
}

}  // namespace

Command AddTest(CLI::App& program) {
  CLI::App* const parser = program.add_subcommand("test", "Run scenario suites against the drafts they name");
  const auto arguments = std::make_shared<TestArguments>();
  parser->add_option("PATH", arguments->paths, "Suites (*.yaml), and folders to look for suites in")
      ->required()
      ->type_name("");
  parser->add_option("--filter", arguments->filter, "Only scenarios whose name contains this")->type_name("TEXT");
  parser->add_flag("--fail-fast", arguments->fail_fast, "Stop at the first scenario that fails");
  parser->add_option("--tally", arguments->tally, "Instead of testing, count the outcomes of this decision")
      ->type_name("DECISION");
  parser->footer(
      "--tally prints, for each draft and each group of option sets with equal counts, how many scenarios\n"
      "come to each outcome, whatever the suites expect.\n"
      "Exit status: 0 all passed, 1 a scenario failed or an input has errors, 2 a path could not be used.\n"
      "Example:     proviso test golden/outbound --filter biology");
  return {parser, [arguments](Terminal& terminal) { return RunTest(*arguments, terminal); }};
}

}  // namespace proviso::cli
