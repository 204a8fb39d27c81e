#include "compiler/lower/occurs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include "compiler/lower/assumptions.h"
#include "compiler/lower/way_search.h"
#include "compiler/reference/evaluate.h"
#include "runtime/analyse/formula.h"
#include "runtime/analyse/solver.h"
#include "runtime/evaluate/walk.h"

namespace proviso::lower {
namespace {

using analyse::Formula;
using analyse::Solver;
using evaluate::NodeId;
using Verdict = Occurrence::Verdict;

/// Cases that are tried where what formulas leave open makes them fail.
constexpr int kMaxTries = 6;
/// Cases that are tried before the solver is asked.
constexpr int kMaxGuesses = 6;

/// Conditions of more nodes are not put to the solver as a whole.
constexpr std::size_t kMaxAtOnce = 3'000;

/// One question, about a condition that turns on quantities made of several facts.
class Search {
 public:
  Search(Lowered& lowered, NodeId condition, llvm::function_ref<bool(const Witness&)> is_shown, int milliseconds)
      : lowered_(lowered), condition_(condition), is_shown_(is_shown), milliseconds_(milliseconds) {}

  Occurrence Run() {
    Occurrence found = Try(FormulaFor(lowered_, condition_, analyse::Lists::kBounded));
    if (found.verdict != Verdict::kNotSettled || has_found_) return found;
    // There is no case with so few elements. Is there none with any number of them?
    const Formula open = FormulaFor(lowered_, condition_, analyse::Lists::kOpen);
    Solver solver(milliseconds_);
    if (open.is_too_large) return found;
    solver.Tell(open.text);
    if (solver.Check() == Solver::Verdict::kUnsatisfiable) found.verdict = Verdict::kImpossible;
    return found;
  }

 private:
  Occurrence Try(const Formula& formula) {
    if (formula.is_too_large) return {.verdict = Verdict::kNotSettled, .witness = {}};
    Solver solver(milliseconds_);
    solver.Tell(formula.text);
    std::vector<std::string> names;
    for (const analyse::Unknown& unknown : formula.unknowns) names.push_back(unknown.name);
    for (int i = 0; i < kMaxTries; ++i) {
      const Solver::Verdict verdict = solver.Check();
      if (verdict == Solver::Verdict::kUnsatisfiable && i == 0 && formula.is_complete)
        return {.verdict = Verdict::kImpossible, .witness = {}};
      if (verdict != Solver::Verdict::kSatisfiable) break;
      has_found_ = true;
      const std::map<std::string, Exact> values = solver.Values(names);
      if (values.size() != names.size()) break;
      Witness witness = WitnessOf(lowered_, condition_, formula, values);
      if (is_shown_(witness)) return {.verdict = Verdict::kPossible, .witness = std::move(witness)};
      if (names.empty()) break;
      solver.Tell(OtherThan(formula, values));
    }
    return {.verdict = Verdict::kNotSettled, .witness = {}};
  }

  static std::string OtherThan(const Formula& formula, const std::map<std::string, Exact>& values) {
    std::vector<std::string> same;
    for (const analyse::Unknown& unknown : formula.unknowns) {
      if (unknown.kind == analyse::Unknown::Kind::kOpen) continue;
      const Exact& value = values.at(unknown.name);
      const std::string text = value < Exact(0) ? fmt::format("(- {})", (-value).ToPlainText()) : value.ToPlainText();
      same.push_back(unknown.is_truth ? fmt::format("(= {} {})", unknown.name, value.IsZero() ? "false" : "true")
                                      : fmt::format("(= {} {})", unknown.name, text));
    }
    return fmt::format("(assert (not (and true {})))\n", fmt::join(same, " "));
  }

  Lowered& lowered_;
  NodeId condition_;
  llvm::function_ref<bool(const Witness&)> is_shown_;
  int milliseconds_;
  bool has_found_ = false;
};

/// The condition where all that is made of several facts is as it is in the case.
NodeId AsIn(Lowered& lowered, NodeId condition, const Case& facts) {
  evaluate::Space& space = *lowered.space;
  graph::Graph& graph = space.graph;
  evaluate::Walk walk(space, facts);
  std::map<evaluate::VariableId, std::int64_t> cells;
  for (const evaluate::VariableId variable : graph.Support(condition)) {
    if (space.IsFree(variable)) continue;
    llvm::SmallVector<NodeId> numbers;
    for (std::size_t cell = 0; cell < graph.Cells(variable); ++cell)
      numbers.push_back(space.Terminal(Value(Exact(static_cast<std::int64_t>(cell)))));
    const std::vector<NodeId> ends = walk.Ends(graph.ByCell(variable, numbers));
    const auto* const found = llvm::find(numbers, ends.front());
    if (ends.size() == 1 && found != numbers.end()) cells[variable] = found - numbers.begin();
  }
  return graph.Restrict(condition, [&](evaluate::VariableId variable) {
    const auto found = cells.find(variable);
    return found == cells.end() ? std::int64_t{-1} : found->second;
  });
}

}  // namespace

Occurrence Occurs(Lowered& lowered, NodeId condition, llvm::function_ref<bool(const Witness&)> is_shown,
                  int milliseconds) {
  graph::Graph& graph = lowered.space->graph;
  NodeId wanted = graph.And(condition, AssumptionsOn(lowered, condition));
  for (const LoweredDraft& draft : lowered.drafts) wanted = graph.And(wanted, draft.option_sets);
  // What a full store gives is any node: it says nothing of what can be.
  if (graph.Exhausted()) return {.verdict = Verdict::kNotSettled, .witness = {}};
  if (lowered.impossible.contains(wanted)) return {.verdict = Verdict::kImpossible, .witness = {}};
  std::optional<Witness> witness = FindWitness(lowered, wanted);
  if (!witness) return {.verdict = Verdict::kImpossible, .witness = {}};
  // What does not matter may still have to be in keeping with an assumption.
  const auto can_be = [&](const Witness& found) { return KeepsAssumptions(lowered, found.facts); };
  const auto is_a_case = [&](const Witness& found) { return can_be(found) && is_shown(found); };
  if (is_a_case(*witness)) return {.verdict = Verdict::kPossible, .witness = std::move(witness)};
  const std::vector<evaluate::VariableId> support = graph.Support(wanted);
  const bool is_exact =
      llvm::all_of(support, [&](evaluate::VariableId variable) { return lowered.space->IsFree(variable); });
  if (is_exact && can_be(*witness)) return {.verdict = Verdict::kNotSettled, .witness = {}};
  // What is made of several facts comes out as in the case before, often enough.
  for (int i = 0; i < kMaxGuesses; ++i) {
    witness = FindWitness(lowered, AsIn(lowered, wanted, witness->facts));
    if (!witness) break;
    if (is_a_case(*witness)) return {.verdict = Verdict::kPossible, .witness = std::move(witness)};
  }
  Occurrence found;
  if (milliseconds > 0 && graph.Reachable(wanted).size() <= kMaxAtOnce)
    found = Search(lowered, wanted, is_a_case, milliseconds).Run();
  if (found.verdict == Verdict::kNotSettled) found = OccursOnSomeWay(lowered, wanted, is_a_case, milliseconds);
  if (found.verdict == Verdict::kImpossible) lowered.impossible.insert(wanted);
  return found;
}

}  // namespace proviso::lower
