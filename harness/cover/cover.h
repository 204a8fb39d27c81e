// cover.h: how much of each draft the expectations of scenario suites exercise.
//
// What counts is what an expectation holds against the draft: a decision it names, under an option set it speaks of,
// and all that this decision turns on in that case, down to the terms of elements. Conditions are looked at one by one,
// whether or not others had decided already.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/cover/edges.h"
#include "harness/cover/observer.h"
#include "harness/scenario/suite.h"

namespace proviso::cover {

enum class Kind : std::uint8_t {
  kRule,         // fires, does not fire, is blocked by its exceptions
  kException,    // likewise
  kCondition,    // yes, no
  kIndependent,  // decides alone: MC/DC within one rule's condition, one term, or one condition on elements
  kThreshold,    // below, at, above
  kOption,       // each alternative
  kEdge,         // of a decision's graph, taken; no items (`DraftCoverage::edges`)
};
inline constexpr std::size_t kKinds = 7;

/// One way in which an item is to be seen.
struct Aspect {
  std::string name;
  std::size_t count = 0;                             // of distinct situations in which it was
  std::vector<Goal> goals;                           // that are met where it is seen
  Feasibility feasibility = Feasibility::kNotAsked;  // of one that was not seen
  bool by_assumptions = false;                       // kImpossible: without what is assumed it were possible
};

struct Item {
  Kind kind;
  std::string text;    // in the draft's words
  std::string inside;  // `term covered`, `rule frontier_ai`; empty for those themselves
  std::vector<Citation> cites;
  Span span;
  std::vector<Aspect> aspects;
  std::vector<std::string> shown_by;  // kIndependent: the two scenarios that show it
};

struct DraftCoverage {
  const load::LoadedDraft* draft = nullptr;
  std::size_t scenarios = 0;                          // that expect something of it
  std::vector<Item> items;                            // those of one kind in the order of the text
  std::vector<std::shared_ptr<DecisionEdges>> edges;  // where they are asked for (EdgesOf), of the decisions expected

  /// Of the items of a kind, how many aspects were seen, and of how many: those proved to be impossible do not count.
  struct Share {
    std::size_t seen = 0;
    std::size_t all = 0;
    std::size_t impossible = 0;
    std::size_t not_settled = 0;  // of those that were asked
    void Add(const Item& item);
    void Add(const DecisionEdges& edges);
  };
  [[nodiscard]] Share Of(Kind kind) const;
  [[nodiscard]] Share OfAll() const;
};

/// Of each draft that some expectation speaks of, in the order of the suites. What is shown to decide alone follows
/// masking MC/DC: two situations in which the condition differs, and the result, and in each of which turning just this
/// condition would turn the result.
[[nodiscard]] std::vector<DraftCoverage> Cover(llvm::ArrayRef<const scenario::Suite*> suites);

/// What the suites exercise of one draft, and all of it as items.
[[nodiscard]] Exercised ExercisedBy(llvm::ArrayRef<const scenario::Suite*> suites, const load::LoadedDraft& draft);
[[nodiscard]] std::vector<Item> ItemsOf(const check::CheckedDraft& draft, const Exercised& exercised);

/// Asks of each aspect that was not seen whether any case could show it, and of up to `kMaxEdgesAsked` edges of each
/// decision whether any case takes them, on all processors; seconds to minutes for a draft of a hundred rules.
/// `on_aspect` is called as they are done, by one thread at a time, with how many are and of how many.
void SettleMissing(DraftCoverage& coverage, llvm::function_ref<void(std::size_t, std::size_t)> on_aspect);

}  // namespace proviso::cover
