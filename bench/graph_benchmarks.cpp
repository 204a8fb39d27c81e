// graph_benchmarks.cpp: decision graphs, built and walked, each with its answer checked.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <string>

#include "bench/rule_book.h"
#include "bench/scratch_folder.h"
#include "compiler/load/workspace.h"
#include "compiler/lower/lower.h"
#include "compiler/reference/evaluate.h"
#include "harness/scenario/suite.h"
#include "runtime/evaluate/walk.h"

namespace proviso::bench {
namespace {

constexpr const char* kRules = PROVISO_SOURCE_DIR "/rulesets/outbound/";
constexpr const char* kSystems = PROVISO_SOURCE_DIR "/bench/systems/";
constexpr const char* kCase = PROVISO_SOURCE_DIR "/examples/qwen_72b.yaml";

void ReportSize(benchmark::State& state, const lower::Lowered& lowered) {
  std::vector<evaluate::NodeId> outcomes;
  for (const lower::LoweredDecision& decision : lowered.drafts.front().decisions) outcomes.push_back(decision.outcome);
  state.counters["nodes"] = static_cast<double>(lowered.space->graph.Reachable(outcomes).size());
  state.counters["made"] = static_cast<double>(lowered.space->graph.Size());
}

/// `decision`: all where empty.
void Build(benchmark::State& state, const std::string& path, const std::string& decision) {
  load::Workspace workspace;
  const load::LoadedDraft* const draft = workspace.Draft(path);
  if (draft == nullptr) return state.SkipWithError("the draft has errors");
  std::vector<check::DecisionId> chosen;
  if (!decision.empty()) chosen.push_back(*draft->draft->FindDecision(decision));
  lower::Lowered lowered;
  for (auto _ : state) lowered = lower::Lower(draft->draft, chosen);
  if (lowered.too_large) return state.SkipWithError("the graph is too large");
  ReportSize(state, lowered);
}

void BuildSystems(benchmark::State& state) { Build(state, std::string(kSystems) + "draft.pvo", "treatment"); }
void BuildProposal(benchmark::State& state) { Build(state, std::string(kRules) + "nprm_2024.pvo", "treatment"); }
void BuildFinalRule(benchmark::State& state) { Build(state, std::string(kRules) + "final_2024.pvo", "treatment"); }
BENCHMARK(BuildSystems)->Unit(benchmark::kMillisecond);
BENCHMARK(BuildProposal)->Unit(benchmark::kMillisecond);
BENCHMARK(BuildFinalRule)->Unit(benchmark::kMillisecond);

void BuildRuleBook(benchmark::State& state) {
  const RuleBook book = WriteRuleBook(static_cast<std::size_t>(state.range(0)));
  const ScratchFolder folder;
  folder.Write("vocabulary.pvo", book.vocabulary);
  Build(state, folder.Write("draft.pvo", book.draft), "");
}
BENCHMARK(BuildRuleBook)->Arg(100)->Arg(1000)->Arg(10'000)->Unit(benchmark::kMillisecond);

/// One case, all option sets: where the walk ends is a function of the options.
void WalkCase(benchmark::State& state, const std::string& path, const std::string& facts_path) {
  load::Workspace workspace;
  const load::LoadedDraft* const draft = workspace.Draft(path);
  if (draft == nullptr) return state.SkipWithError("the draft has errors");
  const auto facts = scenario::ReadFacts(workspace, *draft->draft->vocabulary, facts_path, {});
  if (!facts) return state.SkipWithError("the case has errors");
  const check::DecisionId treatment = *draft->draft->FindDecision("treatment");
  const lower::Lowered lowered = lower::Lower(draft->draft, treatment);
  const evaluate::NodeId outcome = lowered.drafts.front().decisions.front().outcome;
  std::vector<evaluate::NodeId> ends;
  for (auto _ : state) {
    evaluate::Walk walk(*lowered.space, *facts);
    ends = walk.Ends(outcome);
    benchmark::DoNotOptimize(ends.data());
  }
  if (ends.size() != 1 || !lowered.space->IsOfOptions(ends.front())) return state.SkipWithError("no one answer");
  for (const check::OptionSet& options : draft->option_sets) {
    evaluate::NodeId end = ends.front();
    while (!lowered.space->graph.IsTerminal(end)) {
      const std::size_t option = lowered.drafts.front().OptionOf(lowered.space->graph.VariableOf(end));
      end = lowered.space->graph.ChildAt(end, options[option]);
    }
    const auto* const value = std::get_if<Value>(&lowered.space->LeafOf(end));
    const reference::Outcome said = reference::EvaluateDecision(*draft->draft, treatment, *facts, options);
    if (value == nullptr || said.value() != *value) return state.SkipWithError("wrong outcome");
  }
  state.counters["option_sets"] = static_cast<double>(draft->option_sets.size());
}

void WalkSystems(benchmark::State& state) {
  WalkCase(state, std::string(kSystems) + "draft.pvo", std::string(kSystems) + "case.yaml");
}
void WalkProposal(benchmark::State& state) { WalkCase(state, std::string(kRules) + "nprm_2024.pvo", kCase); }
void WalkFinalRule(benchmark::State& state) { WalkCase(state, std::string(kRules) + "final_2024.pvo", kCase); }
BENCHMARK(WalkSystems)->Unit(benchmark::kNanosecond);
BENCHMARK(WalkProposal)->Unit(benchmark::kNanosecond);
BENCHMARK(WalkFinalRule)->Unit(benchmark::kNanosecond);

}  // namespace
}  // namespace proviso::bench
