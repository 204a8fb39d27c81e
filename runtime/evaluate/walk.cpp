#include "runtime/evaluate/walk.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "runtime/base/arithmetic.h"
#include "runtime/evaluate/operate.h"

namespace proviso::evaluate {
namespace {

/// Tiers deeper than this are left to the reference evaluator, which says so where even that is too deep.
constexpr int kMaxDepth = 200;

/// Sums of more elements than this are left to it as well.
constexpr std::size_t kMaxElements = 10'000;

using Combine = Attempt (*)(const Parameters&, const Value&, const Value&);

/// The interval, from `lowest` on, that begins last at or before a value; `compare` says how a beginning stands to it.
template <typename Compare>
std::uint32_t IntervalOf(const Variable& variable, std::uint32_t lowest, Compare compare) {
  std::size_t first = lowest + 1;
  std::size_t count = variable.begins.size() - first;
  while (count > 0) {
    const std::size_t half = count / 2;
    const std::partial_ordering order = compare(*variable.begins[first + half]);
    const bool is_from = order < 0 || (order == 0 && !variable.after[first + half]);
    first = is_from ? first + half + 1 : first;
    count = is_from ? count - half - 1 : half;
  }
  return static_cast<std::uint32_t>(first - 1);
}

}  // namespace

Walk::Walk(const Space& space, const Case& facts)
    : space_(space),
      facts_(facts),
      bound_(space.Places()),
      states_(space.Places()),
      only_cells_(space.DerivedVariables(), kNotAsked),
      needs_reference_(!space.IsSafe(facts)) {
  states_[space.Root().Index()] = facts.instances[facts.root].facts.data();
}

// ---- The case --------------------------------------------------------------------------------------------

const FactState* Walk::StateAfresh(PlaceId place, std::uint32_t position) {
  static const FactState kUnknown;
  const Resolved at = Resolve(space_, facts_, place, bound_);
  if (at.kind == Resolved::Kind::kNone) return nullptr;
  if (at.kind == Resolved::Kind::kUnknown) return &kUnknown;
  const FactState* const states = facts_.instances[at.instance].facts.data();
  if (space_[place].depth == 0) states_[place.Index()] = states;
  return states + position;
}

Walk::Elements Walk::ElementsOf(PlaceId place, std::uint32_t position) {
  const FactState* const state = State(place, position);
  if (state == nullptr) return {.is_known = true, .elements = {}};
  if (!state->value) return {};
  const auto* list = std::get_if<ListValue>(&*state->value);
  return {.is_known = true,
          .elements = list != nullptr ? llvm::ArrayRef(list->elements) : llvm::ArrayRef<InstanceId>()};
}

template <typename Visit>
void Walk::ForElements(PlaceId element, const Elements& elements, Visit visit) {
  InstanceId& bound = bound_[element.Index()];
  const FactState*& states = states_[element.Index()];
  const std::pair before(bound, states);
  for (const InstanceId instance : elements.elements) {
    bound = instance;
    states = facts_.instances[instance].facts.data();
    visit();
  }
  std::tie(bound, states) = before;
}

// ---- One test --------------------------------------------------------------------------------------------

std::uint32_t Walk::CellOf(const Variable& variable, const Value& value) {
  const std::uint32_t lowest = variable.has_none ? 1 : 0;
  if (IsNone(value)) return 0;
  if (std::holds_alternative<EntityValue>(value) || std::holds_alternative<MemberSet>(value)) return lowest;
  const auto among = [&](const auto& number) {
    return IntervalOf(variable, lowest, [&](const Value& begin) -> std::partial_ordering {
      const auto* const other = std::get_if<std::decay_t<decltype(number)>>(&begin);
      return other != nullptr ? *other <=> number : begin <=> value;
    });
  };
  // Most are exact or real: these are compared without asking which of ten types both are.
  if (const auto* exact = std::get_if<Exact>(&value)) return among(*exact);
  if (const auto* real = std::get_if<double>(&value)) return among(*real);
  return IntervalOf(variable, lowest, [&](const Value& begin) { return begin <=> value; });
}

inline std::uint32_t Walk::FactCell(const Variable& variable) {
  const FactState* const state = State(variable.place, variable.position);
  if (state == nullptr) return 0;
  if (!state->value) return kSeveral;
  if (const auto* truth = std::get_if<bool>(&*state->value)) return static_cast<std::uint32_t>(*truth);
  if (const auto* member = std::get_if<Member>(&*state->value)) return (variable.has_none ? 1U : 0U) + member->index;
  return CellOf(variable, *state->value);
}

inline std::uint32_t Walk::MemberCell(const Variable& variable) {
  const FactState* const state = State(variable.place, variable.position);
  if (state == nullptr) return 0;
  if (!state->value) return kSeveral;
  const auto* const set = std::get_if<MemberSet>(&*state->value);
  return set != nullptr && set->Contains(variable.member) ? 1 : 0;
}

inline std::uint32_t Walk::CellAt(VariableId id) {
  const Variable& variable = space_[id];
  if (variable.kind == Variable::Kind::kFact) return FactCell(variable);
  if (variable.kind == Variable::Kind::kMember) return MemberCell(variable);
  if (variable.is_fixed && only_cells_[variable.derived] != kNotAsked) return only_cells_[variable.derived];
  return DerivedCell(id);
}

// ---- Walking ---------------------------------------------------------------------------------------------

NodeId Walk::Follow(NodeId node) {
  while (!space_.IsOfOptions(node)) {
    const std::uint32_t cell = CellAt(space_.graph.VariableOf(node));
    if (cell == kSeveral) break;
    node = space_.graph.ChildAt(node, cell);
  }
  return node;
}

NodeId Walk::OnlyEnd(NodeId node) {
  node = Follow(node);
  if (space_.IsOfOptions(node)) return node;
  const std::vector<NodeId> ends = Ends(node);
  return ends.size() == 1 ? ends.front() : NodeId();
}

std::vector<NodeId> Walk::Ends(NodeId node) {
  node = Follow(node);
  if (space_.IsOfOptions(node)) return {node};
  std::set<NodeId> ends;
  std::set<NodeId> seen;
  FindEnds(node, ends, seen);
  return {ends.begin(), ends.end()};
}

void Walk::FindEnds(NodeId node, std::set<NodeId>& ends, std::set<NodeId>& seen) {
  while (!space_.IsOfOptions(node)) {
    Cells scratch;
    const Cells& cells = CellsOf(space_.graph.VariableOf(node), scratch);
    if (cells.size() > 1) {
      if (!seen.insert(node).second) return;
      for (const std::uint32_t cell : cells) FindEnds(space_.graph.ChildAt(node, cell), ends, seen);
      return;
    }
    node = space_.graph.ChildAt(node, cells.front());
  }
  ends.insert(node);
}

const Walk::Cells& Walk::CellsOf(VariableId id, Cells& scratch) {
  if (!IsFixed(space_[id])) {
    FindCells(id, scratch);
    return scratch;
  }
  if (cells_.empty()) cells_.resize(space_.Variables());
  std::optional<Cells>& known = cells_[id.Index()];
  if (!known) {
    Cells found;
    FindCells(id, found);
    known = std::move(found);
  }
  return *known;
}

std::optional<std::uint32_t> Walk::OnlyCellOf(VariableId id) {
  const std::uint32_t cell = CellAt(id);
  return cell != kSeveral ? std::optional(cell) : std::nullopt;
}

std::uint32_t Walk::DerivedCell(VariableId id) {
  const Variable& variable = space_[id];
  if (variable.kind == Variable::Kind::kOption) return space_.graph.Cells(id) == 1 ? 0 : kSeveral;
  const std::uint32_t cell = variable.kind == Variable::Kind::kList       ? ListCell(id)
                             : variable.kind == Variable::Kind::kQuantity ? QuantityCell(variable)
                                                                          : FindOnlyCell(id);
  if (variable.is_fixed) only_cells_[variable.derived] = cell;
  return cell;
}

std::uint32_t Walk::ListCell(VariableId id) {
  const Variable& variable = space_[id];
  const Elements elements = ElementsOf(variable.place, variable.position);
  if (!elements.is_known) return FindOnlyCell(id);
  const List& list = space_[variable.list];
  std::uint32_t cell = 0;
  ForElements(list.element, elements, [&] {
    const NodeId end = cell != kSeveral ? Follow(list.classes) : list.classes;
    cell = space_.IsOfOptions(end) ? CellWith(list, end, cell) : kSeveral;
  });
  return cell != kSeveral ? cell : FindOnlyCell(id);
}

std::uint32_t Walk::FindOnlyCell(VariableId id) {
  Cells cells;
  FindCells(id, cells);
  return cells.size() == 1 ? cells.front() : kSeveral;
}

void Walk::AddAll(VariableId variable, Cells& cells) const {
  for (std::uint32_t cell = 0; cell < space_.graph.Cells(variable); ++cell) cells.push_back(cell);
}

void Walk::FindCells(VariableId id, Cells& cells) {
  using Finder = void (Walk::*)(const Variable&, Cells&);
  static constexpr std::array<Finder, 6> kFinders = {&Walk::FindFactCells,  &Walk::FindMemberCells,
                                                     &Walk::FindListCells,  &Walk::FindQuantityCells,
                                                     &Walk::FindOrderCells, &Walk::FindConditionCells};
  const Variable& variable = space_[id];
  if (variable.kind == Variable::Kind::kOption) return AddAll(id, cells);
  (this->*kFinders[static_cast<std::size_t>(variable.kind)])(variable, cells);
  if (cells.empty()) AddAll(id, cells);
}

void Walk::FindFactCells(const Variable& variable, Cells& cells) {
  if (const std::uint32_t cell = FactCell(variable); cell != kSeveral) cells.push_back(cell);
}

void Walk::FindMemberCells(const Variable& variable, Cells& cells) {
  if (const std::uint32_t cell = MemberCell(variable); cell != kSeveral) cells.push_back(cell);
}

void Walk::FindListCells(const Variable& variable, Cells& cells) {
  const Elements elements = ElementsOf(variable.place, variable.position);
  if (!elements.is_known) return;
  const List& list = space_[variable.list];
  cells.push_back(0);
  ForElements(list.element, elements, [&] {
    const NodeId end = Follow(list.classes);
    if (cells.size() == 1 && space_.IsOfOptions(end)) {
      cells.front() = CellWith(list, end, cells.front());
      return;
    }
    std::set<std::uint32_t> joined;
    for (const NodeId possible : Ends(end)) {
      for (const std::uint32_t cell : cells) joined.insert(CellWith(list, possible, cell));
    }
    cells.assign(joined.begin(), joined.end());
  });
}

std::uint32_t Walk::QuantityCell(const Variable& variable) {
  std::optional<Value> computed;
  const Value* value = Find(variable.quantity);
  if (value == nullptr) {
    computed = Evaluate(variable.quantity);
    if (!computed) return kSeveral;
    value = &*computed;
  }
  const auto number = std::holds_alternative<Exact>(*value) ? std::nullopt : AsNumber(*value);
  return number ? CellOf(variable, Value(*number)) : CellOf(variable, *value);
}

void Walk::FindQuantityCells(const Variable& variable, Cells& cells) {
  if (const std::uint32_t cell = QuantityCell(variable); cell != kSeveral) cells.push_back(cell);
}

void Walk::FindOrderCells(const Variable& variable, Cells& cells) {
  const std::optional<Value> first = Evaluate(variable.quantity);
  const std::optional<Value> second = Evaluate(variable.other);
  if ((first && IsNone(*first)) || (second && IsNone(*second))) {
    cells.push_back(0);
  } else if (first && second) {
    cells.push_back(*first < *second ? 1 : *first == *second ? 2 : 3);
  }
}

void Walk::AddTruths(NodeId condition, Cells& truths) {
  const auto add = [&](graph::Terminal leaf) {
    const auto* const value = std::get_if<Value>(&space_.LeafAt(leaf));
    if (value == nullptr) {
      needs_reference_ = true;
    } else if (const auto truth = static_cast<std::uint32_t>(std::get<bool>(*value));
               !llvm::is_contained(truths, truth)) {
      truths.push_back(truth);
    }
  };
  const NodeId only = Follow(condition);
  if (space_.graph.IsTerminal(only)) return add(space_.graph.TerminalOf(only));
  for (const NodeId end : Ends(only)) {
    for (const graph::Terminal leaf : space_.graph.Terminals(end)) add(leaf);  // several where it depends on options
  }
}

void Walk::FindConditionCells(const Variable& variable, Cells& cells) {
  const DerivedCondition& condition = space_[variable.condition];
  switch (condition.kind) {
    case DerivedCondition::Kind::kSame:
      cells.push_back(bound_[condition.place.Index()] == bound_[condition.element.Index()] ? 1 : 0);
      return;
    case DerivedCondition::Kind::kUnsettled:
      needs_reference_ = true;
      return;
    case DerivedCondition::Kind::kTerm:
      AddTruths(condition.condition, cells);
      return;
    case DerivedCondition::Kind::kTier: {
      const Resolved at = Resolve(space_, facts_, condition.place, bound_);
      if (at.kind == Resolved::Kind::kNone) cells.push_back(0);  // nothing turns on it then
      if (at.kind != Resolved::Kind::kThere) return;
      if (depth_ >= kMaxDepth) {
        needs_reference_ = true;
        return;
      }
      const Tier& tier = space_[condition.tier];
      ++depth_;
      ForElements(tier.place, {.is_known = true, .elements = at.instance}, [&] { AddTruths(tier.body, cells); });
      --depth_;
      return;
    }
    case DerivedCondition::Kind::kSome:
      break;
  }
  const Elements elements = ElementsOf(condition.place, condition.fact);
  if (!elements.is_known) return;
  bool is_open = false;
  bool is_sure = false;
  ForElements(condition.element, elements, [&] {
    Cells truths;
    AddTruths(condition.condition, truths);
    is_open = is_open || truths.size() > 1;
    is_sure = is_sure || (truths.size() == 1 && truths.front() == 1);
  });
  if (is_sure || !is_open) cells.push_back(is_sure ? 1 : 0);
}

// ---- Quantities ------------------------------------------------------------------------------------------

std::optional<Value> Walk::Fail() {
  needs_reference_ = true;
  return std::nullopt;
}

std::optional<Value> Walk::ValueOf(NodeId terminal) {
  const Leaf& leaf = space_.LeafOf(terminal);
  if (const auto* value = std::get_if<Value>(&leaf)) return *value;
  if (const auto* quantity = std::get_if<QuantityId>(&leaf)) return Evaluate(*quantity);
  return Fail();
}

const Value* Walk::Find(QuantityId id) {
  static const Value kNone = NoValue{};
  const Quantity& quantity = space_[id];
  if (quantity.kind == Quantity::Kind::kConstant) return &quantity.constant;
  if (quantity.kind != Quantity::Kind::kFact) return nullptr;
  const FactState* const state = State(quantity.place, quantity.fact);
  return state == nullptr ? &kNone : state->value ? &*state->value : nullptr;
}

const Value* Walk::Find(NodeId terminal) {
  const Leaf& leaf = space_.LeafOf(terminal);
  if (const auto* quantity = std::get_if<QuantityId>(&leaf)) return Find(*quantity);
  return std::get_if<Value>(&leaf);
}

std::optional<Value> Walk::Evaluate(QuantityId id) {
  if (const Value* value = Find(id)) return *value;
  const Quantity& quantity = space_[id];
  switch (quantity.kind) {
    case Quantity::Kind::kConstant:
    case Quantity::Kind::kFact:
      return std::nullopt;  // unknown
    case Quantity::Kind::kLinear:
      return EvaluateLinear(quantity);
    case Quantity::Kind::kOperation:
      return EvaluateOperation(quantity);
    case Quantity::Kind::kAggregate:
      return EvaluateAggregate(quantity);
    case Quantity::Kind::kTier:
      return EvaluateTier(quantity);
    case Quantity::Kind::kUnsettled:
      break;
  }
  return Fail();
}

std::optional<Value> Walk::EvaluateLinear(const Quantity& quantity) {
  Exact total = quantity.offset;
  bool is_known = true;
  for (const auto& [term, factor] : quantity.terms) {
    const std::optional<Value> value = Evaluate(term);
    if (value && IsNone(*value)) return NoValue{};
    is_known = is_known && value;
    if (value) total = total + *AsNumber(*value) * factor;
  }
  if (!is_known) return std::nullopt;
  if (quantity.type != TypeKind::kDate && quantity.type != TypeKind::kDays) return total;
  const auto days = total.ToInt64();
  if (!days) return Fail();
  if (quantity.type == TypeKind::kDays) return Days{*days};
  const auto date = AddDays(Date(), *days);
  return date ? std::optional<Value>(*date) : Fail();
}

std::optional<Value> Walk::EvaluateOperation(const Quantity& quantity) {
  std::vector<Value> operands;
  for (const QuantityId operand : quantity.operands) {
    std::optional<Value> value = Evaluate(operand);
    if (!value) return std::nullopt;
    operands.push_back(*std::move(value));
  }
  const Parameters parameters{
      .constant = quantity.constant, .number = quantity.number, .month_end = quantity.month_end};
  Type type;
  type.kind = quantity.type;
  const Attempt attempt = WithinType(type, Operate(quantity.operation, parameters, operands));
  if (const auto* value = std::get_if<Value>(&attempt)) return *value;
  return Fail();
}

std::optional<Value> Walk::EvaluateAggregate(const Quantity& quantity) {
  const Elements elements = ElementsOf(quantity.place, quantity.fact);
  if (!elements.is_known) return std::nullopt;
  if (elements.elements.size() > kMaxElements) return Fail();
  using Aggregate = Quantity::Aggregate;
  const bool is_extreme = quantity.aggregate == Aggregate::kMax || quantity.aggregate == Aggregate::kMin;
  Type type;
  type.kind = quantity.type;
  std::optional<Value> total = is_extreme ? Value(NoValue{}) : ZeroOf(type);
  ForElements(quantity.element, elements, [&] {
    Cells counts;
    AddTruths(quantity.guard, counts);
    if (counts.size() == 1 && counts.front() == 0) return;
    static const Value kOne = Exact(1);
    const Value* added = &kOne;
    std::optional<Value> computed;
    if (quantity.aggregate != Aggregate::kCount) {
      const NodeId end = OnlyEnd(quantity.value);
      added = end.IsValid() ? Find(end) : nullptr;
      if (end.IsValid() && added == nullptr) computed = ValueOf(end);
      if (computed) added = &*computed;
    }
    if (!total || added == nullptr || counts.size() != 1) {
      total.reset();
      return;
    }
    static constexpr std::array<Combine, 4> kCombine = {Add, Add, Greatest, Smallest};
    const Value nothing;
    const Attempt attempt =
        WithinType(type, kCombine[static_cast<std::size_t>(quantity.aggregate)]({.constant = nothing}, *total, *added));
    total = std::holds_alternative<Value>(attempt) ? std::optional(std::get<Value>(attempt)) : Fail();
  });
  return total;
}

std::optional<Value> Walk::EvaluateTier(const Quantity& quantity) {
  const Resolved at = Resolve(space_, facts_, quantity.place, bound_);
  if (at.kind == Resolved::Kind::kNone) return NoValue{};
  if (at.kind == Resolved::Kind::kUnknown) return std::nullopt;
  if (depth_ >= kMaxDepth) return Fail();
  const Tier& tier = space_[quantity.tier];
  std::optional<Value> result;
  ++depth_;
  ForElements(tier.place, {.is_known = true, .elements = at.instance}, [&] {
    if (const NodeId end = OnlyEnd(tier.body); end.IsValid()) result = ValueOf(end);
  });
  --depth_;
  return result;
}

}  // namespace proviso::evaluate
