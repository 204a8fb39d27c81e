// edges.h: which edges of the decision graphs the expectations of suites take: the finest that a suite can be held
// against, for drafts of a few rules.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/BitVector.h>

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "compiler/load/workspace.h"
#include "compiler/lower/lower.h"
#include "harness/cover/settle.h"
#include "harness/scenario/suite.h"

namespace proviso::cover {

/// One answer of one test of the graph: the cells [`first`, `last`) of the test's variable.
struct GraphEdge {
  evaluate::NodeId test;
  std::size_t first = 0, last = 0;
  std::size_t count = 0;  // of walks that took it (`Count`)
  Feasibility feasibility = Feasibility::kNotAsked;
};

/// The graph of one decision of the case, over all cases and option sets.
class DecisionEdges {
 public:
  DecisionEdges(const load::LoadedDraft& draft, check::DecisionId decision);

  [[nodiscard]] check::DecisionId Decision() const { return decision_; }
  /// There are no edges then.
  [[nodiscard]] bool IsTooLarge() const { return lowered_.too_large.has_value(); }
  [[nodiscard]] const std::vector<GraphEdge>& Edges() const { return edges_; }
  [[nodiscard]] std::vector<GraphEdge>& Edges() { return edges_; }
  [[nodiscard]] const evaluate::Space& InSpace() const { return *lowered_.space; }
  [[nodiscard]] evaluate::VariableId VariableOf(const GraphEdge& edge) const {
    return lowered_.space->graph.VariableOf(edge.test);
  }

  enum class Unknown : std::uint8_t {
    kEnds,   // the walk
    kOpens,  // all ways, of a fact whose value goes with every one of all others (Space::IsFree), and of which nothing
             // is assumed; others end the walk
  };
  /// Marks the edges that the case takes under these option sets, from the root. None where it comes near what numbers
  /// can hold. Linear in the tests that it comes to.
  void Walk(const Case& facts, llvm::ArrayRef<check::OptionSet> option_sets, Unknown unknown,
            llvm::BitVector& taken) const;

  /// Counts them.
  void Count(const Case& facts, llvm::ArrayRef<check::OptionSet> option_sets, Unknown unknown);

  /// Whether any case takes the edge, of one option set; `milliseconds`: for the solver, 0: it is not asked.
  [[nodiscard]] Settled Settle(std::size_t edge, int milliseconds);

 private:
  [[nodiscard]] evaluate::NodeId Passing(evaluate::NodeId from, const GraphEdge& edge,
                                         std::map<evaluate::NodeId, evaluate::NodeId>& made);

  class Walker;

  check::DecisionId decision_;
  lower::Lowered lowered_;
  evaluate::NodeId root_;
  std::vector<GraphEdge> edges_;
  std::map<evaluate::NodeId, std::size_t> first_edge_;  // by test
  /// By variable of a fact: a function whose end says which cell a case is in.
  struct Test {
    evaluate::NodeId function;
    std::map<evaluate::NodeId, std::size_t> cells;  // by end
  };
  std::map<evaluate::VariableId, Test> tests_;
  std::set<evaluate::VariableId> assumed_;  // that an assumption speaks of
};

/// Of each decision that the suites expect of the draft, in the order of the text, with what their scenarios take:
/// where an outcome is expected it is of every value of what is unknown, whose ways are open.
/// `also`: and of these.
[[nodiscard]] std::vector<std::shared_ptr<DecisionEdges>> EdgesOf(const load::LoadedDraft& draft,
                                                                  llvm::ArrayRef<const scenario::Suite*> suites,
                                                                  llvm::ArrayRef<check::DecisionId> also = {});

/// More edges that no scenario takes are not asked about, of one decision.
inline constexpr std::size_t kMaxEdgesAsked = 2'000;

}  // namespace proviso::cover
