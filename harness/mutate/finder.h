// finder.h: goes through a draft's text and notes what could be written by mistake. Private to this folder.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/mutate/literals.h"
#include "harness/mutate/mutants.h"

namespace proviso::mutate {

/// Where a piece stands.
struct Around {
  std::size_t declaration = 0;
  std::string inside;
  std::vector<Citation> cites;
  Citation enclosing;  // that relative citations continue
  bool is_outcome = false;

  /// Inside a piece with citations of its own.
  [[nodiscard]] Around With(const std::vector<syntax::CitationText>& own) const;
};

/// A piece that a citation of its own stands at: to be removed with it.
struct Cited {
  Citation cite;
  Span span;
  std::size_t declaration;
  std::string inside;
  enum class Kind : std::uint8_t { kRule, kItem, kTerm } kind = Kind::kRule;
  syntax::ExprId expr;    // kItem: the list; kTerm: what it says
  std::size_t index = 0;  // kRule: among the decision's items; kItem: in the list

  /// A piece may have several citations.
  [[nodiscard]] bool IsSamePieceAs(const Cited& other) const {
    return declaration == other.declaration && kind == other.kind && expr == other.expr && index == other.index;
  }
};

class Finder {
 public:
  explicit Finder(const check::CheckedDraft& draft);

  [[nodiscard]] std::vector<Mutant> Find();

 private:
  [[nodiscard]] Editor Edited() const { return Editor(*draft_.text); }
  void Add(Slip slip, const Around& around, const Span& span, Editor editor);
  /// The expression becomes another, said by one node.
  void Replace(Slip slip, const Around& around, syntax::ExprId id, syntax::ExprKind kind);
  /// It becomes what another is by itself.
  void ReplaceBy(Slip slip, const Around& around, syntax::ExprId id, syntax::ExprId other);

  // Declarations.
  void VisitDeclaration(std::size_t index);
  void Visit(const syntax::TermDeclaration& term, Around around);
  void Visit(const syntax::OptionDeclaration& option, Around around);
  void Visit(const syntax::SetDeclaration& set, Around around);
  void Visit(const syntax::DecisionDeclaration& decision, Around around);
  void VisitRule(const syntax::DecisionDeclaration& decision, std::size_t index, const Around& around);
  void VisitSettled();
  void AddPolicies(const syntax::DecisionDeclaration& decision, std::size_t index, const Around& around);
  void AddUnder(const syntax::RuleText& rule, std::size_t index, const Around& around);

  // Expressions.
  void VisitExpr(syntax::ExprId id, const Around& around);
  void VisitKind(syntax::ExprId id, const Around& around);
  template <typename Leaf>
  void Visit(const Leaf&, syntax::ExprId, const Around&) {}
  void Visit(const syntax::Path& path, syntax::ExprId id, const Around& around);
  void Visit(const syntax::BooleanLiteral& literal, syntax::ExprId id, const Around& around);
  void Visit(const syntax::Not& negation, syntax::ExprId id, const Around& around);
  void Visit(const syntax::Binary& binary, syntax::ExprId id, const Around& around);
  void Visit(const syntax::Between& between, syntax::ExprId id, const Around& around);
  void Visit(const syntax::Includes& includes, syntax::ExprId id, const Around& around);
  void Visit(const syntax::SetLiteral& set, syntax::ExprId id, const Around& around);
  void Visit(const syntax::ConditionList& list, syntax::ExprId id, const Around& around);
  void Visit(const syntax::Supposing& supposing, syntax::ExprId id, const Around& around);
  void Visit(const syntax::Quantified& quantified, syntax::ExprId id, const Around& around);
  void Visit(const syntax::Aggregate& aggregate, syntax::ExprId id, const Around& around);
  void VisitUnless(const syntax::Binary& unless, syntax::ExprId id, const Around& around);
  void VisitChain(syntax::BinaryOperator op, syntax::ExprId id, const Around& around);

  void AddParagraphs();
  void RemoveCited(const Cited& cited, Editor& editor) const;

  const check::CheckedDraft& draft_;
  const syntax::SyntaxTree& tree_;
  std::map<syntax::ExprId, std::pair<EnumId, std::uint32_t>> members_;  // expressions that are one
  Literals literals_;
  std::vector<Cited> cited_;
  std::vector<Mutant> found_;
};

/// Takes the rule out, and the exceptions to it.
void RemoveRule(syntax::DecisionDeclaration& decision, const std::string& name);

}  // namespace proviso::mutate
