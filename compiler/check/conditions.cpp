#include <algorithm>

#include "compiler/check/checker.h"

namespace proviso::check {

using syntax::BinaryOperator;

Typed Checker::Connective(const syntax::Binary& binary, syntax::ExprId id, const Scope& scope) {
  const Typed left = CheckCondition(binary.left, scope);
  const Typed right = CheckCondition(binary.right, scope);
  if (!left || !right) return {};
  switch (binary.op) {
    case BinaryOperator::kAnd:
      return Condition(Op::kAnd, {left.id, right.id}, id);
    case BinaryOperator::kOr:
      return Condition(Op::kOr, {left.id, right.id}, id);
    case BinaryOperator::kUnless:
      return Condition(Op::kAnd, {left.id, Negated(right, binary.right).id}, id);
    default:
      return Condition(Op::kOr, {Negated(left, binary.left).id, right.id}, id);  // implies
  }
}

Typed Checker::Check(const syntax::ConditionList& list, syntax::ExprId id, const Scope& scope, const Type*) {
  std::vector<ExprId> operands;
  std::vector<std::vector<Citation>> cites;
  bool failed = false;
  for (const syntax::ConditionItem& item : list.items) {
    cites.push_back(ResolveCitations(item.cites, scope.enclosing, sink_));
    Scope inside = scope;
    if (!cites.back().empty()) inside.enclosing = cites.back().front();
    const Typed condition = CheckCondition(item.condition, inside);
    failed = failed || !condition;
    operands.push_back(condition.id);
  }
  if (failed) return {};
  const Op op = list.kind == syntax::ListKind::kAllOf     ? Op::kAnd
                : list.kind == syntax::ListKind::kAtLeast ? Op::kAtLeast
                                                          : Op::kOr;
  Expr node = Node(op, Type{.kind = TypeKind::kBoolean}, id);
  node.operands = operands;
  node.item_cites = cites;
  if (op == Op::kAtLeast) {
    const auto number = Exact::Parse(list.number);
    const auto whole = number ? number->ToInt64() : std::nullopt;
    if (!whole || *whole < 1 || *whole > static_cast<std::int64_t>(operands.size())) {
      const bool too_many = whole && *whole > 0;
      sink_
          .Report<Kind::kAtLeastImpossible>(Text(id).span, list.number, operands.size(),
                                            too_many ? "can never" : "always")
          .Help(fmt::format("write a number from 1 to {}", operands.size()));
      return {};
    }
    node.number = *whole;
  }
  const Typed result = Add(std::move(node));
  return list.kind == syntax::ListKind::kNoneOf ? Negated(result, id) : result;
}

// ---- Sets ------------------------------------------------------------------------------------------------------

Typed Checker::SetOperand(syntax::ExprId id, const Scope& scope, EnumId enumeration) {
  const Type type{.kind = TypeKind::kSet, .enumeration = enumeration};
  return CheckAs(id, scope, type);
}

Typed Checker::Check(const syntax::SetLiteral& literal, syntax::ExprId id, const Scope& scope, const Type* expected) {
  std::optional<EnumId> enumeration;
  if (expected != nullptr && (expected->kind == TypeKind::kSet || expected->kind == TypeKind::kEnum))
    enumeration = expected->enumeration;
  if (!enumeration) {
    sink_.Report<Kind::kTypeMismatch>(Text(id).span, expected != nullptr ? Shown(*expected) : "a value", "a set");
    return {};
  }
  const Type member_type{.kind = TypeKind::kEnum, .enumeration = *enumeration};
  MemberSet members;
  bool failed = false;
  for (const syntax::ExprId each : literal.members) {
    const Typed member = CheckAs(each, scope, member_type);
    if (!member) {
      failed = true;
      continue;
    }
    const auto* constant = std::get_if<Member>(&At(member.id).constant);
    if (At(member.id).op != Op::kConstant || constant == nullptr) {
      sink_.Report<Kind::kUnknownMember>(Text(each).span, PathText(each), vocabulary_->enums[*enumeration].name)
          .Help("a set in braces lists members by name");
      failed = true;
      continue;
    }
    members.members.push_back(constant->index);
  }
  if (failed) return {};
  std::sort(members.members.begin(), members.members.end());
  members.members.erase(std::unique(members.members.begin(), members.members.end()), members.members.end());
  Expr node = Node(Op::kConstant, Type{.kind = TypeKind::kSet, .enumeration = *enumeration}, id);
  node.constant = members;
  return Add(std::move(node));
}

Typed Checker::Check(const syntax::InSet& in, syntax::ExprId id, const Scope& scope, const Type*) {
  const auto* literal = std::get_if<syntax::SetLiteral>(&Text(in.set).kind);
  const bool first_by_members = literal != nullptr && MayBeMember(in.value, scope);
  if (!first_by_members) {
    const Typed value = CheckExpr(in.value, scope);
    if (!value) return {};
    const Type type = TypeOf(value);
    if (type.kind == TypeKind::kSet) {
      sink_.Report<Kind::kNotCompared>(Text(id).span, "sets")
          .Help("`in` asks of one member; of a set, ask `includes any of { … }` or `includes all of { … }`");
      return {};
    }
    if (type.kind != TypeKind::kEnum)
      return literal != nullptr ? ListMembership(in, id, scope)
                                : Typed(Coerce(value, Type{.kind = TypeKind::kEnum}, Text(in.value).span));
    const Typed set = SetOperand(in.set, scope, type.enumeration);
    return set ? Condition(Op::kIn, {value.id, set.id}, id) : Typed();
  }
  return ListMembership(in, id, scope);
}

Typed Checker::ListMembership(const syntax::InSet& in, syntax::ExprId id, const Scope& scope) {
  std::vector<ExprId> operands;
  bool failed = false;
  for (const syntax::ExprId each : std::get<syntax::SetLiteral>(Text(in.set).kind).members) {
    const auto [left, right] = Sides(in.value, each, scope, nullptr);
    const Typed equal = left && right ? CompareTyped(Op::kEqual, left, right, id, Text(each).span) : Typed();
    failed = failed || !equal;
    operands.push_back(equal.id);
  }
  return failed ? Typed() : Condition(Op::kOr, operands, id);
}

Typed Checker::Check(const syntax::Includes& includes, syntax::ExprId id, const Scope& scope, const Type*) {
  const Typed set = CheckExpr(includes.set, scope);
  if (!set) return {};
  const Type type = TypeOf(set);
  if (type.kind != TypeKind::kSet) {
    sink_.Report<Kind::kTypeMismatch>(Text(includes.set).span, "a set", Shown(type)).Label(Shown(type));
    return {};
  }
  if (includes.kind != syntax::IncludesKind::kOne) {
    const Typed other = SetOperand(includes.operand, scope, type.enumeration);
    const Op op = includes.kind == syntax::IncludesKind::kAny ? Op::kIncludesAny : Op::kIncludesAll;
    return other ? Condition(op, {set.id, other.id}, id) : Typed();
  }
  const Typed member = CheckAs(includes.operand, scope, Type{.kind = TypeKind::kEnum, .enumeration = type.enumeration});
  return member ? Condition(Op::kIn, {member.id, set.id}, id) : Typed();
}

// ---- Ranging over lists and enumerations ---------------------------------------------------------------------------

Checker::Range Checker::EnumInRange(const syntax::PathSegment& segment, const Scope& scope) {
  if (const auto enumeration = FindEnum(*vocabulary_, segment.name.text)) return *enumeration;
  std::vector<std::string> names = VisibleNames(std::nullopt, scope);
  for (const Enumeration& each : vocabulary_->enums) names.push_back(each.name);
  Suggest(sink_.Report<Kind::kUnknownName>(segment.name.span, segment.name.text, "to range over"), segment.name.text,
          names);
  return {};
}

Checker::Range Checker::RangeOf(syntax::ExprId list, const Scope& scope) {
  const auto* path = std::get_if<syntax::Path>(&Text(list).kind);
  if (path != nullptr && path->segments.size() == 1 && MayBeMember(list, scope))
    return EnumInRange(path->segments.front(), scope);
  std::optional<Place> place;
  Typed value;
  if (path != nullptr) {
    place = Walk(*path, list, scope, nullptr);
    if (place) value = place->value;
  } else {
    value = CheckExpr(list, scope);
  }
  if (!value) return {};
  if (TypeOf(value).kind == TypeKind::kList) return value;
  sink_.Report<Kind::kNotAList>(Text(list).span, PathText(list), Shown(TypeOf(value)));
  return {};
}

bool Checker::NameIsFree(const syntax::Name& variable, const Scope& scope) {
  std::optional<std::string> hidden;
  Span at;
  if (FindBinding(scope, variable.text) != nullptr) hidden = "another variable";
  const auto& names = names_[EntityAt(scope).Index()];
  if (const auto found = names.find(variable.text); found != names.end()) {
    hidden = fmt::format("`{}` of {}", variable.text, vocabulary_->entities[EntityAt(scope)].name);
    at = found->second.span;
  } else if (const auto option = options_.find(variable.text); option != options_.end()) {
    hidden = fmt::format("option `{}`", variable.text);
    at = option->second.span;
  }
  if (!hidden) return true;
  auto& report = sink_.Report<Kind::kHidesName>(variable.span, variable.text, *hidden);
  report.Help("give the variable another name");
  if (at.file.IsValid()) report.AddNote("declared here", at);
  return false;
}

Scope Checker::ElementScope(const Scope& scope, const syntax::Name& variable, const Typed& list, VariableId& id) {
  (void)NameIsFree(variable, scope);
  id = draft_.variables.Add(variable.text);
  Scope inside = scope;
  inside.outer = &scope;
  inside.name = variable.text;
  inside.binding = VariableBinding{id, TypeOf(list).entity};
  return inside;
}

std::vector<Typed> Checker::ForEachMember(EnumId enumeration, const syntax::Name& variable, const Scope& scope,
                                          const std::function<Typed(const Scope&)>& each) {
  (void)NameIsFree(variable, scope);
  std::vector<Typed> results;
  for (std::uint32_t member = 0; member < vocabulary_->enums[enumeration].members.size(); ++member) {
    Scope inside = scope;
    inside.outer = &scope;
    inside.name = variable.text;
    inside.binding = MemberBinding{enumeration, member};
    results.push_back(each(inside));
  }
  return results;
}

Typed Checker::Check(const syntax::Quantified& quantified, syntax::ExprId id, const Scope& scope, const Type*) {
  const auto body = [&](const Scope& inside) -> Typed {
    const Typed where = quantified.where.IsValid() ? CheckCondition(quantified.where, inside) : Typed();
    const Typed condition = CheckCondition(quantified.condition, inside);
    if (!quantified.where.IsValid() || !condition || !where)
      return quantified.where.IsValid() && !where ? Typed() : condition;
    if (!quantified.every) return Condition(Op::kAnd, {where.id, condition.id}, quantified.condition);
    return Condition(Op::kOr, {Negated(where, quantified.where).id, condition.id}, quantified.condition);
  };
  const Range range = RangeOf(quantified.list, scope);
  if (const auto* enumeration = std::get_if<EnumId>(&range)) {
    std::vector<ExprId> operands;
    for (const Typed& each : ForEachMember(*enumeration, quantified.variable, scope, body)) {
      if (!each) return {};
      operands.push_back(each.id);
    }
    return Condition(quantified.every ? Op::kAnd : Op::kOr, operands, id);
  }
  const auto* list = std::get_if<Typed>(&range);
  if (list == nullptr) return {};
  VariableId variable;
  const Scope inside = ElementScope(scope, quantified.variable, *list, variable);
  const Typed condition = body(inside);
  if (!condition) return {};
  Expr node = Node(quantified.every ? Op::kEvery : Op::kSome, Type{.kind = TypeKind::kBoolean}, id);
  node.operands = {list->id, condition.id};
  node.variable = variable;
  return Add(std::move(node));
}

Typed Checker::Check(const syntax::Aggregate& aggregate, syntax::ExprId id, const Scope& scope, const Type*) {
  const Range range = RangeOf(aggregate.list, scope);
  if (const auto* enumeration = std::get_if<EnumId>(&range))
    return AggregateOverEnum(aggregate, id, scope, *enumeration);
  if (const auto* list = std::get_if<Typed>(&range)) return AggregateOverList(aggregate, id, scope, *list);
  return {};
}

namespace {

bool CanAggregate(const Vocabulary& vocabulary, syntax::AggregateKind kind, const Type& type) {
  if (kind == syntax::AggregateKind::kSum) return type.IsNumber() || type.kind == TypeKind::kDays;
  if (type.kind == TypeKind::kEnum) return vocabulary.enums[type.enumeration].ordered;
  return type.IsNumber() || type.kind == TypeKind::kDays || type.kind == TypeKind::kDate;
}

std::string_view AggregateNeeds(syntax::AggregateKind kind) {
  return kind == syntax::AggregateKind::kSum ? "a number or days to sum"
                                             : "a number, a date, days or an ordered member";
}

}  // namespace

Typed Checker::AggregateOverList(const syntax::Aggregate& aggregate, syntax::ExprId id, const Scope& scope,
                                 const Typed& list) {
  VariableId variable;
  const Scope inside = ElementScope(scope, aggregate.variable, list, variable);
  Typed where;
  if (aggregate.where.IsValid()) {
    where = CheckCondition(aggregate.where, inside);
  } else {
    Expr always = Node(Op::kConstant, Type{.kind = TypeKind::kBoolean}, id);
    always.constant = true;
    where = Add(std::move(always));
  }
  if (aggregate.kind == syntax::AggregateKind::kCount) {
    if (!where) return {};
    Expr node = Node(Op::kCount, Type{.kind = TypeKind::kInteger}, id);
    node.operands = {list.id, where.id};
    node.variable = variable;
    return Add(std::move(node));
  }
  const Typed value = CheckExpr(aggregate.value, inside);
  if (!value || !where) return {};
  Type type = TypeOf(value);
  if (!CanAggregate(*vocabulary_, aggregate.kind, type)) {
    sink_.Report<Kind::kTypeMismatch>(Text(aggregate.value).span, AggregateNeeds(aggregate.kind), Shown(type))
        .Label(Shown(type));
    return {};
  }
  type.or_none = false;
  const Op op = aggregate.kind == syntax::AggregateKind::kSum   ? Op::kSum
                : aggregate.kind == syntax::AggregateKind::kMax ? Op::kMaxOf
                                                                : Op::kMinOf;
  Expr node = Node(op, type, id);
  node.operands = {list.id, where.id, value.id};
  node.variable = variable;
  return Add(std::move(node));
}

Typed Checker::AggregateOverEnum(const syntax::Aggregate& aggregate, syntax::ExprId id, const Scope& scope,
                                 EnumId enumeration) {
  const bool is_sum = aggregate.kind == syntax::AggregateKind::kSum;
  const bool is_count = aggregate.kind == syntax::AggregateKind::kCount;
  const auto member_value = [&](const Scope& inside) -> Typed {
    const Typed where = aggregate.where.IsValid() ? CheckCondition(aggregate.where, inside) : Typed();
    const Typed value = is_count ? NumberConstant("1", UnitId(), id) : CheckExpr(aggregate.value, inside);
    if (!value || (aggregate.where.IsValid() && !where)) return {};
    if (!CanAggregate(*vocabulary_, is_count ? syntax::AggregateKind::kSum : aggregate.kind, TypeOf(value))) {
      sink_.Report<Kind::kTypeMismatch>(Text(aggregate.value).span, AggregateNeeds(aggregate.kind),
                                        Shown(TypeOf(value)));
      return {};
    }
    if (!aggregate.where.IsValid()) return value;
    // A member left out counts for nothing in a sum, and has no value for `max` and `min`.
    Expr otherwise = Node(Op::kConstant, TypeOf(value), id);
    if (is_sum || is_count) {
      if (otherwise.type.kind == TypeKind::kReal)
        otherwise.constant = 0.0;
      else if (otherwise.type.kind == TypeKind::kDays)
        otherwise.constant = Days{0};
      else
        otherwise.constant = Exact(0);
    }
    Expr node = Node(Op::kIf, TypeOf(value), id);
    node.operands = {where.id, value.id, Add(std::move(otherwise)).id};
    return Add(std::move(node));
  };
  std::vector<Typed> values = ForEachMember(enumeration, aggregate.variable, scope, member_value);
  if (aggregate.kind == syntax::AggregateKind::kMax) return OverCommonType(Op::kMax, values, id, "compare");
  if (aggregate.kind == syntax::AggregateKind::kMin) return OverCommonType(Op::kMin, values, id, "compare");
  Typed total;
  for (const Typed& each : values) {
    if (!each) return {};
    if (!total)
      total = each;
    else if (TypeOf(each).kind == TypeKind::kDays)
      total = DateArithmetic(Op::kAdd, total, each, id);
    else
      total = AddOrSubtract(Op::kAdd, total, each, id);
  }
  return total ? total : NumberConstant("0", UnitId(), id);
}

// ---- Supposing
// -------------------------------------------------------------------------------------------------------

Typed Checker::Check(const syntax::Supposing& supposing, syntax::ExprId id, const Scope& scope, const Type* expected) {
  const Typed inner = CheckExpr(supposing.expression, scope, expected);
  Expr node = Node(Op::kSupposing, inner ? TypeOf(inner) : Type(), id);
  bool failed = !inner;
  for (const syntax::Override& each : supposing.overrides) failed = !CheckOverride(each, scope, node) || failed;
  if (failed) return {};
  node.operands = {inner.id};
  return Add(std::move(node));
}

bool Checker::CheckOverride(const syntax::Override& text, const Scope& scope, Expr& supposing) {
  // The path is looked at where the value stands, for a place in the text to speak of.
  const auto place = Walk(text.path, text.value, scope, nullptr);
  if (!place) return false;
  const Typed fact = place->value;
  bool reached_by_facts = At(fact.id).op == Op::kFact;
  for (ExprId at = fact.id; reached_by_facts && At(at).op == Op::kFact; at = At(at).operands[0]) {
    const Op below = At(At(at).operands[0]).op;
    reached_by_facts = below == Op::kFact || below == Op::kCase || below == Op::kSelf;
  }
  const Type type = TypeOf(fact);
  if (!reached_by_facts || type.kind == TypeKind::kEntity || type.kind == TypeKind::kList) {
    std::string shown;
    for (const auto& segment : text.path.segments) shown += (shown.empty() ? "" : ".") + segment.name.text;
    sink_.Report<Kind::kNotSupposable>(text.path_span, shown)
        .Help("suppose a single fact of the case, or of the entity at hand");
    return false;
  }
  const Typed value = CheckAs(text.value, scope, type);
  if (!value) return false;
  supposing.overrides.push_back({fact.id, value.id});
  return true;
}

}  // namespace proviso::check
