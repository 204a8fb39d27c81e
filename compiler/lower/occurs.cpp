#include "compiler/lower/occurs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/STLExtras.h>

#include <functional>
#include <memory>

#include "compiler/lower/assumptions.h"
#include "compiler/lower/cell_values.h"
#include "compiler/lower/matter.h"
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
using evaluate::VariableId;
using Verdict = Occurrence::Verdict;

/// Cases that are tried where what formulas leave open makes them fail.
constexpr int kMaxTries = 6;
/// Cases that are tried from one start before the solver is asked.
constexpr int kMaxGuesses = 4;

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
      Witness witness = WitnessOf(lowered_, formula, values);
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

/// Steps down the functions before their conjunction is made instead.
constexpr std::size_t kMaxSteps = 50'000;

/// Cases that the graphs alone lead to: facts are chosen on a common path of the functions; what is made of several of
/// them comes out as it does, mostly as in the case before.
class Guesses {
 public:
  Guesses(Lowered& lowered, llvm::ArrayRef<graph::AnyOf> asked, llvm::function_ref<bool(const Witness&)> is_shown)
      : lowered_(lowered), space_(*lowered.space), all_(asked), is_shown_(is_shown) {
    for (const LoweredDraft& draft : lowered.drafts) all_.push_back({{draft.option_sets, space_.graph.Yes()}});
    for (const NodeId assumption : lowered.assumptions) all_.push_back({{assumption, space_.graph.Yes()}});
  }

  Occurrence Run() {
    for (const Start start : {Start::kOfNothing, Start::kRatherOfNothing, Start::kAny}) {
      const graph::CommonPath path = Path([&](VariableId variable) { return ChoiceAt(start, variable); });
      if (path.verdict == graph::CommonPath::Verdict::kNone && start != Start::kOfNothing)
        return {.verdict = Verdict::kImpossible, .witness = {}};
      Occurrence found = From(path);
      if (found.witness) return found;
    }
    for (const Case& facts : lowered_.hard_cases) {
      Occurrence found = From(Path(AsIn(facts)), &facts);
      if (found.witness) return found;
    }
    return {};
  }

  /// Whether a case in keeping with the assumptions was none that is asked for.
  [[nodiscard]] bool WasRefused() const { return was_refused_; }
  /// Whether some path was not found in the steps allowed.
  [[nodiscard]] bool HasGivenUp() const { return has_given_up_; }

 private:
  /// What is made of several facts is as it is when they are empty, no and 0: always, if that can be, or wherever it
  /// may.
  enum class Start : std::uint8_t { kOfNothing, kRatherOfNothing, kAny };

  std::optional<graph::CellChoice> ChoiceAt(Start start, VariableId variable) {
    if (start == Start::kAny || IsFree(variable)) return std::nullopt;
    const std::optional<std::size_t> cell = CellOfNothing(space_, variable);
    if (!cell) return std::nullopt;
    return graph::CellChoice{.cell = *cell, .is_only = start == Start::kOfNothing};
  }

  /// Tries the path's case, and those in which what is made of several facts is as in the one before.
  Occurrence From(graph::CommonPath path, const Case* like = nullptr) {
    for (int i = 0; i < kMaxGuesses && path.verdict == graph::CommonPath::Verdict::kFound; ++i) {
      Witness witness = WitnessOn(lowered_, path.tests, like);
      const bool can_be = KeepsAssumptions(lowered_, witness.facts);
      if (can_be && is_shown_(witness)) return {.verdict = Verdict::kPossible, .witness = std::move(witness)};
      was_refused_ = was_refused_ || can_be;
      const graph::Tests before = std::move(path.tests);
      path = Path(AsIn(witness.facts));
      if (path.tests == before) break;
    }
    return {};
  }

  template <typename Choose>
  [[nodiscard]] graph::CommonPath Path(Choose choose) {
    graph::CommonPath path = graph::FindCommonPath(space_.graph, all_, choose, kMaxSteps);
    has_given_up_ = has_given_up_ || path.verdict == graph::CommonPath::Verdict::kGivenUp;
    return path;
  }

  /// Held where it is in the case, if it is made of several facts.
  std::function<std::optional<graph::CellChoice>(VariableId)> AsIn(const Case& facts) {
    return [this, walk = std::make_shared<evaluate::Walk>(space_, facts)](
               VariableId variable) -> std::optional<graph::CellChoice> {
      if (IsFree(variable)) return std::nullopt;
      const std::optional<std::uint32_t> cell = walk->OnlyCellOf(variable);
      return cell ? std::optional(graph::CellChoice{.cell = *cell, .is_only = true}) : std::nullopt;
    };
  }

  /// Space::IsFree, asked once of each.
  bool IsFree(VariableId variable) {
    const auto [free, is_new] = free_.try_emplace(variable.Index());
    if (is_new) free->second = space_.IsFree(variable);
    return free->second;
  }

  Lowered& lowered_;
  evaluate::Space& space_;
  std::vector<graph::AnyOf> all_;  // within assumptions and constraints
  llvm::function_ref<bool(const Witness&)> is_shown_;
  bool was_refused_ = false;
  bool has_given_up_ = false;
  llvm::DenseMap<unsigned, bool> free_;
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
  const NodeId wanted = Conjunction(lowered, asked);
  if (graph.Exhausted()) return {};
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
