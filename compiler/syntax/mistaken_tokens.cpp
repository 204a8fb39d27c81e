#include "compiler/syntax/mistaken_tokens.h"

#include <array>

#include "ProvisoParser.h"
#include "compiler/syntax/parse.h"
#include "llvm/ADT/StringExtras.h"
#include "runtime/base/date.h"

namespace proviso::syntax {

using diagnostics::DiagnosticSink;
using diagnostics::Kind;
using grammar::ProvisoParser;

namespace {

constexpr std::size_t kHide = 0;

/// A sign of another language: how it is written here, and the token that was meant.
struct ForeignSign {
  std::string_view text;
  std::string_view help;
  std::size_t meant;
};
constexpr std::array kForeignSigns = {
    ForeignSign{"==", "write `=` or `is`", ProvisoParser::EQUAL},
    ForeignSign{"!=", "write `is not`", ProvisoParser::EQUAL},
    ForeignSign{"<>", "write `is not`", ProvisoParser::EQUAL},
    ForeignSign{"≠", "write `is not`", ProvisoParser::EQUAL},
    ForeignSign{"=<", "write `<=` or `at most`", ProvisoParser::LESS_EQUAL},
    ForeignSign{"≤", "write `<=` or `at most`", ProvisoParser::LESS_EQUAL},
    ForeignSign{"=>", "write `>=` or `at least`, or `->` before an outcome", ProvisoParser::GREATER_EQUAL},
    ForeignSign{"≥", "write `>=` or `at least`", ProvisoParser::GREATER_EQUAL},
    ForeignSign{"&&", "write `and`", ProvisoParser::AND},
    ForeignSign{"&", "write `and`", ProvisoParser::AND},
    ForeignSign{"||", "write `or`", ProvisoParser::OR},
    ForeignSign{"|", "write `or`", ProvisoParser::OR},
    ForeignSign{"!", "write `not`", ProvisoParser::NOT},
    ForeignSign{"[", "sets and lists stand in `{ }`, conditions in `( )`", ProvisoParser::LBRACE},
    ForeignSign{"]", "sets and lists stand in `{ }`, conditions in `( )`", ProvisoParser::RBRACE},
    ForeignSign{";", "nothing ends a declaration; items of a list are separated by `,`", kHide},
    ForeignSign{"×", "write `*`", ProvisoParser::STAR},
    ForeignSign{"−", "write `-`", ProvisoParser::MINUS},
    ForeignSign{"–", "write `-`", ProvisoParser::MINUS},
    ForeignSign{"→", "write `->`", ProvisoParser::ARROW},
    ForeignSign{"“", "write the straight quote `\"`", kHide},
    ForeignSign{"”", "write the straight quote `\"`", kHide},
    ForeignSign{"%", "the sign touches its number: `50%`", kHide},
    ForeignSign{"^", "a power of ten touches its number: `10^25`", ProvisoParser::STAR},
};

void Become(antlr4::CommonToken* token, std::size_t meant) {
  if (meant == kHide)
    token->setChannel(antlr4::Token::HIDDEN_CHANNEL);
  else
    token->setType(meant);
}

void ReportForeignSign(const SourceTokens& tokens, antlr4::CommonToken* token, DiagnosticSink& sink) {
  const std::string_view text = tokens.TextOf(token);
  for (const ForeignSign& sign : kForeignSigns) {
    if (sign.text != text) continue;
    sink.Report<Kind::kForeignSign>(tokens.SpanOf(token), text).Help(std::string(sign.help));
    Become(token, sign.meant);
  }
}

/// `2025-1-2` → `2025-01-02`, empty where that is no day.
std::string MendedDate(std::string_view text) {
  const std::size_t first = text.find('-');
  const std::size_t second = text.find('-', first + 1);
  const auto two_digits = [](std::string_view part) {
    return part.size() < 2 ? fmt::format("0{}", part) : std::string(part);
  };
  const std::string mended =
      fmt::format("{}-{}-{}", text.substr(0, first), two_digits(text.substr(first + 1, second - first - 1)),
                  two_digits(text.substr(second + 1)));
  return ParseDate(mended) ? mended : std::string();
}

void ReportMalformedDate(const SourceTokens& tokens, antlr4::CommonToken* token, DiagnosticSink& sink) {
  const std::string_view text = tokens.TextOf(token);
  const std::string mended = MendedDate(text);
  sink.Report<Kind::kMalformedDate>(tokens.SpanOf(token), text)
      .Help(mended.empty() ? "a date is written as `2025-01-02`; a subtraction has blanks around `-`"
                           : fmt::format("write `{}`", mended));
  Become(token, ProvisoParser::DATE);
}

/// Whether the date is a day; if not, it is reported.
bool CheckDate(const SourceTokens& tokens, const antlr4::CommonToken* token, DiagnosticSink& sink) {
  if (ParseDate(tokens.TextOf(token))) return true;
  sink.Report<Kind::kNoSuchDay>(tokens.SpanOf(token), tokens.TextOf(token));
  return false;
}

/// Whether all escapes of the text are known; the first that is not is reported.
bool CheckEscapes(const SourceTokens& tokens, const antlr4::CommonToken* token, DiagnosticSink& sink) {
  const std::string_view text = tokens.TextOf(token);
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != '\\') continue;
    ++i;
    if (text[i] == '"' || text[i] == '\\') continue;
    Span place = tokens.SpanOf(token);
    place.begin += static_cast<std::uint32_t>(i - 1);
    place.end = place.begin + 2;
    const bool ascii = static_cast<unsigned char>(text[i]) < 0x80U;
    sink.Report<Kind::kUnknownEscape>(place, ascii ? text.substr(i - 1, 2) : "\\")
        .Help("only `\\\"` and `\\\\` are written with a backslash");
    return false;
  }
  return true;
}

