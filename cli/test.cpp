// proviso test: scenario suites against the drafts they name.
#include <fmt/core.h>

#include <chrono>
#include <deque>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "cli/bless.h"
#include "cli/changed.h"
#include "cli/commands.h"
#include "cli/history.h"
#include "cli/read_suites.h"
#include "cli/watch.h"
#include "harness/report/tally_report.h"
#include "harness/report/test_report.h"
#include "harness/scenario/suite.h"
#include "harness/scenario/suite_sources.h"
#include "harness/test/kept.h"
#include "harness/test/run_suite.h"
#include "harness/test/tally.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

namespace proviso::cli {
namespace {

struct TestArguments {
  std::vector<std::string> paths;
  std::string filter;
  std::string tally;
  std::string shard;
  std::string bless;    // `true` (asking) or `all`; empty: no
  std::string changed;  // `true` (since HEAD) or a revision; empty: all suites
  std::string record;   // a file to add the run to
  std::string against;  // a file to compare with
  bool fail_fast = false;
  bool watch = false;
};

/// `2/3`: the second of three.
std::optional<test::Shard> ReadShard(llvm::StringRef text) {
  const auto [index, count] = text.split('/');
  test::Shard shard;
  if (index.getAsInteger(10, shard.index) || count.getAsInteger(10, shard.count)) return std::nullopt;
  if (shard.index == 0 || shard.index > shard.count) return std::nullopt;
  --shard.index;
  return shard;
}

/// Those of the suites that a changed file is a part of; nothing where git cannot say what has changed.
std::optional<std::vector<std::string>> TouchedSuites(const std::vector<std::string>& suites,
                                                      const TestArguments& arguments, Terminal& terminal) {
  const std::string revision = arguments.changed == "true" ? "HEAD" : arguments.changed;
  const auto changed = ChangedFiles(revision, terminal);
  if (!changed) return std::nullopt;
  load::Workspace workspace;  // its complaints come again where a suite is tested
  const auto is_changed = [&](const std::string& path) {
    std::error_code ignored;
    return changed->contains(std::filesystem::weakly_canonical(path, ignored).string());
  };
  std::vector<std::string> touched;
  for (const std::string& suite : suites) {
    if (llvm::any_of(scenario::SourcesOf(workspace, suite), is_changed)) touched.push_back(suite);
  }
  terminal.Error(fmt::format("{} of {} touched by what has changed since {}\n", touched.size(),
                             report::Counted(suites.size(), "suite"), revision));
  return touched;
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

std::string ResultText(const report::TestRun& run, load::Workspace& workspace, const Terminal& terminal) {
  const source::SourceFiles& files = workspace.Files();
  const auto findings = [&] {
    std::vector<report::Finding> all = report::FindingsOf(workspace.Sink().Sorted());
    std::vector<report::Finding> failures = report::FindingsOf(run);
    std::move(failures.begin(), failures.end(), std::back_inserter(all));
    return all;
  };
  switch (terminal.OutFormat()) {
    case Format::kJson:
      return report::TestJson(run, files, DiagnosticsJson(workspace));
    case Format::kJunit:
      return report::TestJunit(run, files);
    case Format::kTap:
      return report::TestTap(run, files);
    case Format::kMarkdown:
      return report::TestMarkdown(run, files);
    case Format::kGithub:
      return report::GithubText(findings(), files);
    case Format::kSarif:
      return report::SarifText(findings(), files, PROVISO_VERSION);
    default:
      break;
  }
  std::string text;
  for (const report::TestedSuite& tested : run.tested) {
    text += report::FailuresText(tested, files, terminal.OutStyle());
    text += report::UnreviewedText(tested, files, terminal.OutStyle());
  }
  return text + report::TotalsText(run, terminal.OutStyle());
}

report::TestRun RunAll(const SuitesRead& read, const test::RunOptions& options, Terminal& terminal) {
  const std::vector<const scenario::Suite*> suites = read.Pointers();
  std::vector<test::SuiteResult> results = test::RunSuites(suites, options, [&](std::size_t done, std::size_t all) {
    terminal.Progress(fmt::format("tested {} of {} scenarios", done, all));
  });
  report::TestRun run{.tested = {}, .unread = read.unread};
  for (std::size_t i = 0; i < results.size(); ++i) run.tested.push_back({suites[i], std::move(results[i])});
  return run;
}

Status Test(const SuitesRead& read, const TestArguments& arguments, std::chrono::steady_clock::time_point start,
            load::Workspace& workspace, test::Kept* kept, Terminal& terminal) {
  const test::Shard shard = arguments.shard.empty() ? test::Shard() : *ReadShard(arguments.shard);
  const test::RunOptions options = {
      .filter = arguments.filter, .fail_fast = arguments.fail_fast, .shard = shard, .kept = kept};
  report::TestRun run = RunAll(read, options, terminal);
  const report::TestScope scope = report::ScopeOf(run);
  const bool is_whole = shard.count == 1 && !read.suites.empty();  // else there may be nothing to find
  if (!arguments.filter.empty() && is_whole && scope.passed + scope.failed == 0) {
    terminal.Error(fmt::format("error: no scenario's name contains `{}`\n", arguments.filter));
    return Status::kUnusable;
  }
  if (!arguments.bless.empty() && scope.failed > 0) {
    return Bless(workspace, run, options, arguments.bless == "all" ? BlessMode::kAll : BlessMode::kAsk, terminal);
  }
  run.milliseconds = MillisecondsSince(start);
  terminal.Out(ResultText(run, workspace, terminal));
  return scope.failed > 0 ? Status::kFinding : Status::kFine;
}

/// What is wrong with the call; empty where nothing is.
std::string WrongCall(const TestArguments& arguments, const Terminal& terminal) {
  if (!arguments.shard.empty() && !ReadShard(arguments.shard)) {
    return fmt::format("`--shard {}` names no part: `--shard 1/3` is the first of three", arguments.shard);
  }
  if (!arguments.bless.empty() && arguments.bless != "true" && arguments.bless != "all") {
    return fmt::format("`--bless={}` is none of `--bless` and `--bless=all`", arguments.bless);
  }
  if (!arguments.bless.empty() && terminal.OutFormat() != Format::kText) {
    return "`--bless` has the format text: it is a conversation";
  }
  if (!arguments.bless.empty() && (arguments.fail_fast || !arguments.tally.empty())) {
    return "`--bless` is of all scenarios: it goes with neither `--fail-fast` nor `--tally`";
  }
  const bool is_other_job = !arguments.bless.empty() || !arguments.tally.empty() || !arguments.changed.empty();
  if (arguments.watch && (is_other_job || terminal.OutFormat() != Format::kText)) {
    return "`--watch` goes with none of `--bless`, `--tally`, `--changed` and other formats than text";
  }
  const bool is_history = !arguments.record.empty() || !arguments.against.empty();
  const bool is_part = !arguments.filter.empty() || !arguments.shard.empty() || arguments.fail_fast;
  if (is_history && (is_part || is_other_job || arguments.watch)) {
    return "`--record` and `--against` are of whole suites, and go with no option but `--format`";
  }
  const bool is_plain = terminal.IsJson() || terminal.OutFormat() == Format::kText;
  if (!arguments.tally.empty() && !is_plain) return "`--tally` has the formats text and json";
  if (!arguments.against.empty() && !is_plain) return "`--against` has the formats text and json";
  return "";
}

Status TestSuites(const std::vector<std::string>& paths, const TestArguments& arguments, load::Workspace& workspace,
                  Terminal& terminal) {
  const auto start = std::chrono::steady_clock::now();
  const SuitesRead read = ReadAll(workspace, paths, terminal);
  if (!arguments.against.empty()) {
    return terminal.End(workspace, CompareAgainst(workspace, read, arguments.against, terminal));
  }
  const Status status = arguments.tally.empty() ? Test(read, arguments, start, workspace, nullptr, terminal)
                                                : Tally(read.suites, arguments, workspace, terminal);
  if (arguments.record.empty()) return terminal.End(workspace, status);
  return terminal.End(workspace, Worse(status, Record(workspace, read, arguments.record, terminal)));
}

/// Tests suites again as the files that they turn on are saved, until it is ended from without.
class Watcher {
 public:
  Watcher(const TestArguments& arguments, Terminal& terminal) : arguments_(arguments), terminal_(terminal) {}

  Status Run() {
    std::vector<std::string> suites = SuitesAt(arguments_.paths);
    Status status = Status::kFine;
    while (true) {
      status = suites.empty() ? status : TestAll(suites);
      if (terminal_.IsClosed()) return status;
      suites = WaitForSaved();
    }
  }

 private:
  /// Suites that were read together, and what they name.
  struct Reading {
    load::Workspace workspace;
    SuitesRead read;
  };

  Status TestAll(const std::vector<std::string>& suites) {
    const auto since = std::chrono::system_clock::now();
    const auto start = std::chrono::steady_clock::now();
    const auto now = std::make_shared<Reading>();
    now->read = ReadAll(now->workspace, suites, terminal_);
    kept_.Follow(now->read.Pointers());
    const Status status =
        terminal_.End(now->workspace, Test(now->read, arguments_, start, now->workspace, &kept_, terminal_));
    for (const std::string& suite : suites) {
      sources_[suite] = scenario::SourcesOf(now->workspace, suite);
      watch_.Add(sources_[suite], since);
    }
    Keep(now);
    return status;
  }

  /// What was read lives as long as results of it are kept; not beyond so many readings, each with drafts of its own.
  void Keep(const std::shared_ptr<const Reading>& now) {
    for (const scenario::Suite& suite : now->read.suites) readings_[suite.path] = now;
    std::set<const Reading*> distinct;
    for (const auto& [suite, reading] : readings_) distinct.insert(reading.get());
    if (distinct.size() > kMaxReadings) {
      kept_ = {};
      readings_.clear();
    }
    kept_.FindLooks();
  }

  /// The suites that what was saved, or came, is a part of.
  std::vector<std::string> WaitForSaved() {
    for (int look = 1;; ++look) {
      std::this_thread::sleep_for(kBetweenLooks);
      const std::set<std::string> saved = watch_.Saved();
      std::vector<std::string> suites;
      for (const auto& [suite, sources] : sources_) {
        if (llvm::any_of(sources, [&](const std::string& path) { return saved.contains(path); })) {
          suites.push_back(suite);
        }
      }
      if (look % kLooksBetweenSearches == 0) FindSuitesThatCameOrWent(suites);
      if (suites.empty()) continue;
      Announce(saved, suites);
      return suites;
    }
  }

  void FindSuitesThatCameOrWent(std::vector<std::string>& suites) {
    const std::vector<std::string> now = SuitesAt(arguments_.paths);
    for (const std::string& suite : now) {
      if (!sources_.contains(suite)) suites.push_back(suite);
    }
    std::erase_if(sources_, [&](const auto& known) { return !llvm::is_contained(now, known.first); });
  }

  void Announce(const std::set<std::string>& saved, const std::vector<std::string>& suites) {
    const std::vector<std::string> names(saved.begin(), saved.end());
    const std::string what = saved.empty() ? "new" : report::Joined(names, "and") + " saved";
    const auto is_new = [&](const std::string& suite) { return !sources_.contains(suite); };
    const std::size_t all = sources_.size() + static_cast<std::size_t>(llvm::count_if(suites, is_new));
    terminal_.Out(fmt::format("\n{}: {} of {}\n", what, suites.size(), report::Counted(all, "suite")));
  }

  static constexpr std::chrono::milliseconds kBetweenLooks{50};
  static constexpr int kLooksBetweenSearches = 10;
  static constexpr std::size_t kMaxReadings = 8;

  const TestArguments& arguments_;
  Terminal& terminal_;
  Watch watch_;
  std::map<std::string, std::vector<std::string>> sources_;         // by suite
  std::map<std::string, std::shared_ptr<const Reading>> readings_;  // by suite
  test::Kept kept_;
};

Status RunTest(const TestArguments& arguments, Terminal& terminal) {
  if (const std::string wrong = WrongCall(arguments, terminal); !wrong.empty()) {
    terminal.Error("error: " + wrong + "\n");
    return Status::kUnusable;
  }
  if (!HaveSuites(arguments.paths, terminal)) return Status::kUnusable;
  if (arguments.watch) return Watcher(arguments, terminal).Run();
  std::optional<std::vector<std::string>> suites = SuitesAt(arguments.paths);
  if (!arguments.changed.empty()) suites = TouchedSuites(*suites, arguments, terminal);
  if (!suites) return Status::kUnusable;
  load::Workspace workspace;
  return TestSuites(*suites, arguments, workspace, terminal);
}

}  // namespace

Command AddTest(Parser parser) {
  const auto arguments = std::make_shared<TestArguments>();
  parser.Places("PATH", arguments->paths, "Suites (*.yaml), and folders to look for suites in");
  parser.Text("--filter", "TEXT", arguments->filter, "Only scenarios whose name contains this");
  parser.Flag("--fail-fast", arguments->fail_fast, "Stop at the first scenario that fails");
  parser.Text("--shard", "i/n", arguments->shard,
              "Only the i-th of n parts, which together are all scenarios; a table with totals is never parted");
  parser.FlagOrText(
      "--bless", arguments->bless,
      "Where a scenario fails, expect what the draft now says: asks for each change, or takes all of them "
      "(--bless=all)");
  parser.FlagOrText("--changed", arguments->changed,
                    "Only suites that a file is a part of which has changed since git's HEAD, or another revision "
                    "(--changed=main)");
  parser.Flag("--watch", arguments->watch, "Go on, and test again what a saved file affects, until ended (Control-C)");
  parser.Text("--record", "FILE.jsonl", arguments->record, "Also add what the drafts come to as a line to this file");
  parser.Text("--against", "FILE.jsonl", arguments->against,
              "Instead of testing, say what has changed since the last run in this file");
  parser.Text("--tally", "DECISION", arguments->tally, "Instead of testing, count the outcomes of this decision");
  parser.Footer(
      "--bless changes nothing but the expectations themselves, and a file only where the suite is then the same in\n"
      "all else; totals, and what is laid out in ways that it does not edit, are said to be changed by hand.\n"
      "--tally prints, for each draft and each group of option sets with equal counts, how many scenarios\n"
      "come to each outcome, whatever the suites expect.\n"
      "Exit status: 0 all passed, 1 a scenario failed or an input has errors, 2 a path could not be used.\n"
      "Example:     proviso test golden/outbound --filter biology");
  return {[arguments](Terminal& terminal) { return RunTest(*arguments, terminal); },
          {"text", "json", "junit", "tap", "github", "markdown", "sarif"},
          ", markdown for a review, the others for build servers"};
}

}  // namespace proviso::cli
