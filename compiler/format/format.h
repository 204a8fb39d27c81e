// format.h: syntax tree → the one canonical layout.
#pragma once

#include <string>
#include <string_view>

#include "compiler/syntax/syntax_tree.h"

namespace proviso::format {

/// Lines are broken to stay within this many columns wherever the language allows a break.
inline constexpr int kLineWidth = 100;

/// The whole file, of which `text` is the source: comments, and empty lines between declarations and the things in
/// them, kept where they stand. Formatting the result again gives the same text, and parsing it the same tree but
/// for spans.
[[nodiscard]] std::string Format(const syntax::SyntaxTree& tree, std::string_view text);

/// One expression on one line, as the drafter wrote it but for blanks and line ends: for explanations and redlines.
/// Comments are left out.
[[nodiscard]] std::string ExprToText(const syntax::SyntaxTree& tree, syntax::ExprId expr);

/// One declaration by itself, laid out as in a file: for redlines. Comments are left out.
[[nodiscard]] std::string DeclarationToText(const syntax::SyntaxTree& tree, const syntax::Declaration& declaration);

}  // namespace proviso::format
