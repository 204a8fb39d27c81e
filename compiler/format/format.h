// format.h: syntax tree → the one canonical layout.
#pragma once

#include <string>

#include "compiler/syntax/syntax_tree.h"

namespace proviso::format {

/// Lines are broken to stay within this many columns wherever the language allows a break.
inline constexpr int kLineWidth = 100;

/// The whole file: comments and blank lines between declarations kept where they stand. Formatting the result
/// again gives the same text, and parsing it the same tree but for spans.
[[nodiscard]] std::string Format(const syntax::SyntaxTree& tree);

/// One expression on one line, as the drafter wrote it but for blanks and line ends: for explanations and redlines.
[[nodiscard]] std::string ExprToText(const syntax::SyntaxTree& tree, syntax::ExprId expr);

}  // namespace proviso::format
