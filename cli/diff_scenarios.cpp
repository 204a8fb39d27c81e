#include "cli/diff_scenarios.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "cli/write_scenarios.h"
#include "harness/report/space_text.h"

namespace proviso::cli {
namespace {

std::string NameOf(const compare::Comparison& comparison, const compare::Difference& decision,
                   const compare::Region& region) {
  const auto outcome = [&](evaluate::NodeId leaf) {
    return report::LeafText(*comparison.lowered.space, decision.type, leaf);
  };
  return fmt::format("From {} to {}: {}, {} to {}", comparison.sides[0].name, comparison.sides[1].name, decision.name,
                     outcome(region.from), outcome(region.to));
}

}  // namespace

RegionScenarios::RegionScenarios(const compare::Comparisons& comparisons, std::array<DiffSource, 2> sources) {
  const bool is_one_draft = sources[0].path == sources[1].path;
  if (!is_one_draft && !sources[0].path.empty() && sources[0].draft->name == sources[1].draft->name) {
    problem_ = "two drafts of one name cannot be used in one suite";
    return;
  }
  if (is_one_draft) sources[0].path.clear();
  // The one with more facts comes first: what it has no fact for is not written.
  if (sources[0].draft->vocabulary->facts.size() < sources[1].draft->vocabulary->facts.size() ||
      sources[0].path.empty())
    std::swap(sources[0], sources[1]);
  paths_ = {sources[0].path};
  if (!sources[1].path.empty()) paths_.push_back(sources[1].path);
  for (const compare::Comparison& comparison : comparisons.decisions) {
    for (const compare::Region& region : comparison.decision.regions) {
      if (region.witness) Add(comparison, region, sources);
    }
  }
}

void RegionScenarios::Add(const compare::Comparison& comparison, const compare::Region& region,
                          const std::array<DiffSource, 2>& sources) {
  const compare::Difference& decision = comparison.decision;
  cases_.push_back(scenario::WithAssumed(*sources[0].draft->vocabulary, region.witness->facts));
  const auto answer = [&](const DiffSource& source) -> lower::Answer& {
    return answers_.emplace_back(source.draft, cases_.back(), llvm::ArrayRef<lower::OptionProduct>(),
                                 *source.draft->FindDecision(decision.name));
  };
  std::string name = NameOf(comparison, decision, region);
  if (const std::size_t before = names_[name]++; before > 0) name += fmt::format(" ({})", before + 1);
  lower::Answer& first = answer(sources[0]);
  all_.push_back({.name = std::move(name),
                  .source = "",
                  .is_unreviewed = true,
                  .facts = cases_.back(),
                  .answer = first,
                  .other = sources[1].path.empty() ? nullptr : &answer(sources[1])});
}

bool WriteRegions(const compare::Comparisons& comparisons, const std::array<DiffSource, 2>& sources,
                  const std::string& path, Terminal& terminal) {
  const RegionScenarios scenarios(comparisons, sources);
  if (!scenarios.Problem().empty()) {
    terminal.Error(fmt::format("error: `--write-scenarios`: {}\n", scenarios.Problem()));
    return false;
  }
  return WriteScenarios(path, scenarios.Paths(), scenarios.All(), terminal);
}

}  // namespace proviso::cli
