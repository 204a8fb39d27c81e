// resolver.h: the precedence of operators (precedence.cpp).
#pragma once

#include "compiler/syntax/build_tree.h"

namespace proviso::syntax {

/// Resolves one expression's list. Recursion goes one step inwards a level, and one a prefix or `implies`, whose
/// number is limited.
struct TreeBuilder::Resolver {
 public:
  Resolver(TreeBuilder& builder, const OperatorList& list) : builder_(builder), list_(list) {}

  /// The whole list as one expression.
  ExprId Resolve();

 private:
  /// What stands from here on and binds at `loosest` or tighter.
  ExprId Parse(int loosest);
  ExprId ParsePrefix();
  ExprId Apply(const OperatorItem& item, int level, ExprId left);
  ExprId ApplyBetween(const OperatorItem& item, ExprId left);
  /// `whole` is `left` and an operator of the same level, `item`: comparisons and `unless` do not chain.
  void RefuseChain(const OperatorItem& item, int level, ExprId left, ExprId whole);
  /// How `a < b < c` is written instead.
  [[nodiscard]] std::string WithoutChain(ExprId left, ExprId whole) const;
  [[nodiscard]] Span SpanOf(ExprId expr) const;

  TreeBuilder& builder_;
  const OperatorList& list_;
  std::size_t position_ = 0;
  bool mistake_reported_ = false;  // one of its kind an expression: the others follow from it
};

}  // namespace proviso::syntax
