#include "compiler/syntax/error_messages.h"

#include <algorithm>

#include "llvm/ADT/StringExtras.h"

namespace proviso::syntax {

using antlr4::misc::IntervalSet;
using diagnostics::DiagnosticSink;
using diagnostics::Kind;
using P = grammar::ProvisoParser;

namespace {

/// One syntax error: where the parser stood and what would have fitted.
struct Failure {
  antlr4::Parser& parser;
  const SourceTokens& tokens;
  const antlr4::ParserRuleContext* context;
  antlr4::Token* offending;
  antlr4::Token* previous;  // null at the start of the file
  IntervalSet expected;

  [[nodiscard]] std::size_t Rule() const { return context->getRuleIndex(); }
  [[nodiscard]] bool Wants(std::size_t token) const { return expected.contains(token); }
  [[nodiscard]] bool WantsValue() const { return Wants(P::NUMBER) && Wants(P::PERCENT); }
  [[nodiscard]] Span Place() const { return tokens.SpanOf(offending); }
};

/// Where prediction failed, what any way that was still open would have taken next; else what follows here.
IntervalSet ExpectedTokens(const antlr4::RecognitionException& error) {
  const auto* no_way = dynamic_cast<const antlr4::NoViableAltException*>(&error);
  if (no_way == nullptr || no_way->getDeadEndConfigs() == nullptr) return error.getExpectedTokens();
  IntervalSet expected;
  for (const auto& config : no_way->getDeadEndConfigs()->configs)
    for (const antlr4::atn::Transition* transition : config->state->transitions)
      if (!transition->isEpsilon()) expected.addAll(transition->label());
  return expected;
}

bool IsWordOfConditions(std::size_t token) { return token >= P::AND && token <= P::RATIO; }

std::string Quoted(const SourceTokens& tokens, const antlr4::Token* token) {
  if (token->getType() == antlr4::Token::EOF) return "the end of the file";
  const std::string_view text = tokens.TextOf(token);
  return text.size() > 40 ? fmt::format("`{}…`", text.substr(0, text.find_first_of(" \t,.;", 20)).substr(0, 30))
                          : fmt::format("`{}`", text);
}

std::string AfterPrevious(const Failure& failure) {
  return failure.previous == nullptr ? "at the start" : "after " + Quoted(failure.tokens, failure.previous);
}

// ---- What was expected, in words ---------------------------------------------------------------------------

std::string InWords(const antlr4::dfa::Vocabulary& vocabulary, std::size_t token) {
  switch (token) {
    case antlr4::Token::EOF:
      return "the end of the file";
    case P::ID:
      return "a name";
    case P::NUMBER:
      return "a number";
    case P::STRING:
      return "a text in quotes";
    case P::DATE:
      return "a date such as `2025-01-02`";
    case P::CITATION:
      return "a citation such as `§850.224(k)`";
    default:
      break;
  }
  if (const std::string word = WordOf(vocabulary, token); !word.empty()) return "`" + word + "`";
  std::string literal = vocabulary.getLiteralName(token);
  std::replace(literal.begin(), literal.end(), '\'', '`');
  return literal;
}

/// `A`, `A or B`, `A, B or C`; at most four.
std::string Alternatives(const std::vector<std::string>& words) {
  std::string text;
  const std::size_t count = std::min<std::size_t>(words.size(), 4);
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += i + 1 == count ? " or " : ", ";
    text += words[i];
  }
  return text;
}

bool IsSign(const std::string& word) { return word.size() > 1 && word[0] == '`' && !llvm::isAlpha(word[1]); }

std::string ExpectedInWords(const Failure& failure) {
  std::vector<std::string> words;
  for (const antlr4::misc::Interval& interval : failure.expected.getIntervals())
    for (ssize_t token = interval.a; token <= interval.b; ++token) {
      const auto type = static_cast<std::size_t>(token);
      const bool may_be_name = type >= P::VOCABULARY && type <= P::YEARS;
      if (may_be_name && failure.Wants(P::ID)) continue;             // `a name` says it
      if (type == P::CITES && failure.Wants(P::CITATION)) continue;  // `a citation` does
      std::string word = InWords(failure.parser.getVocabulary(), type);
      if (!word.empty()) words.push_back(std::move(word));
    }
  std::stable_partition(words.begin(), words.end(), [](const std::string& word) { return IsSign(word); });
  return Alternatives(words);
}

// ---- Brackets ----------------------------------------------------------------------------------------------

/// `decision `treatment``: the construct that the context is, for what it opened.
std::string Construct(const SourceTokens& tokens, const antlr4::ParserRuleContext* context) {
  switch (context->getRuleIndex()) {
    case P::RuleConditionList:
      return "the list of conditions";
    case P::RuleSetLiteral:
      return "the set";
    case P::RulePostfix:
      return "`supposing`";
    case P::RuleEnumDeclaration:
    case P::RuleEntityDeclaration:
    case P::RuleSetDeclaration:
    case P::RuleOptionDeclaration:
    case P::RuleOptionSetDeclaration:
    case P::RuleDecisionDeclaration:
    case P::RuleAmendAmendment:
      break;
    default:
      return "the bracket";
  }
  std::string text(tokens.TextOf(context->start));
  for (antlr4::tree::ParseTree* child : context->children)
    if (auto* name = dynamic_cast<P::NameContext*>(child); name != nullptr && !name->exception)
      return fmt::format("{} `{}`", text, tokens.TextOf(name->start));
  return text;
}

/// The last child of the context that opens a bracket.
antlr4::Token* OpeningBracket(const antlr4::ParserRuleContext* context) {
  antlr4::Token* opening = nullptr;
  for (antlr4::tree::ParseTree* child : context->children) {
    auto* leaf = dynamic_cast<antlr4::tree::TerminalNode*>(child);
    if (leaf == nullptr) continue;
    const std::size_t type = leaf->getSymbol()->getType();
    if (type == P::LBRACE || type == P::LPAREN) opening = leaf->getSymbol();
  }
  return opening;
}

bool HasCommas(std::size_t rule) {
  switch (rule) {
    case P::RuleDecisionDeclaration:
    case P::RuleEntityDeclaration:
    case P::RuleAmendAmendment:
    case P::RulePrimary:
    case P::RulePeriod:
    case P::RuleNumberType:
      return false;
    default:
      return true;
  }
}

bool ReportUnclosed(const Failure& failure, DiagnosticSink& sink) {
  const bool brace = failure.Wants(P::RBRACE);
  if (!brace && !failure.Wants(P::RPAREN)) return false;
  antlr4::Token* opening = OpeningBracket(failure.context);
  if (opening == nullptr) return false;
  const std::string_view closing = brace ? "`}`" : "`)`";
  const bool commas = HasCommas(failure.Rule()) && failure.Rule() != P::RuleCall;
  sink.Report<Kind::kUnclosed>(failure.Place(), commas ? fmt::format("`,` or {}", closing) : std::string(closing),
                               Construct(failure.tokens, failure.context))
      .AddNote("which opens here", failure.tokens.SpanOf(opening));
  return true;
}

// ---- The other cases, each of which may decline --------------------------------------------------------------

bool ReportMissingValue(const Failure& failure, DiagnosticSink& sink) {
  if (!failure.WantsValue()) return false;
  sink.Report<Kind::kExpectedValue>(failure.Place(), AfterPrevious(failure));
  return true;
}

void ReportNotBetween(antlr4::Token* token, const SourceTokens& tokens, DiagnosticSink& sink) {
  sink.Report<Kind::kMisplacedNot>(tokens.SpanOf(token))
      .Help("write `not (x in …)`, `not (x includes …)`, `x is not y`");
}

bool ReportMisplacedNot(const Failure& failure, DiagnosticSink& sink) {
  if (failure.offending->getType() != P::NOT) return false;
  ReportNotBetween(failure.offending, failure.tokens, sink);
  return true;
}

bool ReportWrongName(const Failure& failure, DiagnosticSink& sink) {
  if (!failure.Wants(P::ID)) return false;
  const std::string_view text = failure.tokens.TextOf(failure.offending);
  const std::size_t type = failure.offending->getType();
  if (IsWordOfConditions(type))
    sink.Report<Kind::kWordAsName>(failure.Place(), text).Help("choose another name");
  else if (type >= P::VOCABULARY && type <= P::YEARS)
    sink.Report<Kind::kWordAsUnit>(failure.Place(), text).Help("give the unit another name");
  else
    return false;
  return true;
}

/// `integer month`: `month` was read as the name of the next fact.
bool ReportUnitOfFact(const Failure& failure, DiagnosticSink& sink) {
  if (failure.Rule() != P::RuleFact || failure.previous == nullptr || !failure.Wants(P::COLON)) return false;
  const antlr4::Token* before = PreviousToken(failure.tokens, failure.previous);
  const std::size_t type = before == nullptr ? antlr4::Token::EOF : before->getType();
  const bool behind_type = type == P::INTEGER || type == P::REAL || type == P::RPAREN;
  if (!behind_type || failure.previous->getType() == P::ID || failure.tokens.StartsLine(failure.previous)) return false;
  sink.Report<Kind::kWordAsUnit>(failure.tokens.SpanOf(failure.previous), failure.tokens.TextOf(failure.previous))
      .Help("give the unit another name");
  return true;
}

bool ReportRuleText(const Failure& failure, DiagnosticSink& sink) {
  if (failure.Rule() != P::RuleRuleText || !failure.Wants(P::WHEN)) return false;
  auto* rule = const_cast<P::RuleTextContext*>(static_cast<const P::RuleTextContext*>(failure.context));
  const std::string_view word = failure.tokens.TextOf(rule->start);
  const std::string_view name = failure.tokens.TextOf(rule->name(0)->start);
  const bool has_outcome = rule->ARROW() != nullptr || rule->TO() != nullptr;
  const std::string_view mark = rule->EXCEPTION() != nullptr ? "`->` or `to`" : "`->` and the outcome";
  sink.Report<Kind::kExpected>(failure.Place(), has_outcome
                                                    ? fmt::format("`when` before the condition of {} `{}`", word, name)
                                                    : fmt::format("{} after the name of {} `{}`", mark, word, name));
  return true;
}

bool ReportHeader(const Failure& failure, DiagnosticSink& sink) {
  if (failure.Rule() != P::RuleHeader || !failure.Wants(P::DRAFT) || failure.Wants(P::ID)) return false;
  sink.Report<Kind::kExpected>(failure.Place(), "`vocabulary NAME` or `draft NAME` before the declarations")
      .Help("a file is its `use` lines, then its header, then declarations");
  return true;
}

bool IsPartOfDecision(std::size_t token) {
  return token == P::RULE || token == P::EXCEPTION || token == P::OTHERWISE || token == P::STRICTEST;
}

bool ReportRuleOutsideDecision(const Failure& failure, DiagnosticSink& sink) {
  const std::size_t rule = failure.Rule();
  if (rule != P::RuleAmendment && rule != P::RuleDeclaration && rule != P::RulePlainDeclaration &&
      rule != P::RuleSetAmendment)
    return false;
  antlr4::Token* part = failure.offending;
  if (!IsPartOfDecision(part->getType())) part = failure.previous;
  if (part == nullptr || !IsPartOfDecision(part->getType())) return false;
  sink.Report<Kind::kRuleOutsideDecision>(failure.tokens.SpanOf(part));
  return true;
}

void ReportAnythingElse(const Failure& failure, DiagnosticSink& sink) {
  sink.Report<Kind::kExpected>(failure.Place(), fmt::format("{} {}", ExpectedInWords(failure), AfterPrevious(failure)));
}

}  // namespace

