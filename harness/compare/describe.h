// describe.h: where two functions differ → regions that can be read.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <optional>

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

/// Cases and option sets as they can be read: those of `within` that the product allows.
struct Piece {
  static constexpr std::size_t kAll = ~std::size_t{0};  // all cases
  static constexpr std::size_t kPart = kAll - 1;  // all cases; the product says what is so in all of the piece, not all

  evaluate::NodeId condition;  // exactly where
  std::size_t within = kAll;   // or those of this side
  graph::Product product;      // over the variables
  /// Of kPart: terms of which at least one is not the same on two sides; none where that cannot be said.
  std::vector<evaluate::VariableId> differing;
  std::optional<Exact> cases;  // as of `Region`; counted by those who ask for pieces
};

/// The pieces of `where`, within `care`: disjoint, together all of it, few. `sides`: conditions that `where` is within,
/// each, and that are short to say; `terms`: of one name, that two sides do not mean alike. Variables of more cells
/// than `max_cells` are left out of what is said.
[[nodiscard]] std::vector<Piece> DescribePieces(graph::Graph& graph, llvm::ArrayRef<evaluate::VariableId> variables,
                                                llvm::ArrayRef<evaluate::NodeId> sides,
                                                llvm::ArrayRef<std::array<evaluate::VariableId, 2>> terms,
                                                evaluate::NodeId where, evaluate::NodeId care,
                                                std::size_t max_cells = graph::kNoLimit);

/// The regions of `change` (the cases, within `care`, in which `from` became `to`): disjoint, together all of it, few.
/// Variables of more cells than `max_cells` are left out of what is said.
[[nodiscard]] std::vector<Region> Describe(graph::Graph& graph, llvm::ArrayRef<evaluate::VariableId> variables,
                                           const Pair& pair, const std::array<evaluate::NodeId, 2>& outcomes,
                                           evaluate::NodeId change, evaluate::NodeId care,
                                           std::size_t max_cells = graph::kNoLimit);

/// Whether regions, parts or pieces are disjoint, and together the whole.
template <typename Parts>
[[nodiscard]] bool IsPartition(graph::Graph& graph, const Parts& parts, evaluate::NodeId whole) {
  evaluate::NodeId all = graph.No();
  for (const auto& part : parts) {
    if (graph.Meet(all, part.condition)) return false;
    all = graph.Or(all, part.condition);
  }
  return all == whole;
}

}  // namespace proviso::compare
