// tell_apart.h: whether two drafts ever come to different outcomes, over all cases and option sets: yes or no, without
// saying where. Made for asking it of many drafts that are much alike.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/lower/occurs.h"
#include "compiler/reference/possible.h"

namespace proviso::compare {

struct Apart {
  enum class Verdict : std::uint8_t {
    kSame,        // proved
    kDiffer,      // a case shows it, replayed
    kNotSettled,  // neither; or the graph ran out of room
  } verdict = Verdict::kNotSettled;
  /// Of kDiffer: a decision, and a case and option sets in which the two come to different outcomes of it.
  std::optional<check::DecisionId> decision;
  std::optional<lower::Witness> witness;
};

/// One outcome that became another.
struct OutcomeChange {
  std::string decision;
  Type type;
  std::optional<Value> from, to;                         // nothing where it is worked out from facts, or is no outcome
  Apart::Verdict verdict = Apart::Verdict::kNotSettled;  // kDiffer or kNotSettled
  std::optional<lower::Witness> witness;                 // of kDiffer
};

/// How the two differ on a decision of the case that both have: every pair of outcomes once. Empty: proved to be the
/// same under option sets that both have. Nothing where the graph ran out of room.
[[nodiscard]] std::optional<std::vector<OutcomeChange>> ChangesOf(
    const std::shared_ptr<const check::CheckedDraft>& one, const std::shared_ptr<const check::CheckedDraft>& other,
    const std::string& decision, std::size_t max_nodes = lower::kMaxNodes);

/// Asks it of pairs of drafts that have the vocabulary, the options and the decisions of one draft, by id. A case that
/// told two of them apart is tried on the next before anything is asked of graphs.
class TellApart {
 public:
  /// `max_nodes`: of the graph of one decision of two drafts. `searches`: with the solver, in
  /// all, where two graphs are not the same and lead to no case by themselves; each may take a second.
  explicit TellApart(std::size_t max_nodes = lower::kMaxNodes, int searches = 8)
      : max_nodes_(max_nodes), searches_(searches) {}

  using Draft = std::shared_ptr<const check::CheckedDraft>;
  /// A case that may tell drafts apart, under the first of its option sets. It breaks no assumption.
  void Know(lower::Witness known);

  /// Of these decisions of the case. Under option sets that the constraints of both leave; where none is left, they are
  /// the same.
  [[nodiscard]] Apart Ask(const Draft& one, const Draft& other, llvm::ArrayRef<check::DecisionId> decisions);

 private:
  [[nodiscard]] std::optional<Apart> ByKnownCases(const Draft& one, const Draft& other,
                                                  llvm::ArrayRef<check::DecisionId> decisions);
  [[nodiscard]] Apart ByGraph(const Draft& one, const Draft& other, check::DecisionId decision);

  std::size_t max_nodes_;
  int searches_;
  /// A case, and what it came to in the draft that it was asked of last.
  struct Known {
    lower::Witness witness;
    Draft draft;
    std::map<check::DecisionId, reference::Possible> outcomes;
  };
  std::deque<Known> known_;  // the last that told apart first
};

}  // namespace proviso::compare
