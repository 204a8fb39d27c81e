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
#include "cli/diff_scenarios.h"
#include "cli/read_suites.h"
#include "cli/write_scenarios.h"
#include "harness/report/cover_report.h"
#include "harness/report/diff_report.h"
#include "harness/report/generate_report.h"
#include "harness/scenario/suite_drafts.h"
#include "llvm/ADT/STLExtras.h"

namespace proviso::cli {
namespace {

struct GenerateArguments {
  std::string draft;
  std::string criterion;
  std::vector<std::string> from;
  std::string against;
  std::string write;
};

/// What is in the text of a draft; `options`, `edges` and `regions` are found in its graphs.
const std::map<std::string, generate::Criterion>& CriteriaOfText() {
  static const std::map<std::string, generate::Criterion> kCriteria = {
      {"mcdc", generate::Criterion::kMcdc},
      {"thresholds", generate::Criterion::kThresholds},
      {"rules", generate::Criterion::kRules},
  };
  return kCriteria;
}

/// What was made: cases, and the report on them.
struct Made {
  std::vector<generate::NewCase> cases;
  std::vector<std::pair<std::string, Case>> backgrounds;
  std::string report;
};

/// The new cases as scenarios, each with what the draft says of it.
class Scenarios {
 public:
  Scenarios(const load::LoadedDraft& draft, const Made& made) {
    for (const generate::NewCase& one : made.cases) {
      answers_.emplace_back(draft.draft, one.facts, llvm::ArrayRef<lower::OptionProduct>(), one.decisions);
      all_.push_back({.name = one.name,
                      .source = one.source,
                      .is_unreviewed = true,
                      .facts = one.facts,
                      .answer = answers_.back(),
                      .background = one.background ? &made.backgrounds[*one.background] : nullptr});
    }
  }

  [[nodiscard]] llvm::ArrayRef<scenario::NewScenario> All() const { return all_; }

