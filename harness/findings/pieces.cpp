#include "harness/findings/pieces.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>

#include "compiler/reference/written.h"

namespace proviso::findings {
namespace {

using check::CheckedDraft;
using check::DecisionId;
using check::Expr;
using check::ExprId;
using check::Op;
using Cites = std::vector<Citation>;

constexpr bool kNo = false;
constexpr bool kYes = true;

const Cites& OwnOr(const Cites& own, const Cites& others) { return own.empty() ? others : own; }

/// What an operand of a condition can be replaced by so that the condition is not simply one or the other itself.
std::vector<bool> ReplacementsIn(const Expr& parent, std::size_t operand) {
  switch (parent.op) {
    case Op::kAnd:
      return {kYes};
    case Op::kOr:
      return {kNo};
    case Op::kNot:
    case Op::kSupposing:
      return {};
    case Op::kSome:
      return {kYes};
    case Op::kEvery:
      return {kNo};
    case Op::kIf:
      return operand == 0 || parent.type.kind == TypeKind::kBoolean ? std::vector{kNo, kYes} : std::vector<bool>();
    default:
      return {kNo, kYes};
  }
}

class Collector {
 public:
  Collector(const CheckedDraft& draft, const LeftOut& left_out) : draft_(draft), left_out_(left_out) {}

  std::vector<Piece> Collect() {
    for (const DecisionId decision : draft_.DecisionsOfCase()) {
      decision_ = decision;
      seen_.clear();
      seen_declarations_.clear();
      VisitDecision(decision);
    }
    std::ranges::stable_partition(pieces_, [](const Piece& piece) { return piece.text.empty(); });
    const auto is_rule = [](const Piece& piece) { return piece.rule.has_value(); };
    std::ranges::stable_partition(pieces_, is_rule);
    return std::move(pieces_);
  }

  /// All terms that are come to from these.
  std::set<check::TermId> TermsFrom(const std::vector<ExprId>& roots) {
    decision_ = DecisionId(0);
    for (const ExprId root : roots) Visit(root, {});
    return std::move(terms_);
  }
  void VisitAllDecisions() {
    for (std::size_t i = 0; i < draft_.decisions.size(); ++i) VisitDecision(DecisionId(i));
  }

 private:
  /// Where a condition stands.
  struct Around {
    std::string inside;
    Cites cites;
    const Expr* parent = nullptr;  // none: of a declaration
    std::size_t operand = 0;
    std::vector<std::size_t> path;  // from the expression of the same text that is outermost
    bool is_item = false;
    bool is_tested = true;  // not: where its own text says more than it, or others stand for it
  };
  /// A piece is told by its text, and by its place in what that text became.
  using Key = std::pair<syntax::ExprId, std::vector<std::size_t>>;

  void VisitDecision(DecisionId id) {
    const check::Decision& decision = draft_.decisions[id];
    if (!seen_declarations_.insert(&decision).second) return;
    for (const check::RuleId rule : decision.rules) VisitRule(rule);
    if (decision.otherwise) Visit(*decision.otherwise, {.inside = decision.name, .cites = decision.cites});
  }

  void VisitRule(check::RuleId id) {
    const check::Rule& rule = draft_.rules[id];
    if (!seen_declarations_.insert(&rule).second || left_out_.rules.contains(id)) return;
    const check::Decision& decision = draft_.decisions[rule.decision];
    const std::string name = decision.name + "." + rule.name;
    const Cites& cites = OwnOr(rule.cites, decision.cites);
    auto [found, is_new] = rules_.try_emplace(id, pieces_.size());
    if (is_new)
      pieces_.push_back({.kind = rule.is_exception ? Piece::Kind::kException : Piece::Kind::kRule,
                         .inside = name,
                         .text = {},
                         .cites = cites,
                         .span = rule.span,
                         .conditions = {rule.condition},
                         .replacements = {kNo},
                         .rule = id,
                         .term = {},
                         .decisions = {}});
    pieces_[found->second].decisions.insert(decision_);
    Visit(rule.condition, {.inside = name, .cites = cites});
    if (rule.value) Visit(*rule.value, {.inside = name, .cites = cites});
    for (const check::RuleId exception : rule.exceptions) VisitRule(exception);
  }

