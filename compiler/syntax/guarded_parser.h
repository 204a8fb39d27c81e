// guarded_parser.h: the generated parser with a limit to its recursion, and the choices that it makes by itself.
#pragma once

#include <exception>

#include "ProvisoParser.h"

namespace proviso::syntax {

/// Conditions within the heads of `some`, `every` and `if` nest deeper than the limit; brackets, the only other
/// recursion, were counted before.
struct NestingTooDeep : std::exception {
  explicit NestingTooDeep(antlr4::Token* place) : token(place) {}
  antlr4::Token* token;
};

class GuardedParser : public grammar::ProvisoParser {
 public:
  explicit GuardedParser(antlr4::TokenStream* tokens);

  /// Throws `NestingTooDeep`. Costs a walk to the root for each prefix.
  void enterRule(antlr4::ParserRuleContext* context, std::size_t state, std::size_t rule) override;
};

}  // namespace proviso::syntax
