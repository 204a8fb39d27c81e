#include "compiler/lower/wording.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <bit>
#include <concepts>
#include <map>
#include <string_view>
#include <variant>

namespace proviso::lower {
namespace {

using check::Expr;
using check::ExprId;
using check::Op;

struct ValueText {
  std::string operator()(const NoValue&) const { return "none"; }
  std::string operator()(bool value) const { return value ? "yes" : "no"; }
  std::string operator()(const Exact& value) const { return value.ToPlainText(); }
  std::string operator()(double value) const { return fmt::format("r{:x}", std::bit_cast<std::uint64_t>(value)); }
  std::string operator()(Date value) const { return DateToText(value); }
  std::string operator()(const Days& value) const { return fmt::format("{}d", value.count); }
  std::string operator()(const Member& value) const { return fmt::format("m{}", value.index); }
  std::string operator()(const MemberSet& value) const {
    std::string text = "{";
    for (const std::uint32_t member : value.members) text += fmt::format("{} ", member);
    return text + "}";
  }
  std::string operator()(const EntityValue&) const { return "e"; }  // no constant is one
  std::string operator()(const ListValue&) const { return "l"; }
};

class Writer {
 public:
  explicit Writer(const check::CheckedDraft& draft) : draft_(draft) {}

  std::string Write(ExprId root) {
    Add(root);
    // Terms, decisions and options that come up on the way are said once, in the order in which they come up.
    for (std::size_t i = 0; i < open_.size(); ++i) {  // NOLINT(modernize-loop-convert): it grows meanwhile
      Put(";");
      std::visit([&](auto id) { Say(id); }, Piece(open_[i]));
    }
    return std::move(text_);
  }

 private:
  using Piece = std::variant<check::TermId, check::DecisionId, check::OptionId>;

  /// Its number, by which it is spoken of.
  std::size_t NumberOf(const Piece& piece) {
    const auto [found, is_new] = numbers_.try_emplace(piece, open_.size());
    if (is_new) open_.push_back(piece);
    return found->second;
  }

  void Say(check::TermId id) {
    const check::Term& term = draft_.terms[id];
    AddType(term.type);
    Add(term.body);
  }

  void Say(check::OptionId id) {
    const check::Option& option = draft_.options[id];
    Put(option.name);
    for (const check::Alternative& alternative : option.alternatives) {
      Put("|", alternative.name, "=");
      Add(alternative.value);
    }
  }

  void Say(check::DecisionId id) {
    const check::Decision& decision = draft_.decisions[id];
    AddType(decision.type);
    Put("/", static_cast<int>(decision.Policy()));
    for (const check::RuleId rule_id : decision.rules) {
      const check::Rule& rule = draft_.rules[rule_id];
      Put(rule.is_exception ? "!" : "|");
      if (rule.except_to) Put(PlaceOf(*rule.except_to));
      if (rule.under) AddOptionIs(rule.under->first, {rule.under->second});
      Add(rule.condition);
      Put("->");
      if (rule.value) Add(*rule.value);
    }
    Put("else");
    if (decision.otherwise) Add(*decision.otherwise);
  }

  [[nodiscard]] std::size_t PlaceOf(check::RuleId id) const {
    const std::vector<check::RuleId>& rules = draft_.decisions[draft_.rules[id].decision].rules;
    return static_cast<std::size_t>(llvm::find(rules, id) - rules.begin());
  }

  void AddOptionIs(check::OptionId id, const std::vector<std::uint32_t>& alternatives) {
    const check::Option& option = draft_.options[id];
    if (option.settled) return Put(llvm::is_contained(alternatives, *option.settled) ? "(yes)" : "(no)");
    Put("(o", NumberOf(id), " is");
    for (const std::uint32_t alternative : alternatives) Put(" ", alternative);
    Put(")");
  }

  void Add(ExprId id) {
    const Expr& expr = draft_[id];
    if (expr.op == Op::kOptionIs) return AddOptionIs(expr.option, expr.alternatives);
    Put("(", static_cast<int>(expr.op), " ");
    AddType(expr.type);
    Put(" ", expr.number);
    if (expr.op == Op::kConstant || expr.op == Op::kScale) Put(" ", std::visit(ValueText(), expr.constant));
    if (expr.op == Op::kAddMonths) Put(" e", static_cast<int>(expr.month_end));
    if (expr.variable.IsValid()) Put(" v", variables_.try_emplace(expr.variable, variables_.size()).first->second);
    if (expr.op == Op::kFact) Put(" f", expr.fact.Index());
    for (const FactId fact : expr.path) Put(" p", fact.Index());
    if (expr.op == Op::kTerm) Put(" t", NumberOf(expr.term));
    if (expr.op == Op::kDecision) Put(" d", NumberOf(expr.decision));
    if (expr.op == Op::kRuleFires || expr.op == Op::kRuleDecides)
      Put(" d", NumberOf(draft_.rules[expr.rule].decision), "#", PlaceOf(expr.rule));
    if (expr.op == Op::kOption) AddOption(draft_.options[expr.option], expr.option);
    for (const ExprId operand : expr.operands) Add(operand);
    for (const check::Override& change : expr.overrides) {
      Put(":");
      Add(change.fact);
      Add(change.value);
    }
    Put(")");
  }

  void AddType(const Type& type) {
    const auto put_index = [&](auto id) { id.IsValid() ? Put(".", id.Index()) : Put(".-"); };
    Put(static_cast<int>(type.kind), ".", type.digits, type.is_percent ? "%" : "", type.or_none ? "?" : "");
    put_index(type.unit);
    put_index(type.enumeration);
    put_index(type.entity);
  }

  void AddOption(const check::Option& option, check::OptionId id) {
    if (!option.settled) return Put(" o", NumberOf(id));
    Put("=");
    Add(option.alternatives[*option.settled].value);
  }

  /// A wording is made for every recursive term of every run: not through `fmt::format`, which takes twice as long.
  template <typename... Parts>
  void Put(const Parts&... parts) {
    (PutOne(parts), ...);
  }
  void PutOne(std::string_view text) { text_ += text; }
  void PutOne(std::integral auto number) {
    const fmt::format_int digits(number);
    text_.append(digits.data(), digits.size());
  }

  const check::CheckedDraft& draft_;
  std::string text_;
  std::vector<Piece> open_;
  std::map<Piece, std::size_t> numbers_;
  std::map<check::VariableId, std::size_t> variables_;
};

}  // namespace

std::string WordingOf(const check::CheckedDraft& draft, ExprId root) { return Writer(draft).Write(root); }

}  // namespace proviso::lower
