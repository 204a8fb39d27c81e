// n_way.h: several drafts → the cases parted by what all of them come to.
#pragma once

#include <string>
#include <vector>

#include "harness/compare/compare.h"

namespace proviso::compare {

/// Cases and option sets in which each draft comes to one outcome, and not all to the same.
struct Part {
  std::vector<evaluate::NodeId> outcomes;                                       // by draft: terminals of the space
  evaluate::NodeId condition;                                                   // on facts, terms and options
  lower::Occurrence::Verdict occurs = lower::Occurrence::Verdict::kNotSettled;  // never kImpossible
  std::optional<lower::Witness> witness;                                        // replayed
};

/// One decision.
struct Parting {
  std::string decision;
  Type type;
  lower::Lowered lowered;
  /// Disjoint, and together all cases in which the drafts are not alike.
  std::vector<Part> parts;
  /// Whether a graph operation has found them so; false where the graph ran out of room.
  bool is_checked = false;
  [[nodiscard]] std::size_t NotSettled() const;
};

/// Of the decisions that all have, with one type; all where `decision` is empty. Vocabularies as for `Compare`. Options
/// that drafts leave open, with alternatives of the same names, are one choice for them. A decision is left out where
/// no option set is in all.
[[nodiscard]] std::vector<Parting> PartCases(const std::vector<Side>& sides, const std::string& decision,
                                             std::size_t max_nodes = lower::kMaxNodes);

}  // namespace proviso::compare