  void VisitTerm(check::TermId id) {
    const check::Term& term = draft_.terms[id];
    terms_.insert(id);
    if (left_out_.conditions.contains(term.body)) return;
    const Vocabulary& words = *draft_.vocabulary;
    const bool is_of_case = !term.of || *term.of == words.case_entity;
    const std::string name = is_of_case ? term.name : words.entities[*term.of].name + "." + term.name;
    if (term.type.kind != TypeKind::kBoolean) {
      Visit(term.body, {.inside = name, .cites = term.cites});
      return;
    }
    if (draft_[term.body].op != Op::kConstant) AddTerm(id, name);
    if (!seen_.insert(term.body).second) return;
    VisitOperands(term.body, {.inside = name, .cites = term.cites});
  }

  void AddTerm(check::TermId id, const std::string& name) {
    const check::Term& term = draft_.terms[id];
    Piece& piece = At({draft_[term.body].text, {}}, {.kind = Piece::Kind::kTerm,
                                                     .inside = name,
                                                     .text = {},
                                                     .cites = term.cites,
                                                     .span = term.span,
                                                     .conditions = {},
                                                     .replacements = {kNo, kYes},
                                                     .rule = {},
                                                     .term = id,
                                                     .decisions = {}});
    Extend(piece, term.body);
  }

  void VisitOption(check::OptionId id) {
    const check::Option& option = draft_.options[id];
    for (std::size_t i = 0; i < option.alternatives.size(); ++i) {
      if (option.settled.value_or(i) != i) continue;
      const check::Alternative& alternative = option.alternatives[i];
      Visit(alternative.value,
            {.inside = option.name + "." + alternative.name, .cites = OwnOr(alternative.cites, option.cites)});
    }
  }

  Piece& At(const Key& key, Piece piece) {
    const auto [found, is_new] = by_text_.try_emplace(key, pieces_.size());
    if (is_new) pieces_.push_back(std::move(piece));
    return pieces_[found->second];
  }

  void Extend(Piece& piece, ExprId condition) {
    if (!llvm::is_contained(piece.conditions, condition)) piece.conditions.push_back(condition);
    piece.decisions.insert(decision_);
  }

  void Visit(ExprId id, const Around& around) {
    if (left_out_.conditions.contains(id)) return;
    AddCondition(id, around);
    if (!seen_.insert(id).second) return;
    VisitOperands(id, around);
    const Expr& expr = draft_[id];
    if (expr.op == Op::kTerm) VisitTerm(expr.term);
    if (expr.op == Op::kOption) VisitOption(expr.option);
    if (expr.op == Op::kDecision) VisitDecision(expr.decision);
    if (expr.op == Op::kRuleFires || expr.op == Op::kRuleDecides) VisitDecision(draft_.rules[expr.rule].decision);
  }

  void AddCondition(ExprId id, const Around& around) {
    const Expr& expr = draft_[id];
    if (expr.type.kind != TypeKind::kBoolean || expr.op == Op::kConstant || !expr.text.IsValid()) return;
    if (!around.is_tested || IsPartlyItsOwnText(expr) || NamesWhatIsLeftOut(expr)) return;
    std::vector<bool> replacements = {kNo, kYes};
    if (around.parent != nullptr) replacements = ReplacementsIn(*around.parent, around.operand);
    if (replacements.empty()) return;
    std::string text = reference::Written(draft_, expr);
    if (text.empty()) return;
    // Both ends of `between` have its text.
    if (!around.path.empty())
      text += fmt::format(", part {} of {}", around.operand + 1, around.parent->operands.size());
    // That a rule's condition never holds is that the rule never fires.
    const bool is_of_rule = around.parent == nullptr && IsOfRule(id);
    if (is_of_rule) replacements = {kYes};
    Piece& piece = At({expr.text, around.path}, {.kind = KindOf(expr, around),
                                                 .inside = around.inside,
                                                 .text = std::move(text),
                                                 .cites = around.cites,
                                                 .span = expr.span,
                                                 .conditions = {},
                                                 .replacements = std::move(replacements),
                                                 .rule = {},
                                                 .term = {},
                                                 .decisions = {}});
    Extend(piece, id);
  }

  [[nodiscard]] bool NamesWhatIsLeftOut(const Expr& expr) const {
    if (expr.op == Op::kTerm) return left_out_.conditions.contains(draft_.terms[expr.term].body);
    if (expr.op != Op::kOption) return false;
    return left_out_.conditions.contains(draft_.options[expr.option].alternatives.front().value);
  }

