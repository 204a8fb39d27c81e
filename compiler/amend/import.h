// import.h: copies pieces of one syntax tree into another, spans unchanged.
#pragma once

#include "compiler/syntax/syntax_tree.h"

namespace proviso::amend {

/// Calls `visit(syntax::ExprId&)` on each expression directly inside `expr`; invalid ids are passed over.
template <typename Visit>
void ForEachChild(syntax::Expr& expr, const Visit& visit);

/// Copies from `from` to the end of `to`.
class Importer {
 public:
  Importer(const syntax::SyntaxTree& from, syntax::SyntaxTree& to) : from_(from), to_(to) {}

  /// The copied expression's id in the target; an invalid id stays invalid.
  [[nodiscard]] syntax::ExprId Copy(syntax::ExprId expr);
  [[nodiscard]] syntax::RuleText Copy(syntax::RuleText rule);
  [[nodiscard]] syntax::Declaration Copy(const syntax::Declaration& declaration);

 private:
  const syntax::SyntaxTree& from_;
  syntax::SyntaxTree& to_;
};

// ---- Implementation of the template ------------------------------------------------------------------------

namespace children {

template <typename Visit>
void Each(const Visit& visit, std::initializer_list<syntax::ExprId*> ids) {
  for (syntax::ExprId* id : ids)
    if (id->IsValid()) visit(*id);
}
template <typename Visit, typename Leaf>
void Of(Leaf&, const Visit&) {}  // literals and paths hold no expressions
template <typename Visit>
void Of(syntax::Parenthesised& e, const Visit& visit) {
  Each(visit, {&e.inner});
}
template <typename Visit>
void Of(syntax::SetLiteral& e, const Visit& visit) {
  for (syntax::ExprId& member : e.members) Each(visit, {&member});
}
template <typename Visit>
void Of(syntax::ConditionList& e, const Visit& visit) {
  for (syntax::ConditionItem& item : e.items) Each(visit, {&item.condition});
}
template <typename Visit>
void Of(syntax::Not& e, const Visit& visit) {
  Each(visit, {&e.operand});
}
template <typename Visit>
void Of(syntax::Negate& e, const Visit& visit) {
  Each(visit, {&e.operand});
}
template <typename Visit>
void Of(syntax::Binary& e, const Visit& visit) {
  Each(visit, {&e.left, &e.right});
}
template <typename Visit>
void Of(syntax::Between& e, const Visit& visit) {
  Each(visit, {&e.value, &e.low, &e.high});
}
template <typename Visit>
void Of(syntax::InSet& e, const Visit& visit) {
  Each(visit, {&e.value, &e.set});
}
template <typename Visit>
void Of(syntax::Includes& e, const Visit& visit) {
  Each(visit, {&e.set, &e.operand});
}
template <typename Visit>
void Of(syntax::Supposing& e, const Visit& visit) {
  Each(visit, {&e.expression});
  for (syntax::Override& change : e.overrides) Each(visit, {&change.value});
}
template <typename Visit>
void Of(syntax::DescribedIn& e, const Visit& visit) {
  Each(visit, {&e.subject});
}
template <typename Visit>
void Of(syntax::Quantified& e, const Visit& visit) {
  Each(visit, {&e.list, &e.where, &e.condition});
}
template <typename Visit>
void Of(syntax::Conditional& e, const Visit& visit) {
  Each(visit, {&e.condition, &e.then_value, &e.else_value});
}
template <typename Visit>
void Of(syntax::Aggregate& e, const Visit& visit) {
  Each(visit, {&e.value, &e.list, &e.where});
}
template <typename Visit>
void Of(syntax::Call& e, const Visit& visit) {
  for (syntax::ExprId& argument : e.arguments) Each(visit, {&argument});
}
template <typename Visit>
void Of(syntax::Decides& e, const Visit& visit) {
  Each(visit, {&e.rule});
}

}  // namespace children

template <typename Visit>
void ForEachChild(syntax::Expr& expr, const Visit& visit) {
  std::visit([&](auto& kind) { children::Of(kind, visit); }, expr.kind);
}

}  // namespace proviso::amend
