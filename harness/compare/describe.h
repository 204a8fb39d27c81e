// describe.h: where two functions differ → regions that can be read.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include "harness/compare/compare.h"

namespace proviso::compare {

/// Two functions over the same variables, and which rule gives each of their values: conditions.
struct Pair {
  struct Function {
    evaluate::NodeId value;
    std::vector<std::pair<check::RuleId, evaluate::NodeId>> deciding;
    std::optional<evaluate::NodeId> by_facts;  // the same without terms, where that is said
  };
  std::array<Function, 2> functions;
  /// Terms of one name that the two do not mean alike.
  std::vector<std::array<evaluate::VariableId, 2>> terms;
  /// Such terms too, but the functions are made as if both meant what the first does by its variable.
  std::vector<std::array<evaluate::VariableId, 2>> alike;
};

/// The regions of `change` (the cases, within `care`, in which `from` became `to`): disjoint, together all of it, few.
/// Variables of more cells than `max_cells` are left out of what is said.
[[nodiscard]] std::vector<Region> Describe(graph::Graph& graph, llvm::ArrayRef<evaluate::VariableId> variables,
                                           const Pair& pair, const std::array<evaluate::NodeId, 2>& outcomes,
                                           evaluate::NodeId change, evaluate::NodeId care,
                                           std::size_t max_cells = graph::kNoLimit);

}  // namespace proviso::compare
