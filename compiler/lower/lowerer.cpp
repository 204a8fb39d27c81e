#include "compiler/lower/lowerer.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <array>

#include "compiler/lower/lists.h"
#include "compiler/lower/wording.h"
#include "runtime/base/arithmetic.h"
#include "runtime/evaluate/resolve.h"

namespace proviso::lower {
namespace {

using check::Expr;
using check::ExprId;
using evaluate::NoOutcome;
using evaluate::Place;
using evaluate::VariableId;

/// Deeper than this the stack might not hold; the reference evaluator then says what it can.
constexpr int kMaxDepth = 1500;

template <typename T>
const T* LeafAs(const Space& space, NodeId terminal) {
  return std::get_if<T>(&space.LeafOf(terminal));
}

}  // namespace

Lowerer::Lowerer(const check::CheckedDraft& draft, Space& space, Lists& lists, const Case* known)
    : draft_(draft), space_(space), graph_(space.graph), lists_(lists), known_(known), reach_(draft) {}

std::size_t Lowerer::Provisional() const { return lists_.Provisional(); }

// ---- Scopes ----------------------------------------------------------------------------------------------

Scope Lowerer::With(const Scope& scope, check::VariableId variable, PlaceId element) {
  const Binding binding{.variable = variable, .place = element, .outer = scope.elements};
  const auto [found, is_new] = binding_ids_.try_emplace(binding);
  if (is_new) found->second = bindings_.Add(binding);
  return {.self = scope.self, .elements = found->second, .context = scope.context};
}

Scope Lowerer::Supposing(ExprId id, const Scope& scope) {
  const Context context{.outer = scope.context, .supposing = id, .scope = scope, .option = {}};
  const auto [found, is_new] = context_ids_.try_emplace(context);
  if (is_new) found->second = contexts_.Add(context);
  return {.self = scope.self, .elements = scope.elements, .context = found->second};
}

Scope Lowerer::Relevant(const Scope& scope, ExprId expr) {
  Scope relevant = scope;
  while (relevant.context.IsValid()) {
    const Context& context = contexts_[relevant.context];
    if (!context.supposing.IsValid() || reach_.MayRead(expr, draft_[context.supposing])) break;
    relevant.context = context.outer;
  }
  return relevant;
}

PlaceId Lowerer::PlaceOf(check::VariableId variable, const Scope& scope) const {
  BindingId at = scope.elements;
  while (bindings_[at].variable != variable) at = bindings_[at].outer;
  return bindings_[at].place;
}

PlaceId Lowerer::ElementPlace(const ListOf& list, const Scope& scope) {
  std::uint32_t nesting = 0;
  const auto look = [&](PlaceId place) {
    for (; place.IsValid(); place = space_[place].parent) {
      const Place& at = space_[place];
      if (at.kind == Place::Kind::kElement && at.parent == list.place && at.fact == list.fact)
        nesting = std::max(nesting, at.nesting + 1);
    }
  };
  look(scope.self);
  for (BindingId at = scope.elements; at.IsValid(); at = bindings_[at].outer) look(bindings_[at].place);
  return space_.Element(list.place, list.fact, nesting);
}

// ---- Expressions -----------------------------------------------------------------------------------------

Symbol Lowerer::Lower(ExprId id, const Scope& scope) {
  using Form = Symbol (Lowerer::*)(ExprId, const Scope&);
  static constexpr auto kForms = std::to_array<Form>({
#define OP(name, operands) &Lowerer::Lower##name,
#include "compiler/check/ops.def"
  });
  if (depth_ >= kMaxDepth) return {space_.Terminal(NoOutcome{.failure = Failure::kTooDeep}), {}};
  return Remember(lowered_, std::pair(id, scope), [&] {
    ++depth_;
    const std::uint64_t before = space_.Position();
    if (const auto found = positions_.find({id, scope}); found != positions_.end()) space_.MoveTo(found->second);
    Symbol lowered = (this->*kForms[static_cast<std::size_t>(draft_[id].op)])(id, scope);
    space_.MoveTo(before);
    --depth_;
    return lowered;
  });
}

Symbol Lowerer::Constant(const Type& type, const Value& value) {
  if (type.kind != TypeKind::kSet) return {.node = space_.Terminal(value), .members = {}};
  Symbol set{.node = proviso::IsNone(value) ? graph_.Yes() : graph_.No(), .members = {}};
  if (!type.enumeration.IsValid()) return set;
  const auto* members = std::get_if<MemberSet>(&value);
  const std::size_t count = space_.Words().enums[type.enumeration].members.size();
  for (std::uint32_t member = 0; member < count; ++member) {
    set.members.push_back(members != nullptr && members->Contains(member) ? graph_.Yes() : graph_.No());
  }
  return set;
}

Symbol Lowerer::Choose(NodeId condition, const Symbol& then, const Symbol& otherwise) {
  Symbol chosen{.node = graph_.IfThenElse(condition, then.node, otherwise.node), .members = {}};
  const std::size_t count = std::max(then.members.size(), otherwise.members.size());
  const auto member = [&](const Symbol& symbol, std::size_t i) {
    return i < symbol.members.size() ? symbol.members[i] : graph_.No();
  };
  for (std::size_t i = 0; i < count; ++i) {
    chosen.members.push_back(graph_.IfThenElse(condition, member(then, i), member(otherwise, i)));
  }
  return chosen;
}

Symbol Lowerer::LowerConstant(ExprId id, const Scope& /*scope*/) {
  return Constant(draft_[id].type, draft_[id].constant);
}
Symbol Lowerer::LowerCase(ExprId /*id*/, const Scope& /*scope*/) { return {space_.Terminal(space_.Root()), {}}; }
Symbol Lowerer::LowerSelf(ExprId /*id*/, const Scope& scope) { return {space_.Terminal(scope.self), {}}; }
Symbol Lowerer::LowerElement(ExprId id, const Scope& scope) {
  return {space_.Terminal(PlaceOf(draft_[id].variable, scope)), {}};
}

Symbol Lowerer::LowerIf(ExprId id, const Scope& scope) {
  const Expr& expr = draft_[id];
  const NodeId condition = Node(expr.operands[0], scope);
  if (IsDecided(condition, graph_.Yes())) return Lower(expr.operands[1], scope);
  if (IsDecided(condition, graph_.No())) return Lower(expr.operands[2], scope);
  return Choose(condition, Lower(expr.operands[1], scope), Lower(expr.operands[2], scope));
}

// ---- What entities have ----------------------------------------------------------------------------------

Symbol Lowerer::OfEntity(ExprId id, const Scope& scope, AtPlace at_place) {
  const Expr& expr = draft_[id];
  const NodeId entity = Node(expr.operands[0], scope);
  if (graph_.IsTerminal(entity)) {
    if (const auto* place = LeafAs<PlaceId>(space_, entity)) return at_place(*place);
  }
  std::map<NodeId, Symbol> at;
  std::size_t members = 0;
  for (const NodeId node : graph_.Reachable(entity)) {
    if (!graph_.IsTerminal(node)) continue;
    if (LeafAs<NoOutcome>(space_, node) != nullptr) {
      at[node] = {node, {}};
    } else if (const auto* place = LeafAs<PlaceId>(space_, node)) {
      at[node] = at_place(PlaceId(*place));
    } else {
      at[node] = Constant(expr.type, ThroughNone(expr.type));
    }
    members = std::max(members, at[node].members.size());
  }
  Symbol result{.node = graph_.Replace(entity, [&](NodeId leaf) { return at.at(leaf).node; }), .members = {}};
  for (std::size_t i = 0; i < members; ++i) {
    result.members.push_back(graph_.Replace(entity, [&](NodeId leaf) {
      const Symbol& symbol = at.at(leaf);
      return i < symbol.members.size() ? symbol.members[i] : graph_.No();
    }));
  }
  return result;
}

Symbol Lowerer::LowerFact(ExprId id, const Scope& scope) {
  return OfEntity(id, scope, [&](PlaceId place) { return Fact(place, draft_[id].fact, scope.context); });
}

Symbol Lowerer::Fact(PlaceId place, FactId fact, ContextId context) {
  if (!context.IsValid()) return PlainFact(place, fact);
  const Context at = contexts_[context];
  Symbol before = Fact(place, fact, at.outer);
  return at.supposing.IsValid() ? Supposed(place, fact, at, std::move(before)) : before;
}

std::optional<InstanceId> Lowerer::InstanceAt(PlaceId place) {
  if (known_ == nullptr) return std::nullopt;
  const evaluate::Resolved at = evaluate::Resolve(space_, *known_, place);
  return at.kind == evaluate::Resolved::Kind::kThere ? std::optional(at.instance) : std::nullopt;
}

const Value* Lowerer::KnownValue(PlaceId place, FactId fact) {
  return known_ == nullptr ? nullptr : evaluate::KnownValue(space_, *known_, place, fact);
}

std::optional<std::vector<PlaceId>> Lowerer::KnownElements(const ListOf& list) {
  const Value* const value = KnownValue(list.place, list.fact);
  if (value == nullptr) return std::nullopt;
  std::vector<PlaceId> elements;
  if (const auto* known = std::get_if<ListValue>(value)) {
    for (std::uint32_t i = 0; i < known->elements.size(); ++i) {
      elements.push_back(space_.KnownElement(list.place, list.fact, i));
    }
  }
  return elements;
}

Symbol Lowerer::KnownFact(PlaceId place, FactId fact, const Value& value) {
  if (std::holds_alternative<EntityValue>(value)) return {space_.Terminal(space_.Part(place, fact)), {}};
  if (std::holds_alternative<ListValue>(value)) return {space_.Terminal(ListOf{place, fact}), {}};
  return Constant(space_.Words().facts[fact].type, value);
}

Symbol Lowerer::PlainFact(PlaceId place, FactId fact) {
  if (const Value* const value = KnownValue(place, fact)) return KnownFact(place, fact, *value);
  const Type& type = space_.Words().facts[fact].type;
  if (type.kind == TypeKind::kList) return {space_.Terminal(ListOf{place, fact}), {}};
  if (type.kind == TypeKind::kEntity && !type.or_none) return {space_.Terminal(space_.Part(place, fact)), {}};
  if (type.kind == TypeKind::kSet) {
    Symbol set{.node = type.or_none ? space_.IsNone(space_.FactVariable(place, fact)) : graph_.No(), .members = {}};
    const auto count = static_cast<std::uint32_t>(space_.Words().enums[type.enumeration].members.size());
    for (std::uint32_t member = 0; member < count; ++member) {
      const NodeId has = graph_.InCells(space_.MemberVariable(place, fact, member), 1, 2);
      set.members.push_back(graph_.Without(has, set.node));
    }
    return set;
  }
  const VariableId variable = space_.FactVariable(place, fact);
  if (type.kind == TypeKind::kBoolean) return {graph_.InCells(variable, 1, 2), {}};
  if (type.kind == TypeKind::kEnum) {
    std::vector<NodeId> cells;
    if (type.or_none) cells.push_back(space_.None());
    const auto count = static_cast<std::uint32_t>(space_.Words().enums[type.enumeration].members.size());
    for (std::uint32_t member = 0; member < count; ++member) cells.push_back(space_.Terminal(Value(Member{member})));
    return {graph_.ByCell(variable, cells), {}};
  }
  const NodeId there =
      type.kind == TypeKind::kEntity ? space_.Terminal(space_.Part(place, fact)) : FactQuantity(space_, place, fact);
  return {graph_.IfThenElse(space_.IsNone(variable), space_.None(), there), {}};
}

Symbol Lowerer::Supposed(PlaceId place, FactId fact, const Context& context, Symbol before) {
  for (const check::Override& change : draft_[context.supposing].overrides) {
    const Expr& changed = draft_[change.fact];
    if (changed.fact != fact) continue;
    const NodeId entity = Node(changed.operands[0], context.scope);
    const NodeId is_here = graph_.Replace(entity, [&](NodeId leaf) {
      const auto* const at = LeafAs<PlaceId>(space_, leaf);
      if (at == nullptr) return LeafAs<NoOutcome>(space_, leaf) != nullptr ? leaf : graph_.No();
      if (*at == place) return graph_.Yes();
      const Place& one = space_[*at];
      const Place& other = space_[place];
      const bool may_be_same = one.kind == Place::Kind::kElement && other.kind == Place::Kind::kElement &&
                               one.parent == other.parent && one.fact == other.fact;
      if (!may_be_same) return graph_.No();
      return graph_.InCells(space_.ConditionVariable({.kind = evaluate::DerivedCondition::Kind::kSame,
                                                      .place = std::min(*at, place),
                                                      .element = std::max(*at, place)}),
                            1, 2);
    });
    if (is_here != graph_.No()) before = Choose(is_here, Lower(change.value, context.scope), before);
  }
  return before;
}

Symbol Lowerer::LowerSupposing(ExprId id, const Scope& scope) {
  return Lower(draft_[id].operands[0], Supposing(id, scope));
}

Symbol Lowerer::LowerTerm(ExprId id, const Scope& scope) {
  return OfEntity(id, scope, [&](PlaceId place) { return Term(draft_[id].term, At(scope, place)); });
}

Symbol Lowerer::LowerDecision(ExprId id, const Scope& scope) {
  return OfEntity(id, scope, [&](PlaceId place) {
    const Scope inside = At(scope, place);
    const Symbol outcome = Outcome(draft_[id].decision, inside);
    return terms_under_ && !inside.context.IsValid() && place == space_.Root()
               ? Symbol{SaidByMembers(draft_[id].decision, outcome.node), {}}
               : outcome;
  });
}

Symbol Lowerer::LowerRuleFires(ExprId id, const Scope& scope) {
  return OfEntity(id, scope, [&](PlaceId place) { return Symbol{Fires(draft_[id].rule, At(scope, place)), {}}; });
}
Symbol Lowerer::LowerRuleDecides(ExprId id, const Scope& scope) {
  return OfEntity(id, scope, [&](PlaceId place) { return Symbol{Decides(draft_[id].rule, At(scope, place)), {}}; });
}

Symbol Lowerer::LowerStandsAt(ExprId id, const Scope& scope) {
  return OfEntity(id, scope, [&](PlaceId place) -> Symbol {
    llvm::ArrayRef<FactId> path = llvm::ArrayRef(draft_[id].path).drop_back();
    for (; place != space_.Root(); place = space_[place].parent, path = path.drop_back()) {
      // Which entity a tier function is asked of is not known.
      if (space_[place].kind == Place::Kind::kTier) return Unsettled(id, scope);
      if (path.empty() || space_[place].fact != path.back()) return {graph_.No(), {}};
    }
    return {path.empty() ? graph_.Yes() : graph_.No(), {}};
  });
}

// ---- Options ---------------------------------------------------------------------------------------------

VariableId Lowerer::OptionVariable(check::OptionId id) {
  const check::Option& option = draft_.options[id];
  std::vector<std::string> alternatives;
  for (const check::Alternative& alternative : option.alternatives) alternatives.push_back(alternative.name);
  return space_.OptionVariable(option.name, alternatives);
}

std::optional<std::uint32_t> Lowerer::Chosen(check::OptionId option, ContextId context) const {
  if (draft_.options[option].settled) return draft_.options[option].settled;
  for (; context.IsValid(); context = contexts_[context].outer) {
    if (contexts_[context].option == option) return contexts_[context].alternative;
  }
  return std::nullopt;
}

Symbol Lowerer::LowerOption(ExprId id, const Scope& scope) {
  const check::Option& option = draft_.options[draft_[id].option];
  return OfEntity(id, scope, [&](PlaceId place) {
    const Scope inside = At(scope, place);
    if (const auto chosen = Chosen(draft_[id].option, scope.context))
      return Lower(option.alternatives[*chosen].value, inside);
    const VariableId variable = OptionVariable(draft_[id].option);
    Symbol result = Lower(option.alternatives.back().value, inside);
    for (std::size_t i = option.alternatives.size() - 1; i-- > 0;) {
      result = Choose(graph_.InCells(variable, i, i + 1), Lower(option.alternatives[i].value, inside), result);
    }
    return result;
  });
}

Symbol Lowerer::LowerOptionIs(ExprId id, const Scope& scope) {
  const Expr& expr = draft_[id];
  if (const auto chosen = Chosen(expr.option, scope.context))
    return {std::ranges::binary_search(expr.alternatives, *chosen) ? graph_.Yes() : graph_.No(), {}};
  NodeId is = graph_.No();
  for (const std::uint32_t alternative : expr.alternatives) {
    is = graph_.Or(is, graph_.InCells(OptionVariable(expr.option), alternative, alternative + 1));
  }
  return {is, {}};
}

NodeId Lowerer::ByOptions(const std::set<check::OptionId>& options, const Scope& scope,
                          llvm::function_ref<NodeId(const Scope&)> lower) {
  for (const check::OptionId option : options) {
    if (Chosen(option, scope.context)) continue;
    std::vector<NodeId> cells;
    const std::size_t count = draft_.options[option].alternatives.size();
    for (std::uint32_t alternative = 0; alternative < count; ++alternative) {
      const Context context{
          .outer = scope.context, .supposing = {}, .scope = {}, .option = option, .alternative = alternative};
      const auto [found, is_new] = context_ids_.try_emplace(context);
      if (is_new) found->second = contexts_.Add(context);
      cells.push_back(ByOptions(options, {scope.self, scope.elements, found->second}, lower));
    }
    return graph_.ByCell(OptionVariable(option), cells);
  }
  return lower(scope);
}

// ---- What the graph cannot settle ------------------------------------------------------------------------

const std::string& Lowerer::Wording(ExprId id) {
  const auto [found, is_new] = wordings_.try_emplace(id);
  if (is_new) found->second = WordingOf(draft_, id);
  return found->second;
}

std::string Lowerer::ContextText(ContextId context) {
  std::string text;
  for (; context.IsValid(); context = contexts_[context].outer) {
    const Context& at = contexts_[context];
    if (at.option.IsValid()) text += fmt::format("{}={};", draft_.options[at.option].name, at.alternative);
    if (!at.supposing.IsValid()) continue;
    text += fmt::format("{}@{}", Wording(at.supposing), at.scope.self.Index());
    for (BindingId id = at.scope.elements; id.IsValid(); id = bindings_[id].outer)
      text += fmt::format(",{}", bindings_[id].place.Index());
    text += ";";
  }
  return text;
}

Symbol Lowerer::Unsettled(ExprId body, const Scope& scope) {
  const Expr& expr = draft_[body];
  const std::string key = fmt::format("{}@{};{}", Wording(body), scope.self.Index(), ContextText(scope.context));
  const std::int64_t number =
      shared_->unsettled.try_emplace(key, static_cast<std::int64_t>(shared_->unsettled.size())).first->second;
  if (expr.type.kind == TypeKind::kBoolean)
    return {graph_.InCells(
                space_.ConditionVariable(
                    {.kind = evaluate::DerivedCondition::Kind::kUnsettled, .place = space_.Root(), .number = number}),
                1, 2),
            {}};
  return {space_.Terminal(space_.Add({.kind = Quantity::Kind::kUnsettled,
                                      .type = expr.type.IsExactNumber() ? TypeKind::kRatio : expr.type.kind,
                                      .may_be_none = true,
                                      .number = number})),
          {}};
}

}  // namespace proviso::lower
