// parse.h: source text → syntax tree. The only header of the only folder that knows ANTLR.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_files.h"
#include "compiler/syntax/syntax_tree.h"

namespace proviso::syntax {

/// Brackets nested deeper are refused before parsing.
inline constexpr int kMaxBracketDepth = 100;
/// Texts of more words and signs are refused before parsing: what they cost in memory grows with these, not with bytes.
inline constexpr std::size_t kMaxWords = 3'000'000;
/// A tree of operators, `some`, `if` and brackets is refused beyond this depth: later phases may recurse over it.
inline constexpr int kMaxConditionDepth = 500;

/// Parses a whole file. Every syntax error is reported in the drafter's terms, and parsing goes on. Nothing
/// where there was an error: a tree is always whole. Linear in the size of the text.
[[nodiscard]] std::optional<SyntaxTree> Parse(const source::SourceFiles& files, FileId file,
                                              diagnostics::DiagnosticSink& sink);

/// The paths behind `use` at a text's head, by a glance: what to read before the text is parsed. Where the text
/// has errors, or strings with escapes, there may be fewer.
[[nodiscard]] std::vector<std::string> GlanceAtUses(std::string_view text);

}  // namespace proviso::syntax
