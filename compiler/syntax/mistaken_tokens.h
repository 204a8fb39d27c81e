// mistaken_tokens.h: what is wrong with a text already word by word.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/source_tokens.h"

namespace proviso::syntax {

/// Reports signs of other languages, malformed dates, amounts, citations and texts. Each such token becomes what was
/// meant, or is hidden, so that the parser need not stumble over it again. The result says, by token, where a
/// syntax error would be a consequence: at a reported token and right behind it.
[[nodiscard]] std::vector<bool> ReportMistakenTokens(SourceTokens& tokens, diagnostics::DiagnosticSink& sink);

/// Reports a text of too many words and signs. Whether all is well. Looks at bytes only, and counts words in comments.
[[nodiscard]] bool CheckWordCount(std::string_view text, FileId file, diagnostics::DiagnosticSink& sink);

/// Reports the first bracket that is nested too deep. Whether all is well.
[[nodiscard]] bool CheckBracketDepth(const SourceTokens& tokens, diagnostics::DiagnosticSink& sink);

}  // namespace proviso::syntax
