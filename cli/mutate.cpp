// proviso mutate: whether the scenario suites notice slips of the pen in the drafts.
#include "harness/mutate/mutate.h"

#include <fmt/core.h>

#include <cstdlib>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/read_suites.h"
#include "cli/write_scenarios.h"
#include "harness/report/cover_report.h"
#include "harness/report/mutate_report.h"
#include "harness/scenario/suite_sources.h"
#include "llvm/ADT/STLExtras.h"

namespace proviso::cli {
namespace {

struct MutateArguments {
  std::vector<std::string> paths;
  std::string cache;
  bool no_cache = false;
  std::optional<double> fail_under;
  std::string write_scenarios;  // a suite to add to; empty: none
  bool redundant = false;
};

bool IsDraft(const std::string& path) { return path.ends_with(".pvo"); }

/// Where verdicts are kept by default; empty where there is no home.
std::string UsualCache() {
  const auto folder = [](const char* variable) -> std::filesystem::path {
    const char* const value = std::getenv(variable);
    return value == nullptr ? "" : value;
  };
  if (const auto cache = folder("XDG_CACHE_HOME"); !cache.empty()) return (cache / "proviso" / "mutate").string();
  const auto home = folder("HOME");
  return home.empty() ? "" : (home / ".cache" / "proviso" / "mutate").string();
}

/// The suites named; where only drafts are, those below the working folder that name one of them.
std::vector<std::string> SuitesFor(const MutateArguments& arguments, const std::vector<std::string>& drafts) {
  std::vector<std::string> paths = arguments.paths;
  std::erase_if(paths, IsDraft);
  if (!paths.empty()) return SuitesAt(paths);
  load::Workspace workspace;  // its complaints come again where a suite is read
  const auto names_one = [&](const std::string& suite) {
    return llvm::any_of(scenario::SourcesOf(workspace, suite), [&](const std::string& path) {
      std::error_code ignored;
      return llvm::any_of(drafts,
                          [&](const std::string& draft) { return std::filesystem::equivalent(path, draft, ignored); });
    });
  };
  std::vector<std::string> suites = SuitesAt({"."});
  std::erase_if(suites, [&](const std::string& suite) { return !names_one(suite); });
  return suites;
}

/// The drafts asked for, all that the suites expect something of where none is; nothing, reported, where one cannot be
/// used.
std::optional<std::vector<const load::LoadedDraft*>> DraftsFor(load::Workspace& workspace,
                                                               const std::vector<std::string>& paths,
                                                               llvm::ArrayRef<const scenario::Suite*> suites,
                                                               Terminal& terminal) {
  std::vector<const load::LoadedDraft*> tested = mutate::DraftsOf(suites);
  if (paths.empty()) return tested;
  std::vector<const load::LoadedDraft*> drafts;
  for (const std::string& path : paths) {
    const load::LoadedDraft* const draft = workspace.Draft(path);
    if (draft == nullptr) return std::nullopt;
    if (!llvm::is_contained(tested, draft)) {
      terminal.Error(fmt::format("error: no scenario expects anything of {} ({})\n", draft->draft->name, path));
      return std::nullopt;
    }
    drafts.push_back(draft);
  }
  return drafts;
}

mutate::DraftExamined Examine(load::Workspace& workspace, const mutate::Exam& exam, const std::string& cache,
                              Terminal& terminal) {
  std::optional<mutate::Memory> memory;
  if (!cache.empty()) memory.emplace(workspace, exam, cache, PROVISO_VERSION);
  const std::string& name = exam.Draft().draft->name;
  mutate::DraftExamined examined =
      mutate::Examine(exam, memory ? &*memory : nullptr, [&](std::size_t done, std::size_t all) {
        terminal.Progress(fmt::format("{}: {} of {} slips tried", name, done, all));
      });
  const std::string problem = memory ? memory->Save() : "";
  if (!problem.empty()) terminal.Error(fmt::format("verdicts cannot be kept in {}: {}\n", cache, problem));
  return examined;
}

/// Says which drafts are below the bar; without one, a slip that is not noticed is a finding.
Status HoldAgainst(const MutateArguments& arguments, const std::vector<mutate::DraftExamined>& drafts,
                   Terminal& terminal) {
  Status status = Status::kFine;
  for (const mutate::DraftExamined& one : drafts) {
    const std::size_t holes = one.Count(mutate::Verdict::kSurvived) + one.Count(mutate::Verdict::kNotSettled);
    if (!arguments.fail_under) status = holes > 0 ? Status::kFinding : status;
    if (static_cast<double>(one.ScorePerMille()) >= arguments.fail_under.value_or(0) * 10) continue;
    terminal.Error(fmt::format("of {} {} are noticed, and {} % are asked for\n", one.draft->draft->name,
                               report::PercentText(one.ScorePerMille()), *arguments.fail_under));
    status = Status::kFinding;
  }
  return status;
}

/// A scenario for each slip that is not noticed and of which a case is known, which would notice it.
Status WriteHoles(load::Workspace& workspace, const std::vector<mutate::DraftExamined>& examined,
                  const std::string& path, Terminal& terminal) {
  if (examined.size() != 1) {
    terminal.Error("error: `--write-scenarios` is of one draft: name it\n");
    return Status::kUnusable;
  }
  const std::shared_ptr<const check::CheckedDraft>& draft = examined.front().draft->draft;
  std::deque<Case> cases;
  std::deque<lower::Answer> answers;
  std::vector<scenario::NewScenario> scenarios;
  std::map<std::string, std::size_t> names;
  for (const mutate::Examined& one : examined.front().mutants) {
    if (!one.hole) continue;
    cases.push_back(scenario::WithAssumed(*draft->vocabulary, one.hole->witness.facts));
    answers.emplace_back(draft, cases.back(), llvm::ArrayRef<lower::OptionProduct>(), one.hole->decision);
    std::string name = report::SlipText(one.mutant);
    if (const std::size_t before = names[name]++; before > 0) name += fmt::format(" ({})", before + 1);
    const std::string source = one.mutant.cites.empty() ? "" : one.mutant.cites.front().text;
    scenarios.push_back({.name = std::move(name),
                         .source = source,
                         .is_unreviewed = true,
                         .facts = cases.back(),
                         .answer = answers.back()});
  }
  const std::string draft_path = workspace.Files()[draft->text->tree.file].path;
  return WriteScenarios(path, draft_path, scenarios, terminal) ? Status::kFine : Status::kUnusable;
}

/// The scenarios that noticed some slip; totals apart, whose rows are not compared.
void AddNoticing(const mutate::Exam& exam, const mutate::DraftExamined& examined,
                 std::vector<cover::ScenarioAt>& noticing) {
  for (const mutate::Examined& one : examined.mutants) {
    if (!one.noticed_by) continue;
    const mutate::Question& question = exam.Questions()[*one.noticed_by];
    if (!question.is_total) noticing.push_back({question.suite, question.scenario});
  }
}

void Report(const std::vector<mutate::DraftExamined>& examined, const report::Redundancy* redundancy,
            load::Workspace& workspace, Terminal& terminal) {
  const source::SourceFiles& files = workspace.Files();
  if (terminal.IsJson())
    return terminal.Out(report::MutateJson(examined, redundancy, files, DiagnosticsJson(workspace)));
  terminal.Out(report::MutateText(examined, files, terminal.OutStyle()));
  if (redundancy != nullptr) terminal.Out(report::RedundantText(*redundancy, files, terminal.OutStyle()));
}

Status RunMutate(const MutateArguments& arguments, Terminal& terminal) {
  std::vector<std::string> draft_paths = arguments.paths;
  std::erase_if(draft_paths, [](const std::string& path) { return !IsDraft(path); });
  std::vector<std::string> suite_paths = arguments.paths;
  std::erase_if(suite_paths, IsDraft);
  if (!HaveSuites(suite_paths, terminal)) return Status::kUnusable;
  load::Workspace workspace;
  const SuitesRead read = ReadAll(workspace, SuitesFor(arguments, draft_paths), terminal);
  const std::vector<const scenario::Suite*> suites = read.Pointers();
  const auto drafts = DraftsFor(workspace, draft_paths, suites, terminal);
  if (!drafts) return terminal.EndWithNothing(workspace, Status::kUnusable);
  const std::string cache = arguments.no_cache ? "" : arguments.cache.empty() ? UsualCache() : arguments.cache;
  std::vector<mutate::DraftExamined> examined;
  std::vector<cover::ScenarioAt> noticing;
  for (const load::LoadedDraft* const draft : *drafts) {
    const mutate::Exam exam(*draft, suites);
    examined.push_back(Examine(workspace, exam, cache, terminal));
    AddNoticing(exam, examined.back(), noticing);
  }
  std::optional<report::Redundancy> redundancy;
  if (arguments.redundant) redundancy = {cover::FindRedundant(suites, noticing), cover::FindNeverRead(suites), true};
  Report(examined, redundancy ? &*redundancy : nullptr, workspace, terminal);
  Status status = HoldAgainst(arguments, examined, terminal);
  if (!arguments.write_scenarios.empty())
    status = Worse(status, WriteHoles(workspace, examined, arguments.write_scenarios, terminal));
  return terminal.End(workspace, status);
}

}  // namespace

Command AddMutate(Parser parser) {
  const auto arguments = std::make_shared<MutateArguments>();
  parser.Places("PATH", arguments->paths,
                "Drafts (*.pvo), all that the suites are about where none is named; suites (*.yaml) and folders, "
                "those below this folder that name the drafts where none is named");
  parser.Percent("--fail-under", arguments->fail_under, "Fail only where less is noticed, in percent");
  parser.Text("--write-scenarios", "FILE.yaml", arguments->write_scenarios,
              "Add a scenario for each slip that is not noticed, unreviewed, to this suite");
  parser.Text("--cache", "FOLDER", arguments->cache, "Keep verdicts here, not in ~/.cache/proviso/mutate");
  parser.Flag("--no-cache", arguments->no_cache, "Keep no verdicts, and use none");
  parser.Flag(
      "--redundant", arguments->redundant,
      "Also list the scenarios whose part others have too, as proviso cover does, which are not needed to notice "
      "a slip either");
  parser.Footer(
      "Each slip is an edit that a drafter could make by mistake: a boundary, a number, `and` for `or`, a word or an\n"
      "item left out, an outcome, a paragraph, an alternative, how rules win. It is noticed where an expectation that\n"
      "holds of the draft does not hold with it. Slips that change no case are proved to, and left out.\n"
      "Exit status: 0 all are noticed, or as many as asked for, 1 some are not or an input has errors,\n"
      "             2 a path could not be used.\n"
      "Example:     proviso mutate rulesets/outbound/final_2024.pvo golden/outbound --fail-under 95");
  return {[arguments](Terminal& terminal) { return RunMutate(*arguments, terminal); }};
}

}  // namespace proviso::cli
