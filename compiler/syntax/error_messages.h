// error_messages.h: a syntax error in the drafter's terms.
#pragma once

#include "ProvisoParser.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/source_tokens.h"

namespace proviso::syntax {

/// Says what was expected where the parser could not go on.
void ReportSyntaxError(antlr4::Parser& parser, const antlr4::RecognitionException& error, const SourceTokens& tokens,
                       diagnostics::DiagnosticSink& sink);

/// Says that the parser's current token starts no part of the body (file, decision, entity, amendment) at hand.
void ReportStray(antlr4::Parser& parser, const SourceTokens& tokens, diagnostics::DiagnosticSink& sink);

/// Says that something is missing before `opening`, which begins the next part.
void ReportUnfinished(antlr4::Token* opening, const SourceTokens& tokens, diagnostics::DiagnosticSink& sink);

/// The nearest token before `token` that the parser sees; null at the start of the file.
[[nodiscard]] antlr4::Token* PreviousToken(const SourceTokens& tokens, const antlr4::Token* token);

}  // namespace proviso::syntax
