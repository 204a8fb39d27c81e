// look_ahead.h: the parser's choices where the next one or two tokens tell, without ANTLR's simulation.
#pragma once

#include <optional>

#include "antlr4-runtime.h"

namespace proviso::syntax {

/// ANTLR finds out by simulating the grammar which alternative a text takes, and remembers it for the process's life. A
/// short run pays for the simulation and gains nothing from the memory: it took a sixth of the time. Choices between
/// tokens that no error and no word used as a name can confuse are made here; all others are left to ANTLR.
class LookAhead final : public antlr4::atn::ParserATNSimulator {
 public:
  /// Shares what `simulator` has learnt.
  LookAhead(antlr4::Parser* owner, ParserATNSimulator& simulator)
      : ParserATNSimulator(owner, simulator.atn, simulator.decisionToDFA, simulator.getSharedContextCache()) {}

  /// The number of the alternative, from 1; what ANTLR's own would be.
  std::size_t adaptivePredict(antlr4::TokenStream* input, std::size_t decision,
                              antlr4::ParserRuleContext* context) override;

  /// The alternative of the only choice that ANTLR would have to simulate in a rule of the grammar, by the next tokens
  /// of `input`; nothing where they do not tell.
  [[nodiscard]] static std::optional<std::size_t> Choice(std::size_t rule, antlr4::TokenStream& input);
};

}  // namespace proviso::syntax
