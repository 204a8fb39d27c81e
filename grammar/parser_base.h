// parser_base.h: what the generated parser is derived from; it enters and leaves its rules without dynamic casts.
#pragma once

#include "antlr4-runtime.h"

namespace proviso::grammar {

/// ANTLR's runtime asks at each rule, by two dynamic casts, whether the rule outside is one: that took a twelfth of a
/// short run. It always is. The parser has no listeners and always builds its tree.
class ParserBase : public antlr4::Parser {
 public:
  using antlr4::Parser::Parser;

  void enterRule(antlr4::ParserRuleContext* context, std::size_t state, std::size_t rule) override {
    if (context->parent == nullptr) return antlr4::Parser::enterRule(context, state, rule);
    setState(state);
    _ctx = context;
    context->start = _input->LT(1);
    static_cast<antlr4::ParserRuleContext*>(context->parent)->addChild(context);
  }

 protected:
  // Named as the one of ANTLR that it hides: the generated rules call it. Only the outermost rule meets the file's end.
  void exitRule() {  // NOLINT(readability-identifier-naming)
    if (_ctx->parent == nullptr) return antlr4::Parser::exitRule();
    _ctx->stop = _input->LT(-1);
    setState(_ctx->invokingState);
    _ctx = static_cast<antlr4::ParserRuleContext*>(_ctx->parent);
  }
};

}  // namespace proviso::grammar
