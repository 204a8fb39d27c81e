// benchmarks.cpp: parsing, checking and evaluating, each with its answer checked.
#include <benchmark/benchmark.h>

#include <string>

#include "bench/generated.h"
#include "bench/scratch_folder.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/format/format.h"
#include "compiler/load/workspace.h"
#include "compiler/reference/evaluate.h"
#include "compiler/source/source_files.h"
#include "compiler/syntax/parse.h"
#include "harness/scenario/suite.h"
#include "harness/test/run_suite.h"

namespace proviso::bench {
namespace {

constexpr const char* kRules = PROVISO_SOURCE_DIR "/rulesets/outbound/";
constexpr const char* kCase = PROVISO_SOURCE_DIR "/examples/qwen_72b.yaml";
constexpr const char* kModels = PROVISO_SOURCE_DIR "/golden/outbound/epoch_2024_04_02.yaml";

void Parse(benchmark::State& state) {
  const GeneratedDraft draft = GenerateDraft(static_cast<std::size_t>(state.range(0)));
  source::SourceFiles files;
  const FileId file = files.Add("generated.pvo", draft.text);
  for (auto _ : state) {
    diagnostics::DiagnosticSink sink;
    const auto tree = syntax::Parse(files, file, sink);
    if (!tree || tree->declarations.size() != draft.declarations) state.SkipWithError("wrong tree");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * draft.text.size()));
}
BENCHMARK(Parse)->Arg(1'000'000)->Arg(10'000'000)->Unit(benchmark::kMillisecond);

void Format(benchmark::State& state) {
  const GeneratedDraft draft = GenerateDraft(static_cast<std::size_t>(state.range(0)));
  source::SourceFiles files;
  diagnostics::DiagnosticSink sink;
  const auto tree = syntax::Parse(files, files.Add("generated.pvo", draft.text), sink);
  if (!tree) state.SkipWithError("no tree");
  std::string first;
  for (auto _ : state) {
    std::string text = format::Format(*tree, draft.text);
    if (first.empty()) first = text;
    if (text != first) state.SkipWithError("another text");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * draft.text.size()));
}
BENCHMARK(Format)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

/// Reads, parses and checks a generated draft and its vocabulary.
void Check(benchmark::State& state) {
  const ScratchFolder folder;
  folder.Write("vocabulary.pvo", GeneratedVocabulary());
  const std::string draft = folder.Write("draft.pvo", GenerateDraft(static_cast<std::size_t>(state.range(0))).text);
  for (auto _ : state) {
    load::Workspace workspace;
    if (!workspace.Check(draft)) state.SkipWithError("the generated draft has errors");
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(Check)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

/// All decisions of one case under the final rule.
void EvaluateFinalRule(benchmark::State& state) {
  load::Workspace workspace;
  const load::LoadedDraft* const draft = workspace.Draft(std::string(kRules) + "final_2024.pvo");
  if (draft == nullptr) return state.SkipWithError("the final rule has errors");
  const auto facts = scenario::ReadFacts(workspace, *draft->draft->vocabulary, kCase, {});
  if (!facts) return state.SkipWithError("the case has errors");
  const Type& type = draft->draft->decisions[*draft->draft->FindDecision("treatment")].type;
  for (auto _ : state) {
    const auto outcomes = reference::Evaluate(*draft->draft, *facts, draft->option_sets.front());
    const reference::Outcome& treatment = outcomes.front();
    const bool is_right =
        treatment.determined && ValueToText(*draft->draft->vocabulary, type, treatment.value()) == "notifiable";
    if (!is_right) state.SkipWithError("wrong outcome");
  }
}
BENCHMARK(EvaluateFinalRule)->Unit(benchmark::kMicrosecond);

/// Every Chinese model of the data of 2 April 2024 under every option set, files read once.
void RunModelSuite(benchmark::State& state) {
  load::Workspace workspace;
  const auto suite = scenario::ReadSuite(workspace, kModels);
  if (!suite) return state.SkipWithError("the suite has errors");
  for (auto _ : state) {
    const test::SuiteResult result = test::RunSuites({&*suite}, {}).front();
    if (!result.failures.empty()) state.SkipWithError("the suite fails");
  }
}
BENCHMARK(RunModelSuite)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace proviso::bench

BENCHMARK_MAIN();
