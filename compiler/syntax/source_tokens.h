// source_tokens.h: a text's tokens as ANTLR reads them, with their places in bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "antlr4-runtime.h"
#include "compiler/syntax/syntax_tree.h"
#include "runtime/base/span.h"

namespace proviso::syntax {

/// The word of the language that a token type is named for (`option_set` for OPTION_SET, `more` for MORE_WORD); empty
/// for a type that is no word.
[[nodiscard]] std::string WordOf(const antlr4::dfa::Vocabulary& vocabulary, std::size_t type);

/// All tokens of one text but blanks. ANTLR counts code points; spans here are in bytes.
class SourceTokens {
 public:
  /// `text` must be UTF-8 and must outlive this.
  SourceTokens(std::string_view text, FileId file);

  [[nodiscard]] antlr4::CommonTokenStream& Stream() { return stream_; }
  [[nodiscard]] std::size_t Count() const { return begins_.size(); }
  [[nodiscard]] antlr4::CommonToken* At(std::size_t index) const {
    return static_cast<antlr4::CommonToken*>(stream_.get(index));
  }
  /// Where the token stands; at the end of the file: just behind the last token.
  [[nodiscard]] Span SpanOf(const antlr4::Token* token) const;
  [[nodiscard]] Span SpanOf(const antlr4::ParserRuleContext* context) const;
  [[nodiscard]] std::string_view TextOf(const antlr4::Token* token) const;
  [[nodiscard]] std::string_view TextOf(const Span& span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }
  /// Whether only blanks stand before the token on its line.
  [[nodiscard]] bool StartsLine(const antlr4::Token* token) const;
  [[nodiscard]] std::vector<Comment> Comments() const;

 private:
  class Reader;

  /// All tokens are there from the beginning.
  class ReadTokens final : public antlr4::CommonTokenStream {
   public:
    ReadTokens(antlr4::TokenSource* source, std::vector<std::unique_ptr<antlr4::Token>> tokens)
        : CommonTokenStream(source) {
      _tokens = std::move(tokens);
      _fetchedEOF = true;
    }
  };

  SourceTokens(std::string_view text, FileId file, Reader reader);
  void GiveWordsTheirTypes();

  std::string_view text_;
  FileId file_;
  antlr4::ListTokenSource source_;  // never read; the stream wants to have one
  ReadTokens stream_;
  std::vector<std::uint32_t> begins_;  // by token
  std::vector<std::uint32_t> ends_;
};

}  // namespace proviso::syntax
