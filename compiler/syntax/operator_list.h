// operator_list.h: an expression as the grammar gives it: a flat list, precedence not yet resolved.
#pragma once

#include <vector>

#include "ProvisoParser.h"
#include "compiler/syntax/syntax_tree.h"

namespace proviso::syntax {

struct OperatorItem {
  enum class Role : std::uint8_t { kNot, kMinus, kHead, kOperand, kPostfix, kBinary, kBetween } role;
  Span span;
  ExprId operand;                                             // kOperand
  BinaryOperator op = BinaryOperator::kIs;                    // kBinary
  grammar::ProvisoParser::PrefixContext* head = nullptr;      // kHead: a `some`, `every` or `if` without its last part
  grammar::ProvisoParser::PostfixContext* postfix = nullptr;  // kPostfix
};
using OperatorList = std::vector<OperatorItem>;

}  // namespace proviso::syntax
