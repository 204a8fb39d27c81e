// strictness.h: the option sets of a draft against each other, over all cases: which come to the same, and which are
// stricter than which.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <optional>
#include <vector>

#include "compiler/load/workspace.h"
#include "compiler/lower/occurs.h"

namespace proviso::sweep {

/// How option sets stand to others. All but kNotSettled are proved; that something can be is shown by a case.
enum class Relation : std::uint8_t {
  kSame,      // every case has the same outcome
  kStricter,  // every case has the same outcome or a stronger one, and some a stronger one
  kWeaker,
  kNeither,  // each is less strict in some case; of outcomes without an order, values and none: they differ
  kNotSettled,
};

/// Option sets that are all the same.
struct Class {
  std::vector<check::OptionSet> option_sets;
};

/// One alternative of an option in place of another, whatever else is chosen: stricter where it is so, or the same,
/// under every choice, neither where each is under some.
struct OptionStep {
  check::OptionId option;
  std::uint32_t from = 0, to = 0;
  Relation relation = Relation::kNotSettled;  // of `from` to `to`; never kWeaker: they are the other way round then
  bool is_from_stricter = false;              // in some case, under some choice
  bool is_to_stricter = false;
};

/// One decision.
struct Strictness {
  check::DecisionId decision;
  bool has_order = false;         // of outcomes
  bool is_too_large = false;      // for its graph or its option sets: nothing else is then said
  bool is_within_limits = false;  // said of all cases but those whose arithmetic comes to more than 38 digits, or
                                  // leaves the calendar
  std::vector<Class> classes;     // strictest first
  std::vector<std::vector<Relation>> relations;  // of each class to each
  /// Cases that tell classes apart, and for each two classes one of them in which the first is less strict than the
  /// second.
  std::vector<Case> cases;
  std::vector<std::vector<std::optional<std::size_t>>> less_in;
  std::vector<OptionStep> steps;  // of the options that it turns on, each two alternatives once

  [[nodiscard]] bool IsSettled() const;
  /// The classes that the class is stricter than, but for those that such a one is stricter than.
  [[nodiscard]] std::vector<std::size_t> NextBelow(std::size_t number) const;
};

/// More option sets that come to different graphs are not held against each other.
inline constexpr std::size_t kMaxClasses = 256;

/// Among the draft's option sets, of each decision. Cases are replayed through the reference evaluator. `progress`:
/// told how many of how many questions are settled, those of decisions that are not begun yet left out.
[[nodiscard]] std::vector<Strictness> CompareOptionSets(const load::LoadedDraft& draft,
                                                        llvm::ArrayRef<check::DecisionId> decisions,
                                                        std::size_t max_nodes,
                                                        llvm::function_ref<void(std::size_t, std::size_t)> progress);

}  // namespace proviso::sweep
