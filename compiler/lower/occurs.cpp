#include "compiler/lower/occurs.h"

#include "compiler/reference/evaluate.h"

namespace proviso::lower {

Occurrence Occurs(Lowered& lowered, evaluate::NodeId condition, llvm::function_ref<bool(const Witness&)> is_shown) {
  using Verdict = Occurrence::Verdict;
  graph::Graph& graph = lowered.space->graph;
  evaluate::NodeId wanted = graph.And(condition, AssumptionsOn(lowered, condition));
  for (const LoweredDraft& draft : lowered.drafts) wanted = graph.And(wanted, draft.option_sets);
  std::optional<Witness> witness = FindWitness(lowered, wanted);
  if (!witness) return {.verdict = Verdict::kImpossible, .witness = {}};
  const check::CheckedDraft& draft = *lowered.drafts.front().draft;
  if (reference::BrokenAssumptions(draft, witness->facts).empty() && is_shown(*witness))
    return {.verdict = Verdict::kPossible, .witness = std::move(witness)};
  return {.verdict = Verdict::kNotSettled, .witness = {}};
}

}  // namespace proviso::lower
