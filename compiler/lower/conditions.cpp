// Conditions, comparisons and arithmetic.
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <array>

#include "compiler/lower/lists.h"
#include "compiler/lower/lowerer.h"
#include "compiler/reference/written.h"
#include "runtime/base/arithmetic.h"

namespace proviso::lower {
namespace {

using check::Expr;
using check::ExprId;
using Operation = Quantity::Operation;

}  // namespace

Symbol Lowerer::LowerNot(ExprId id, const Scope& scope) {
  return {graph_.Not(Node(draft_[id].operands[0], scope)), {}};
}

Symbol Lowerer::LowerAnd(ExprId id, const Scope& scope) {
  NodeId all = graph_.Yes();
  for (const ExprId operand : draft_[id].operands) {
    all = graph_.And(all, Node(operand, scope));
    if (IsDecided(all, graph_.No())) break;
  }
  return {all, {}};
}

Symbol Lowerer::LowerOr(ExprId id, const Scope& scope) {
  NodeId any = graph_.No();
  for (const ExprId operand : draft_[id].operands) {
    any = graph_.Or(any, Node(operand, scope));
    if (IsDecided(any, graph_.Yes())) break;
  }
  return {any, {}};
}

Symbol Lowerer::LowerAtLeast(ExprId id, const Scope& scope) {
  const Expr& expr = draft_[id];
  const auto needed = static_cast<std::size_t>(std::max<std::int64_t>(expr.number, 0));
  // `reached[n]`: at least n of the operands so far.
  std::vector<NodeId> reached(needed + 1, graph_.No());
  reached[0] = graph_.Yes();
  for (const ExprId operand : expr.operands) {
    const NodeId one_more = Node(operand, scope);
    for (std::size_t n = needed; n > 0; --n) reached[n] = graph_.Or(reached[n], graph_.And(one_more, reached[n - 1]));
  }
  return {reached[needed], {}};
}

NodeId Lowerer::Relate(ExprId id, const Scope& scope, Relation relation) {
  const NodeId left = Node(draft_[id].operands[0], scope);
  const NodeId right = Node(draft_[id].operands[1], scope);
  return graph_.Combine(left, right, [&](NodeId one, NodeId other) { return Compare(space_, relation, one, other); });
}

Symbol Lowerer::LowerEqual(ExprId id, const Scope& scope) {
  const Expr& expr = draft_[id];
  if (draft_[expr.operands[0]].type.kind != TypeKind::kBoolean) return {Relate(id, scope, Relation::kEqual), {}};
  const NodeId right = Node(expr.operands[1], scope);
  return {graph_.IfThenElse(Node(expr.operands[0], scope), right, graph_.Not(right)), {}};
}
Symbol Lowerer::LowerLess(ExprId id, const Scope& scope) { return {Relate(id, scope, Relation::kLess), {}}; }
Symbol Lowerer::LowerLessEqual(ExprId id, const Scope& scope) { return {Relate(id, scope, Relation::kLessEqual), {}}; }
Symbol Lowerer::LowerGreater(ExprId id, const Scope& scope) { return {Relate(id, scope, Relation::kGreater), {}}; }
Symbol Lowerer::LowerGreaterEqual(ExprId id, const Scope& scope) {
  return {Relate(id, scope, Relation::kGreaterEqual), {}};
}

Symbol Lowerer::LowerIsNone(ExprId id, const Scope& scope) {
  const ExprId operand = draft_[id].operands[0];
  const NodeId node = Node(operand, scope);
  if (draft_[operand].type.kind == TypeKind::kSet) return {node, {}};
  return {graph_.Replace(node, [&](NodeId leaf) { return IsNone(space_, leaf); }), {}};
}

Symbol Lowerer::LowerIn(ExprId id, const Scope& scope) {
  const Symbol set = Lower(draft_[id].operands[1], scope);
  const NodeId member = Node(draft_[id].operands[0], scope);
  return {graph_.Replace(member,
                         [&](NodeId leaf) {
                           const auto* const value = std::get_if<Value>(&space_.LeafOf(leaf));
                           if (value == nullptr) return leaf;
                           const auto* const one = std::get_if<Member>(value);
                           const bool is_there = one != nullptr && one->index < set.members.size();
                           return is_there ? set.members[one->index] : graph_.No();
                         }),
          {}};
}

Symbol Lowerer::LowerIncludesAny(ExprId id, const Scope& scope) {
  const Symbol set = Lower(draft_[id].operands[0], scope);
  const Symbol wanted = Lower(draft_[id].operands[1], scope);
  NodeId any = graph_.No();
  for (std::size_t i = 0; i < std::min(set.members.size(), wanted.members.size()); ++i) {
    any = graph_.Or(any, graph_.And(set.members[i], wanted.members[i]));
  }
  return {any, {}};
}

Symbol Lowerer::LowerIncludesAll(ExprId id, const Scope& scope) {
  const Symbol set = Lower(draft_[id].operands[0], scope);
  const Symbol wanted = Lower(draft_[id].operands[1], scope);
  NodeId all = graph_.Yes();
  for (std::size_t i = 0; i < wanted.members.size(); ++i) {
    const NodeId has = i < set.members.size() ? set.members[i] : graph_.No();
    all = graph_.And(all, graph_.Or(has, graph_.Not(wanted.members[i])));
  }
  return {all, {}};
}

// ---- Arithmetic ------------------------------------------------------------------------------------------

Symbol Lowerer::Arithmetic(ExprId id, const Scope& scope, Operation operation) {
  const Expr& expr = draft_[id];
  const NodeId left = Node(expr.operands[0], scope);
  if (expr.operands.size() == 1) {
    return {graph_.Replace(left, [&](NodeId leaf) { return Operate(space_, operation, expr, leaf); }), {}};
  }
  const NodeId right = Node(expr.operands[1], scope);
  return {graph_.Combine(left, right,
                         [&](NodeId one, NodeId other) { return Operate(space_, operation, expr, one, other); }),
          {}};
}

Symbol Lowerer::Fold(ExprId id, const Scope& scope, Operation operation) {
  const Expr& expr = draft_[id];
  NodeId result = space_.None();
  for (const ExprId operand : expr.operands) {
    result = graph_.Combine(result, Node(operand, scope),
                            [&](NodeId one, NodeId other) { return Operate(space_, operation, expr, one, other); });
  }
  return {result, {}};
}

Symbol Lowerer::LowerNegate(ExprId id, const Scope& scope) { return Arithmetic(id, scope, Operation::kNegate); }
Symbol Lowerer::LowerAdd(ExprId id, const Scope& scope) { return Arithmetic(id, scope, Operation::kAdd); }
Symbol Lowerer::LowerSubtract(ExprId id, const Scope& scope) { return Arithmetic(id, scope, Operation::kSubtract); }
Symbol Lowerer::LowerMultiply(ExprId id, const Scope& scope) { return Arithmetic(id, scope, Operation::kMultiply); }
Symbol Lowerer::LowerDivide(ExprId id, const Scope& scope) { return Arithmetic(id, scope, Operation::kDivide); }
Symbol Lowerer::LowerScale(ExprId id, const Scope& scope) { return Arithmetic(id, scope, Operation::kScale); }
Symbol Lowerer::LowerRound(ExprId id, const Scope& scope) { return Arithmetic(id, scope, Operation::kRound); }
Symbol Lowerer::LowerToReal(ExprId id, const Scope& scope) { return Arithmetic(id, scope, Operation::kToReal); }
Symbol Lowerer::LowerAddMonths(ExprId id, const Scope& scope) { return Arithmetic(id, scope, Operation::kAddMonths); }
Symbol Lowerer::LowerMax(ExprId id, const Scope& scope) { return Fold(id, scope, Operation::kGreatest); }
Symbol Lowerer::LowerMin(ExprId id, const Scope& scope) { return Fold(id, scope, Operation::kSmallest); }

// ---- Lists -----------------------------------------------------------------------------------------------

NodeId Lowerer::OfList(ExprId id, const Scope& scope, NodeId empty, llvm::function_ref<NodeId(const ListOf&)> of_list) {
  return graph_.Replace(Node(draft_[id].operands[0], scope), [&](NodeId leaf) {
    const auto& value = space_.LeafOf(leaf);
    if (const auto* const list = std::get_if<ListOf>(&value)) return of_list(ListOf(*list));
    return std::holds_alternative<evaluate::NoOutcome>(value) ? leaf : empty;
  });
}

std::string Lowerer::QuestionText(ExprId id) const {
  const Expr& expr = draft_[id];
  const std::string text = reference::Written(draft_, draft_[expr.operands[1]]);
  return expr.op == check::Op::kEvery ? "not (" + text + ")" : text;
}

std::vector<NodeId> Lowerer::ElementConditions(ExprId id, const ListOf& list, const Scope& scope) {
  const Expr& expr = draft_[id];
  const Scope inside = With(scope, expr.variable, ElementPlace(list, scope));
  const NodeId condition = Node(expr.operands[1], inside);
  if (expr.op == check::Op::kSome || expr.op == check::Op::kCount) return {condition};
  if (expr.op == check::Op::kEvery) return {graph_.Not(condition)};
  std::vector<NodeId> conditions;
  const NodeId value = Node(expr.operands[2], inside);
  const auto members = static_cast<std::uint32_t>(space_.Words().enums[expr.type.enumeration].members.size());
  for (std::uint32_t member = 0; member < members; ++member) {
    const NodeId wanted = space_.Terminal(Value(Member{member}));
    const NodeId is =
        graph_.Replace(value, [&](NodeId leaf) { return Compare(space_, Relation::kEqual, leaf, wanted); });
    conditions.push_back(graph_.And(condition, is));
  }
  return conditions;
}

NodeId Lowerer::Quantified(ExprId id, const ListOf& list, const Scope& scope) {
  if (const auto elements = KnownElements(list)) {
    const Expr& expr = draft_[id];
    const bool is_every = expr.op == check::Op::kEvery;
    const NodeId decides = is_every ? graph_.No() : graph_.Yes();
    NodeId result = graph_.Not(decides);
    for (const PlaceId element : *elements) {
      const NodeId holds = Node(expr.operands[1], With(scope, expr.variable, element));
      result = is_every ? graph_.And(result, holds) : graph_.Or(result, holds);
      if (IsDecided(result, decides)) break;
    }
    return result;
  }
  const NodeId some = lists_.Some(list, ElementPlace(list, scope), ElementConditions(id, list, scope).front());
  return draft_[id].op == check::Op::kSome ? some : graph_.Not(some);
}

Symbol Lowerer::LowerSome(ExprId id, const Scope& scope) {
  return {OfList(id, scope, graph_.No(), [&](const ListOf& list) { return Quantified(id, list, scope); }), {}};
}
Symbol Lowerer::LowerEvery(ExprId id, const Scope& scope) {
  return {OfList(id, scope, graph_.Yes(), [&](const ListOf& list) { return Quantified(id, list, scope); }), {}};
}

Symbol Lowerer::LowerCount(ExprId id, const Scope& scope) { return Aggregate(id, scope, Quantity::Aggregate::kCount); }
Symbol Lowerer::LowerSum(ExprId id, const Scope& scope) { return Aggregate(id, scope, Quantity::Aggregate::kSum); }
Symbol Lowerer::LowerMaxOf(ExprId id, const Scope& scope) { return Aggregate(id, scope, Quantity::Aggregate::kMax); }
Symbol Lowerer::LowerMinOf(ExprId id, const Scope& scope) { return Aggregate(id, scope, Quantity::Aggregate::kMin); }

Symbol Lowerer::Aggregate(ExprId id, const Scope& scope, Quantity::Aggregate aggregate) {
  const Expr& expr = draft_[id];
  const bool is_extreme = aggregate == Quantity::Aggregate::kMax || aggregate == Quantity::Aggregate::kMin;
  const NodeId empty = is_extreme ? space_.None() : space_.Terminal(ZeroOf(expr.type));
  const auto lower = [&](const ListOf& list) {
    if (const auto elements = KnownElements(list)) return AggregateOfKnown(id, *elements, scope, aggregate);
    if (expr.type.kind == TypeKind::kEnum)
      return ExtremeMember(id, list, scope, aggregate == Quantity::Aggregate::kMax);
    const NodeId value = ByOptions(reach_.OptionsUnder(id), scope,
                                   [&](const Scope& inside) { return AggregateOf(id, list, inside, aggregate); });
    if (aggregate != Quantity::Aggregate::kCount) return value;
    // That there is one at all is known of the list exactly.
    const NodeId some = lists_.Some(list, ElementPlace(list, scope), ElementConditions(id, list, scope).front());
    return graph_.IfThenElse(some, value, empty);
  };
  return {OfList(id, scope, empty, lower), {}};
}

NodeId Lowerer::AggregateOfKnown(ExprId id, const std::vector<PlaceId>& elements, const Scope& scope,
                                 Quantity::Aggregate aggregate) {
  const Expr& expr = draft_[id];
  static constexpr std::array kCombine = {Operation::kAdd, Operation::kAdd, Operation::kGreatest, Operation::kSmallest};
  const Operation combine = kCombine[static_cast<std::size_t>(aggregate)];
  const bool is_extreme = combine != Operation::kAdd;
  // Only the total has to fit its type.
  Expr on_the_way;
  on_the_way.type = expr.type;
  if (on_the_way.type.IsExactNumber()) on_the_way.type.kind = TypeKind::kRatio;
  NodeId total = is_extreme ? space_.None() : space_.Terminal(ZeroOf(expr.type));
  for (const PlaceId element : elements) {
    const Scope inside = With(scope, expr.variable, element);
    const NodeId counts = Node(expr.operands[1], inside);
    const NodeId added =
        aggregate == Quantity::Aggregate::kCount ? space_.Terminal(Value(Exact(1))) : Node(expr.operands[2], inside);
    const NodeId sum = graph_.Combine(
        total, added, [&](NodeId one, NodeId other) { return Operate(space_, combine, on_the_way, one, other); });
    total = graph_.IfThenElse(counts, sum, total);
  }
  return graph_.Replace(total, [&](NodeId leaf) {
    const auto* const value = std::get_if<Value>(&space_.LeafOf(leaf));
    const bool fits = value == nullptr || std::holds_alternative<Value>(WithinType(expr.type, *value));
    return fits ? leaf : space_.Terminal(evaluate::NoOutcome{.failure = Failure::kOverflow});
  });
}

NodeId Lowerer::ExtremeMember(ExprId id, const ListOf& list, const Scope& scope, bool greatest) {
  const std::vector<NodeId> conditions = ElementConditions(id, list, scope);
  NodeId result = space_.None();
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    const std::size_t member = greatest ? i : conditions.size() - 1 - i;
    result = graph_.IfThenElse(lists_.Some(list, ElementPlace(list, scope), conditions[member]),
                               space_.Terminal(Value(Member{static_cast<std::uint32_t>(member)})), result);
  }
  return result;
}

