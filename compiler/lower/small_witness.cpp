#include "compiler/lower/small_witness.h"

namespace proviso::lower {

using evaluate::NodeId;

NodeId IsOfClass(evaluate::Space& space, const evaluate::List& list, std::uint32_t kind) {
  const NodeId wanted = space.Terminal(Value(Member{kind}));
  return space.graph.Replace(list.classes,
                             [&](NodeId leaf) { return leaf == wanted ? space.graph.Yes() : space.graph.No(); });
}

NodeId AssumedOf(Lowered& lowered, const evaluate::List& list) {
  NodeId assumed = lowered.space->graph.Yes();
  for (const analyse::OfElements& one : lowered.assumed_of_elements) {
    if (one.element == list.element) assumed = lowered.space->graph.And(assumed, one.condition);
  }
  return assumed;
}

std::optional<graph::Tests> SmallestElement(Lowered& lowered, const evaluate::List& list, NodeId condition) {
  return graph::SmallestTests(lowered.space->graph, condition, AssumedOf(lowered, list),
                              [](evaluate::VariableId, std::size_t) { return std::size_t{1}; });
}

}  // namespace proviso::lower
