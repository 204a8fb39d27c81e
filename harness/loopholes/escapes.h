// escapes.h: which cases come to a weaker outcome when the party that the rules speak of changes what it can.
//
// A draft is held against itself as it reads the changed case (check::BeforeAndAfter): all that compare says of two
// drafts it says of the case and the changed case, exactly.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "compiler/lower/option_cover.h"
#include "harness/change/change.h"
#include "harness/change/nearest.h"
#include "harness/compare/compare.h"

namespace proviso::loopholes {

/// A case that escapes, and the changed case: the draft comes to the one outcome, and to the other; replayed.
struct Example {
  Value from, to;
  lower::Witness before;  // of the draft alone
  change::Change change;

  [[nodiscard]] const check::OptionSet& Options() const { return before.options.front(); }
};

/// One outcome that becomes a weaker one, in some case.
struct Opening {
  Value from, to;
  /// Option sets of the draft (of the before side of the comparison) under which an example shows it.
  std::vector<lower::OptionProduct> under;
  bool is_complete = true;  // proved: under no other
  bool operator==(const Opening&) const = default;
};

/// Where one decision escapes by one way of changing facts.
struct Escapes {
  compare::Comparison comparison;  // of the case and the changed case: its store, without decisions
  /// Regions in which the outcome becomes weaker, or may: disjoint, and together all that escape. One that is not
  /// settled has no witness.
  compare::Difference decision;
  std::vector<std::optional<Example>> examples;  // by region
  std::vector<Opening> openings;                 // the strongest outcome first
  bool is_exact = true;                          // else there may be others: see check::BeforeAndAfter

  [[nodiscard]] bool IsChecked() const { return is_exact && decision.is_checked; }
  /// Whether a case shows that some escape.
  [[nodiscard]] bool IsSome() const;
  /// Whether they say the same of which outcomes become weaker under which option sets.
  [[nodiscard]] bool OpensAlike(const Escapes& other) const;
  /// Whether it is proved that none does.
  [[nodiscard]] bool IsNone() const { return decision.regions.empty() && IsChecked(); }
};

/// Decisions of the case with an ordered outcome, in the order of the text.
[[nodiscard]] std::vector<check::DecisionId> DecisionsWithOrder(const check::CheckedDraft& draft);
/// The facts that are controlled and that the decision may turn on: the cheap first, else in the order of the text.
[[nodiscard]] std::vector<FactId> ControlledFacts(const check::CheckedDraft& draft, check::DecisionId decision);

/// Looks for escapes of one draft.
class Finder {
 public:
  /// `option_sets`: all of the draft's.
  Finder(std::shared_ptr<const check::CheckedDraft> draft, std::vector<check::OptionSet> option_sets,
         std::size_t max_nodes = lower::kMaxNodes)
      : draft_(std::move(draft)), option_sets_(std::move(option_sets)), max_nodes_(max_nodes) {}

  /// By what the transform does with one of its numbers: the index of a value.
  [[nodiscard]] Escapes ByTransform(const check::Transform& transform, std::size_t index, check::DecisionId decision);
  /// By any change of these facts, in any entities, all else held. Changes of examples are the nearest there are, as
  /// far as change::Nearest finds them.
  [[nodiscard]] Escapes ByFacts(llvm::ArrayRef<FactId> facts, check::DecisionId decision);

 private:
  struct Changed {
    Case before, after;
  };
  struct Way {
    /// The case that a witness of the two drafts stands for, and the changed case; nothing where there is none.
    llvm::function_ref<std::optional<Changed>(const lower::Witness&)> of_witness;
    /// A case of the draft, and what it can be changed to for a decision to come to the outcome, as far as that is
    /// found.
    llvm::function_ref<std::optional<Changed>(const lower::Witness&, const Value&)> towards;
    int max_tries;  // of the latter
  };

  Escapes Compare(const std::shared_ptr<const check::CheckedDraft>& before,
                  const std::shared_ptr<const check::CheckedDraft>& after, check::DecisionId decision, const Way& way);
  static void FindRegions(Escapes& escapes);
  /// Which rules decide in the region, and an example of it, the smallest.
  void Complete(Escapes& escapes, compare::Region& region, check::DecisionId decision, const Way& way) const;
  /// Examples of regions without one, if the draft's plainest cases are some.
  void TryTypicalCases(Escapes& escapes, check::DecisionId decision, const Way& way);
  /// The example of one outcome becoming the other, as far as they are said; nothing where it is none.
  std::optional<Example> Replayed(const lower::Witness& witness, std::optional<Changed> changed,
                                  const std::optional<Value>& from, const std::optional<Value>& to,
                                  check::DecisionId decision) const;
  [[nodiscard]] std::optional<Value> OutcomeOf(check::DecisionId decision, const Case& facts,
                                               const check::OptionSet& options) const;
  /// The nearest change of some facts to an outcome.
  std::optional<change::Change> NearestChange(const Case& facts, const check::OptionSet& options, const Value& to,
                                              llvm::ArrayRef<FactId> changed, check::DecisionId decision);
  /// Makes the change of the example as small as it can be.
  void MakeSmaller(Example& example, llvm::ArrayRef<FactId> facts, check::DecisionId decision);

  // ---- openings.cpp ------------------------------------------------------------------------------------------
  void AddOpenings(Escapes& escapes, check::DecisionId decision, const Way& way) const;
  /// Adds to `shown`, option sets, those of `where` under which there is such an example, as far as any is found.
  void FindShown(Opening& opening, evaluate::NodeId where, evaluate::NodeId& shown, check::DecisionId decision,
                 lower::Lowered& lowered, const Way& way) const;
  /// Under which option sets the example shows it, as a condition on options.
  evaluate::NodeId ShownUnder(const Example& example, const Opening& opening, check::DecisionId decision,
                              lower::Lowered& lowered) const;

  std::shared_ptr<const check::CheckedDraft> draft_;
  std::vector<check::OptionSet> option_sets_;
  std::size_t max_nodes_;
  std::map<check::DecisionId, std::unique_ptr<change::Nearest>> nearest_;
  std::map<check::DecisionId, std::vector<lower::Witness>> typical_;
};

}  // namespace proviso::loopholes
