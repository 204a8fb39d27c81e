// n_way.h: several drafts → the cases parted by what all of them come to.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <string>
#include <vector>

#include "harness/compare/describe.h"

namespace proviso::compare {

/// Cases and option sets in which each draft comes to one outcome, and not all to the same.
struct Part {
  std::vector<evaluate::NodeId> outcomes;  // by draft: terminals of the space
  evaluate::NodeId condition;              // on facts and options; on terms, too, where it is too large by facts
  std::vector<Piece> pieces;               // the same in words; their sides are the drafts
  std::optional<Exact> cases;              // as of `Region`
  lower::Occurrence::Verdict occurs = lower::Occurrence::Verdict::kNotSettled;  // never kImpossible
  std::optional<lower::Witness> witness;                                        // replayed
};

/// One decision.
struct Parting {
  std::string decision;
  Type type;
  lower::Lowered lowered;
  std::vector<evaluate::VariableId> variables;  // of the space: those that pieces speak of
  /// Disjoint, and together all cases in which the drafts are not alike.
  std::vector<Part> parts;
  /// Whether a graph operation has found them so; false where the graph ran out of room.
  bool is_checked = false;
  [[nodiscard]] std::size_t NotSettled() const;
};

struct PartingLimits {
  std::size_t max_nodes = lower::kMaxNodes;  // of the store
  /// The same where cases are parted by facts: what can be is easy to find then, but several drafts make a large graph.
  /// Beyond, they are parted by terms.
  std::size_t max_by_facts = 300'000;
};

/// Of the decisions that all have, with one type; all where `decision` is empty. Vocabularies as for `Compare`. Options
/// that drafts leave open, with alternatives of the same names, are one choice for them. A decision is left out where
/// no option set is in all. `progress`: how many of how many decisions are done.
[[nodiscard]] std::vector<Parting> PartCases(
    const std::vector<Side>& sides, const std::string& decision, const PartingLimits& limits = {},
    llvm::function_ref<void(std::size_t done, std::size_t all)> progress = nullptr);

}  // namespace proviso::compare