 private:
  std::deque<lower::Answer> answers_;
  std::vector<scenario::NewScenario> all_;
};

Made MakeForText(const load::LoadedDraft& draft, generate::Criterion criterion, const SuitesRead& read,
                 load::Workspace& workspace, Terminal& terminal) {
  generate::Generated generated =
      generate::Generate(draft, criterion, read.Pointers(), [&](std::size_t done, std::size_t all) {
        terminal.Progress(fmt::format("{}: {} of {} situations", draft.draft->name, done, all));
      });
  const source::SourceFiles& files = workspace.Files();
  std::string report = terminal.IsJson() ? report::GenerateJson(generated, files, DiagnosticsJson(workspace))
                                         : report::GenerateText(generated, files, terminal.OutStyle());
  return {std::move(generated.cases), std::move(generated.backgrounds), std::move(report)};
}

Made MakeForEdges(const load::LoadedDraft& draft, const SuitesRead& read, load::Workspace& workspace,
                  Terminal& terminal) {
  const generate::EdgesGenerated generated = generate::GenerateEdges(draft, read.Pointers(), [&](std::size_t asked) {
    terminal.Progress(fmt::format("{}: {} edges asked for", draft.draft->name, asked));
  });
  return {report::CasesOf(generated),
          {},
          terminal.IsJson() ? report::EdgesGeneratedJson(generated, workspace.Files(), DiagnosticsJson(workspace))
                            : report::EdgesGeneratedText(generated, terminal.OutStyle())};
}

Made MakeForOptions(const load::LoadedDraft& draft, const SuitesRead& read, load::Workspace& workspace,
                    Terminal& terminal) {
  const generate::OptionsGenerated generated =
      generate::GenerateOptions(draft, read.Pointers(), [&](std::size_t done, std::size_t all) {
        terminal.Progress(fmt::format("{}: settled {} of {} questions", draft.draft->name, done, all));
      });
  return {report::CasesOf(draft, generated),
          {},
          terminal.IsJson() ? report::OptionsGeneratedJson(draft, generated, DiagnosticsJson(workspace))
                            : report::OptionsGeneratedText(draft, generated, terminal.OutStyle())};
}

Status Finish(const GenerateArguments& arguments, llvm::ArrayRef<std::string> paths,
              llvm::ArrayRef<scenario::NewScenario> scenarios, const std::string& report, load::Workspace& workspace,
              Terminal& terminal) {
  Status status = Status::kFine;
  if (!arguments.write.empty()) {
    if (!WriteScenarios(arguments.write, paths, scenarios, terminal)) status = Status::kUnusable;
    terminal.Out(report);
  } else if (terminal.IsJson()) {
    terminal.Out(report);
  } else {
    if (!scenarios.empty()) terminal.Out(scenario::NewSuiteText("generated.yaml", paths, scenarios));
    terminal.Error(report);
  }
  return terminal.End(workspace, status);
}

/// One case of each region of what is otherwise in the other draft.
Status RunRegions(const GenerateArguments& arguments, const load::LoadedDraft& draft, load::Workspace& workspace,
                  Terminal& terminal) {
  const load::LoadedDraft* const other = workspace.Draft(arguments.against);
  if (other == nullptr) return terminal.EndWithNothing(workspace, Status::kFinding);
  const Vocabulary& first = *draft.draft->vocabulary;
  const Vocabulary& second = *other->draft->vocabulary;
  if (!scenario::IsBeginningOf(first, second) && !scenario::IsBeginningOf(second, first)) {
    workspace.Sink().Report<diagnostics::Kind::kDifferentVocabularies>({}, draft.draft->name, other->draft->name,
                                                                       first.name, second.name);
    return terminal.EndWithNothing(workspace, Status::kUnusable);
  }
  const compare::Comparisons comparisons =
      compare::Compare({compare::Side{draft.draft, draft.draft->name}, compare::Side{other->draft, other->draft->name}},
                       "", compare::Terms::kNamed, lower::kMaxNodes, [&](std::size_t done, std::size_t all) {
                         terminal.Progress(fmt::format("compared {} of {} decisions", done, all));
                       });
  const RegionScenarios scenarios(
      comparisons, {DiffSource{draft.draft, arguments.draft}, DiffSource{other->draft, arguments.against}});
  if (!scenarios.Problem().empty()) {
    terminal.Error(fmt::format("error: `--against`: {}\n", scenarios.Problem()));
    return Status::kUnusable;
  }
  workspace.Sink().DropWarnings();  // `check` shows those of the drafts
  const std::string report = terminal.IsJson() ? report::DiffJson(comparisons, DiagnosticsJson(workspace))
                                               : report::DiffText(comparisons, {}, terminal.OutStyle());
  return Finish(arguments, scenarios.Paths(), scenarios.All(), report, workspace, terminal);
}

/// What is wrong with the call; empty where nothing is.
std::string WrongCall(const GenerateArguments& arguments) {
  const bool has_regions = arguments.criterion == "regions";
  if (has_regions && arguments.against.empty())
    return "`--criterion regions` is of two drafts: name the other with `--against`";
  if (!has_regions && !arguments.against.empty()) return "`--against` goes with `--criterion regions` alone";
  if (has_regions && !arguments.from.empty())
    return "`--criterion regions` makes a case of every region: leave out `--from`";
  return "";
}

Status RunGenerate(const GenerateArguments& arguments, Terminal& terminal) {
  if (const std::string wrong = WrongCall(arguments); !wrong.empty()) {
    terminal.Error("error: " + wrong + "\n");
    return Status::kUnusable;
  }
  if (!HaveSuites(arguments.from, terminal)) return Status::kUnusable;
  load::Workspace& workspace = NewWorkspace();
  const load::LoadedDraft* const draft = workspace.Draft(arguments.draft);
  if (draft == nullptr) return terminal.EndWithNothing(workspace, Status::kFinding);
  if (arguments.criterion == "regions") return RunRegions(arguments, *draft, workspace, terminal);
  const SuitesRead read = ReadAll(workspace, SuitesAt(arguments.from), terminal);
  const auto of_text = CriteriaOfText().find(arguments.criterion);
  const Made made = of_text != CriteriaOfText().end() ? MakeForText(*draft, of_text->second, read, workspace, terminal)
                    : arguments.criterion == "edges"  ? MakeForEdges(*draft, read, workspace, terminal)
                                                      : MakeForOptions(*draft, read, workspace, terminal);
  const Scenarios scenarios(*draft, made);
  const std::string draft_path = workspace.Files()[draft->draft->text->tree.file].path;
  return Finish(arguments, draft_path, scenarios.All(), made.report, workspace, terminal);
}

}  // namespace

Command AddGenerate(Parser parser) {
  const auto arguments = std::make_shared<GenerateArguments>();
  parser.Draft(arguments->draft);
  std::vector<std::string> names;
  for (const auto& [name, criterion] : CriteriaOfText()) names.push_back(name);
  llvm::append_range(names, std::vector<std::string>{"edges", "options", "regions"});
  parser.TextAmong(
      "--criterion", arguments->criterion, names,
      "What is to be covered. mcdc: every condition, both ways and deciding alone; rules: every rule and "
      "exception firing, not firing, blocked; thresholds: every one from both sides and exactly at it; "
      "edges: every answer at every test of the decision graphs; options: any two option sets that are not "
      "the same in every case told apart; regions: one case of each region of `proviso diff`");
  parser.Texts("--from", "PATH", arguments->from,
               "Suites (*.yaml), and folders, whose scenarios cover some of it already");
  parser.Text("--against", "B.pvo", arguments->against, "For regions: the draft that DRAFT is compared with");
  parser.Text("--write", "FILE.yaml", arguments->write,
              "Add the scenarios to this suite, or make it; else they are shown");
  parser.Footer(
      "What is expected of the new scenarios is what the draft says, for regions what both say; they are marked\n"
      "unreviewed. What no case can show is proved to be impossible, where that is so; option sets that are the same "
      "in\n"
      "every case are named. Of the edges of a decision 2,000 are asked for at most.\n"
      "Exit status: 0 made, 1 the draft or a suite has errors, 2 the call or a path could not be used.\n"
      "Example:     proviso generate rulesets/outbound/final_2024.pvo --criterion mcdc --from golden/outbound");
  return {[arguments](Terminal& terminal) { return RunGenerate(*arguments, terminal); }};
}

}  // namespace proviso::cli
