#include "compiler/lower/occurs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>

#include "compiler/lower/assumptions.h"
#include "compiler/lower/guesses.h"
#include "compiler/lower/matter.h"
#include "compiler/lower/way_search.h"
#include "compiler/reference/evaluate.h"
#include "runtime/analyse/formula.h"
#include "runtime/analyse/solver.h"

namespace proviso::lower {
namespace {

using analyse::Formula;
using analyse::Solver;
using evaluate::NodeId;
using evaluate::VariableId;
using Verdict = Occurrence::Verdict;

/// Cases that are tried where what formulas leave open makes them fail.
constexpr int kMaxTries = 6;

/// All that is asked at once may take so many nodes; more is not looked at. Once that has been too few for some
/// (`Lowered::nodes_in_vain`) it is as many as take little time.
constexpr std::size_t kMaxConjunction = 3'000'000;
constexpr std::size_t kFewNodes = 300'000;

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
    for (int i = 0; i < kMaxTries; ++i) {
      const Solver::Verdict verdict = solver.Check();
      if (verdict == Solver::Verdict::kUnsatisfiable && i == 0 && formula.is_complete)
        return {.verdict = Verdict::kImpossible, .witness = {}};
      if (verdict != Solver::Verdict::kSatisfiable) break;
      has_found_ = true;
      const Values values = ValuesOf(formula, solver);
      Witness witness = WitnessOf(lowered_, formula, values);
      if (is_shown_(witness))
        return {.verdict = Verdict::kPossible,
                .witness = RatherOfThisTime(lowered_, formula, solver, std::move(witness), is_shown_)};
      if (Occurrence like = GuessLike(lowered_, condition_, witness.facts, is_shown_); like.witness) return like;
      if (values.empty()) break;
      if (i == 0) solver.Tell(OfThisTime(lowered_, formula));
      solver.Tell(OtherThan(formula, values));
    }
    return {.verdict = Verdict::kNotSettled, .witness = {}};
  }

  static std::string OtherThan(const Formula& formula, const Values& values) {
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

/// All that is asked, with assumptions and constraints, as one condition, which holds no failures.
NodeId Conjunction(Lowered& lowered, llvm::ArrayRef<graph::AnyOf> asked) {
  graph::Graph& graph = lowered.space->graph;
  NodeId all = graph.Yes();
  for (const graph::AnyOf& any : asked) {
    NodeId one_of = graph.No();
    for (const graph::Comes& one : any) {
      one_of = graph.Or(one_of, graph.Replace(one.function, [&](NodeId leaf) {
        return leaf == one.terminal ? graph.Yes() : graph.No();
      }));
    }
    all = graph.And(all, one_of);
  }
  all = graph.And(all, AssumptionsOn(lowered, all));
  for (const LoweredDraft& draft : lowered.drafts) all = graph.And(all, draft.option_sets);
  return all;
}

Occurrence Find(Lowered& lowered, llvm::ArrayRef<graph::AnyOf> asked, llvm::function_ref<bool(const Witness&)> is_shown,
                int milliseconds) {
  graph::Graph& graph = lowered.space->graph;
  Guesses guesses(lowered, asked, is_shown);
  Occurrence found = guesses.Run();
  if (found.verdict != Verdict::kNotSettled) return found;
  NodeId wanted;
  const std::size_t nodes = std::max(kFewNodes, std::min(kMaxConjunction, lowered.nodes_in_vain));
  if (!graph.DoWithin(nodes, [&] { wanted = Conjunction(lowered, asked); })) {
    lowered.nodes_in_vain -= std::min(lowered.nodes_in_vain, nodes);
    return {};
  }
  if (wanted == graph.No() || lowered.impossible.contains(wanted))
    return {.verdict = Verdict::kImpossible, .witness = {}};
  if (guesses.HasGivenUp()) {
    const graph::AnyOf holds{{wanted, graph.Yes()}};
    found = Guesses(lowered, holds, is_shown).Run();
    if (found.verdict != Verdict::kNotSettled) return found;
  }
  // Where nothing is made of several facts there is nothing that guessing could have missed.
  const bool is_exact =
      llvm::all_of(graph.Support(wanted), [&](VariableId variable) { return lowered.space->IsFree(variable); });
  if (is_exact && guesses.WasRefused()) return {};
  // What does not matter may still have to be in keeping with an assumption.
  const auto is_a_case = [&](const Witness& witness) {
    return KeepsAssumptions(lowered, witness.facts) && is_shown(witness);
  };
  if (milliseconds > 0 && graph.Reachable(wanted).size() <= kMaxAtOnce)
    found = Search(lowered, wanted, is_a_case, milliseconds).Run();
  if (found.verdict == Verdict::kNotSettled) found = OccursOnSomeWay(lowered, wanted, is_a_case, milliseconds);
  if (found.verdict == Verdict::kImpossible) lowered.impossible.insert(wanted);
  if (found.witness) lowered.hard_cases.push_back(found.witness->facts);
  return found;
}

}  // namespace

Occurrence Occurs(Lowered& lowered, llvm::ArrayRef<graph::AnyOf> asked,
                  llvm::function_ref<bool(const Witness&)> is_shown, int milliseconds) {
  // What a full store gives is any node: it says nothing of what can be.
  if (lowered.space->graph.Exhausted()) return {.verdict = Verdict::kNotSettled, .witness = {}};
  const auto is_it = [&](const Witness& witness) { return ComeOut(lowered, asked, witness) && is_shown(witness); };
  Occurrence found = Find(lowered, asked, is_it, milliseconds);
  if (found.witness) found.witness->matter = MatterOf(lowered, asked, *found.witness);
  return found;
}

Occurrence Occurs(Lowered& lowered, NodeId condition, llvm::function_ref<bool(const Witness&)> is_shown,
                  int milliseconds) {
  const graph::AnyOf holds{{condition, lowered.space->graph.Yes()}};
  return Occurs(lowered, holds, is_shown, milliseconds);
}

}  // namespace proviso::lower
