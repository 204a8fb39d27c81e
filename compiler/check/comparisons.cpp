#include "compiler/check/checker.h"

namespace proviso::check {

using syntax::BinaryOperator;

namespace {

Op ComparisonOp(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::kLess:
    case BinaryOperator::kLessThan:
      return Op::kLess;
    case BinaryOperator::kLessEqual:
    case BinaryOperator::kAtMost:
      return Op::kLessEqual;
    case BinaryOperator::kGreater:
    case BinaryOperator::kMoreThan:
      return Op::kGreater;
    case BinaryOperator::kGreaterEqual:
    case BinaryOperator::kAtLeast:
      return Op::kGreaterEqual;
    default:
      return Op::kEqual;
  }
}

bool HasOrder(const Vocabulary& vocabulary, const Type& type) {
  if (type.kind == TypeKind::kEnum) return vocabulary.enums[type.enumeration].ordered;
  return type.IsNumber() || type.kind == TypeKind::kDate || type.kind == TypeKind::kDays;
}

}  // namespace

bool Checker::IsNoneLiteral(syntax::ExprId id) const {
  const syntax::Expr* expr = &Text(id);
  while (const auto* inner = std::get_if<syntax::Parenthesised>(&expr->kind)) expr = &Text(inner->inner);
  return std::holds_alternative<syntax::NoneLiteral>(expr->kind);
}

Typed Checker::AskNone(syntax::ExprId operand, syntax::ExprId id, const Scope& scope) {
  const Typed value = CheckExpr(operand, scope);
  if (!value) return {};
  const Type& type = TypeOf(value);
  if (type.kind == TypeKind::kBoolean || type.kind == TypeKind::kSet || type.kind == TypeKind::kList) {
    auto& report = sink_.Report<Kind::kNeverValue>(Text(id).span, Shown(type));
    if (type.kind == TypeKind::kBoolean) report.Help("ask `not …`; where it is not known, no condition can ask");
    if (type.kind == TypeKind::kList) report.Help("ask `count(x in …) = 0`");
    return {};
  }
  return Condition(Op::kIsNone, {value.id}, id);
}

std::optional<Typed> Checker::AskOption(const syntax::Binary& binary, syntax::ExprId id, const Scope& scope) {
  const auto* path = std::get_if<syntax::Path>(&Text(binary.left).kind);
  const auto* right = std::get_if<syntax::Path>(&Text(binary.right).kind);
  if (path == nullptr || right == nullptr || right->segments.size() != 1) return std::nullopt;
  // An option is asked about by its bare name, or as a fact of an entity; the choice is one for the whole draft.
  const std::string& name = path->segments.back().name.text;
  std::optional<OptionId> option;
  if (path->segments.size() == 1 && FindBinding(scope, name) == nullptr) {
    if (const auto found = options_.find(name); found != options_.end())
      option = std::get<OptionId>(found->second.symbol);
    const auto here = names_[EntityAt(scope).Index()].find(name);
    if (here != names_[EntityAt(scope).Index()].end())
      if (const auto* of = std::get_if<OptionId>(&here->second.symbol)) option = *of;
    if (!option)
      for (std::size_t i = 0; i < draft_.options.size(); ++i)
        if (draft_.options[OptionId(i)].name == name && here == names_[EntityAt(scope).Index()].end())
          option = OptionId(i);
  }
  if (!option) return std::nullopt;
  const std::string& wanted = right->segments.front().name.text;
  const auto& alternatives = draft_.options[*option].alternatives;
  for (std::uint32_t i = 0; i < alternatives.size(); ++i) {
    if (alternatives[i].name != wanted) continue;
    read_options_.insert(option->Index());
    Expr node = Node(Op::kOptionIs, Type{.kind = TypeKind::kBoolean}, id);
    node.option = *option;
    node.alternatives = {i};
    return Add(std::move(node));
  }
  if (!MayBeMember(binary.right, scope)) return std::nullopt;  // a value to compare with
  if (!CheckOption(*option)) return Typed();
  if (draft_.options[*option].type.kind == TypeKind::kEnum) return std::nullopt;
  std::vector<std::string> names;
  for (const Alternative& each : alternatives) names.push_back(each.name);
  auto& report = sink_.Report<Kind::kUnknownAlternative>(Text(binary.right).span, name, wanted)
                     .AddNote(fmt::format("`{}` is declared here", name), draft_.options[*option].span);
  Suggest(report, wanted, names);
  return Typed();
}

