#include "compiler/lower/guesses.h"

#include <llvm/ADT/STLExtras.h>

#include <memory>
#include <set>
#include <utility>

#include "compiler/lower/assumptions.h"
#include "compiler/lower/cell_values.h"
#include "runtime/analyse/formula.h"
#include "runtime/analyse/solver.h"
#include "runtime/evaluate/resolve.h"
#include "runtime/evaluate/walk.h"

namespace proviso::lower {

using evaluate::PlaceId;
using evaluate::VariableId;
using Verdict = Occurrence::Verdict;

namespace {

/// Cases that are tried from one start.
constexpr int kMaxGuesses = 4;

/// Steps down the functions before a path is given up.
constexpr std::size_t kMaxSteps = 50'000;

/// For the solver, about a few numbers and dates.
constexpr int kTimeForSums = 100;

using Facts = std::set<std::pair<PlaceId, FactId>>;

/// Whether the quantity is made of facts that are always there, and of nothing else; these are added.
bool AddFacts(const evaluate::Space& space, evaluate::QuantityId id, Facts& facts) {
  using Kind = evaluate::Quantity::Kind;
  const evaluate::Quantity& quantity = space[id];
  const auto add = [&](evaluate::QuantityId part) { return AddFacts(space, part, facts); };
  switch (quantity.kind) {
    case Kind::kConstant:
      return true;
    case Kind::kFact:
      facts.emplace(quantity.place, quantity.fact);
      return space[quantity.place].depth == 0;
    case Kind::kLinear:
      return llvm::all_of(quantity.terms, [&](const auto& term) { return add(term.first); });
    case Kind::kOperation:
      return llvm::all_of(quantity.operands, add);
    default:
      return false;
  }
}

/// The facts of a sum, or of two that are compared.
std::optional<Facts> FactsOfSum(const evaluate::Space& space, VariableId id) {
  const evaluate::Variable& variable = space[id];
  Facts facts;
  const bool is_sum = variable.quantity.IsValid() && AddFacts(space, variable.quantity, facts) &&
                      (!variable.other.IsValid() || AddFacts(space, variable.other, facts));
  return is_sum ? std::optional(std::move(facts)) : std::nullopt;
}

}  // namespace

Guesses::Guesses(Lowered& lowered, llvm::ArrayRef<graph::AnyOf> asked,
                 llvm::function_ref<bool(const Witness&)> is_shown)
    : lowered_(lowered), space_(*lowered.space), all_(asked), is_shown_(is_shown) {
  for (const LoweredDraft& draft : lowered.drafts) all_.push_back({{draft.option_sets, space_.graph.Yes()}});
  for (const evaluate::NodeId assumption : lowered.assumptions) all_.push_back({{assumption, space_.graph.Yes()}});
}

Occurrence Guesses::Run() {
  for (const Start start : {Start::kOfNothing, Start::kRatherOfNothing, Start::kAny}) {
    const graph::CommonPath path = Path([&](VariableId variable) { return ChoiceAt(start, variable); });
    if (path.verdict == graph::CommonPath::Verdict::kNone && start != Start::kOfNothing)
      return {.verdict = Verdict::kImpossible, .witness = {}};
    Occurrence found = From(path);
    if (found.witness) return found;
  }
  for (const Case& facts : lowered_.hard_cases) {
    Occurrence found = Like(facts);
    if (found.witness) return found;
  }
  return {};
}

Occurrence Guesses::Like(const Case& facts) { return From(Path(AsIn(facts)), &facts); }

std::optional<graph::CellChoice> Guesses::ChoiceAt(Start start, VariableId variable) {
  if (start == Start::kAny || IsFree(variable)) return std::nullopt;
  const std::optional<std::size_t> cell = CellOfNothing(space_, variable);
  if (!cell) return std::nullopt;
  return graph::CellChoice{.cell = *cell, .is_only = start == Start::kOfNothing};
}

/// Tries the path's case, and those in which what is made of several facts is as in the one before.
Occurrence Guesses::From(graph::CommonPath path, const Case* like) {
  for (int i = 0; i < kMaxGuesses && path.verdict == graph::CommonPath::Verdict::kFound; ++i) {
    Witness witness = WitnessOn(lowered_, path.tests, like);
    const auto is_it = [&] {
      const bool can_be = KeepsAssumptions(lowered_, witness.facts);
      if (can_be && is_shown_(witness)) return true;
      was_refused_ = was_refused_ || can_be;
      return false;
    };
    if (is_it()) return {.verdict = Verdict::kPossible, .witness = std::move(witness)};
    if (auto with_sums = WithSums(witness, path.tests)) {
      witness = *std::move(with_sums);
      if (is_it()) return {.verdict = Verdict::kPossible, .witness = std::move(witness)};
    }
    const graph::Tests before = std::move(path.tests);
    path = Path(AsIn(witness.facts));
    if (path.tests == before) break;
  }
  return {};
}

std::optional<Witness> Guesses::WithSums(const Witness& witness, const graph::Tests& path) {
  graph::Graph& graph = space_.graph;
  evaluate::Walk walk(space_, witness.facts);
  evaluate::NodeId asked = graph.Yes();
  Facts changed;
  bool are_as_asked = true;
  const auto add = [&](const std::pair<VariableId, std::size_t>& test) {
    asked = graph.And(asked, graph.InCells(test.first, test.second, test.second + 1));
  };
  for (const auto& test : path) {
    if (!IsSum(test.first)) continue;
    const Facts facts = *FactsOfSum(space_, test.first);
    changed.insert(facts.begin(), facts.end());
    are_as_asked = are_as_asked && walk.OnlyCellOf(test.first) == test.second;
    add(test);
  }
  if (are_as_asked) return std::nullopt;
  for (const auto& test : path) {
    const evaluate::Variable& variable = space_[test.first];
    if (variable.kind == evaluate::Variable::Kind::kFact && changed.contains({variable.place, variable.fact}))
      add(test);
  }
  const std::optional<Case> solved = Solved(asked);
  if (!solved) return std::nullopt;
  Witness mended = witness;
  for (const auto& [place, fact] : changed) {
    const evaluate::Resolved from = Resolve(space_, *solved, place);
    const evaluate::Resolved to = Resolve(space_, mended.facts, place);
    const bool are_there = from.kind == evaluate::Resolved::Kind::kThere && to.kind == evaluate::Resolved::Kind::kThere;
    if (!are_there) return std::nullopt;
    mended.facts.State(space_.Words(), to.instance, fact).value =
        solved->State(space_.Words(), from.instance, fact).value;
  }
  return mended;
}

std::optional<Case> Guesses::Solved(evaluate::NodeId condition) {
  const Case known = lowered_.known != nullptr ? *lowered_.known : EmptyCase(space_.Words());
  const analyse::Formula formula =
      analyse::FormulaOf(space_, {.known = known, .conditions = {condition}, .assumed = {}}, analyse::Lists::kBounded);
  if (formula.is_too_large) return std::nullopt;
  analyse::Solver solver(kTimeForSums);
  solver.Tell(formula.text + OfThisTime(lowered_, formula));
  if (solver.Check() != analyse::Solver::Verdict::kSatisfiable) return std::nullopt;
  return WitnessOf(lowered_, formula, ValuesOf(formula, solver)).facts;
}

graph::CommonPath Guesses::Path(llvm::function_ref<std::optional<graph::CellChoice>(VariableId)> choose) {
  graph::CommonPath path = graph::FindCommonPath(space_.graph, all_, choose, kMaxSteps);
  has_given_up_ = has_given_up_ || path.verdict == graph::CommonPath::Verdict::kGivenUp;
  return path;
}

/// Held where it is in the case, if it is made of several facts; but for sums, which can be had as asked.
Guesses::Choose Guesses::AsIn(const Case& facts) {
  return [this, walk = std::make_shared<evaluate::Walk>(space_, facts)](
             VariableId variable) -> std::optional<graph::CellChoice> {
    if (IsFree(variable) || IsSum(variable)) return std::nullopt;
    const std::optional<std::uint32_t> cell = walk->OnlyCellOf(variable);
    return cell ? std::optional(graph::CellChoice{.cell = *cell, .is_only = true}) : std::nullopt;
  };
}

/// Space::IsFree, asked once of each.
bool Guesses::IsFree(VariableId variable) {
  const auto [free, is_new] = free_.try_emplace(variable.Index());
  if (is_new) free->second = space_.IsFree(variable);
  return free->second;
}

/// Whether it is a sum, or compares two, of facts that are always there.
bool Guesses::IsSum(VariableId variable) {
  const auto [sum, is_new] = sums_.try_emplace(variable.Index());
  if (is_new) sum->second = FactsOfSum(space_, variable).has_value();
  return sum->second;
}

Occurrence GuessLike(Lowered& lowered, evaluate::NodeId condition, const Case& facts,
                     llvm::function_ref<bool(const Witness&)> is_shown) {
  const graph::AnyOf holds{{condition, lowered.space->graph.Yes()}};
  return Guesses(lowered, holds, is_shown).Like(facts);
}

}  // namespace proviso::lower
