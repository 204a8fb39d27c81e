#include "compiler/lower/way_search.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/STLExtras.h>

#include <iterator>
#include <map>

#include "compiler/lower/cell_values.h"
#include "compiler/lower/guesses.h"
#include "runtime/analyse/formula.h"

namespace proviso::lower {
namespace {

using analyse::Formula;
using analyse::Solver;
using evaluate::NodeId;
using evaluate::VariableId;
using Verdict = Occurrence::Verdict;

constexpr int kMaxWays = 200;
/// For one check of the solver's: ways are small.
constexpr int kTimeForOneWay = 300;
/// Most checks take less: so many milliseconds allow for another one.
constexpr int kShareOfQuestion = 100;
/// Cases of the solver's that turn out to be none before the search is given up: what formulas leave open makes them
/// fail.
constexpr int kMaxRefused = 4;
/// Tests are left out of an impossible way as long as this many questions take.
constexpr int kMaxToLeaveOut = 12;

/// The variable is in one of the cells from `first` up to `last`, without it.
struct Test {
  VariableId variable;
  std::size_t first, last;
};
using Way = std::vector<Test>;

class WaySearch {
 public:
  WaySearch(Lowered& lowered, NodeId condition, llvm::function_ref<bool(const Witness&)> is_shown, int milliseconds)
      : lowered_(lowered),
        space_(*lowered.space),
        graph_(space_.graph),
        rest_(condition),
        is_shown_(is_shown),
        questions_(milliseconds / kShareOfQuestion) {}

  Occurrence Run() {
    bool is_proof = true;
    for (int i = 0; i < kMaxWays && !graph_.Exhausted() && refused_ < kMaxRefused && (i == 0 || questions_ > 0); ++i) {
      const std::optional<Way> way = Cheapest();
      if (!way) return {.verdict = is_proof ? Verdict::kImpossible : Verdict::kNotSettled, .witness = {}};
      Occurrence found = OnWay(*way);
      if (found.verdict == Verdict::kPossible) return found;
      is_proof = is_proof && found.verdict == Verdict::kImpossible;
      const Way without = found.verdict == Verdict::kImpossible ? Core(*way) : OfSeveral(*way);
      rest_ = graph_.Without(rest_, ConditionOf(without));
    }
    return {.verdict = Verdict::kNotSettled, .witness = {}};
  }

 private:
  // ---- Ways ----------------------------------------------------------------------------------------------------

  static constexpr std::size_t kNever = ~std::size_t{0};
  /// What a way asks of a quantity made of several facts is dearer than all that it asks of facts.
  static constexpr std::size_t kOfSeveral = 1000;

