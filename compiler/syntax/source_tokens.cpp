#include "compiler/syntax/source_tokens.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringRef.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ProvisoLexer.h"
#include "ProvisoParser.h"

namespace proviso::syntax {

namespace {

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

/// What the generated lexer reads, without a detour over UTF-8.
class LexerInput final : public antlr4::ANTLRInputStream {
 public:
  explicit LexerInput(const std::string& ascii) { _data.assign(ascii.begin(), ascii.end()); }
  void seek(std::size_t index) override { p = index; }
};

bool IsBlank(char sign) { return sign == ' ' || sign == '\t' || sign == '\r' || sign == '\n'; }
bool IsWordSign(char sign) { return llvm::isAlnum(sign) || sign == '_'; }
/// The token that the sign is; 0 where it may begin a longer one, or none.
std::size_t TypeOfSign(char sign) {
  static constexpr std::array<std::pair<char, std::size_t>, 10> kAlone = {{{'{', ProvisoParser::LBRACE},
                                                                           {'}', ProvisoParser::RBRACE},
                                                                           {'(', ProvisoParser::LPAREN},
                                                                           {')', ProvisoParser::RPAREN},
                                                                           {',', ProvisoParser::COMMA},
                                                                           {':', ProvisoParser::COLON},
                                                                           {'.', ProvisoParser::DOT},
                                                                           {'+', ProvisoParser::PLUS},
                                                                           {'*', ProvisoParser::STAR},
                                                                           {'/', ProvisoParser::SLASH}}};
  const auto* const found = std::ranges::find(kAlone, sign, &std::pair<char, std::size_t>::first);
  return found == kAlone.end() ? 0 : found->second;
}
bool IsNoLineEnd(char sign) { return sign != '\r' && sign != '\n'; }

}  // namespace

/// Divides a text into tokens. Blanks, comments, words, signs that stand for themselves and strings without escapes are
/// found here, all else by the generated lexer.
class SourceTokens::Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), ascii_(LexerText(text)), input_(ascii_), lexer_(&input_) {
    lexer_.removeErrorListeners();
    for (SkipBlanks(); at_ < ascii_.size(); SkipBlanks()) {
      begins.push_back(byte_);
      ReadToken();
      ends.push_back(byte_);
    }
    Add(antlr4::Token::EOF);
    const std::uint32_t end = ends.empty() ? 0 : ends.back();
    begins.push_back(end);
    ends.push_back(end);
  }

  std::vector<std::unique_ptr<antlr4::Token>> tokens;
  std::vector<std::uint32_t> begins;
  std::vector<std::uint32_t> ends;

 private:
  void ReadToken() {
    if (ascii_[at_] == '#') {
      Add(ProvisoParser::COMMENT)->setChannel(antlr4::Token::HIDDEN_CHANNEL);
      AdvanceWhile(IsNoLineEnd);
    } else if (IsWordSign(ascii_[at_]) && !llvm::isDigit(ascii_[at_])) {
      Add(ProvisoParser::ID);
      AdvanceWhile(IsWordSign);
    } else if (const std::size_t type = TypeOfSign(ascii_[at_]); type != 0) {
      Add(type);
      Advance();
    } else if (const std::size_t end = EndOfPlainString(); end != std::string::npos) {
      Add(ProvisoParser::STRING);
      while (at_ < end) Advance();
    } else {
      input_.seek(at_);
      Add(lexer_.getInterpreter<antlr4::atn::LexerATNSimulator>()->match(&input_, 0));
      while (at_ < input_.index()) Advance();
    }
  }

  /// Where the string that begins here ends; `npos` where none does, or one with escapes or without an end.
  [[nodiscard]] std::size_t EndOfPlainString() const {
    if (ascii_[at_] != '"') return std::string::npos;
    const std::size_t end = ascii_.find_first_of("\"\\\r\n", at_ + 1);
    return end != std::string::npos && ascii_[end] == '"' ? end + 1 : std::string::npos;
  }

  void SkipBlanks() {
    for (; at_ < ascii_.size() && IsBlank(ascii_[at_]); Advance()) {
      if (ascii_[at_] != '\n') continue;
      ++line_;
      line_start_ = at_ + 1;
    }
  }

  antlr4::CommonToken* Add(std::size_t type) {
    auto token = std::make_unique<antlr4::CommonToken>(type);
    token->setLine(line_);
    token->setTokenIndex(tokens.size());
    token->setCharPositionInLine(at_ - line_start_);
    antlr4::CommonToken* const added = token.get();
    tokens.push_back(std::move(token));
    return added;
  }

  template <typename Predicate>
  void AdvanceWhile(const Predicate& holds) {
    while (at_ < ascii_.size() && holds(ascii_[at_])) Advance();
  }

  /// By one code point.
  void Advance() {
    ++at_;
    ++byte_;
    while (byte_ < text_.size() && !StartsCodePoint(text_[byte_])) ++byte_;
  }

  std::string_view text_;
  std::string ascii_;
  LexerInput input_;
  grammar::ProvisoLexer lexer_;
  std::size_t at_ = 0;  // in `ascii_`
  std::uint32_t byte_ = 0;
  std::size_t line_ = 1;
  std::size_t line_start_ = 0;
};

namespace {

std::vector<std::unique_ptr<antlr4::Token>> NothingButTheEnd() {
  std::vector<std::unique_ptr<antlr4::Token>> tokens;
  tokens.push_back(std::make_unique<antlr4::CommonToken>(antlr4::Token::EOF));
  return tokens;
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

SourceTokens::SourceTokens(std::string_view text, FileId file) : SourceTokens(text, file, Reader(text)) {}

SourceTokens::SourceTokens(std::string_view text, FileId file, Reader reader)
    : text_(text),
      file_(file),
      source_(NothingButTheEnd()),
      stream_(&source_, std::move(reader.tokens)),
      begins_(std::move(reader.begins)),
      ends_(std::move(reader.ends)) {
  stream_.fill();
  GiveWordsTheirTypes();
}

void SourceTokens::GiveWordsTheirTypes() {
  // The words are tokens of the parser alone.
  const auto& types = WordTypes(grammar::ProvisoParser(&stream_).getVocabulary());
  for (std::size_t i = 0; i < Count(); ++i) {
    antlr4::CommonToken* const token = At(i);
    if (token->getType() != ProvisoParser::ID) continue;
    const std::string_view text = TextOf(token);
    if (const auto word = types.find(llvm::StringRef(text.data(), text.size())); word != types.end())
      token->setType(word->second);
  }
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
    if (token->getType() != ProvisoParser::COMMENT) continue;
    const std::string_view text = WithoutTrailingBlanks(TextOf(token));
    const auto end = static_cast<std::uint32_t>(begins_[i] + text.size());
    comments.push_back({std::string(text), {file_, begins_[i], end}, StartsLine(token)});
  }
  return comments;
}

}  // namespace proviso::syntax
