#include <fmt/format.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/Parallel.h>
#include <llvm/Support/SHA256.h>

#include <chrono>
#include <utility>

#include "harness/history/history.h"
#include "harness/test/case_answers.h"
#include "harness/test/compare.h"

namespace proviso::history {
namespace {

std::string Now() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(now - day);
  return fmt::format("{}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

std::string HashOf(load::Workspace& workspace, const load::LoadedDraft& draft) {
  const source::SourceFiles& files = workspace.Files();
  llvm::SHA256 hash;
  for (const std::string& path : workspace.FilesOf(files[draft.draft->text->tree.file].path)) {
    const syntax::SyntaxTree* const tree = workspace.Tree(path);
    if (tree != nullptr) hash.update(files[tree->file].text);
  }
  return llvm::toHex(hash.final(), /*LowerCase=*/true);
}

std::string OptionSetText(const check::CheckedDraft& draft, const check::OptionSet& set) {
  std::string text;
  for (std::size_t i = 0; i < set.size(); ++i) {
    const check::Option& option = draft.options[check::OptionId(i)];
    if (option.settled) continue;
    text += fmt::format("{}{}={}", text.empty() ? "" : ",", option.name, option.alternatives[set[i]].name);
  }
  return text;
}

using Found = std::vector<std::pair<Place, Outcomes>>;

class ScenarioOutcomes {
 public:
  ScenarioOutcomes(const scenario::Suite& suite, std::size_t index, std::string name)
      : suite_(suite), scenario_(suite.scenarios[index]), name_(std::move(name)) {
    for (const scenario::DraftExpectation& expectation : scenario_.expectations) {
      for (const scenario::Clause& clause : expectation.clauses) {
        for (const auto& decision : clause.decisions) Add(expectation.draft, decision.decision, clause.option_sets);
      }
    }
    for (const scenario::Total& total : suite.totals) {
      if (index >= suite.first_row) Add(total.draft, total.decision, total.option_sets);
    }
  }

  [[nodiscard]] const Found& Outcome() const { return found_; }

 private:
  void Add(std::size_t draft, check::DecisionId decision, const std::vector<std::size_t>& option_sets) {
    const load::LoadedDraft& loaded = *suite_.drafts[draft];
    const check::CheckedDraft& checked = *loaded.draft;
    auto& answers = answers_.try_emplace(draft, loaded.draft, scenario_.facts).first->second;
    Outcomes outcomes;
    for (const std::size_t set : option_sets) {
      const reference::Outcome& outcome = answers.Of(decision, loaded.option_sets[set]);
      outcomes[OptionSetText(checked, loaded.option_sets[set])] =
          outcome.error ? "no outcome" : test::OutcomeText(checked, decision, outcome);
    }
    found_.emplace_back(Place{suite_.path, name_, checked.name, checked.decisions[decision].name}, std::move(outcomes));
  }

  const scenario::Suite& suite_;
  const scenario::Scenario& scenario_;
  std::string name_;
  std::map<std::size_t, test::CaseAnswers> answers_;  // by draft
  Found found_;
};

}  // namespace

Run RunOf(load::Workspace& workspace, llvm::ArrayRef<const scenario::Suite*> suites) {
  struct Unit {
    const scenario::Suite* suite;
    std::size_t scenario;
    std::string name;
  };
  Run run;
  run.time = Now();
  std::vector<Unit> units;
  for (const scenario::Suite* const suite : suites) {
    for (const load::LoadedDraft* const draft : suite->drafts) {
      std::string& hash = run.drafts[draft->draft->name];
      if (hash.empty()) hash = HashOf(workspace, *draft);
    }
    std::map<std::string, std::size_t> names;
    for (std::size_t i = 0; i < suite->scenarios.size(); ++i) {
      const std::string& name = suite->scenarios[i].name;
      const std::size_t times = ++names[name];
      units.push_back({suite, i, times == 1 ? name : fmt::format("{} ({})", name, times)});
    }
  }
  std::vector<Found> found(units.size());
  llvm::parallelFor(0, units.size(), [&](std::size_t i) {
    found[i] = ScenarioOutcomes(*units[i].suite, units[i].scenario, units[i].name).Outcome();
  });
  for (const Found& one : found) {
    for (const auto& [place, outcomes] : one) run.outcomes[place].insert(outcomes.begin(), outcomes.end());
  }
  return run;
}

}  // namespace proviso::history