void ReportMalformedAmount(const SourceTokens& tokens, antlr4::CommonToken* token, DiagnosticSink& sink) {
  sink.Report<Kind::kMalformedAmount>(tokens.SpanOf(token), tokens.TextOf(token))
      .Help("an amount is written as `$2000000` or, with commas between groups of three, `$2,000,000`");
  Become(token, ProvisoParser::MONEY);
}

void ReportMalformedCitation(const SourceTokens& tokens, antlr4::CommonToken* token, DiagnosticSink& sink) {
  sink.Report<Kind::kMalformedCitation>(tokens.SpanOf(token))
      .Help("a citation is written without blanks: `§850.224(k)(1)`, or `§(b)` inside another");
  Become(token, ProvisoParser::CITATION);
}

void ReportUnterminated(const SourceTokens& tokens, antlr4::CommonToken* token, DiagnosticSink& sink) {
  Span start = tokens.SpanOf(token);
  start.end = start.begin + 1;
  sink.Report<Kind::kUnterminatedText>(start).Help("close the text by `\"`; a quote inside it is written `\\\"`");
  Become(token, ProvisoParser::STRING);
}

/// Whether an unknown character stands at `index`, and touches the token before it.
bool ContinuesUnknown(const SourceTokens& tokens, std::size_t index) {
  if (index == 0 || index >= tokens.Count()) return false;
  const antlr4::Token* before = tokens.At(index - 1);
  const antlr4::Token* token = tokens.At(index);
  return before->getType() == ProvisoParser::ANY_CHARACTER && token->getType() == ProvisoParser::ANY_CHARACTER &&
         tokens.SpanOf(before).end == tokens.SpanOf(token).begin;
}