bool Checker::MayBeMember(syntax::ExprId id, const Scope& scope) {
  const auto* path = std::get_if<syntax::Path>(&Text(id).kind);
  if (path == nullptr || path->segments.size() != 1 || !path->segments.front().arguments.empty()) return false;
  const std::string& name = path->segments.front().name.text;
  return FindBinding(scope, name) == nullptr && !options_.contains(name) &&
         !names_[EntityAt(scope).Index()].contains(name) && !failed_names_.contains(name) && !sets_.contains(name);
}

std::pair<Typed, Typed> Checker::Sides(syntax::ExprId left, syntax::ExprId right, const Scope& scope,
                                       const Type* expected) {
  // A bare member is known by the other side's type, so the other side is looked at first.
  if (MayBeMember(left, scope) && !MayBeMember(right, scope)) {
    const Typed second = CheckExpr(right, scope, expected);
    if (!second) return {};
    const Type type = TypeOf(second);
    return {CheckExpr(left, scope, &type), second};
  }
  const Typed first = CheckExpr(left, scope, expected);
  if (!first) {
    // Errors of the right side are its own, unless it can only be understood from the left.
    if (!MayBeMember(right, scope)) (void)CheckExpr(right, scope);
    return {};
  }
  const Type type = TypeOf(first);
  return {first, CheckExpr(right, scope, &type)};
}

Typed Checker::Compare(const syntax::Binary& binary, syntax::ExprId id, const Scope& scope) {
  const bool is_equality = ComparisonOp(binary.op) == Op::kEqual;
  const bool is_not = binary.op == BinaryOperator::kIsNot;
  Typed result;
  if (is_equality && IsNoneLiteral(binary.right)) {
    result = AskNone(binary.left, id, scope);
  } else if (is_equality && IsNoneLiteral(binary.left)) {
    result = AskNone(binary.right, id, scope);
  } else if (auto asked = is_equality ? AskOption(binary, id, scope) : std::nullopt) {
    result = *asked;
  } else {
    const auto [left, right] = Sides(binary.left, binary.right, scope, nullptr);
    if (!left || !right) return {};
    result = CompareTyped(ComparisonOp(binary.op), left, right, id, binary.op_span);
  }
  if (!result || !is_not) return result;
  return Negated(result, id);
}

Typed Checker::CompareTyped(Op op, Typed left, Typed right, syntax::ExprId id, const Span& op_span) {
  const Type a = TypeOf(left);
  const Type b = TypeOf(right);
  for (const Type& type : {a, b}) {
    if (type.kind != TypeKind::kSet && type.kind != TypeKind::kEntity && type.kind != TypeKind::kList) continue;
    const bool is_set = type.kind == TypeKind::kSet;
    sink_
        .Report<Kind::kNotCompared>(Text(id).span, is_set                         ? "sets"
                                                   : type.kind == TypeKind::kList ? "lists"
                                                                                  : "entities")
        .Help(is_set ? "ask `includes MEMBER`, `includes any of { … }` or `includes all of { … }`"
                     : "give the vocabulary a fact that says whether they are the same");
    return {};
  }
  if (a.IsNumber() && b.IsNumber()) return CompareNumbers(op, left, right, id);
  if (a.kind != b.kind || a.enumeration != b.enumeration) {
    sink_.Report<Kind::kTypeMismatch>(At(right.id).span, ShownWithoutNone(a), ShownWithoutNone(b))
        .Label(ShownWithoutNone(b))
        .AddNote(ShownWithoutNone(a), At(left.id).span);
    return {};
  }
  if (op != Op::kEqual && !HasOrder(*vocabulary_, a)) {
    const bool is_enum = a.kind == TypeKind::kEnum;  // a condition has no order either
    auto& report = sink_.Report<Kind::kNotOrdered>(
        op_span, is_enum ? fmt::format("members of `{}`", Shown(a)) : std::string("conditions"));
    if (is_enum)
      report.AddNote("declared here without `ordered`", vocabulary_->enums[a.enumeration].span);
    else
      report.Help("`A = B` asks whether both hold or neither does, `A implies B` whether B does where A does");
    return {};
  }
  return Condition(op, {left.id, right.id}, id);
}

Typed Checker::CompareNumbers(Op op, Typed left, Typed right, syntax::ExprId id) {
  if (!Unify(left, right, "compare", Text(id).span, true)) return {};
  return Condition(op, {left.id, right.id}, id);
}

}  // namespace proviso::check
