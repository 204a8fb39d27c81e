// build_tree.h: parse contexts → syntax tree, one small function per rule of the grammar.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ProvisoParser.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/operator_list.h"
#include "compiler/syntax/source_tokens.h"
#include "compiler/syntax/syntax_tree.h"

namespace proviso::syntax {

/// Builds the tree of one file. Contexts in which the parser met an error are passed over; what the grammar accepts
/// and the language does not (a chain of comparisons, a rule without an outcome) is reported here.
class TreeBuilder {
 public:
  using P = grammar::ProvisoParser;

  TreeBuilder(const SourceTokens& tokens, FileId file, diagnostics::DiagnosticSink& sink)
      : tokens_(tokens), sink_(sink) {
    tree_.file = file;
  }

  [[nodiscard]] SyntaxTree Build(P::FileContext* context);

 private:
  // ---- The file (build_tree.cpp)
  void BuildHeader(P::HeaderContext* context);
  HeaderAttribute MakeAttribute(P::HeaderAttributeContext* context);
  Name MakeName(const antlr4::ParserRuleContext* context) const;
  Name MakeMember(P::MemberContext* context) const;
  std::optional<Name> MakeOf(P::OfEntityContext* context) const;
  StringText MakeString(antlr4::tree::TerminalNode* node) const;
  CitationText MakeCitation(P::CitationContext* context) const;
  CitationText MakeCitation(antlr4::tree::TerminalNode* node) const;
  Supports MakeSupports(P::SupportsContext* context) const;
  TypeText MakeType(P::TypeContext* context) const;
  Span SpanOf(antlr4::tree::TerminalNode* node) const;
  std::string TextOf(antlr4::tree::TerminalNode* node) const;

  // ---- Declarations (build_declarations.cpp)
  std::optional<Declaration> MakeDeclaration(P::DeclarationContext* context);
  void CheckParts(antlr4::ParserRuleContext* context);
  DeclarationKind MakePlain(P::PlainDeclarationContext* context);
  DeclarationKind MakeUnit(P::UnitDeclarationContext* context);
  DeclarationKind MakeEnum(P::EnumDeclarationContext* context);
  DeclarationKind MakeEntity(P::EntityDeclarationContext* context);
  DeclarationKind MakeCase(P::CaseDeclarationContext* context);
  DeclarationKind MakeAssume(P::AssumeDeclarationContext* context);
  DeclarationKind MakeSet(P::SetDeclarationContext* context);
  DeclarationKind MakeOption(P::OptionDeclarationContext* context);
  DeclarationKind MakeConstraint(P::ConstraintDeclarationContext* context);
  DeclarationKind MakeOptionSet(P::OptionSetDeclarationContext* context);
  DeclarationKind MakeTerm(P::TermDeclarationContext* context);
  DeclarationKind MakeDecision(P::DecisionDeclarationContext* context);
  DeclarationKind MakeProperty(P::PropertyDeclarationContext* context);
  DeclarationKind MakeWaiver(P::WaiverDeclarationContext* context);
  DeclarationKind MakeTransform(P::TransformDeclarationContext* context);
  FactDeclaration MakeFact(P::FactContext* context);
  static std::optional<Cost> CostOf(P::ControlContext* context);
  FactDeclaration::NameWithEnums MakeFactName(P::FactNameContext* context);
  ExprId MakeAssumed(P::AssumedValueContext* context);
  AlternativeText MakeAlternative(P::AlternativeContext* context);
  HitPolicyText MakeHitPolicy(P::HitPolicyContext* context) const;
  OtherwiseText MakeOtherwise(P::OtherwiseContext* context);
  RuleText MakeRule(P::RuleTextContext* context);
  void CheckOutcome(P::RuleTextContext* context, const RuleText& rule);
  void RefuseParameters(const Name& name, Span parameters);

  // ---- Amendments (build_amendments.cpp)
  DeclarationKind MakeAmendment(P::AmendmentContext* context);
  DeclarationKind MakeSettle(P::SettleAmendmentContext* context);
  DeclarationKind MakeSetAmendment(P::SetAmendmentContext* context);
  DeclarationKind MakeRepeal(P::RepealAmendmentContext* context);
  DeclarationKind MakeAmend(P::AmendAmendmentContext* context);
  DeclarationId MakeNested(P::PlainDeclarationContext* context);
  Change MakeChange(P::ChangeContext* context);
  ParagraphChange MakeParagraphChange(P::ParagraphChangeContext* context);
  RuleChange MakeRuleChange(P::RuleChangeContext* context);

  // ---- Expressions (build_expressions.cpp)
  /// Nodes deeper than the limit are reported, once each way down.
  ExprId Add(ExprKind kind, Span span, std::initializer_list<ExprId> children = {});
  ExprId Add(ExprKind kind, Span span, const std::vector<ExprId>& children);
  ExprId AddAtDepth(ExprKind kind, Span span, int depth);
  [[nodiscard]] int DepthBelow(ExprId child) const { return child.IsValid() ? depths_[child.Index()] : 0; }

  ExprId MakeExpr(P::ExprContext* context);
  ExprId MakeOptionalExpr(P::ExprContext* context) { return context == nullptr ? ExprId() : MakeExpr(context); }
  ExprId MakePrimary(P::PrimaryContext* context);
  ExprId MakeParenthesised(P::PrimaryContext* context);
  ExprId MakePathPrimary(P::PrimaryContext* context);
  ExprId MakeDescribedIn(P::PrimaryContext* context);
  ExprId MakeNumber(const antlr4::ParserRuleContext* context, antlr4::tree::TerminalNode* number,
                    P::UnitNameContext* unit, P::PeriodContext* period);
  ExprId MakeDuration(std::string number, P::PeriodContext* period, Span span);
  ExprId MakeLiteral(P::LiteralContext* context);
  ExprId MakeSetLiteral(P::SetLiteralContext* context);
  ExprId MakeSetOperand(P::SetOperandContext* context);
  ExprId MakeConditionList(P::ConditionListContext* context);
  ConditionItem MakeConditionItem(P::ConditionItemContext* context);
  ExprId MakeCall(P::CallContext* context);
  ExprId MakeCount(P::CallContext* context);
  ExprId MakeComprehension(P::CallContext* context, AggregateKind kind);
  ExprId MakePathExpr(P::PathContext* context);
  Path MakePath(P::PathContext* context) const;
  PathSegment MakeSegment(P::SegmentContext* context) const;
  /// `last`: the condition behind `satisfies`, or the value behind `else`.
  ExprId ApplyHead(P::PrefixContext* context, ExprId last);

  // Operators: the flat list, then precedence.
  void ListOperand(P::OperandContext* context, OperatorList& list);
  void ListOperator(P::BinaryOperatorContext* context, OperatorList& list);
  void ReportIsComparison(P::IsComparisonContext* context);
  ExprId ApplyPostfix(P::PostfixContext* context, ExprId subject);
  ExprId MakeIncludes(P::PostfixContext* context, ExprId subject, Span span);
  ExprId MakeSupposing(P::PostfixContext* context, ExprId subject, Span span);

  struct Resolver;

  const SourceTokens& tokens_;
  diagnostics::DiagnosticSink& sink_;
  SyntaxTree tree_;
  std::vector<int> depths_;  // by ExprId: how deep the tree is below, itself counted
};

}  // namespace proviso::syntax
