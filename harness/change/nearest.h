// nearest.h: the nearest changes of a case's facts after which a decision comes to something else.
#pragma once

#include <memory>
#include <vector>

#include "compiler/check/checked_draft.h"
#include "compiler/lower/lower.h"
#include "harness/change/change.h"
#include "harness/change/edits.h"
#include "runtime/evaluate/walk.h"

namespace proviso::change {

/// One case under one option set.
struct Asked {
  const Case& facts;
  const check::OptionSet& options;
};

/// Looks through the decision graph of one decision of one draft; made once, asked of any case.
class Nearest {
 public:
  Nearest(std::shared_ptr<const check::CheckedDraft> draft, check::DecisionId decision);

  /// Whether the graph grew over its limit: nothing is found then.
  [[nodiscard]] bool IsTooLarge() const { return lowered_.too_large.has_value(); }
  /// The outcomes that the decision can come to, weakest or smallest first; those that are computed are left out.
  [[nodiscard]] std::vector<Value> Outcomes() const;

  /// At most `max` changes to a case of the wanted outcome, the nearest first, none with a change that is not needed;
  /// each has been replayed through the reference evaluator and breaks no assumption. Facts that are not known stay so:
  /// the outcome then does not turn on them. The first is the nearest there is, of no more than `kMaxFacts` changes,
  /// where the outcome turns on single facts and on what some and every element of lists are; quantities made of
  /// several facts are brought over a threshold by one of them alone, and a fact of an entity that is none is not
  /// looked at. Takes time in the size of the graph.
  [[nodiscard]] std::vector<Change> Find(const Asked& asked, const Value& wanted, MayChange may_change,
                                         std::size_t max);
  /// The same to any of several outcomes.
  [[nodiscard]] std::vector<Change> FindAny(const Asked& asked, const std::vector<Value>& wanted, MayChange may_change,
                                            std::size_t max);

 private:
  [[nodiscard]] evaluate::NodeId Where(const Asked& asked, const std::vector<Value>& wanted);
  /// What the edits come to, without those that are not needed; nothing where it is not what was wanted.
  [[nodiscard]] std::optional<Change> Fewest(const Asked& asked, const std::vector<Value>& wanted,
                                             std::vector<Edit>& edits);
  /// Whether the case leaves open what the variable is.
  [[nodiscard]] bool IsUnknown(evaluate::Walk& walk, evaluate::VariableId variable, const Case& facts);
  [[nodiscard]] bool IsReached(const Case& facts, const check::OptionSet& options,
                               const std::vector<Value>& wanted) const;

  std::shared_ptr<const check::CheckedDraft> draft_;
  check::DecisionId decision_;
  lower::Lowered lowered_;
};

}  // namespace proviso::change
