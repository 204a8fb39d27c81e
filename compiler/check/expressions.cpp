#include "compiler/check/checker.h"

namespace proviso::check {

using syntax::BinaryOperator;

Expr Checker::Node(Op op, const Type& type, syntax::ExprId id) const {
  Expr node;
  node.op = op;
  node.type = type;
  node.span = Text(id).span;
  node.text = id;
  return node;
}

Typed Checker::Condition(Op op, std::vector<ExprId> operands, syntax::ExprId id) {
  Expr node = Node(op, Type{.kind = TypeKind::kBoolean}, id);
  node.operands = std::move(operands);
  return Add(std::move(node));
}

Typed Checker::Negated(Typed condition, syntax::ExprId id) { return Condition(Op::kNot, {condition.id}, id); }

Typed Checker::CheckExpr(syntax::ExprId id, const Scope& scope, const Type* expected) {
  return std::visit([&](const auto& kind) { return Check(kind, id, scope, expected); }, Text(id).kind);
}

Typed Checker::CheckAs(syntax::ExprId id, const Scope& scope, const Type& type) {
  return Coerce(CheckExpr(id, scope, &type), type, Text(id).span);
}

Typed Checker::CheckCondition(syntax::ExprId id, const Scope& scope) {
  return CheckAs(id, scope, Type{.kind = TypeKind::kBoolean});
}

// ---- Literals ----------------------------------------------------------------------------------------------------

Typed Checker::Check(const syntax::NumberLiteral& literal, syntax::ExprId id, const Scope&, const Type*) {
  if (literal.unit.text.empty()) return NumberConstant(literal.number, UnitId(), id);
  const auto unit = UnitNamed(*vocabulary_, literal.unit, sink_);
  return unit ? NumberConstant(literal.number, *unit, id) : Typed();
}

Typed Checker::Check(const syntax::PercentLiteral& literal, syntax::ExprId id, const Scope&, const Type*) {
  return NumberConstant(literal.number, UnitId(), id, true);
}

Typed Checker::Check(const syntax::MoneyLiteral& literal, syntax::ExprId id, const Scope&, const Type*) {
  const auto unit = UnitNamed(*vocabulary_, {"usd", Text(id).span}, sink_);
  return unit ? NumberConstant(literal.number, *unit, id) : Typed();
}

Typed Checker::Check(const syntax::DateLiteral& literal, syntax::ExprId id, const Scope&, const Type*) {
  Expr node = Node(Op::kConstant, Type{.kind = TypeKind::kDate}, id);
  node.constant = ParseDate(literal.text).value();  // the parser lets no other text through
  return Add(std::move(node));
}

Typed Checker::Check(const syntax::DurationLiteral& literal, syntax::ExprId id, const Scope&, const Type*) {
  if (literal.period != syntax::Period::kDays) {
    sink_.Report<Kind::kMonthsAlone>(Text(id).span, literal.number + " " + literal.unit_word)
        .Help(fmt::format("write `DATE + {} {}{}`, or count in days", literal.number, literal.unit_word,
                          literal.rule == syntax::MonthRule::kSpilled ? " (spilled)" : " (clipped)"));
    return {};
  }
  const auto number = Exact::Parse(literal.number);
  const auto whole = number ? number->ToInt64() : std::nullopt;
  if (!whole) {
    sink_.Report<Kind::kLiteralDoesNotFit>(Text(id).span, literal.number, "days, which are whole");
    return {};
  }
  Expr node = Node(Op::kConstant, Type{.kind = TypeKind::kDays}, id);
  node.constant = Days{*whole};
  return Add(std::move(node));
}

Typed Checker::Check(const syntax::BooleanLiteral& literal, syntax::ExprId id, const Scope&, const Type*) {
  Expr node = Node(Op::kConstant, Type{.kind = TypeKind::kBoolean}, id);
  node.constant = literal.value;
  return Add(std::move(node));
}

Typed Checker::Check(const syntax::NoneLiteral&, syntax::ExprId id, const Scope&, const Type* expected) {
  Expr node = Node(Op::kConstant, expected != nullptr ? *expected : Type{.kind = TypeKind::kInteger}, id);
  node.type.or_none = true;
  return Add(std::move(node));
}

// ---- Operators ---------------------------------------------------------------------------------------------------

Typed Checker::Check(const syntax::Parenthesised& inner, syntax::ExprId, const Scope& scope, const Type* expected) {
  return CheckExpr(inner.inner, scope, expected);
}

Typed Checker::Check(const syntax::Not& negation, syntax::ExprId id, const Scope& scope, const Type*) {
  const Typed operand = CheckCondition(negation.operand, scope);
  return operand ? Negated(operand, id) : Typed();
}

Typed Checker::Check(const syntax::Negate& negation, syntax::ExprId id, const Scope& scope, const Type* expected) {
  const Typed operand = CheckExpr(negation.operand, scope, expected);
  if (!operand) return {};
  const Type type = TypeOf(operand);
  if (!type.IsNumber() && type.kind != TypeKind::kDays) {
    sink_.Report<Kind::kTypeMismatch>(Text(negation.operand).span, "a number after `-`", Shown(type))
        .Label(Shown(type));
    return {};
  }
  Expr node = Node(Op::kNegate, type, id);
  if (const Expr& inner = At(operand.id); inner.op == Op::kConstant && std::holds_alternative<Exact>(inner.constant)) {
    node.op = Op::kConstant;
    node.constant = -std::get<Exact>(inner.constant);
  } else {
    node.operands = {operand.id};
  }
  return Add(std::move(node), operand.literal);
}

Typed Checker::Check(const syntax::Binary& binary, syntax::ExprId id, const Scope& scope, const Type* expected) {
  if (binary.op <= BinaryOperator::kAnd) return Connective(binary, id, scope);
  if (binary.op >= BinaryOperator::kAdd) return Arithmetic(binary, id, scope, expected);
  return Compare(binary, id, scope);
}

Typed Checker::Check(const syntax::Between& between, syntax::ExprId id, const Scope& scope, const Type*) {
  const auto [low_value, low] = Sides(between.value, between.low, scope, nullptr);
  if (!low_value || !low) return {};
  const Typed from = CompareTyped(Op::kGreaterEqual, low_value, low, id, Text(id).span);
  const auto [high_value, high] = Sides(between.value, between.high, scope, nullptr);
  if (!from || !high_value || !high) return {};
  const Typed to = CompareTyped(Op::kLessEqual, high_value, high, id, Text(id).span);
  return to ? Condition(Op::kAnd, {from.id, to.id}, id) : Typed();
}

Typed Checker::Check(const syntax::Conditional& conditional, syntax::ExprId id, const Scope& scope,
                     const Type* expected) {
  const Typed condition = CheckCondition(conditional.condition, scope);
  auto [then_value, else_value] = Sides(conditional.then_value, conditional.else_value, scope, expected);
  if (!condition || !then_value || !else_value) return {};
  std::vector<Typed> branches = {then_value, else_value};
  const auto type = CommonType(branches, id, "combine");
  if (!type) return {};
  Expr node = Node(Op::kIf, *type, id);
  node.operands = {condition.id, branches[0].id, branches[1].id};
  return Add(std::move(node), then_value.literal && else_value.literal);
}

// ---- Calls -------------------------------------------------------------------------------------------------------

Typed Checker::Check(const syntax::Call& call, syntax::ExprId id, const Scope& scope, const Type* expected) {
  if (call.kind == syntax::CallKind::kMax || call.kind == syntax::CallKind::kMin) {
    std::vector<Typed> values;
    for (const syntax::ExprId argument : call.arguments) {
      values.push_back(CheckExpr(argument, scope, expected));
      if (!values.back()) continue;
      const Type& type = TypeOf(values.back());
      const bool ordered = type.kind == TypeKind::kEnum
                               ? vocabulary_->enums[type.enumeration].ordered
                               : type.IsNumber() || type.kind == TypeKind::kDate || type.kind == TypeKind::kDays;
      if (ordered) continue;
      sink_.Report<Kind::kNotOrdered>(Text(argument).span, Shown(type));
      return {};
    }
    return OverCommonType(call.kind == syntax::CallKind::kMax ? Op::kMax : Op::kMin, values, id, "compare");
  }
  const Typed value = CheckExpr(call.arguments.front(), scope);
  if (!value) return {};
  const Type type = TypeOf(value);
  if (!type.IsNumber()) {
    sink_.Report<Kind::kTypeMismatch>(Text(call.arguments.front()).span, "a number", Shown(type)).Label(Shown(type));
    return {};
  }
  if (call.kind == syntax::CallKind::kReal) return type.kind == TypeKind::kReal ? value : ToReal(value);
  const auto* digits = std::get_if<syntax::NumberLiteral>(&Text(call.arguments.back()).kind);
  const auto number = digits != nullptr && digits->unit.text.empty() ? Exact::Parse(digits->number) : std::nullopt;
  const auto whole = number ? number->ToInt64() : std::nullopt;
  if (!whole || *whole < 0 || *whole > kMaxDigits) {
    sink_.Report<Kind::kDigitsNotANumber>(Text(call.arguments.back()).span, PathText(call.arguments.back()));
    return {};
  }
  if (type.kind == TypeKind::kReal) {
    sink_.Report<Kind::kTypeMismatch>(Text(call.arguments.front()).span, "an exact number to round", Shown(type))
        .Help("a real is compared as it is; declare the fact a decimal where the law counts in digits");
    return {};
  }
  Expr node = Node(Op::kRound, type, id);
  node.type.kind = TypeKind::kDecimal;
  node.type.digits = static_cast<std::uint8_t>(*whole);
  node.operands = {value.id};
  node.number = *whole;
  return Add(std::move(node), value.literal);
}

Typed Checker::Check(const syntax::DescribedIn& described, syntax::ExprId id, const Scope& scope, const Type*) {
  std::optional<EntityId> of = scope.self;
  ExprId object;
  if (described.subject.IsValid()) {
    const Typed subject = CheckExpr(described.subject, scope);
    if (!subject) return {};
    if (TypeOf(subject).kind != TypeKind::kEntity) {
      sink_.Report<Kind::kTypeMismatch>(Text(described.subject).span, "an entity", Shown(TypeOf(subject)));
      return {};
    }
    object = subject.id;
    of = TypeOf(subject).entity;
    if (*of == vocabulary_->case_entity) of = std::nullopt;
  } else {
    object = Root(scope, id, Text(id).span);
  }
  const auto cites = ResolveCitations({described.cite}, scope.enclosing, sink_);
  if (cites.empty()) return {};
  std::vector<TermId> matches;
  for (std::size_t i = 0; i < draft_.terms.size(); ++i) {
    const Term& term = draft_.terms[TermId(i)];
    const bool here = term.of == of;
    if (here && std::find(term.cites.begin(), term.cites.end(), cites.front()) != term.cites.end())
      matches.push_back(TermId(i));
  }
  const std::string whose = of ? fmt::format("of {} ", vocabulary_->entities[*of].name) : std::string();
  if (matches.empty()) {
    auto& report = sink_.Report<Kind::kDescribedInNothing>(described.cite.span, whose, cites.front().text);
    for (const Term& term : draft_.terms) {
      if (std::find(term.cites.begin(), term.cites.end(), cites.front()) == term.cites.end()) continue;
      const EntityId owner = term.of.value_or(vocabulary_->case_entity);
      report.AddNote(fmt::format("`{}`, a term of {}, is", term.ShownName(), vocabulary_->entities[owner].name),
                     term.span);
    }
    return {};
  }
  if (matches.size() > 1) {
    auto& report =
        sink_.Report<Kind::kDescribedInSeveral>(described.cite.span, matches.size(), whose, cites.front().text);
    for (const TermId each : matches)
      report.AddNote(fmt::format("`{}`", draft_.terms[each].ShownName()), draft_.terms[each].span);
    return {};
  }
  const auto place = ReadSymbol(matches.front(), object, Text(id).span, id);
  if (!place) return {};
  return Coerce(place->value, Type{.kind = TypeKind::kBoolean}, Text(id).span);
}

Typed Checker::Check(const syntax::Decides& decides, syntax::ExprId id, const Scope& scope, const Type*) {
  const auto place = Walk(std::get<syntax::Path>(Text(decides.rule).kind), decides.rule, scope, nullptr);
  if (!place) return {};
  if (!place->is_rule) {
    sink_.Report<Kind::kNotARule>(Text(decides.rule).span, PathText(decides.rule));
    return {};
  }
  Expr node = At(place->value.id);
  node.op = Op::kRuleDecides;
  node.span = Text(id).span;
  node.text = id;
  return Add(std::move(node));
}

}  // namespace proviso::check
