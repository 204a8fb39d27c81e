// proviso generate: new scenarios for what the suites do not cover.
#include "harness/generate/generate.h"

#include <fmt/core.h>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/read_suites.h"
#include "cli/write_scenarios.h"
#include "harness/report/cover_report.h"
#include "harness/report/generate_report.h"
#include "llvm/ADT/STLExtras.h"

namespace proviso::cli {
namespace {

struct GenerateArguments {
  std::string draft;
  std::string criterion;
  std::vector<std::string> from;
  std::string write;
};

const std::map<std::string, generate::Criterion>& Criteria() {
  static const std::map<std::string, generate::Criterion> kCriteria = {
      {"mcdc", generate::Criterion::kMcdc},
      {"thresholds", generate::Criterion::kThresholds},
      {"rules", generate::Criterion::kRules},
  };
  return kCriteria;
}

/// The new cases as scenarios, each with what the draft says of it.
class Scenarios {
 public:
  Scenarios(const load::LoadedDraft& draft, const generate::Generated& generated) {
    for (const generate::NewCase& one : generated.cases) {
      answers_.emplace_back(draft.draft, one.facts, llvm::ArrayRef<lower::OptionProduct>(), one.decisions);
      all_.push_back({.name = one.name,
                      .source = one.source,
                      .is_unreviewed = true,
                      .facts = one.facts,
                      .answer = answers_.back(),
                      .background = one.background ? &generated.backgrounds[*one.background] : nullptr});
    }
  }

  [[nodiscard]] llvm::ArrayRef<scenario::NewScenario> All() const { return all_; }

 private:
  std::deque<lower::Answer> answers_;
  std::vector<scenario::NewScenario> all_;
};

Status RunGenerate(const GenerateArguments& arguments, Terminal& terminal) {
  if (!HaveSuites(arguments.from, terminal)) return Status::kUnusable;
  load::Workspace workspace;
  const load::LoadedDraft* const draft = workspace.Draft(arguments.draft);
  if (draft == nullptr) return terminal.EndWithNothing(workspace, Status::kFinding);
  const SuitesRead read = ReadAll(workspace, SuitesAt(arguments.from), terminal);
  const generate::Generated generated = generate::Generate(
      *draft, Criteria().at(arguments.criterion), read.Pointers(), [&](std::size_t done, std::size_t all) {
        terminal.Progress(fmt::format("{}: {} of {} situations", draft->draft->name, done, all));
      });
  const Scenarios scenarios(*draft, generated);
  const std::string draft_path = workspace.Files()[draft->draft->text->tree.file].path;
  Status status = Status::kFine;
  const std::string report = terminal.IsJson()
                                 ? report::GenerateJson(generated, workspace.Files(), DiagnosticsJson(workspace))
                                 : report::GenerateText(generated, workspace.Files(), terminal.OutStyle());
  if (!arguments.write.empty()) {
    if (!WriteScenarios(arguments.write, draft_path, scenarios.All(), terminal)) status = Status::kUnusable;
    terminal.Out(report);
  } else if (terminal.IsJson()) {
    terminal.Out(report);
  } else {
    if (!scenarios.All().empty()) terminal.Out(scenario::NewSuiteText("generated.yaml", draft_path, scenarios.All()));
    terminal.Error(report);
  }
  return terminal.End(workspace, status);
}

}  // namespace

Command AddGenerate(Parser parser) {
  const auto arguments = std::make_shared<GenerateArguments>();
  parser.Draft(arguments->draft);
  std::vector<std::string> names;
  for (const auto& [name, criterion] : Criteria()) names.push_back(name);
  parser.TextAmong("--criterion", arguments->criterion, names,
                   "What is to be covered. mcdc: every condition, both ways and deciding alone; rules: every rule and "
                   "exception firing, not firing, blocked; thresholds: every one from both sides and exactly at it");
  parser.Texts("--from", "PATH", arguments->from,
               "Suites (*.yaml), and folders, whose scenarios cover some of it already");
  parser.Text("--write", "FILE.yaml", arguments->write,
              "Add the scenarios to this suite, or make it; else they are shown");
  parser.Footer(
      "What is expected of the new scenarios is what the draft says; they are marked unreviewed. What no case can "
      "show\n"
      "is proved to be impossible, where that is so.\n"
      "Exit status: 0 made, 1 the draft or a suite has errors, 2 a path could not be used.\n"
      "Example:     proviso generate rulesets/outbound/final_2024.pvo --criterion mcdc --from golden/outbound");
  return {[arguments](Terminal& terminal) { return RunGenerate(*arguments, terminal); }};
}

}  // namespace proviso::cli
