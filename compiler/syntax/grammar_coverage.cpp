#include "compiler/syntax/grammar_coverage.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <vector>

#include "compiler/source/source_files.h"
#include "compiler/syntax/error_strategy.h"
#include "compiler/syntax/guarded_parser.h"
#include "compiler/syntax/mistaken_tokens.h"

namespace proviso::syntax {

namespace {

using antlr4::atn::ATNState;
using antlr4::atn::DecisionState;
using antlr4::atn::RuleTransition;
using antlr4::atn::Transition;
using P = grammar::ProvisoParser;

/// The names of all ways out of the decisions of the parser's state machine.
class Alternatives {
 public:
  explicit Alternatives(const P& parser) : parser_(parser) {
    std::map<std::size_t, int> choices_of_rule;
    for (const DecisionState* state : parser.getATN().decisionToState) {
      const int choice = ++choices_of_rule[state->ruleIndex];
      for (std::size_t way = 0; way < state->transitions.size(); ++way)
        names_[{state->stateNumber, way}] = NameOf(*state, choice, way);
    }
  }

  [[nodiscard]] std::set<std::string> All() const {
    std::set<std::string> all;
    for (const auto& [place, name] : names_) all.insert(name);
    return all;
  }
  /// Empty where the state is no decision.
  [[nodiscard]] std::string Name(const ATNState* state, std::size_t way) const {
    const auto found = names_.find({state->stateNumber, way});
    return found == names_.end() ? std::string() : found->second;
  }

 private:
  [[nodiscard]] std::string NameOf(const DecisionState& state, int choice, std::size_t way) const {
    const antlr4::misc::IntervalSet& first = parser_.getATN().nextTokens(state.transitions[way]->target);
    std::string words;
    for (const antlr4::misc::Interval& interval : first.getIntervals())
      for (ssize_t token = interval.a; token <= interval.b && words.size() < 40; ++token)
        words += (words.empty() ? "" : " ") + parser_.getVocabulary().getDisplayName(static_cast<std::size_t>(token));
    return fmt::format("{}: choice {}, way {} ({})", parser_.getRuleNames()[state.ruleIndex], choice, way + 1, words);
  }

  const P& parser_;
  std::map<std::pair<std::size_t, std::size_t>, std::string> names_;  // by state and way
};

/// A place on the way through one rule: a state, and how many of the context's children lie behind.
struct Step {
  const ATNState* state;
  std::size_t child;
  auto operator<=>(const Step&) const = default;
};
struct Origin {
  Step from;
  std::size_t way;
};

/// Finds the way that one context took through its rule.
class WayThroughRule {
 public:
  explicit WayThroughRule(const antlr4::ParserRuleContext* context) : context_(context) {}

  void Collect(const antlr4::atn::ATN& atn, const Alternatives& alternatives, std::set<std::string>& reached) {
    const Step start{atn.ruleToStartState[context_->getRuleIndex()], 0};
    const Step end{atn.ruleToStopState[context_->getRuleIndex()], context_->children.size()};
    Explore(start, atn.maxTokenType);
    for (auto origin = origins_.find(end); origin != origins_.end(); origin = origins_.find(origin->second.from)) {
      reached.insert(alternatives.Name(origin->second.from.state, origin->second.way));
      if (origin->second.from == start) break;
    }
  }

 private:
  void Explore(const Step& start, std::size_t max_token) {
    std::vector<Step> open{start};
    while (!open.empty()) {
      const Step step = open.back();
      open.pop_back();
      for (std::size_t way = 0; way < step.state->transitions.size(); ++way) {
        const std::optional<Step> next = Follow(step, step.state->transitions[way], max_token);
        if (next && *next != start && origins_.emplace(*next, Origin{step, way}).second) open.push_back(*next);
      }
    }
  }

  [[nodiscard]] std::optional<Step> Follow(const Step& step, const Transition* transition,
                                           std::size_t max_token) const {
    if (const auto* rule = dynamic_cast<const RuleTransition*>(transition)) {
      const auto* child = ChildAt<antlr4::ParserRuleContext>(step.child);
      if (child == nullptr || child->getRuleIndex() != rule->target->ruleIndex) return std::nullopt;
      return Step{rule->followState, step.child + 1};
    }
    if (transition->isEpsilon()) return Step{transition->target, step.child};
    auto* leaf = ChildAt<antlr4::tree::TerminalNode>(step.child);
    if (leaf == nullptr || !transition->matches(leaf->getSymbol()->getType(), 0, max_token)) return std::nullopt;
    return Step{transition->target, step.child + 1};
  }

  template <typename T>
  [[nodiscard]] T* ChildAt(std::size_t index) const {
    return index < context_->children.size() ? dynamic_cast<T*>(context_->children[index]) : nullptr;
  }

  const antlr4::ParserRuleContext* context_;
  std::map<Step, Origin> origins_;
};

/// All contexts below `root` that were parsed without an error.
std::vector<const antlr4::ParserRuleContext*> SoundContexts(const antlr4::ParserRuleContext* root) {
  std::vector<const antlr4::ParserRuleContext*> sound;
  std::vector<const antlr4::ParserRuleContext*> open{root};
  while (!open.empty()) {
    const antlr4::ParserRuleContext* context = open.back();
    open.pop_back();
    if (!context->exception) sound.push_back(context);
    for (const antlr4::tree::ParseTree* child : context->children)
      if (const auto* part = dynamic_cast<const antlr4::ParserRuleContext*>(child)) open.push_back(part);
  }
  return sound;
}

}  // namespace

std::set<std::string> AllAlternatives() {
  SourceTokens tokens("", FileId(0));
  const P parser(&tokens.Stream());
  return Alternatives(parser).All();
}

std::set<std::string> ReachedAlternatives(const std::string& text) {
  diagnostics::DiagnosticSink sink;
  std::set<std::string> reached;
  if (source::FindInvalidUtf8(text)) return reached;
  SourceTokens tokens(text, FileId(0));
  const std::vector<bool> doubtful = ReportMistakenTokens(tokens, sink);
  if (!CheckBracketDepth(tokens, sink)) return reached;
  GuardedParser parser(&tokens.Stream());
  parser.removeErrorListeners();
  parser.setErrorHandler(std::make_shared<ErrorStrategy>(tokens, doubtful, sink));
  try {
    const Alternatives alternatives(parser);
    for (const antlr4::ParserRuleContext* context : SoundContexts(parser.file()))
      WayThroughRule(context).Collect(parser.getATN(), alternatives, reached);
  } catch (const NestingTooDeep&) {
    return {};
  }
  reached.erase("");  // steps that are no decision
  return reached;
}

}  // namespace proviso::syntax
