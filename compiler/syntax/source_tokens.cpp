#include "compiler/syntax/source_tokens.h"

namespace proviso::syntax {

namespace {

using grammar::ProvisoLexer;

bool StartsCodePoint(char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u; }

std::string_view WithoutTrailingBlanks(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t");
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace

SourceTokens::SourceTokens(std::string_view text, FileId file)
    : text_(text), file_(file), input_(std::string(text)), lexer_(&input_), stream_(&lexer_) {
  lexer_.removeErrorListeners();
  stream_.fill();
  ConvertPlaces();
}

void SourceTokens::ConvertPlaces() {
  const std::size_t count = stream_.size();
  begins_.reserve(count);
  ends_.reserve(count);
  std::size_t byte = 0;
  std::size_t code_point = 0;
  const auto advance_to = [&](std::size_t wanted) {
    for (; code_point < wanted && byte < text_.size(); ++code_point) {
      ++byte;
      while (byte < text_.size() && !StartsCodePoint(text_[byte])) ++byte;
    }
    return static_cast<std::uint32_t>(byte);
  };
  for (std::size_t i = 0; i + 1 < count; ++i) {
    const antlr4::CommonToken* token = At(i);
    begins_.push_back(advance_to(token->getStartIndex()));
    ends_.push_back(advance_to(token->getStopIndex() + 1));
  }
  const std::uint32_t end = ends_.empty() ? 0 : ends_.back();  // of the end-of-file token
  begins_.push_back(end);
  ends_.push_back(end);
}

Span SourceTokens::SpanOf(const antlr4::Token* token) const {
  const std::size_t index = token->getTokenIndex();
  return {file_, begins_[index], ends_[index]};
}

Span SourceTokens::SpanOf(const antlr4::ParserRuleContext* context) const {
  return Join(SpanOf(context->start), SpanOf(context->stop));
}

std::string_view SourceTokens::TextOf(const antlr4::Token* token) const {
  const std::size_t index = token->getTokenIndex();
  return text_.substr(begins_[index], ends_[index] - begins_[index]);
}

bool SourceTokens::StartsLine(const antlr4::Token* token) const {
  const std::size_t index = token->getTokenIndex();
  return index == 0 || At(index - 1)->getLine() < token->getLine();
}

std::vector<Comment> SourceTokens::Comments() const {
  std::vector<Comment> comments;
  for (std::size_t i = 0; i < Count(); ++i) {
    const antlr4::Token* token = At(i);
    if (token->getType() != ProvisoLexer::COMMENT) continue;
    const std::string_view text = WithoutTrailingBlanks(TextOf(token));
    const auto end = static_cast<std::uint32_t>(begins_[i] + text.size());
    comments.push_back({std::string(text), {file_, begins_[i], end}, StartsLine(token)});
  }
  return comments;
}

}  // namespace proviso::syntax
