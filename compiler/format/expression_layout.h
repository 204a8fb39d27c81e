// expression_layout.h: expressions, conditions and what stands in them → layouts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/format/doc.h"
#include "compiler/syntax/syntax_tree.h"

namespace proviso::format {

/// Lays out the expressions of one tree. An expression's lines after its first begin at the column at hand, plus
/// `hang` where they continue a chain of operators: 0 where the expression begins at that column, else 2.
class ExpressionLayout {
 public:
  ExpressionLayout(const syntax::SyntaxTree& tree, DocStore& docs) : tree_(tree), docs_(docs) {}

  Doc Of(syntax::ExprId expr, int hang);
  /// After a word on its line: `when …`, `always …`. A list of conditions continues that line instead.
  Doc After(std::string_view word, syntax::ExprId expr);
  [[nodiscard]] bool IsConditionList(syntax::ExprId expr) const;
  /// Without a group of its own: broken with what it stands in.
  Doc List(const syntax::ConditionList& list);

  /// `{ a, b }`, or one a line. Without a group of its own.
  Doc Braces(const std::vector<Doc>& items);
  Doc Citation(const syntax::CitationText& cite);
  Doc Quoted(const std::string& text);
  /// `h.share(k)`.
  Doc Path(const syntax::Path& path);
  /// `military` or `EndUse.military`.
  Doc Member(const syntax::Name& name);
  Doc Names(const std::vector<syntax::Name>& names);

 private:
  Doc Lay(const syntax::NumberLiteral& number, int hang);
  Doc Lay(const syntax::PercentLiteral& percent, int hang);
  Doc Lay(const syntax::MoneyLiteral& money, int hang);
  Doc Lay(const syntax::DateLiteral& date, int hang);
  Doc Lay(const syntax::DurationLiteral& duration, int hang);
  Doc Lay(const syntax::BooleanLiteral& boolean, int hang);
  Doc Lay(const syntax::NoneLiteral& none, int hang);
  Doc Lay(const syntax::Path& path, int hang);
  Doc Lay(const syntax::Parenthesised& parenthesised, int hang);
  Doc Lay(const syntax::SetLiteral& set, int hang);
  Doc Lay(const syntax::ConditionList& list, int hang);
  Doc Lay(const syntax::Not& negation, int hang);
  Doc Lay(const syntax::Negate& negation, int hang);
  Doc Lay(const syntax::Binary& binary, int hang);
  Doc Lay(const syntax::Between& between, int hang);
  Doc Lay(const syntax::InSet& in_set, int hang);
  Doc Lay(const syntax::Includes& includes, int hang);
  Doc Lay(const syntax::Supposing& supposing, int hang);
  Doc Lay(const syntax::DescribedIn& described, int hang);
  Doc Lay(const syntax::Quantified& quantified, int hang);
  Doc Lay(const syntax::Conditional& conditional, int hang);
  Doc Lay(const syntax::Aggregate& aggregate, int hang);
  Doc Lay(const syntax::Call& call, int hang);
  Doc Lay(const syntax::Decides& decides, int hang);

  /// Operands with the operators between them, on one level of binding.
  struct Chain {
    bool is_condition;
    std::vector<syntax::ExprId> operands;
    std::vector<std::string_view> operators;
  };
  [[nodiscard]] Chain Unchain(const syntax::Binary& binary) const;
  Doc LayChain(const Chain& chain, int hang);
  struct Tail {
    Doc head;
    Doc rest;
    [[nodiscard]] Doc Whole(DocStore& docs, bool head_is_flat) const {
      return rest.IsValid() ? docs.Row({head_is_flat ? docs.Flat(head) : head, rest}) : head;
    }
  };
  Tail LayTail(syntax::ExprId operand, bool is_condition);
  Doc Item(const syntax::ConditionItem& item);
  Doc QuantifiedHead(const syntax::Quantified& quantified);
  Doc Satisfies(const syntax::Quantified& quantified);

  const syntax::SyntaxTree& tree_;
  DocStore& docs_;
};

}  // namespace proviso::format
