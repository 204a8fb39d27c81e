#include "compiler/syntax/look_ahead.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "ProvisoParser.h"

namespace proviso::syntax {

namespace {

using P = grammar::ProvisoParser;

using Alternative = std::optional<std::size_t>;

struct FirstToken {
  std::size_t first;
  std::size_t alternative;
};

constexpr std::array kPrimary = {
    FirstToken{P::NUMBER, 1}, FirstToken{P::PERCENT, 2}, FirstToken{P::MONEY, 2},     FirstToken{P::DATE, 2},
    FirstToken{P::YES, 2},    FirstToken{P::NO, 2},      FirstToken{P::TRUE, 2},      FirstToken{P::FALSE, 2},
    FirstToken{P::LPAREN, 4}, FirstToken{P::LBRACE, 5},  FirstToken{P::ANY, 6},       FirstToken{P::ALL, 6},
    FirstToken{P::AT, 6},     FirstToken{P::REAL, 7},    FirstToken{P::DESCRIBED, 8},
};
constexpr std::array kBinaryOperator = {
    FirstToken{P::IMPLIES, 1},    FirstToken{P::UNLESS, 2},       FirstToken{P::OR, 3},
    FirstToken{P::AND, 4},        FirstToken{P::EQUAL, 6},        FirstToken{P::LESS_SIGN, 7},
    FirstToken{P::LESS_EQUAL, 8}, FirstToken{P::GREATER_SIGN, 9}, FirstToken{P::GREATER_EQUAL, 10},
    FirstToken{P::LESS, 11},      FirstToken{P::AT, 11},          FirstToken{P::MORE_WORD, 11},
    FirstToken{P::BETWEEN, 12},   FirstToken{P::PLUS, 13},        FirstToken{P::MINUS, 14},
    FirstToken{P::STAR, 15},      FirstToken{P::SLASH, 16},
};
constexpr std::array kType = {
    FirstToken{P::BOOLEAN, 1}, FirstToken{P::PERCENT_TYPE, 1}, FirstToken{P::DATE_TYPE, 1}, FirstToken{P::DAYS, 1},
    FirstToken{P::RATIO, 1},   FirstToken{P::INTEGER, 2},      FirstToken{P::REAL, 2},      FirstToken{P::DECIMAL, 2},
};
constexpr std::array kAmendment = {
    FirstToken{P::SETTLE, 1}, FirstToken{P::REPLACE, 3}, FirstToken{P::REMOVE, 4},
    FirstToken{P::REPEAL, 5}, FirstToken{P::AMEND, 6},
};

template <std::size_t size>
Alternative Find(const std::array<FirstToken, size>& table, std::size_t first) {
  const auto* const found = std::ranges::find(table, first, &FirstToken::first);
  return found == table.end() ? std::nullopt : Alternative(found->alternative);
}

bool IsOneOf(std::size_t type, std::initializer_list<std::size_t> types) { return std::ranges::count(types, type) > 0; }

/// Whether the token is a name, or a word that may be one.
bool IsName(std::size_t type) { return type == P::ID || (type >= P::VOCABULARY && type <= P::YEARS); }

Alternative OfPrimary(std::size_t first, std::size_t second) {
  if (first == P::NONE) return second == P::OF ? 6 : 2;
  if (IsOneOf(first, {P::COUNT, P::SUM, P::MAX, P::MIN, P::ROUND})) return second == P::LPAREN ? 7 : 3;
  if (IsName(first)) return 3;
  return Find(kPrimary, first);
}

/// `is at least` and the like are mistakes with a mend of their own.
Alternative OfBinaryOperator(std::size_t first, std::size_t second, std::size_t third) {
  if (first != P::IS) return Find(kBinaryOperator, first);
  const bool is_mistake = IsOneOf(second == P::NOT ? third : second, {P::LESS, P::AT, P::MORE_WORD, P::BETWEEN, P::IN});
  return is_mistake ? std::nullopt : Alternative(5);
}

Alternative OfWordComparison(std::size_t first, std::size_t second) {
  if (first == P::LESS) return 1;
  if (first == P::MORE_WORD) return 3;
  if (first != P::AT || !IsOneOf(second, {P::MOST, P::LEAST})) return std::nullopt;
  return second == P::MOST ? 2 : 4;
}

Alternative OfType(std::size_t first, std::size_t second) {
  if (IsOneOf(first, {P::SET, P::LIST}) && second == P::OF) return 3;
  return IsName(first) ? 4 : Find(kType, first);
}

/// What is behind a number's type is its unit or the next fact's name.
Alternative AfterNumberType(std::size_t first, std::size_t second) {
  if (first == P::ID) return IsOneOf(second, {P::COLON, P::COMMA, P::LPAREN}) ? 2 : 1;
  return IsName(first) ? std::nullopt : Alternative(2);
}

/// `controlled`, `cheap` and `costly` may also be the next fact's name.
bool IsFactName(std::size_t next) { return IsOneOf(next, {P::COLON, P::COMMA, P::LPAREN}); }

Alternative OfControl(std::size_t first, std::size_t second) {
  return first == P::CONTROLLED && !IsFactName(second) ? 1 : 2;
}

Alternative OfCost(std::size_t first, std::size_t second) {
  if (!IsOneOf(first, {P::CHEAP, P::COSTLY}) || IsFactName(second)) return 3;
  return first == P::CHEAP ? 1 : 2;
}

/// `cites` may also be a name; before a string it is none.
Alternative OfSupports(std::size_t first, std::size_t second) {
  if (first == P::CITES) return second == P::STRING ? Alternative(1) : std::nullopt;
  return first == P::CITATION ? 1 : 2;
}

Alternative AfterCitation(std::size_t first, std::size_t second, std::size_t third) {
  if (first != P::COMMA) return 2;
  return second == P::CITATION || (second == P::CITES && third == P::STRING) ? 1 : 2;
}

/// Whether a list in braces goes on behind a comma, or the comma is its last sign.
Alternative AfterItem(std::size_t first, std::size_t second) {
  if (first != P::COMMA) return 2;
  return second == P::RBRACE ? 2 : 1;
}

/// A claim may also begin with a decision named `always` or `never`.
Alternative OfClaim(antlr4::TokenStream& input) {
  const std::size_t first = input.LA(1);
  if (!IsOneOf(first, {P::ALWAYS, P::NEVER})) return IsName(first) ? Alternative(3) : std::nullopt;
  const std::size_t second = input.LA(2);
  const bool may_be_name = second == P::LPAREN ? IsOneOf(input.LA(4), {P::COMMA, P::DOT, P::RPAREN})
                                               : IsOneOf(second, {P::DOT, P::NEVER, P::AT});
  return may_be_name ? std::nullopt : Alternative(first == P::ALWAYS ? 1 : 2);
}

/// Members are added to a set `to` its name; they may be named as declarations begin.
Alternative OfAmendment(std::size_t first, std::size_t second, std::size_t third) {
  if (first != P::ADD) return Find(kAmendment, first);
  if (second == P::ID) return 4;
  return IsOneOf(third, {P::TO, P::COMMA, P::DOT}) ? std::nullopt : Alternative(2);
}

}  // namespace

std::optional<std::size_t> LookAhead::Choice(std::size_t rule, antlr4::TokenStream& input) {
  const std::size_t first = input.LA(1);
  const std::size_t second = input.LA(2);
  switch (rule) {
    case P::RulePrimary:
      return OfPrimary(first, second);
    case P::RuleBinaryOperator:
      return OfBinaryOperator(first, second, input.LA(3));
    case P::RuleWordComparison:
      return OfWordComparison(first, second);
    case P::RuleType:
      return OfType(first, second);
    case P::RuleNumberType:
      return AfterNumberType(first, second);
    case P::RuleFact:
      return first == P::ASSUMED ? std::nullopt : Alternative(2);
    case P::RuleControl:
      return OfControl(first, second);
    case P::RuleCost:
      return OfCost(first, second);
    case P::RuleAmendment:
      return OfAmendment(first, second, input.LA(3));
    case P::RuleSupports:
      return OfSupports(first, second);
    case P::RuleCitations:
      return AfterCitation(first, second, input.LA(3));
    case P::RuleClaim:
      return OfClaim(input);
    case P::RuleConstraintDeclaration:
      return IsName(first) && second == P::COLON ? 1 : 2;
    case P::RuleEnumDeclaration:
    case P::RuleSetDeclaration:
    case P::RuleOptionDeclaration:
    case P::RuleOptionSetDeclaration:
    case P::RuleSetLiteral:
    case P::RuleConditionList:
      return AfterItem(first, second);
    default:
      return std::nullopt;
  }
}

std::size_t LookAhead::adaptivePredict(antlr4::TokenStream* input, std::size_t decision,
                                       antlr4::ParserRuleContext* context) {
  if (const auto choice = Choice(context->getRuleIndex(), *input)) return *choice;
  return ParserATNSimulator::adaptivePredict(input, decision, context);
}

}  // namespace proviso::syntax
