// settle.h: what a difference is, and whether one that is said in terms can be at all.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <optional>

#include "compiler/lower/occurs.h"

namespace proviso::compare {

/// Whether two terminals are not one outcome: a condition.
[[nodiscard]] evaluate::NodeId Differ(evaluate::Space& space, evaluate::NodeId from, evaluate::NodeId to);

/// Whether the reference evaluator's outcome is the one that the terminal stands for; any value where that is worked
/// out from facts.
[[nodiscard]] bool IsSaid(const evaluate::Space& space, const reference::Outcome& outcome, evaluate::NodeId leaf);

/// Whether a function that is said by facts comes to no outcome that the same said by terms does not: a quantity made
/// of terms is another when made of facts.
[[nodiscard]] bool AreOfOneOutcomes(const evaluate::Space& space, evaluate::NodeId by_terms, evaluate::NodeId by_facts);

/// How many cases meet the condition, on facts and options, under each option set of `care` under which some do;
/// nothing where that is not one number, or quantities made of several facts come in.
[[nodiscard]] std::optional<Exact> CasesUnderEach(lower::Lowered& lowered, evaluate::NodeId condition,
                                                  evaluate::NodeId care);

/// Whether the condition, on facts, terms and options, occurs (lower::Occurs). Where it speaks of terms or of
/// quantities made of several facts, a case is looked for by going from terms to their definitions, and only if none is
/// found the solver is asked, as often as `questions` says, which is made smaller.
[[nodiscard]] lower::Occurrence OccursByTerms(lower::Lowered& lowered, evaluate::NodeId condition,
                                              llvm::function_ref<bool(const lower::Witness&)> is_shown, int& questions);

/// What is made in the store while this is there is thrown away, so that large questions do not fill it.
class Aside {
 public:
  explicit Aside(lower::Lowered& lowered)
      : lowered_(lowered), size_(lowered.space->graph.Size()), variables_(lowered.space->Variables()) {}
  ~Aside() { Clear(0); }
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

  /// If more than `kept` nodes were made.
  void Clear(std::size_t kept = kMaxKept);

 private:
  static constexpr std::size_t kMaxKept = 1'000'000;
  lower::Lowered& lowered_;
  std::size_t size_;
  std::size_t variables_;
};

}  // namespace proviso::compare
