#include "compiler/syntax/error_strategy.h"

#include "compiler/syntax/error_messages.h"

namespace proviso::syntax {

using P = grammar::ProvisoParser;

namespace {

/// Rules behind which parsing goes on after an error inside.
bool CanResumeBehind(std::size_t rule) {
  switch (rule) {
    case P::RuleUse:
    case P::RuleHeader:
    case P::RuleDeclaration:
    case P::RuleDecisionItem:
    case P::RuleFact:
    case P::RuleChange:
      return true;
    default:
      return false;
  }
}

/// The rule of the parts that `body` is a sequence of, without commas; `body` itself where it is not one.
std::size_t PartOf(std::size_t body) {
  switch (body) {
    case P::RuleFile:
      return P::RuleDeclaration;
    case P::RuleDecisionDeclaration:
      return P::RuleDecisionItem;
    case P::RuleEntityDeclaration:
      return P::RuleFact;
    case P::RuleAmendAmendment:
      return P::RuleChange;
    default:
      return body;
  }
}

bool OpensDeclaration(std::size_t token) {
  switch (token) {
    case P::UNIT:
    case P::ENUM:
    case P::ORDERED:
    case P::ENTITY:
    case P::CASE:
    case P::ASSUME:
    case P::SET:
    case P::OPTION:
    case P::READING:
    case P::CONSTRAINT:
    case P::OPTION_SET:
    case P::TERM:
    case P::DECISION:
    case P::PROPERTY:
    case P::WAIVE:
    case P::TRANSFORM:
    case P::SETTLE:
    case P::ADD:
    case P::REPLACE:
    case P::REMOVE:
    case P::REPEAL:
    case P::AMEND:
      return true;
    default:
      return false;
  }
}

bool OpensItem(std::size_t token) {
  switch (token) {
    case P::RULE:
    case P::EXCEPTION:
    case P::OTHERWISE:
    case P::STRICTEST:
    case P::FIRST:
    case P::ONE:
      return true;
    default:
      return false;
  }
}

bool OpensChange(std::size_t token) { return token == P::REPLACE || token == P::ADD || token == P::REPEAL; }

/// Whether a part surely begins here. ANTLR's own tables, which know all that may, are long in the making.
bool OpensPart(std::size_t part, std::size_t token) {
  if (token == P::RBRACE) return part != P::RuleDeclaration;
  switch (part) {
    case P::RuleDeclaration:
      return OpensDeclaration(token);
    case P::RuleDecisionItem:
      return OpensItem(token);
    case P::RuleFact:
      return token == P::ID;
    default:
      return OpensChange(token);
  }
}

bool OpensFile(std::size_t token) { return token == P::USE || token == P::VOCABULARY || token == P::DRAFT; }

/// What may stand behind the word that opens a declaration, item or change, and never behind a name.
bool IsName(std::size_t token) {
  return token == P::ID || token == P::CITATION || token == P::OF || (token >= P::VOCABULARY && token <= P::YEARS);
}

int DepthChange(std::size_t token) {
  if (token == P::LBRACE || token == P::LPAREN) return 1;
  return token == P::RBRACE || token == P::RPAREN ? -1 : 0;
}

}  // namespace

void ErrorStrategy::reset(antlr4::Parser*) { recovering_ = false; }

bool ErrorStrategy::inErrorRecoveryMode(antlr4::Parser*) { return recovering_; }

void ErrorStrategy::reportMatch(antlr4::Parser* parser) {
  recovering_ = false;
  if (parser->getContext()->getRuleIndex() == P::RuleOpeningWord) read_as_name_ = parser->getCurrentToken();
}

antlr4::Token* ErrorStrategy::recoverInline(antlr4::Parser* parser) { throw antlr4::InputMismatchException(parser); }

void ErrorStrategy::reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) {
  if (recovering_) return;
  recovering_ = true;
  if (doubtful_[error.getOffendingToken()->getTokenIndex()]) return;
  if (TakeBackOpening(parser, error.getOffendingToken())) return;
  ReportSyntaxError(*parser, error, tokens_, sink_);
}

