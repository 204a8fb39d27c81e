// parse_context.h: what every context of the generated parser is; its parts are told apart without dynamic casts.
#pragma once

#include <typeinfo>
#include <vector>

#include "antlr4-runtime.h"

namespace proviso::grammar {

/// ANTLR finds the parts of a context by a dynamic cast of each child, which took an eighth of a short run. A part's
/// class is the one of its rule, never derived from, so that the address of its type information tells it.
class ParseContext : public antlr4::ParserRuleContext {
 public:
  ParseContext() { children.reserve(kUsualParts); }
  ParseContext(antlr4::ParserRuleContext* parent, std::size_t state) : antlr4::ParserRuleContext(parent, state) {
    children.reserve(kUsualParts);
  }

  // Named and shaped as the ones of ANTLR that they hide: the generated accessors call them.
  // NOLINTBEGIN(readability-identifier-naming)
  template <typename Part>
  [[nodiscard]] Part* getRuleContext(std::size_t index) const {
    for (antlr4::tree::ParseTree* child : children)
      if (Is<Part>(*child) && index-- == 0) return static_cast<Part*>(child);
    return nullptr;
  }

  template <typename Part>
  [[nodiscard]] std::vector<Part*> getRuleContexts() const {
    std::vector<Part*> parts;
    for (antlr4::tree::ParseTree* child : children)
      if (Is<Part>(*child)) parts.push_back(static_cast<Part*>(child));
    return parts;
  }

  antlr4::tree::TerminalNode* getToken(std::size_t type, std::size_t index) override {
    for (antlr4::tree::ParseTree* child : children) {
      antlr4::tree::TerminalNode* const terminal = TerminalIn(child);
      if (terminal != nullptr && terminal->getSymbol()->getType() == type && index-- == 0) return terminal;
    }
    return nullptr;
  }
  // NOLINTEND(readability-identifier-naming)

 private:
  static constexpr std::size_t kUsualParts = 4;

  template <typename Class>
  static bool Is(const antlr4::tree::ParseTree& tree) {
    return &typeid(tree) == &typeid(Class);
  }

  static antlr4::tree::TerminalNode* TerminalIn(antlr4::tree::ParseTree* child) {
    const bool is_terminal = Is<antlr4::tree::TerminalNodeImpl>(*child) || Is<antlr4::tree::ErrorNodeImpl>(*child);
    return is_terminal ? dynamic_cast<antlr4::tree::TerminalNode*>(child) : nullptr;
  }
};

}  // namespace proviso::grammar
