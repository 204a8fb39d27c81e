// compare.h: two drafts, decision by decision → where they differ, over all cases and option sets.
//
// Differences are looked for among decisions said by their terms: in small graphs, where a term that both drafts mean
// alike is one variable, and one that they do not is two. What is found is exact in those terms; what the terms say is
// compared in turn. Whether a difference can be at all is then asked of the same decisions said by facts
// (lower::Occurs).
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/lower/occurs.h"
#include "runtime/graph/cover.h"

namespace proviso::compare {

/// One of the two that are compared: a draft, with what is chosen of its options settled.
struct Side {
  std::shared_ptr<const check::CheckedDraft> draft;
  std::string name;  // that reports call it by; the two differ
};

/// Cases and option sets in which one outcome became another: those of `within` that the product allows.
struct Region {
  enum class Within : std::uint8_t {
    kAll,   // all cases
    kFrom,  // those of which the first says `from`
    kTo,    // those of which the second says `to`
    kPart,  // all cases; the product does not say all, but what is so in all of the region
  };
  evaluate::NodeId from, to;   // terminals of the space
  evaluate::NodeId condition;  // exactly where: on facts, terms and options
  Within within = Within::kAll;
  graph::Product product;  // over `Comparison::variables`
  /// Of kPart: terms of which at least one is not the same on both sides; none where that cannot be said.
  std::vector<evaluate::VariableId> differing;
  std::optional<Exact> cases;  // see language reference, What a draft means; nothing where they cannot be counted
  std::array<std::vector<check::RuleId>, 2> decided_by;  // of either side; `otherwise` is not among them
  lower::Occurrence::Verdict occurs = lower::Occurrence::Verdict::kNotSettled;  // never kImpossible: those are left out
  std::optional<lower::Witness> witness;
};

enum class Verdict : std::uint8_t { kIdentical, kFirstStricter, kSecondStricter, kMixed, kDifferent };

/// Of a decision, or of a term that is not the same on both sides.
struct Difference {
  std::string name;
  Type type;
  Verdict verdict = Verdict::kIdentical;
  /// Disjoint and together complete; the strongest change first, then the largest.
  std::vector<Region> regions;
  /// Whether a graph operation has found them disjoint and together complete.
  bool is_checked = false;
  [[nodiscard]] std::size_t NotSettled() const;
  [[nodiscard]] bool IsProved() const { return is_checked && NotSettled() == 0; }
};

/// Of one decision.
struct Comparison {
  std::array<Side, 2> sides;
  lower::Lowered lowered;
  std::vector<evaluate::VariableId> variables;  // of the space
  Difference decision;
  /// Terms that regions come to, both have, and are not the same where those that they are made of are; no regions
  /// where they are only named. Of several decisions each term once, with the first.
  std::vector<Difference> terms;
  /// Those that are the same then.
  std::vector<std::string> through_others;
};

struct Comparisons {
  std::vector<Comparison> decisions;             // that both have, in the order of the first
  std::array<std::vector<std::string>, 2> only;  // decisions that one side alone has
  std::vector<std::string> of_other_type;        // that both have, with values that cannot be held against each other
};

/// Whether it is said of terms where they differ, or only that they do.
enum class Terms : std::uint8_t { kNamed, kCompared };

/// The drafts' vocabularies must be such that one is the beginning of the other. `decision`: only that, which both
/// have; all where it is empty. Each is compared in a store of its own, of at most `max_nodes`; one that does not
/// suffice leaves the decision not checked. No decision where no option set is left, or none is in both.
/// All processors are at it. `progress`: told after each decision, by one of them at a time. Takes seconds for a
/// decision as large as the outbound rule's.
[[nodiscard]] Comparisons Compare(const std::array<Side, 2>& sides, const std::string& decision, Terms terms,
                                  std::size_t max_nodes = lower::kMaxNodes,
                                  llvm::function_ref<void(std::size_t done, std::size_t all)> progress = {});

}  // namespace proviso::compare