  [[nodiscard]] bool IsOfRule(ExprId id) const {
    return llvm::any_of(draft_.rules, [&](const check::Rule& rule) { return rule.condition == id; });
  }

  /// `some x in LIST where D satisfies C` is put together under the text of C.
  [[nodiscard]] bool IsPartlyItsOwnText(const Expr& expr) const {
    const auto has_its = [&](ExprId operand) { return draft_[operand].text == expr.text; };
    return expr.operands.size() > 1 && llvm::any_of(expr.operands, has_its) && !llvm::all_of(expr.operands, has_its);
  }

  /// Conditions over the members of an enumeration are one condition in the text.
  [[nodiscard]] bool IsOverMembers(const Expr& expr) const {
    if ((expr.op != Op::kAnd && expr.op != Op::kOr) || expr.operands.size() < 2) return false;
    const syntax::ExprId first = draft_[expr.operands.front()].text;
    return first != expr.text && llvm::all_of(expr.operands, [&](ExprId id) { return draft_[id].text == first; });
  }

  Piece::Kind KindOf(const Expr& expr, const Around& around) const {
    if (around.is_item) return Piece::Kind::kItem;
    const bool is_order = expr.op == Op::kLess || expr.op == Op::kLessEqual || expr.op == Op::kGreater ||
                          expr.op == Op::kGreaterEqual || expr.op == Op::kEqual;
    if (!is_order) return Piece::Kind::kCondition;
    const Type& type = draft_[expr.operands.front()].type;
    const bool is_measure = type.IsNumber() || type.kind == TypeKind::kDate || type.kind == TypeKind::kDays;
    return is_measure ? Piece::Kind::kThreshold : Piece::Kind::kCondition;
  }

  void VisitOperands(ExprId id, const Around& around) {
    const Expr& expr = draft_[id];
    const bool is_over_members = IsOverMembers(expr);
    const bool is_partly = IsPartlyItsOwnText(expr);
    for (std::size_t i = 0; i < expr.operands.size(); ++i) {
      Around inside{.inside = around.inside, .cites = around.cites, .parent = &expr, .operand = i};
      const Expr& operand = draft_[expr.operands[i]];
      if (operand.text == expr.text && !is_partly) {
        inside.path = around.path;
        inside.path.push_back(i);
      }
      if (i < expr.item_cites.size() && expr.op != Op::kNot) {
        inside.is_item = true;
        if (!expr.item_cites[i].empty()) inside.cites = expr.item_cites[i];
      }
      inside.is_tested = !is_over_members;
      Visit(expr.operands[i], inside);
    }
    for (const check::Override& change : expr.overrides)
      Visit(change.value, {.inside = around.inside, .cites = around.cites});
  }

  const CheckedDraft& draft_;
  const LeftOut& left_out_;
  DecisionId decision_;  // that is gone through
  std::vector<Piece> pieces_;
  std::map<Key, std::size_t> by_text_;
  std::map<check::RuleId, std::size_t> rules_;
  std::set<ExprId> seen_;
  std::set<const void*> seen_declarations_;
  std::set<check::TermId> terms_;
};

}  // namespace

std::vector<Piece> PiecesOf(const CheckedDraft& draft, const LeftOut& left_out) {
  return Collector(draft, left_out).Collect();
}

std::vector<check::TermId> UnreadTerms(const CheckedDraft& draft) {
  const LeftOut nothing;
  Collector collector(draft, nothing);
  collector.VisitAllDecisions();
  std::vector<ExprId> roots;
  for (const check::Property& property : draft.properties) {
    if (property.condition) roots.push_back(*property.condition);
  }
  const std::set<check::TermId> read = collector.TermsFrom(roots);
  std::vector<check::TermId> unread;
  // A term with parameters is a term for each member, and read where one of them is.
  const auto is_read = [&](const check::Term& term) {
    return llvm::any_of(
        read, [&](check::TermId id) { return draft.terms[id].name == term.name && draft.terms[id].of == term.of; });
  };
  for (std::size_t i = 0; i < draft.terms.size(); ++i) {
    if (!is_read(draft.terms[check::TermId(i)])) unread.emplace_back(i);
  }
  return unread;
}

}  // namespace proviso::findings
