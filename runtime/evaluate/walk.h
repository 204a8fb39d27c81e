// walk.h: what a graph comes to for one case: facts are looked up, options are left open. Facts may be unknown; every
// branch that they leave open is then taken.
#pragma once

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/SmallVector.h>

#include <optional>
#include <set>
#include <vector>

#include "runtime/base/case.h"
#include "runtime/evaluate/resolve.h"
#include "runtime/evaluate/space.h"

namespace proviso::evaluate {

class Walk {
 public:
  /// Both must outlive it.
  Walk(const Space& space, const Case& facts);

  /// Where the function ends for this case: nodes that test options alone, or terminals; ascending. More than one only
  /// where facts are unknown, or below options that are asked among the facts (Space::PutFirst); where unknown facts
  /// meet in quantities made of several, some of the ends may be impossible.
  [[nodiscard]] std::vector<NodeId> Ends(NodeId node);

  /// Down from the node as far as the facts leave one way: where all are known, to where the function ends, or asks
  /// for an option.
  [[nodiscard]] NodeId Follow(NodeId node);

  using Cells = llvm::SmallVector<std::uint32_t, 4>;

  /// The cells of a variable that the case can be in, for all that is known; of an option all. Either in `scratch` or
  /// kept for the next time.
  const Cells& CellsOf(VariableId id, Cells& scratch);

  /// The one cell that the case is in; nothing where it may be in several.
  [[nodiscard]] std::optional<std::uint32_t> OnlyCellOf(VariableId id);

  /// Whether the case came near what numbers can hold, or to something that only the reference evaluator settles: then
  /// it has to be asked.
  [[nodiscard]] bool NeedsReference() const { return needs_reference_; }

  /// The value of a terminal, where it is one and the facts it is made of are known.
  [[nodiscard]] std::optional<Value> ValueOf(NodeId terminal);

 private:
  struct Elements {
    bool is_known = false;
    llvm::ArrayRef<InstanceId> elements;
  };

  /// Null where an entity above is `none`.
  [[nodiscard]] const FactState* State(PlaceId place, FactId fact);
  [[nodiscard]] Elements ElementsOf(PlaceId place, FactId fact);
  /// Whether it stands on a fixed path, so that it is one and the same for all of the walk.
  [[nodiscard]] bool IsFixed(const Variable& variable) const {
    return variable.place.IsValid() && space_[variable.place].depth == 0;
  }

  void FindCells(VariableId id, Cells& cells);
  [[nodiscard]] std::optional<std::uint32_t> FactCell(const Variable& variable);
  [[nodiscard]] std::optional<std::uint32_t> MemberCell(const Variable& variable);
  void FindFactCells(const Variable& variable, Cells& cells);
  void FindMemberCells(const Variable& variable, Cells& cells);
  void FindListCells(const Variable& variable, Cells& cells);
  void FindQuantityCells(const Variable& variable, Cells& cells);
  void FindOrderCells(const Variable& variable, Cells& cells);
  void FindConditionCells(const Variable& variable, Cells& cells);
  [[nodiscard]] static std::uint32_t CellOf(const Variable& variable, const Value& value);
  void AddAll(VariableId variable, Cells& cells) const;

  template <typename Visit>
  void ForElements(PlaceId element, const Elements& elements, Visit visit);
  void FindEnds(NodeId node, std::set<NodeId>& ends, std::set<NodeId>& seen);
  /// The one end of the function, where there is one.
  [[nodiscard]] std::optional<NodeId> OnlyEnd(NodeId node);
  void AddTruths(NodeId condition, Cells& truths);

  std::optional<Value> Evaluate(QuantityId id);
  std::optional<Value> EvaluateLinear(const Quantity& quantity);
  std::optional<Value> EvaluateOperation(const Quantity& quantity);
  std::optional<Value> EvaluateAggregate(const Quantity& quantity);
  std::optional<Value> EvaluateTier(const Quantity& quantity);
  std::optional<Value> Fail();

  const Space& space_;
  const Case& facts_;
  llvm::SmallVector<InstanceId, 64> bound_;  // by place, of elements and tiers at hand, and of fixed places once met
  std::vector<std::optional<Cells>> cells_;  // by variable, of fixed ones; none until needed
  // Of fixed ones that are more than a fact: what OnlyCellOf found.
  llvm::SmallDenseMap<unsigned, std::optional<std::uint32_t>, 16> only_cells_;
  int depth_ = 0;
  bool needs_reference_ = false;
};

}  // namespace proviso::evaluate
