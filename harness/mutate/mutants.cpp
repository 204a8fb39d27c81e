#include "harness/mutate/mutants.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <set>

#include "compiler/amend/import.h"
#include "compiler/amend/paragraphs.h"
#include "harness/mutate/finder.h"

namespace proviso::mutate {

using syntax::ExprId;
using syntax::ExprKind;

namespace {

Citation Resolved(const Citation& enclosing, const syntax::CitationText& cite) {
  return cite.is_quoted ? Citation{cite.text} : ResolveCitation(enclosing, cite.text);
}

std::vector<Citation> Resolved(const Citation& enclosing, const std::vector<syntax::CitationText>& cites) {
  std::vector<Citation> resolved;
  for (const syntax::CitationText& cite : cites) resolved.push_back(Resolved(enclosing, cite));
  return resolved;
}

}  // namespace

Around Around::With(const std::vector<syntax::CitationText>& own) const {
  if (own.empty()) return *this;
  Around inner = *this;
  inner.cites = Resolved(enclosing, own);
  inner.enclosing = inner.cites.front();
  return inner;
}

void RemoveRule(syntax::DecisionDeclaration& decision, const std::string& name) {
  std::vector<std::string> exceptions;
  std::erase_if(decision.items, [&](const auto& item) {
    const auto* const rule = std::get_if<syntax::RuleText>(&item);
    if (rule == nullptr) return false;
    if (rule->except_to && rule->except_to->text == name) exceptions.push_back(rule->name.text);
    return rule->name.text == name;
  });
  for (const std::string& exception : exceptions) RemoveRule(decision, exception);
}

Finder::Finder(const check::CheckedDraft& draft) : draft_(draft), tree_(draft.text->tree) {
  for (const check::Expr& expr : draft.exprs) {
    const auto* const member = std::get_if<Member>(&expr.constant);
    if (expr.op == check::Op::kConstant && member != nullptr && expr.type.kind == TypeKind::kEnum)
      members_[expr.text] = {expr.type.enumeration, member->index};
  }
}

void Finder::Add(Slip slip, const Around& around, const Span& span, Editor editor) {
  found_.push_back({slip, around.inside, around.cites, span, editor.Take({around.declaration})});
}

void Finder::Replace(Slip slip, const Around& around, ExprId id, ExprKind kind) {
  Editor editor = Edited();
  editor.Set(id, std::move(kind));
  Add(slip, around, tree_[id].span, std::move(editor));
}

void Finder::ReplaceBy(Slip slip, const Around& around, ExprId id, ExprId other) {
  Replace(slip, around, id, tree_[other].kind);
}

std::vector<Mutant> Finder::Find() {
  // Literals first: which is next to another is asked of all of them.
  const auto note = [&](const auto& self, ExprId id) -> void {
    if (!id.IsValid()) return;
    syntax::Expr expr = tree_[id];
    literals_.Add(expr.kind);
    amend::ForEachChild(expr, [&](ExprId child) { self(self, child); });
  };
  for (const syntax::Declaration& declaration : tree_.declarations) {
    if (const auto* const term = std::get_if<syntax::TermDeclaration>(&declaration.kind)) note(note, term->value);
    if (const auto* const option = std::get_if<syntax::OptionDeclaration>(&declaration.kind)) {
      for (const syntax::AlternativeText& alternative : option->alternatives) note(note, alternative.value);
    }
    const auto* const decision = std::get_if<syntax::DecisionDeclaration>(&declaration.kind);
    if (decision == nullptr) continue;
    for (const auto& item : decision->items) {
      const auto* const rule = std::get_if<syntax::RuleText>(&item);
      if (rule != nullptr) note(note, rule->value);
      if (rule != nullptr) note(note, rule->condition);
      if (const auto* const otherwise = std::get_if<syntax::OtherwiseText>(&item)) note(note, otherwise->value);
    }
  }
  for (const amend::AmendedTree::Settled& settled : draft_.text->settled) note(note, settled.otherwise);
  for (std::size_t i = 0; i < tree_.declarations.size(); ++i) VisitDeclaration(i);
  VisitSettled();
  AddParagraphs();
  return std::move(found_);
}

// ---- Declarations ------------------------------------------------------------------------------------------

void Finder::VisitDeclaration(std::size_t index) {
  Around around;
  around.declaration = index;
  const auto& kind = tree_.declarations[index].kind;
  if (const auto* const term = std::get_if<syntax::TermDeclaration>(&kind)) Visit(*term, around);
  if (const auto* const option = std::get_if<syntax::OptionDeclaration>(&kind)) Visit(*option, around);
  if (const auto* const set = std::get_if<syntax::SetDeclaration>(&kind)) Visit(*set, around);
  if (const auto* const decision = std::get_if<syntax::DecisionDeclaration>(&kind)) Visit(*decision, around);
}

void Finder::Visit(const syntax::TermDeclaration& term, Around around) {
  around.inside = "term " + term.name.text;
  around = around.With(term.supports.cites);
  const auto is_meant = [&](const check::Term& one) {
    return one.name == term.name.text && one.span == term.name.span;
  };
  const auto found = llvm::find_if(draft_.terms, is_meant);
  if (found != draft_.terms.end() && found->type.kind == TypeKind::kBoolean) {
    for (const Citation& cite : around.cites) {
      cited_.push_back({cite, term.name.span, around.declaration, around.inside, Cited::Kind::kTerm, term.value});
    }
  }
  VisitExpr(term.value, around);
}

void Finder::Visit(const syntax::OptionDeclaration& option, Around around) {
  const std::string name = (option.is_reading ? "reading " : "option ") + option.name.text;
  around = around.With(option.supports.cites);
  const auto checked = draft_.FindOption(option.name.text);
  const auto settled = checked ? draft_.options[*checked].settled : std::nullopt;
  for (std::size_t i = 0; i < option.alternatives.size(); ++i) {
    const syntax::AlternativeText& alternative = option.alternatives[i];
    if (settled && *settled != i) continue;
    around.inside = name + ", " + alternative.name.text;
    VisitExpr(alternative.value, around.With(alternative.supports.cites));
    if (settled || i + 1 == option.alternatives.size()) continue;
    Editor editor = Edited();
    auto& changed = std::get<syntax::OptionDeclaration>(editor.Declaration(around.declaration).kind);
    std::swap(changed.alternatives[i].value, changed.alternatives[i + 1].value);
    around.inside = name;
    Add(Slip::kAlternative, around, alternative.span, std::move(editor));
  }
}

void Finder::Visit(const syntax::SetDeclaration& set, Around around) {
  around.inside = "set " + set.name.text;
  around = around.With(set.supports.cites);
  for (std::size_t i = 0; i < set.members.size(); ++i) {
    Editor editor = Edited();
    auto& members = std::get<syntax::SetDeclaration>(editor.Declaration(around.declaration).kind).members;
    members.erase(members.begin() + static_cast<std::ptrdiff_t>(i));
    Add(Slip::kRemoval, around, set.members[i].span, std::move(editor));
  }
}

void Finder::Visit(const syntax::DecisionDeclaration& decision, Around around) {
  around.inside = "decision " + decision.name.text;
  around = around.With(decision.supports.cites);
  for (std::size_t i = 0; i < decision.items.size(); ++i) {
    if (std::holds_alternative<syntax::HitPolicyText>(decision.items[i])) AddPolicies(decision, i, around);
    if (std::holds_alternative<syntax::RuleText>(decision.items[i])) VisitRule(decision, i, around);
    if (const auto* const otherwise = std::get_if<syntax::OtherwiseText>(&decision.items[i])) {
      Around outcome = around;
      outcome.is_outcome = true;
      VisitExpr(otherwise->value, outcome);
    }
  }
}

void Finder::AddPolicies(const syntax::DecisionDeclaration& decision, std::size_t index, const Around& around) {
  using syntax::HitPolicy;
  const auto& written = std::get<syntax::HitPolicyText>(decision.items[index]);
  for (const HitPolicy other : {HitPolicy::kStrictestWins, HitPolicy::kFirstWins, HitPolicy::kOneApplies}) {
    if (other == written.policy) continue;
    Editor editor = Edited();
    auto& changed = std::get<syntax::DecisionDeclaration>(editor.Declaration(around.declaration).kind);
    std::get<syntax::HitPolicyText>(changed.items[index]).policy = other;
    Add(Slip::kHitPolicy, around, written.span, std::move(editor));
  }
}

void Finder::VisitRule(const syntax::DecisionDeclaration& decision, std::size_t index, const Around& around) {
  const auto& rule = std::get<syntax::RuleText>(decision.items[index]);
  Around inner = around;
  inner.inside = (rule.is_exception ? "exception " : "rule ") + rule.name.text;
  inner.enclosing = {};
  inner = inner.With(rule.supports.cites);
  for (const syntax::CitationText& cite : rule.supports.cites) {
    cited_.push_back(
        {Resolved({}, cite), rule.name.span, around.declaration, inner.inside, Cited::Kind::kRule, {}, index});
  }
  Editor editor = Edited();
  RemoveRule(std::get<syntax::DecisionDeclaration>(editor.Declaration(around.declaration).kind), rule.name.text);
  Add(Slip::kRemoval, inner, rule.span, std::move(editor));
  if (rule.under_option) AddUnder(rule, index, inner);
  VisitExpr(rule.condition, inner);
  inner.is_outcome = true;
  if (rule.value.IsValid()) VisitExpr(rule.value, inner);
}

void Finder::AddUnder(const syntax::RuleText& rule, std::size_t index, const Around& around) {
  const auto option = draft_.FindOption(rule.under_option->text);
  if (!option) return;
  for (const check::Alternative& alternative : draft_.options[*option].alternatives) {
    if (alternative.name == rule.under_alternative.text) continue;
    Editor editor = Edited();
    auto& changed = std::get<syntax::DecisionDeclaration>(editor.Declaration(around.declaration).kind);
    std::get<syntax::RuleText>(changed.items[index]).under_alternative.text = alternative.name;
    Add(Slip::kAlternative, around, rule.under_alternative.span, std::move(editor));
  }
}

void Finder::VisitSettled() {
  for (std::size_t i = 0; i < draft_.text->settled.size(); ++i) {
    const amend::AmendedTree::Settled& settled = draft_.text->settled[i];
    const auto declaration = llvm::find_if(tree_.declarations, [&](const syntax::Declaration& one) {
      const auto* const option = std::get_if<syntax::OptionDeclaration>(&one.kind);
      return option != nullptr && option->name.text == settled.option.text;
    });
    if (declaration == tree_.declarations.end()) continue;
    const auto& option = std::get<syntax::OptionDeclaration>(declaration->kind);
    Around around;
    around.declaration = static_cast<std::size_t>(declaration - tree_.declarations.begin());
    around.inside = (option.is_reading ? "reading " : "option ") + option.name.text;
    around = around.With(option.supports.cites);
    if (settled.otherwise.IsValid()) VisitExpr(settled.otherwise, around);
    for (const syntax::AlternativeText& other : option.alternatives) {
      if (!settled.alternative || other.name.text == settled.alternative->text) continue;
      Editor editor = Edited();
      editor.Settled(i).alternative->text = other.name.text;
      found_.push_back({Slip::kAlternative, around.inside, around.cites, settled.span, editor.Take({})});
    }
  }
}

// ---- Paragraphs --------------------------------------------------------------------------------------------

void Finder::AddParagraphs() {
  std::set<Citation> paragraphs;
  for (const Cited& cited : cited_) paragraphs.insert(cited.cite);
  for (const Citation& paragraph : paragraphs) {
    std::vector<const Cited*> below;
    for (const Cited& cited : cited_) {
      const bool is_there = !below.empty() && below.back()->IsSamePieceAs(cited);
      if (paragraph.Encloses(cited.cite) && !is_there) below.push_back(&cited);
    }
    // That of one rule or item alone is a removal.
    if (below.size() == 1 && below.front()->kind != Cited::Kind::kTerm) continue;
    // From the last to the first, so that places before stay what they are.
    Editor editor = Edited();
    std::vector<std::size_t> touched;
    for (const Cited* const cited : llvm::reverse(below)) {
      RemoveCited(*cited, editor);
      touched.push_back(cited->declaration);
    }
    llvm::sort(touched);
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    const Cited& first = *below.front();
    found_.push_back({Slip::kParagraph, first.inside, {paragraph}, first.span, editor.Take(std::move(touched))});
  }
}

void Finder::RemoveCited(const Cited& cited, Editor& editor) const {
  const auto no = [](bool value) { return syntax::BooleanLiteral{value, value ? "yes" : "no"}; };
  switch (cited.kind) {
    case Cited::Kind::kTerm:
      editor.Set(cited.expr, no(false));
      break;
    case Cited::Kind::kItem: {
      syntax::Expr list_expr = editor.At(cited.expr);
      auto* const list = std::get_if<syntax::ConditionList>(&list_expr.kind);
      if (list == nullptr) break;  // all of it is gone already
      list->items.erase(list->items.begin() + static_cast<std::ptrdiff_t>(cited.index));
      const bool holds = list->kind == syntax::ListKind::kAllOf || list->kind == syntax::ListKind::kNoneOf;
      editor.Set(cited.expr, list->items.empty() ? ExprKind(no(holds)) : ExprKind(*list));
      break;
    }
    case Cited::Kind::kRule: {
      const auto& written = std::get<syntax::DecisionDeclaration>(tree_.declarations[cited.declaration].kind);
      auto& decision = std::get<syntax::DecisionDeclaration>(editor.Declaration(cited.declaration).kind);
      RemoveRule(decision, std::get<syntax::RuleText>(written.items[cited.index]).name.text);
      break;
    }
  }
}

std::vector<Mutant> MutantsOf(const check::CheckedDraft& draft) { return Finder(draft).Find(); }

}  // namespace proviso::mutate
