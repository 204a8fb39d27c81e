#include "harness/prove/weaker.h"

#include <llvm/ADT/STLExtras.h>

namespace proviso::prove {
namespace {

using evaluate::NodeId;

/// A value, or no outcome for certain.
bool IsTold(const evaluate::Leaf& leaf) {
  const auto* const failure = std::get_if<evaluate::NoOutcome>(&leaf);
  if (failure != nullptr) return failure->failure != Failure::kTooDeep;
  return std::holds_alternative<Value>(leaf) || std::holds_alternative<evaluate::Nothing>(leaf);
}

}  // namespace

bool IsWeaker(const Value& one, const Value& other) { return !IsNone(one) && !IsNone(other) && one < other; }

std::optional<NodeId> WhereWeaker(lower::Lowered& lowered, NodeId one, NodeId other) {
  evaluate::Space& space = *lowered.space;
  graph::Graph& graph = space.graph;
  for (const NodeId outcome : {one, other}) {
    const bool are_told = llvm::all_of(graph.Terminals(outcome),
                                       [&](graph::Terminal terminal) { return IsTold(space.LeafAt(terminal)); });
    if (!are_told) return std::nullopt;
  }
  return graph.Combine(one, other, [&](NodeId mine, NodeId theirs) {
    const auto* const value = std::get_if<Value>(&space.LeafOf(mine));
    const auto* const other_value = std::get_if<Value>(&space.LeafOf(theirs));
    const bool is_weaker = value != nullptr && other_value != nullptr && IsWeaker(*value, *other_value);
    return is_weaker ? graph.Yes() : graph.No();
  });
}

}  // namespace proviso::prove
