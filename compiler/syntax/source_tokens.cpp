#include "compiler/syntax/source_tokens.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringRef.h>

#include <algorithm>
#include <array>

#include "ProvisoParser.h"

namespace proviso::syntax {

namespace {

using grammar::ProvisoLexer;
using grammar::ProvisoParser;

bool StartsCodePoint(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

std::string_view WithoutTrailingBlanks(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t");
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// Signs that are not ASCII and have a mend (mistaken_tokens.cpp).
constexpr std::array<std::string_view, 9> kMendableSigns = {"≤", "≥", "≠", "×", "→", "−", "–", "“", "”"};

char LexerSign(std::string_view code_point) {
  if (code_point == "§") return '\x01';
  if (code_point == "\u00A0" || code_point == "\uFEFF") return ' ';  // blanks
  const bool has_mend = std::find(kMendableSigns.begin(), kMendableSigns.end(), code_point) != kMendableSigns.end();
  return has_mend ? '\x02' : '\x03';
}

/// What the lexer is given for an ASCII character. It decides nothing by which letter or digit one is, but for the
/// `e` of an exponent; with fewer characters it learns its way faster. `_` stays, for it also stands in numbers.
char LexerAscii(char character) {
  if (character == 'e' || character == 'E') return 'e';
  if (llvm::isAlpha(character)) return 'a';
  if (llvm::isDigit(character)) return '0';
  return character >= '\x01' && character <= '\x03' ? '\x03' : character;
}

/// One ASCII character for each code point; see the grammar's head.
std::string LexerText(std::string_view text) {
  std::string ascii;
  ascii.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i++;
    while (i < text.size() && !StartsCodePoint(text[i])) ++i;
    const bool is_ascii = i == begin + 1;
    ascii += is_ascii ? LexerAscii(text[begin]) : LexerSign(text.substr(begin, i - begin));
  }
  return ascii;
}

/// Built once, at the first use.
const llvm::StringMap<std::size_t>& WordTypes(const antlr4::dfa::Vocabulary& vocabulary) {
  static const llvm::StringMap<std::size_t> kTypes = [&] {
    llvm::StringMap<std::size_t> types;
    for (std::size_t type = ProvisoParser::AND; type <= ProvisoParser::YEARS; ++type)
      types[WordOf(vocabulary, type)] = type;
    return types;
  }();
  return kTypes;
}

}  // namespace

std::string WordOf(const antlr4::dfa::Vocabulary& vocabulary, std::size_t type) {
  if (type < ProvisoParser::AND || type > ProvisoParser::YEARS) return {};
  const std::string name = vocabulary.getSymbolicName(type);
  llvm::StringRef word = name;
  (void)(word.consume_back("_WORD") || word.consume_back("_TYPE"));
  return word.lower();
}

SourceTokens::SourceTokens(std::string_view text, FileId file)
    : text_(text), file_(file), input_(LexerText(text)), lexer_(&input_), stream_(&lexer_) {
  lexer_.removeErrorListeners();
  stream_.fill();
  ConvertPlaces();
  GiveWordsTheirTypes();
}

void SourceTokens::GiveWordsTheirTypes() {
  // The words are tokens of the parser alone.
  const auto& types = WordTypes(grammar::ProvisoParser(&stream_).getVocabulary());
  for (std::size_t i = 0; i < Count(); ++i) {
    antlr4::CommonToken* const token = At(i);
    if (token->getType() != ProvisoLexer::ID) continue;
    const std::string_view text = TextOf(token);
    if (const auto word = types.find(llvm::StringRef(text.data(), text.size())); word != types.end())
      token->setType(word->second);
  }
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
