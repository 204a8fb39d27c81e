// tree_nodes.h: a syntax tree as `proviso emit tree` shows it.
#pragma once

#include "compiler/syntax/syntax_tree.h"
#include "harness/report/node.h"

namespace proviso::report {

[[nodiscard]] Node TreeNode(const syntax::SyntaxTree& tree);

/// One expression and what it is made of; a node of kind `Nothing` where `expr` is invalid.
[[nodiscard]] Node ExprNode(const syntax::SyntaxTree& tree, syntax::ExprId expr);

}  // namespace proviso::report
