#include "harness/test/compiled.h"

#include <llvm/ADT/STLExtras.h>

#include <utility>

namespace proviso::test {

using evaluate::NodeId;

Compiled::Compiled(const std::shared_ptr<const check::CheckedDraft>& draft, llvm::ArrayRef<check::DecisionId> decisions)
    : lowered_(lower::Lower(draft, decisions)) {}

std::optional<NodeId> Compiled::GraphOf(check::DecisionId decision) const {
  if (lowered_.too_large) return std::nullopt;
  const auto found = llvm::find_if(Draft().decisions,
                                   [&](const lower::LoweredDecision& lowered) { return lowered.decision == decision; });
  return found == Draft().decisions.end() ? std::nullopt : std::optional(found->outcome);
}

NodeId CompiledCase::Follow(NodeId node) {
  const auto [known, is_new] = followed_.try_emplace(node);
  if (is_new) known->second = walk_.Follow(node);
  return known->second;
}

bool CompiledCase::EndsAt(NodeId node, const check::OptionSet& options, std::optional<NodeId>& end,
                          std::set<NodeId>& seen) {
  const evaluate::Space& space = compiled_.InSpace();
  for (node = Follow(node); !space.graph.IsTerminal(node); node = Follow(node)) {
    const evaluate::VariableId variable = space.graph.VariableOf(node);
    if (space.IsOption(variable)) {
      node = space.graph.ChildAt(node, options[compiled_.Draft().OptionOf(variable)]);
      continue;
    }
    // It asks for a fact that is not known: perhaps it comes to the same whatever that is.
    if (!seen.insert(node).second) return true;
    evaluate::Walk::Cells scratch;
    return llvm::all_of(walk_.CellsOf(variable, scratch), [&](std::uint32_t cell) {
      return EndsAt(space.graph.ChildAt(node, cell), options, end, seen);
    });
  }
  if (!end) end = node;
  return *end == node;
}

const reference::Outcome* CompiledCase::Of(check::DecisionId decision, const check::OptionSet& options) {
  const std::optional<NodeId> root = compiled_.GraphOf(decision);
  if (!root) return nullptr;
  std::optional<NodeId> end;
  std::set<NodeId> seen;
  if (!EndsAt(*root, options, end, seen)) return nullptr;
  const auto [outcome, is_new] = outcomes_.try_emplace(*end);
  if (is_new) {
    if (auto value = walk_.ValueOf(*end)) {
      outcome->second.emplace();
      outcome->second->possible = {*std::move(value)};
      outcome->second->determined = true;
    }
  }
  return walk_.NeedsReference() || !outcome->second ? nullptr : &*outcome->second;
}

}  // namespace proviso::test
