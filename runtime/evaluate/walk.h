// walk.h: what a graph comes to for one case: facts are looked up, options are left open. Facts may be unknown; every
// branch that they leave open is then taken.
#pragma once

#include <llvm/ADT/SmallVector.h>

#include <optional>
#include <set>
#include <vector>

#include "runtime/base/case.h"
#include "runtime/evaluate/resolve.h"
#include "runtime/evaluate/space.h"

namespace proviso::evaluate {

/// What is known of a quantity.
struct Known {
  enum class Kind : std::uint8_t { kValue, kUnknown, kFailed } kind = Kind::kUnknown;
  Value value;
};

class Walk {
 public:
  /// Both must outlive it.
  Walk(const Space& space, const Case& facts);

  /// Where the function ends for this case: nodes that test options alone, or terminals; ascending. More than one only
  /// where facts are unknown. `is_exact` turns false where unknown facts were taken to be free of each other that are
  /// not: some of the ends may then be impossible.
  [[nodiscard]] std::vector<NodeId> Ends(NodeId node);
  [[nodiscard]] bool IsExact() const { return is_exact_; }

  /// Whether the case came near what numbers can hold, or to something that only the reference evaluator settles: then
  /// it has to be asked.
  [[nodiscard]] bool NeedsReference() const { return needs_reference_; }

  /// The value of a terminal, where it is one and the facts it is made of are known.
  [[nodiscard]] Known ValueOf(NodeId terminal);

 private:
  using Cells = llvm::SmallVector<std::uint32_t, 4>;
  struct Elements {
    bool is_known = false;
    llvm::ArrayRef<InstanceId> elements;
  };

  [[nodiscard]] Resolved At(PlaceId id) const;
  [[nodiscard]] const FactState* State(PlaceId place, FactId fact) const;
  [[nodiscard]] Elements ElementsOf(PlaceId place, FactId fact) const;

  const Cells& CellsOf(VariableId id, Cells& scratch);
  void FindCells(VariableId id, Cells& cells);
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
  void AddTruths(NodeId condition, Cells& truths);

  Known Evaluate(QuantityId id);
  Known EvaluateLinear(const Quantity& quantity);
  Known EvaluateOperation(const Quantity& quantity);
  Known EvaluateAggregate(const Quantity& quantity);
  Known EvaluateTier(const Quantity& quantity);
  Known Fail();

  const Space& space_;
  const Case& facts_;
  std::vector<InstanceId> bound_;            // by place, of elements and tiers at hand
  std::vector<std::optional<Cells>> cells_;  // by variable, of those outside elements and tiers
  int depth_ = 0;
  bool is_exact_ = true;
  bool needs_reference_ = false;
};

}  // namespace proviso::evaluate