/// `term x = a and` and on the next line `term y`: the second `term` was read as a name, and the error met behind it.
bool ErrorStrategy::TakeBackOpening(antlr4::Parser* parser, antlr4::Token* offending) {
  antlr4::Token* opening = PreviousToken(tokens_, offending);
  if (opening == nullptr || opening != read_as_name_ || !tokens_.StartsLine(opening)) return false;
  const std::size_t type = opening->getType();
  if (!OpensDeclaration(type) && !OpensItem(type) && !OpensChange(type)) return false;
  if (!IsName(offending->getType())) return false;
  ReportUnfinished(opening, tokens_, sink_);
  read_as_name_ = nullptr;
  parser->getInputStream()->seek(opening->getTokenIndex());
  return true;
}

void ErrorStrategy::recover(antlr4::Parser* parser, std::exception_ptr error) {
  const antlr4::ParserRuleContext* context = parser->getContext();
  const std::size_t rule = context->getRuleIndex();
  if (rule == P::RuleFile) return;
  if (!CanResumeBehind(rule)) std::rethrow_exception(error);
  antlr4::IntStream* input = parser->getInputStream();
  const std::size_t start = context->start->getTokenIndex();
  if (rule != P::RuleHeader && input->index() == start) input->consume();  // so that there is progress
  int depth = 0;
  for (std::size_t i = start; i < input->index(); ++i) depth += DepthChange(tokens_.At(i)->getType());
  SkipToNextPart(parser, {rule, context->start->getCharPositionInLine()}, depth);
}

void ErrorStrategy::sync(antlr4::Parser* parser) {
  const std::size_t body = parser->getContext()->getRuleIndex();
  const std::size_t part = PartOf(body);
  if (part == body || OpensPart(part, parser->getInputStream()->LA(1))) return;
  const antlr4::atn::ATN& atn = parser->getATN();
  const antlr4::misc::IntervalSet& next = atn.nextTokens(atn.states[parser->getState()]);
  const std::size_t end = body == P::RuleFile ? antlr4::Token::EOF : static_cast<std::size_t>(P::RBRACE);
  if (!next.contains(end) || next.contains(parser->getInputStream()->LA(1))) return;
  const bool unclosed = body != P::RuleFile && StartsDeclaration(parser->getCurrentToken());
  if (unclosed || parser->getInputStream()->LA(1) == antlr4::Token::EOF) return;  // the missing `}` is reported
  if (ReportStrayToken(parser)) return;
  const int depth = DepthChange(parser->getInputStream()->LA(1));
  const std::size_t margin = parser->getCurrentToken()->getCharPositionInLine();
  parser->getInputStream()->consume();
  SkipToNextPart(parser, {part, margin}, depth);
}

/// Whether the parser stands at the next part after all.
bool ErrorStrategy::ReportStrayToken(antlr4::Parser* parser) {
  if (recovering_) return false;
  recovering_ = true;
  if (doubtful_[parser->getCurrentToken()->getTokenIndex()]) return false;
  if (TakeBackOpening(parser, parser->getCurrentToken())) return true;
  ReportStray(*parser, tokens_, sink_);
  return false;
}

/// `depth`: how many brackets are open since the part that was left began.
void ErrorStrategy::SkipToNextPart(antlr4::Parser* parser, const Part& left, int depth) {
  antlr4::IntStream* input = parser->getInputStream();
  for (; input->LA(1) != antlr4::Token::EOF && !StartsPart(parser, left, depth); input->consume())
    depth += DepthChange(input->LA(1));
}

bool ErrorStrategy::StartsPart(antlr4::Parser* parser, const Part& left, int depth) const {
  antlr4::Token* token = parser->getCurrentToken();
  const std::size_t type = token->getType();
  if (StartsDeclaration(token)) return true;
  if (type == P::RBRACE && depth <= 0 && left.rule != P::RuleDeclaration) return true;
  if (!tokens_.StartsLine(token)) return false;
  switch (left.rule) {
    case P::RuleDecisionItem:
      return OpensItem(type);
    case P::RuleChange:
      return OpensChange(type);
    case P::RuleFact: {
      const std::size_t next = parser->getInputStream()->LA(2);
      return next == P::COLON || next == P::COMMA;
    }
    case P::RuleUse:
    case P::RuleHeader:
      return OpensFile(type) || OpensDeclaration(type);
    default:
      return depth <= 0 && OpensDeclaration(type) && token->getCharPositionInLine() <= left.margin;
  }
}

/// A declaration at the left margin is one, however many brackets are open: the surest place to go on.
bool ErrorStrategy::StartsDeclaration(antlr4::Token* token) {
  return token->getCharPositionInLine() == 0 && OpensDeclaration(token->getType());
}

}  // namespace proviso::syntax