  std::optional<Way> Cheapest() {
    costs_.clear();
    if (CostOf(rest_) == kNever) return std::nullopt;
    Way way;
    for (NodeId node = rest_; node != graph_.Yes();) {
      const VariableId variable = graph_.VariableOf(node);
      std::optional<graph::Graph::Run> best;
      std::size_t least = kNever;
      for (const graph::Graph::Run& run : graph_.Runs(node)) {
        const std::size_t cost = CostOf(variable, run);
        if (cost >= least) continue;
        least = cost;
        best = run;
      }
      way.push_back({variable, best->first, best->last});
      node = best->to;
    }
    return way;
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as there are variables
  std::size_t CostOf(NodeId node) {
    if (graph_.IsTerminal(node)) return node == graph_.Yes() ? 0 : kNever;
    if (const auto found = costs_.find(node.Index()); found != costs_.end()) return found->second;
    std::size_t least = kNever;
    for (const graph::Graph::Run& run : graph_.Runs(node))
      least = std::min(least, CostOf(graph_.VariableOf(node), run));
    costs_[node.Index()] = least;
    return least;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  std::size_t CostOf(VariableId variable, const graph::Graph::Run& run) {
    const std::size_t below = CostOf(run.to);
    if (below == kNever) return kNever;
    const auto [nothing, is_new] = nothings_.try_emplace(variable);
    if (is_new) nothing->second = CellOfNothing(space_, variable);
    const std::size_t cell = nothing->second.value_or(0);
    const bool is_nothing = run.first <= cell && cell < run.last;
    return below + (is_nothing ? 0 : IsFree(variable) ? 1 : kOfSeveral);
  }

  /// Space::IsFree, asked once of each.
  bool IsFree(VariableId variable) {
    const auto [free, is_new] = free_.try_emplace(variable);
    if (is_new) free->second = space_.IsFree(variable);
    return free->second;
  }

  /// What the way asks of quantities made of several facts; all of it where it asks of none.
  Way OfSeveral(const Way& way) {
    Way hard;
    llvm::copy_if(way, std::back_inserter(hard), [&](const Test& test) { return !IsFree(test.variable); });
    return hard.empty() ? way : hard;
  }

  NodeId ConditionOf(const Way& way) {
    NodeId all = graph_.Yes();
    for (const Test& test : llvm::reverse(way))
      all = graph_.And(graph_.InCells(test.variable, test.first, test.last), all);
    return all;
  }

  // ---- The solver ----------------------------------------------------------------------------------------------

  Occurrence OnWay(const Way& way) {
    const NodeId condition = ConditionOf(way);
    if (auto witness = FindWitness(lowered_, condition); witness && is_shown_(*witness))
      return {.verdict = Verdict::kPossible, .witness = std::move(witness)};
    if (questions_ <= 0) return {};
    --questions_;
    const Formula formula = FormulaFor(lowered_, condition, analyse::Lists::kBounded);
    if (formula.is_too_large) return {};
    Solver solver(kTimeForOneWay);
    solver.Tell(formula.text);
    const Solver::Verdict verdict = solver.Check();
    if (verdict == Solver::Verdict::kUnsatisfiable)
      return {.verdict = formula.is_complete || IsImpossible(way) ? Verdict::kImpossible : Verdict::kNotSettled,
              .witness = {}};
    if (verdict != Solver::Verdict::kSatisfiable) return {};
    Witness witness = WitnessOf(lowered_, formula, ValuesOf(formula, solver));
    if (is_shown_(witness))
      return {.verdict = Verdict::kPossible,
              .witness = RatherOfThisTime(lowered_, formula, solver, std::move(witness), is_shown_)};
    if (Occurrence like = GuessLike(lowered_, rest_, witness.facts, is_shown_); like.witness) return like;
    ++refused_;
    return {};
  }

  /// With lists of any length.
  bool IsImpossible(const Way& way) {
    --questions_;
    const Formula formula = FormulaFor(lowered_, ConditionOf(way), analyse::Lists::kOpen);
    if (formula.is_too_large) return false;
    Solver solver(kTimeForOneWay);
    solver.Tell(formula.text);
    return solver.Check() == Solver::Verdict::kUnsatisfiable;
  }

  /// As few tests of an impossible way as are impossible by themselves, as far as a few questions lead.
  Way Core(const Way& way) {
    Way core = way;
    int left = kMaxToLeaveOut;
    const auto leave_out = [&](auto is_left_out) {
      Way fewer;
      for (std::size_t i = 0; i < core.size(); ++i) {
        if (!is_left_out(i)) fewer.push_back(core[i]);
      }
      if (fewer.size() == core.size() || left == 0 || questions_ <= 0) return false;
      --left;
      if (!IsImpossible(fewer)) return false;
      core = std::move(fewer);
      return true;
    };
    static_cast<void>(leave_out([&](std::size_t i) { return IsFree(core[i].variable); }));
    for (std::size_t size = core.size() / 2; size > 0 && left > 0; size /= 2) {
      for (std::size_t at = 0; at < core.size() && left > 0;) {
        if (!leave_out([&](std::size_t i) { return i >= at && i < at + size; })) at += size;
      }
    }
    return core;
  }

  Lowered& lowered_;
  evaluate::Space& space_;
  graph::Graph& graph_;
  NodeId rest_;  // what has not been shown impossible, nor given up
  llvm::function_ref<bool(const Witness&)> is_shown_;
  int questions_;  // to the solver
  int refused_ = 0;
  llvm::DenseMap<std::uint32_t, std::size_t> costs_;  // by node
  std::map<VariableId, std::optional<std::size_t>> nothings_;
  std::map<VariableId, bool> free_;
};

}  // namespace

Occurrence OccursOnSomeWay(Lowered& lowered, NodeId condition, llvm::function_ref<bool(const Witness&)> is_shown,
                           int milliseconds) {
  return WaySearch(lowered, condition, is_shown, milliseconds).Run();
}

}  // namespace proviso::lower
