// declaration_layout.h: declarations and amendments → layouts.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/format/doc.h"
#include "compiler/format/expression_layout.h"
#include "compiler/format/ink.h"
#include "compiler/syntax/syntax_tree.h"

namespace proviso::format {

class DeclarationLayout {
 public:
  /// `trivia` is that of the text of `tree`: an empty line ends a run of things that are aligned.
  DeclarationLayout(const syntax::SyntaxTree& tree, const Trivia& trivia, DocStore& docs)
      : tree_(tree), trivia_(trivia), docs_(docs), expressions_(tree, docs) {}

  Doc Use(const syntax::UseText& use);
  Doc Header();
  Doc Of(const syntax::Declaration& declaration);

 private:
  template <typename Variant>
  Doc LayAny(const Variant& one_of) {
    return std::visit([this](const auto& kind) { return this->Lay(kind); }, one_of);
  }

  Doc Lay(const syntax::UnitDeclaration& unit);
  Doc Lay(const syntax::EnumDeclaration& enumeration);
  Doc Lay(const syntax::EntityDeclaration& entity);
  Doc Lay(const syntax::CaseDeclaration& declaration);
  Doc Lay(const syntax::AssumeDeclaration& assume);
  Doc Lay(const syntax::SetDeclaration& set);
  Doc Lay(const syntax::OptionDeclaration& option);
  Doc Lay(const syntax::ConstraintDeclaration& constraint);
  Doc Lay(const syntax::OptionSetDeclaration& option_set);
  Doc Lay(const syntax::TermDeclaration& term);
  Doc Lay(const syntax::DecisionDeclaration& decision);
  Doc Lay(const syntax::PropertyDeclaration& property);
  Doc Lay(const syntax::WaiverDeclaration& waiver);
  Doc Lay(const syntax::TransformDeclaration& transform);

  Doc Lay(const syntax::SettleAmendment& settle);
  Doc Lay(const syntax::AddAmendment& add);
  Doc Lay(const syntax::ReplaceAmendment& replace);
  Doc Lay(const syntax::RepealAmendment& repeal);
  Doc Lay(const syntax::SetAmendment& change);
  Doc Lay(const syntax::AmendAmendment& amend);

  Doc Lay(const syntax::HitPolicyText& policy);
  Doc Lay(const syntax::OtherwiseText& otherwise);
  Doc Lay(const syntax::RuleText& rule);
  Doc Lay(const syntax::ParagraphChange& change);
  Doc Lay(const syntax::RuleChange& change);
  Doc Lay(const syntax::OtherwiseChange& change);
  Doc Lay(const syntax::HitPolicyChange& change);

  /// ` §850.224, §850.217 "description"`, on new lines where they do not fit.
  Doc Supports(const syntax::Supports& supports);
  Doc SupportsInline(const syntax::Supports& supports);
  Doc OfEntity(const std::optional<syntax::Name>& entity);
  Doc Type(const syntax::TypeText& type);
  Doc Kept(std::string_view word, const syntax::Name& name);
  /// `HEAD = VALUE`, the value on a line of its own where it does not fit.
  Doc Assignment(Doc head, syntax::ExprId value);
  /// `HEAD {`, each item on lines of its own, `}`.
  Doc Block(Doc head, const std::vector<Doc>& items);
  Doc Claim(const syntax::PropertyDeclaration& property);
  Doc RuleHead(const syntax::RuleText& rule);
  Doc Amended(syntax::DeclarationWord word, const std::optional<syntax::Name>& of, const syntax::Name& name);

  /// One of several things that stand below each other: its columns, and how it looks where they are not aligned.
  struct TableRow {
    std::uint32_t begin;     // of its text
    std::vector<Doc> cells;  // with what separates them; the last may be missing
    Doc loose;
    bool stands_alone = false;  // never aligned
  };
  TableRow FactRow(const syntax::FactDeclaration& fact);
  TableRow AlternativeRow(const syntax::AlternativeText& alternative);
  /// The rows, each run of neighbours aligned where all of it then has one line a row.
  std::vector<Doc> Table(const std::vector<TableRow>& rows);
  void LayRun(const TableRow* begin, const TableRow* end, std::vector<Doc>& docs);

  const syntax::SyntaxTree& tree_;
  const Trivia& trivia_;
  DocStore& docs_;
  ExpressionLayout expressions_;
};

}  // namespace proviso::format
