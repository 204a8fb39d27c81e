// error_strategy.h: what the parser does at a syntax error: says it in the drafter's terms, once, and goes on at the
// next declaration, rule, fact or change.
#pragma once

#include <vector>

#include "ProvisoParser.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/source_tokens.h"

namespace proviso::syntax {

/// Rules are left by exception up to the nearest one that can be resumed behind (`declaration`, `decisionItem`, `fact`,
/// `change`, `header`, `use`); there tokens are skipped to where the next one starts. No token is ever inserted or
/// guessed, so that an error has no consequences.
class ErrorStrategy : public antlr4::ANTLRErrorStrategy {
 public:
  /// `doubtful`: by token, where an error would be the consequence of one already reported.
  ErrorStrategy(const SourceTokens& tokens, const std::vector<bool>& doubtful, diagnostics::DiagnosticSink& sink)
      : tokens_(tokens), doubtful_(doubtful), sink_(sink) {}

  void reset(antlr4::Parser* parser) override;
  antlr4::Token* recoverInline(antlr4::Parser* parser) override;
  void recover(antlr4::Parser* parser, std::exception_ptr error) override;
  void sync(antlr4::Parser* parser) override;
  bool inErrorRecoveryMode(antlr4::Parser* parser) override;
  void reportMatch(antlr4::Parser* parser) override;
  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) override;

 private:
  /// What is skipped: an instance of `rule` that began in column `margin`.
  struct Part {
    std::size_t rule;
    std::size_t margin;
  };

  bool ReportStrayToken(antlr4::Parser* parser);
  bool TakeBackOpening(antlr4::Parser* parser, antlr4::Token* offending);
  void SkipToNextPart(antlr4::Parser* parser, const Part& left, int depth);
  [[nodiscard]] bool StartsPart(antlr4::Parser* parser, const Part& left, int depth) const;
  [[nodiscard]] static bool StartsDeclaration(antlr4::Token* token);

  const SourceTokens& tokens_;
  const std::vector<bool>& doubtful_;
  diagnostics::DiagnosticSink& sink_;
  bool recovering_ = false;                // from an error until the next token that fits
  antlr4::Token* read_as_name_ = nullptr;  // the last word that could have opened something and was taken for a name
};

}  // namespace proviso::syntax
