// diff_benchmarks.cpp: what differs between the proposal and the final rule, found by graphs, beside the same put to
// Z3.
//
// To Z3 goes one query for each pair of outcomes: is there a case, within the assumptions, and are there option sets,
// in which the proposal comes to the one and the final rule to the other? Drafts are said by their terms, each a
// definition of its own. Lists for which no bound is argued, and tiers, are left open, since unrolled they make
// formulas of more than a million characters: a `no` of the solver's is final, a `yes` is no case. Making the formulas
// is not counted.
//
// Beside that stand two times of ours, both from the checked drafts on. `graphs`: making the graphs of both, by terms
// and by facts, and the conditions of all changes. `diff`: all that the command does besides printing: regions in
// words, whether each can be, with a case that was replayed. Times are the processor's, so that others on the machine
// tell less.
#include <benchmark/benchmark.h>

#include <array>
#include <ctime>
#include <map>
#include <optional>
#include <string>

#include "compiler/load/workspace.h"
#include "compiler/lower/witness.h"
#include "harness/compare/compare.h"
#include "runtime/analyse/solver.h"

namespace proviso::bench {
namespace {

constexpr const char* kRules = PROVISO_SOURCE_DIR "/rulesets/outbound/";
constexpr int kMillisecondsForOne = 20'000;

using Solved = analyse::Solver::Verdict;
using Outcomes = std::array<Value, 2>;

double MillisecondsSince(std::clock_t start) {
  return 1000.0 * static_cast<double>(std::clock() - start) / static_cast<double>(CLOCKS_PER_SEC);
}

/// The conditions on cases and option sets under which the two come to different outcomes, by these.
std::map<Outcomes, evaluate::NodeId> Changes(lower::Lowered& lowered) {
  evaluate::Space& space = *lowered.space;
  graph::Graph& graph = space.graph;
  const evaluate::NodeId care = graph.And(lowered.drafts[0].option_sets, lowered.drafts[1].option_sets);
  std::map<Outcomes, evaluate::NodeId> changes;
  const std::array said = {lowered.drafts[0].decisions.front().outcome, lowered.drafts[1].decisions.front().outcome};
  for (const graph::Terminal from : graph.Terminals(said[0])) {
    for (const graph::Terminal to : graph.Terminals(said[1])) {
      const std::array leaves = {graph.TerminalNode(from), graph.TerminalNode(to)};
      const std::array values = {std::get_if<Value>(&space.LeafOf(leaves[0])),
                                 std::get_if<Value>(&space.LeafOf(leaves[1]))};
      if (from == to || values[0] == nullptr || values[1] == nullptr) continue;
      evaluate::NodeId where = care;
      for (std::size_t side = 0; side < 2; ++side) {
        where = graph.And(where, graph.Replace(said[side], [&](evaluate::NodeId leaf) {
          return leaf == leaves[side] ? graph.Yes() : graph.No();
        }));
      }
      changes[{*values[0], *values[1]}] = where;
    }
  }
  return changes;
}

struct BySolver {
  double milliseconds = 0;
  std::map<Outcomes, Solved> verdicts;
};

/// Of the graphs of both, and of the conditions of all changes; nothing where they are too large by facts.
std::optional<double> TimeOfGraphs(const std::array<compare::Side, 2>& sides, const std::string& decision) {
  const std::clock_t start = std::clock();
  lower::Lowered lowered = lower::LowerForComparison({sides[0].draft, sides[1].draft}, decision, lower::Saying::kBoth);
  for (lower::LoweredDraft& draft : lowered.drafts) {
    lower::LoweredDecision& made = draft.decisions.front();
    if (!made.by_facts) return std::nullopt;
    made.outcome = *made.by_facts;
  }
  benchmark::DoNotOptimize(Changes(lowered));
  return MillisecondsSince(start);
}

BySolver Ask(const std::array<compare::Side, 2>& sides, const std::string& decision) {
  lower::Lowered lowered = lower::LowerForComparison({sides[0].draft, sides[1].draft}, decision, lower::Saying::kTerms);
  BySolver found;
  for (const auto& [outcomes, where] : Changes(lowered)) {
    const analyse::Formula formula = lower::FormulaFor(lowered, where, analyse::Lists::kOpen);
    const std::clock_t start = std::clock();
    analyse::Solver solver(kMillisecondsForOne);
    if (!formula.is_too_large) solver.Tell(formula.text);
    found.verdicts[outcomes] = formula.is_too_large ? Solved::kUnknown : solver.Check();
    found.milliseconds += MillisecondsSince(start);
  }
  return found;
}

/// Whether no case is shown of what the solver has proved not to be.
bool Agree(const compare::Comparison& ours, const BySolver& solver) {
  for (const compare::Region& region : ours.decision.regions) {
    const evaluate::Space& space = *ours.lowered.space;
    const auto* const from = std::get_if<Value>(&space.LeafOf(region.from));
    const auto* const to = std::get_if<Value>(&space.LeafOf(region.to));
    if (!region.witness || from == nullptr || to == nullptr) continue;
    const auto said = solver.verdicts.find({*from, *to});
    if (said == solver.verdicts.end() || said->second == Solved::kUnsatisfiable) return false;
  }
  return true;
}

void DiffTreatmentBesideSolver(benchmark::State& state) {
  load::Workspace workspace;
  const load::LoadedDraft* const proposal = workspace.Draft(std::string(kRules) + "nprm_2024.pvo");
  const load::LoadedDraft* const final_rule = workspace.Draft(std::string(kRules) + "final_2024.pvo");
  if (proposal == nullptr || final_rule == nullptr) return state.SkipWithError("a draft has errors");
  const std::array sides = {compare::Side{proposal->draft, "proposal"}, compare::Side{final_rule->draft, "final"}};
  compare::Comparisons comparisons;
  double milliseconds = 0;
  for (auto _ : state) {
    const std::clock_t start = std::clock();
    comparisons = compare::Compare(sides, "treatment", compare::Terms::kNamed);
    milliseconds += MillisecondsSince(start);
  }
  const compare::Comparison& ours = comparisons.decisions.front();
  if (!ours.decision.is_checked) return state.SkipWithError("the regions are not disjoint and complete");
  const BySolver solver = Ask(sides, "treatment");
  if (!Agree(ours, solver)) return state.SkipWithError("the solver says that a case shown cannot be");
  const double diff = milliseconds / static_cast<double>(state.iterations());
  const std::optional<double> graphs = TimeOfGraphs(sides, "treatment");
  if (!graphs) return state.SkipWithError("a graph by facts is too large");
  double answered = 0;
  for (const auto& [outcomes, verdict] : solver.verdicts) answered += verdict == Solved::kUnknown ? 0 : 1;
  state.counters["regions"] = static_cast<double>(ours.decision.regions.size());
  state.counters["not_settled"] = static_cast<double>(ours.decision.NotSettled());
  state.counters["queries"] = static_cast<double>(solver.verdicts.size());
  state.counters["answered"] = answered;
  state.counters["solver_ms"] = solver.milliseconds;
  state.counters["graphs_ms"] = *graphs;
  state.counters["solver/graphs"] = solver.milliseconds / *graphs;
  state.counters["solver/diff"] = solver.milliseconds / diff;
}
BENCHMARK(DiffTreatmentBesideSolver)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace proviso::bench
