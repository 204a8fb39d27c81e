// walk.h: what a graph comes to for one case: facts are looked up, options are left open. Facts may be unknown; every
// branch that they leave open is then taken.
#pragma once

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/SmallVector.h>

#include <limits>
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
  [[nodiscard]] const FactState* State(PlaceId place, std::uint32_t position) {
    const FactState* const states = states_[place.Index()];
    return states != nullptr ? states + position : StateAfresh(place, position);
  }
  [[nodiscard]] const FactState* State(PlaceId place, FactId fact) {
    return State(place, space_.Words().facts[fact].position);
  }
  [[nodiscard]] const FactState* StateAfresh(PlaceId place, std::uint32_t position);
  [[nodiscard]] Elements ElementsOf(PlaceId place, std::uint32_t position);
  [[nodiscard]] Elements ElementsOf(PlaceId place, FactId fact) {
    return ElementsOf(place, space_.Words().facts[fact].position);
  }
  /// Whether it is one and the same for all of the walk.
  [[nodiscard]] bool IsFixed(const Variable& variable) const {
    return variable.is_fixed || (variable.place.IsValid() && space_[variable.place].depth == 0);
  }

  void FindCells(VariableId id, Cells& cells);
  /// The one cell, or `kSeveral`: an optional number would be put together in memory at every test.
  [[nodiscard]] std::uint32_t CellAt(VariableId id);
  [[nodiscard]] std::uint32_t FactCell(const Variable& variable);
  [[nodiscard]] std::uint32_t MemberCell(const Variable& variable);
  [[nodiscard]] std::uint32_t DerivedCell(VariableId id);
  [[nodiscard]] std::uint32_t FindOnlyCell(VariableId id);
  [[nodiscard]] std::uint32_t ListCell(VariableId id);
  [[nodiscard]] std::uint32_t QuantityCell(const Variable& variable);
  /// The cell of a list that is in `cell` and has an element more, of that class.
  [[nodiscard]] std::uint32_t CellWith(const List& list, NodeId element_class, std::uint32_t cell) const {
    return list.joined[std::get<Member>(std::get<Value>(space_.LeafOf(element_class))).index][cell];
  }
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
  /// The one end of the function; invalid where there are several.
  [[nodiscard]] NodeId OnlyEnd(NodeId node);
  void AddTruths(NodeId condition, Cells& truths);

  /// The value, where it lies in the case or the draft; null where it is to be computed, or unknown.
  [[nodiscard]] const Value* Find(QuantityId id);
  [[nodiscard]] const Value* Find(NodeId terminal);
  std::optional<Value> Evaluate(QuantityId id);
  std::optional<Value> EvaluateLinear(const Quantity& quantity);
  std::optional<Value> EvaluateOperation(const Quantity& quantity);
  std::optional<Value> EvaluateAggregate(const Quantity& quantity);
  std::optional<Value> EvaluateTier(const Quantity& quantity);
  std::optional<Value> Fail();

  // All bits are set, so that as many as there are variables are set at once.
  static constexpr std::uint32_t kNotAsked = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::uint32_t kSeveral = kNotAsked - 1;

  const Space& space_;
  const Case& facts_;
  llvm::SmallVector<InstanceId, 128> bound_;  // by place, of elements and tiers at hand
  // By place, of these and, once met, of fixed places: the first of the entity's facts.
  llvm::SmallVector<const FactState*, 128> states_;
  std::vector<std::optional<Cells>> cells_;  // by variable, of fixed ones; none until needed
  llvm::SmallVector<std::uint32_t, 256>
      only_cells_;  // of derived ones, where they are fixed: CellAt, once it was asked
  int depth_ = 0;
  bool needs_reference_ = false;
};

}  // namespace proviso::evaluate
