#include "compiler/syntax/guarded_parser.h"

#include "compiler/syntax/look_ahead.h"
#include "compiler/syntax/parse.h"

namespace proviso::syntax {

GuardedParser::GuardedParser(antlr4::TokenStream* tokens) : ProvisoParser(tokens) {
  auto look_ahead = std::make_unique<LookAhead>(this, *getInterpreter<antlr4::atn::ParserATNSimulator>());
  setInterpreter(look_ahead.release());
}

void GuardedParser::enterRule(antlr4::ParserRuleContext* context, std::size_t state, std::size_t rule) {
  ProvisoParser::enterRule(context, state, rule);
  if (rule != RulePrefix) return;
  int depth = 0;
  for (const antlr4::tree::ParseTree* outer = context; outer != nullptr; outer = outer->parent)
    depth += static_cast<const antlr4::RuleContext*>(outer)->getRuleIndex() == RulePrefix ? 1 : 0;
  if (depth > kMaxConditionDepth) throw NestingTooDeep(getCurrentToken());
}

}  // namespace proviso::syntax