/// A run of unknown characters that touch is one mistake.
void ReportUnknownCharacter(const SourceTokens& tokens, antlr4::CommonToken* token, DiagnosticSink& sink) {
  Become(token, kHide);
  const std::size_t index = token->getTokenIndex();
  if (ContinuesUnknown(tokens, index)) return;
  std::string text(tokens.TextOf(token));
  Span span = tokens.SpanOf(token);
  for (std::size_t next = index + 1; ContinuesUnknown(tokens, next) && text.size() < 40; ++next) {
    text += tokens.TextOf(tokens.At(next));
    span.end = tokens.SpanOf(tokens.At(next)).end;
  }
  const auto first = static_cast<unsigned char>(text.front());
  sink.Report<Kind::kUnknownCharacter>(span, first < 0x20U ? fmt::format("\\x{:02x}", first) : text);
}

/// Whether the token is a mistake, which is then reported.
bool ReportIfMistaken(const SourceTokens& tokens, antlr4::CommonToken* token, DiagnosticSink& sink) {
  switch (token->getType()) {
    case ProvisoParser::DATE:
      return !CheckDate(tokens, token, sink);
    case ProvisoParser::STRING:
      return !CheckEscapes(tokens, token, sink);
    case ProvisoParser::FOREIGN_SIGN:
      ReportForeignSign(tokens, token, sink);
      return true;
    case ProvisoParser::MALFORMED_DATE:
      ReportMalformedDate(tokens, token, sink);
      return true;
    case ProvisoParser::MALFORMED_AMOUNT:
      ReportMalformedAmount(tokens, token, sink);
      return true;
    case ProvisoParser::MALFORMED_CITATION:
      ReportMalformedCitation(tokens, token, sink);
      return true;
    case ProvisoParser::UNTERMINATED_STRING:
      ReportUnterminated(tokens, token, sink);
      return true;
    case ProvisoParser::ANY_CHARACTER:
      ReportUnknownCharacter(tokens, token, sink);
      return true;
    default:
      return false;
  }
}

}  // namespace

std::vector<bool> ReportMistakenTokens(SourceTokens& tokens, DiagnosticSink& sink) {
  std::vector<bool> doubtful(tokens.Count(), false);
  bool behind_mistake = false;
  for (std::size_t i = 0; i < tokens.Count(); ++i) {
    antlr4::CommonToken* token = tokens.At(i);
    const bool mistaken = ReportIfMistaken(tokens, token, sink);
    const bool visible = token->getChannel() == antlr4::Token::DEFAULT_CHANNEL;
    doubtful[i] = mistaken || behind_mistake;
    behind_mistake = mistaken || (behind_mistake && !visible);
  }
  tokens.Stream().seek(0);  // the first token may have been hidden
  return doubtful;
}

bool CheckWordCount(std::string_view text, FileId file, DiagnosticSink& sink) {
  if (text.size() <= kMaxWords) return true;
  std::size_t words = 0;
  bool inside_word = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    const bool letter = c == '_' || llvm::isAlnum(c);
    words += !blank && !(letter && inside_word) ? 1 : 0;
    inside_word = letter;
    if (words <= kMaxWords) continue;
    const auto place = static_cast<std::uint32_t>(i);
    sink.Report<Kind::kTooManyWords>(Span{file, place, place + 1}, kMaxWords).Help("divide it into several drafts");
    return false;
  }
  return true;
}

bool CheckBracketDepth(const SourceTokens& tokens, DiagnosticSink& sink) {
  int depth = 0;
  for (std::size_t i = 0; i < tokens.Count(); ++i) {
    const std::size_t type = tokens.At(i)->getType();
    if (type == ProvisoParser::LBRACE || type == ProvisoParser::LPAREN) ++depth;
    if (type == ProvisoParser::RBRACE || type == ProvisoParser::RPAREN) depth = std::max(0, depth - 1);
    if (depth <= kMaxBracketDepth) continue;
    sink.Report<Kind::kNestingTooDeep>(tokens.SpanOf(tokens.At(i)), "brackets", kMaxBracketDepth)
        .Help("define the inner conditions as terms of their own");
    return false;
  }
  return true;
}

}  // namespace proviso::syntax
