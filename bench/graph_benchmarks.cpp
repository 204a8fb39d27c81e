// graph_benchmarks.cpp: decision graphs, built and walked, each with its answer checked.
#include <benchmark/benchmark.h>

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

/// What is not given is no, none, empty, the first member or nought: facts in memory, all of them.
void Complete(const Vocabulary& vocabulary, Case& facts) {
  for (Instance& instance : facts.instances) {
    for (const FactId id : vocabulary.entities[instance.entity].facts) {
      const Type& type = vocabulary.facts[id].type;
      std::optional<Value>& value = instance.facts[vocabulary.facts[id].position].value;
      if (value) continue;
      if (type.or_none)
        value = NoValue{};
      else if (type.kind == TypeKind::kBoolean)
        value = false;
      else if (type.kind == TypeKind::kEnum)
        value = Member{0};
      else if (type.kind == TypeKind::kSet)
        value = MemberSet{};
      else if (type.kind == TypeKind::kList)
        value = ListValue{};
      else if (type.kind == TypeKind::kReal)
        value = 0.0;
      else if (type.kind == TypeKind::kDate)
        value = Date(std::chrono::year(2025) / 3 / 3);
      else if (type.kind == TypeKind::kDays)
        value = Days{0};
      else
        value = Exact(0);
    }
  }
}

using Answers = llvm::SmallVector<evaluate::NodeId, 8>;

/// Where the walk ends: functions of the options; options that sums and tiers turn on stand above facts.
void FindAnswers(const evaluate::Space& space, evaluate::Walk& walk, evaluate::NodeId node, Answers& answers) {
  node = walk.Follow(node);
  if (space.IsOfOptions(node)) return answers.push_back(node);
  for (const graph::Edge& edge : space.graph.Edges(node)) FindAnswers(space, walk, edge.to, answers);
}

evaluate::NodeId AnswerUnder(const lower::Lowered& lowered, evaluate::Walk& walk, evaluate::NodeId node,
                             const check::OptionSet& options) {
  const graph::Graph& graph = lowered.space->graph;
  for (node = walk.Follow(node); !graph.IsTerminal(node); node = walk.Follow(node)) {
    const std::size_t option = lowered.drafts.front().OptionOf(graph.VariableOf(node));
    if (option == options.size()) break;
    node = graph.ChildAt(node, options[option]);
  }
  return node;
}

/// One case, all option sets: where the walk ends is a function of the options.
void WalkCase(benchmark::State& state, const std::string& path, const std::string& facts_path) {
  load::Workspace workspace;
  const load::LoadedDraft* const draft = workspace.Draft(path);
  if (draft == nullptr) return state.SkipWithError("the draft has errors");
  auto facts = scenario::ReadFacts(workspace, *draft->draft->vocabulary, facts_path, {});
  if (!facts) return state.SkipWithError("the case has errors");
  Complete(*draft->draft->vocabulary, *facts);
  const check::DecisionId treatment = *draft->draft->FindDecision("treatment");
  const lower::Lowered lowered = lower::Lower(draft->draft, treatment);
  const evaluate::NodeId outcome = lowered.drafts.front().decisions.front().outcome;
  Answers answers;
  for (auto _ : state) {
    evaluate::Walk walk(*lowered.space, *facts);
    answers.clear();
    FindAnswers(*lowered.space, walk, outcome, answers);
    benchmark::DoNotOptimize(answers.data());
  }
  evaluate::Walk check(*lowered.space, *facts);
  for (const check::OptionSet& options : draft->option_sets) {
    const evaluate::NodeId end = AnswerUnder(lowered, check, outcome, options);
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