NodeId Lowerer::AggregateOf(ExprId id, const ListOf& list, const Scope& scope, Quantity::Aggregate aggregate) {
  const Expr& expr = draft_[id];
  const PlaceId element = ElementPlace(list, scope);
  const Scope inside = With(scope, expr.variable, element);
  Quantity quantity{.kind = Quantity::Kind::kAggregate,
                    .type = expr.type.IsExactNumber() ? TypeKind::kRatio : expr.type.kind,
                    .place = list.place,
                    .fact = list.fact,
                    .aggregate = aggregate,
                    .element = element,
                    .guard = Node(expr.operands[1], inside),
                    .value = graph_.Yes()};
  quantity.number = aggregate == Quantity::Aggregate::kCount ? 1 : 0;
  if (quantity.number == 0) quantity.value = Node(expr.operands[2], inside);
  const std::vector<NodeId> reachable = graph_.Reachable(quantity.value);
  quantity.may_be_none = aggregate == Quantity::Aggregate::kMax || aggregate == Quantity::Aggregate::kMin ||
                         llvm::any_of(reachable, [&](NodeId node) {
                           return graph_.IsTerminal(node) && IsNone(space_, node) != graph_.No();
                         });
  const evaluate::QuantityId made = space_.Add(quantity);
  const std::string written = reference::Written(draft_, expr);
  space_.Name(made, written.empty() || draft_.moment.empty() ? written : written + " " + draft_.moment);
  return space_.Terminal(made);
}

}  // namespace proviso::lower