void ReportSyntaxError(antlr4::Parser& parser, const antlr4::RecognitionException& error, const SourceTokens& tokens,
                       DiagnosticSink& sink) {
  antlr4::Token* offending = error.getOffendingToken();
  const Failure failure{
      parser, tokens, parser.getContext(), offending, PreviousToken(tokens, offending), ExpectedTokens(error)};
  constexpr std::array kCases = {ReportRuleOutsideDecision, ReportHeader,   ReportMissingValue,
                                 ReportMisplacedNot,        ReportRuleText, ReportUnitOfFact,
                                 ReportWrongName,           ReportUnclosed};
  if (std::any_of(kCases.begin(), kCases.end(), [&](auto report) { return report(failure, sink); })) return;
  ReportAnythingElse(failure, sink);
}

antlr4::Token* PreviousToken(const SourceTokens& tokens, const antlr4::Token* token) {
  for (std::size_t i = token->getTokenIndex(); i > 0; --i)
    if (tokens.At(i - 1)->getChannel() == antlr4::Token::DEFAULT_CHANNEL) return tokens.At(i - 1);
  return nullptr;
}

void ReportUnfinished(antlr4::Token* opening, const SourceTokens& tokens, DiagnosticSink& sink) {
  antlr4::Token* last = PreviousToken(tokens, opening);
  sink.Report<Kind::kUnfinished>(tokens.SpanOf(last), Quoted(tokens, last))
      .AddNote(fmt::format("{} begins the next part", Quoted(tokens, opening)), tokens.SpanOf(opening));
}

