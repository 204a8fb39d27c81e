// lower.h: checked drafts → decision graphs in one space.
//
// Drafts lowered together share variables, cuts and lists, so that equal decisions are the same node.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/check/checked_draft.h"
#include "compiler/lower/terms.h"
#include "runtime/analyse/formula.h"
#include "runtime/base/case.h"
#include "runtime/evaluate/space.h"

namespace proviso::lower {

struct LoweredDecision {
  check::DecisionId decision;
  evaluate::NodeId outcome;  // leads to values, quantities and failures
  /// When the outcome is that of a rule or exception: a condition. Of one case (`LowerFor`), for comparisons, or where
  /// it is asked for.
  std::vector<std::pair<check::RuleId, evaluate::NodeId>> deciding;
  std::optional<evaluate::NodeId> by_facts;  // the outcome without terms, where both are said
};

struct LoweredDraft {
  std::shared_ptr<const check::CheckedDraft> draft;
  /// The variable of each option, by OptionId; invalid for a settled one.
  std::vector<evaluate::VariableId> options;
  [[nodiscard]] std::size_t OptionOf(evaluate::VariableId variable) const {
    return static_cast<std::size_t>(std::ranges::find(options, variable) - options.begin());
  }
  /// Which option sets the constraints leave: a condition on options.
  evaluate::NodeId option_sets;
  std::vector<LoweredDecision> decisions;     // those of the case, in the order of the text
  std::vector<NamedTerm> terms;               // for comparisons only
  std::optional<evaluate::NodeId> condition;  // of `LowerCondition` only
};

struct Lowered {
  std::unique_ptr<evaluate::Space> space;
  std::vector<LoweredDraft> drafts;
  /// What the vocabulary assumes of every case: conditions that all hold.
  std::vector<evaluate::NodeId> assumptions;
  /// And of the elements of lists that the drafts look at.
  std::vector<analyse::OfElements> assumed_of_elements;
  /// Of one case only (`LowerFor`): that case; it must outlive this.
  const Case* known = nullptr;
  /// Conditions that no case meets, as was proved.
  std::set<evaluate::NodeId> impossible;
  /// Cases that took the solver to find: what is made of several facts is in them as it is hard to come by.
  std::vector<Case> hard_cases;
  /// So many nodes more may be made for questions that prove too large.
  std::size_t nodes_in_vain = 6'000'000;
  /// Set where the graph grew over the limit: the decision, and the draft, at which it did; no decision where it was a
  /// condition.
  struct TooLarge {
    std::size_t draft = 0;
    check::DecisionId decision;
  };
  std::optional<TooLarge> too_large;
};

/// What the assumptions say of the variables that the function depends on: a condition on those alone.
[[nodiscard]] evaluate::NodeId AssumptionsOn(Lowered& lowered, evaluate::NodeId function);

inline constexpr std::size_t kMaxNodes = 4'000'000;

enum class Deciding : std::uint8_t { kLeftOut, kAdded };

/// All drafts must be over one vocabulary, or such as are the beginning of the widest of theirs, which is the space's.
/// `decisions`: only these of each draft, all where empty.
[[nodiscard]] Lowered Lower(llvm::ArrayRef<std::shared_ptr<const check::CheckedDraft>> drafts,
                            llvm::ArrayRef<check::DecisionId> decisions = {}, std::size_t max_nodes = kMaxNodes,
                            Deciding deciding = Deciding::kLeftOut);

/// One condition of the case by itself.
[[nodiscard]] Lowered LowerCondition(const std::shared_ptr<const check::CheckedDraft>& draft, check::ExprId condition,
                                     std::size_t max_nodes = kMaxNodes);

/// How decisions are said of drafts to be compared.
enum class Saying : std::uint8_t {
  kTerms,  // yes/no terms that turn on more than a few facts are variables of their own, one where both drafts define
           // them alike, so that what differs is found in small graphs, and can be said in the drafters' words
  kFacts,  // all that is decided is said of facts, so that what can be is found
  kBoth,   // by terms; and by facts beside it (`by_facts`), where that fits into `max_nodes` and a few million
};

/// For drafts to be compared: the decisions of this name of each draft, all where it is empty.
[[nodiscard]] Lowered LowerForComparison(llvm::ArrayRef<std::shared_ptr<const check::CheckedDraft>> drafts,
                                         const std::string& decision, Saying saying, std::size_t max_nodes = kMaxNodes);

/// Whether there are to be variables for all unknown facts that the draft asks of, in the order of the draft: for cases
/// to be counted, and for facts to be asked for in that order.
enum class Variables : std::uint8_t { kNeeded, kAll };

/// The draft for one case alone: what is known of the case is settled, so that the graphs ask only what is unknown, and
/// the options. Where all is known they are functions of the options. `facts` must outlive the result. `decisions`:
/// only these, all where empty.
[[nodiscard]] Lowered LowerFor(const std::shared_ptr<const check::CheckedDraft>& draft, const Case& facts,
                               llvm::ArrayRef<check::DecisionId> decisions = {}, std::size_t max_nodes = kMaxNodes,
                               Variables variables = Variables::kNeeded);

}  // namespace proviso::lower
