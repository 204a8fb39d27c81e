#include "compiler/lower/guesses.h"

#include <memory>

#include "compiler/lower/assumptions.h"
#include "compiler/lower/cell_values.h"
#include "runtime/evaluate/walk.h"

namespace proviso::lower {

using evaluate::VariableId;
using Verdict = Occurrence::Verdict;

namespace {

/// Cases that are tried from one start.
constexpr int kMaxGuesses = 4;

/// Steps down the functions before a path is given up.
constexpr std::size_t kMaxSteps = 50'000;

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
    const bool can_be = KeepsAssumptions(lowered_, witness.facts);
    if (can_be && is_shown_(witness)) return {.verdict = Verdict::kPossible, .witness = std::move(witness)};
    was_refused_ = was_refused_ || can_be;
    const graph::Tests before = std::move(path.tests);
    path = Path(AsIn(witness.facts));
    if (path.tests == before) break;
  }
  return {};
}

graph::CommonPath Guesses::Path(llvm::function_ref<std::optional<graph::CellChoice>(VariableId)> choose) {
  graph::CommonPath path = graph::FindCommonPath(space_.graph, all_, choose, kMaxSteps);
  has_given_up_ = has_given_up_ || path.verdict == graph::CommonPath::Verdict::kGivenUp;
  return path;
}

/// Held where it is in the case, if it is made of several facts.
Guesses::Choose Guesses::AsIn(const Case& facts) {
  return [this, walk = std::make_shared<evaluate::Walk>(space_, facts)](
             VariableId variable) -> std::optional<graph::CellChoice> {
    if (IsFree(variable)) return std::nullopt;
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

Occurrence GuessLike(Lowered& lowered, evaluate::NodeId condition, const Case& facts,
                     llvm::function_ref<bool(const Witness&)> is_shown) {
  const graph::AnyOf holds{{condition, lowered.space->graph.Yes()}};
  return Guesses(lowered, holds, is_shown).Like(facts);
}

}  // namespace proviso::lower