// ---- What stands between the parts of a body ----------------------------------------------------------------

namespace {

void ReportNotADeclaration(antlr4::Token* token, const SourceTokens& tokens, DiagnosticSink& sink) {
  diagnostics::Diagnostic& report = sink.Report<Kind::kNotADeclaration>(tokens.SpanOf(token), tokens.TextOf(token));
  switch (token->getType()) {
    case P::USE:
    case P::VOCABULARY:
    case P::DRAFT:
      report.Help("`use` lines and the one header stand at the top of the file");
      break;
    case P::RULE:
    case P::EXCEPTION:
    case P::OTHERWISE:
      report.Help("rules stand inside the brackets of a decision");
      break;
    case P::RBRACE:
    case P::RPAREN:
      report.Help("this bracket closes nothing");
      break;
    default:
      if (!tokens.StartsLine(token)) report.Label("what stands before is complete");
  }
}

std::string_view PartsOf(std::size_t body) {
  switch (body) {
    case P::RuleDecisionDeclaration:
      return "a rule, an exception, `otherwise`, how rules win, or `}`";
    case P::RuleEntityDeclaration:
      return "a fact (`NAME : TYPE`) or `}`";
    default:
      return "`replace`, `add`, `repeal` or `}`";
  }
}

}  // namespace

void ReportStray(antlr4::Parser& parser, const SourceTokens& tokens, DiagnosticSink& sink) {
  antlr4::Token* token = parser.getCurrentToken();
  const antlr4::ParserRuleContext* context = parser.getContext();
  if (token->getType() == P::NOT) {
    ReportNotBetween(token, tokens, sink);
    return;
  }
  if (context->getRuleIndex() == P::RuleFile) {
    ReportNotADeclaration(token, tokens, sink);
    return;
  }
  sink.Report<Kind::kNotAnItem>(tokens.SpanOf(token), PartsOf(context->getRuleIndex()), tokens.TextOf(token))
      .AddNote(fmt::format("inside {}", Construct(tokens, context)), tokens.SpanOf(context->start));
}

}  // namespace proviso::syntax
