// checker.h: the state that the parts of the checker share while one draft is checked. Private to this folder.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>
#include <llvm/ADT/StringMap.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "compiler/amend/amend.h"
#include "compiler/check/check.h"
#include "compiler/check/checked_draft.h"
#include "compiler/check/words.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/syntax_tree.h"

namespace proviso::check {

using diagnostics::Diagnostic;
using diagnostics::DiagnosticSink;
using diagnostics::Kind;

/// A checked expression. An invalid id: something in it was reported, and nothing more is to be said of it.
/// `literal`: made of literals alone, so that it takes the number type of what it meets.
struct Typed {
  ExprId id;
  bool literal = false;
  explicit operator bool() const { return id.IsValid(); }
};

struct VariableBinding {
  VariableId variable;
  EntityId entity;
};
struct MemberBinding {
  EnumId enumeration;
  std::uint32_t member;
};

struct NumberBinding {
  std::int64_t number;
};

/// What can be named inside one declaration. A chain of scopes, innermost first, each on the stack of its caller.
struct Scope {
  const Scope* outer = nullptr;
  std::string name;  // of the one variable this scope adds, empty in an outermost one
  std::variant<std::monostate, VariableBinding, MemberBinding, NumberBinding> binding;
  std::optional<EntityId> self;  // the entity at hand; none: the case
  Citation enclosing;            // what a relative citation continues
};

/// What a name of an entity stands for.
using Symbol = std::variant<FactId, TermId, OptionId, DecisionId, RuleId>;
struct NamedSymbol {
  Symbol symbol;
  Span span;
};

/// A term's body is checked when its type is first asked for.
enum class Progress : std::uint8_t { kNew, kOpen, kDone };
struct TermWork {
  const syntax::TermDeclaration* text = nullptr;
  std::vector<MemberBinding> arguments;
  bool has_declared_type = false;
  Progress progress = Progress::kNew;
  bool literal = false;
  bool failed = false;
};
struct OptionWork {
  const syntax::OptionDeclaration* text = nullptr;
  Progress progress = Progress::kNew;
  bool literal = false;
  bool failed = false;
};
struct RuleWork {
  const syntax::RuleText* text = nullptr;
};
struct DecisionWork {
  const syntax::DecisionDeclaration* text = nullptr;
};

/// One draft being checked. Each group of members is implemented in a file of its own.
class Checker {
 public:
  Checker(std::shared_ptr<const Vocabulary> vocabulary, std::shared_ptr<const amend::AmendedTree> text,
          const std::vector<std::string>& compared, DiagnosticSink& sink);

  std::optional<CheckedDraft> Run();

 private:
  // ---- declare.cpp: every name of the draft, before any body is looked at ------------------------------------
  void Declare();
  void Declare(const syntax::Declaration& declaration, const syntax::TermDeclaration& term);
  void Declare(const syntax::Declaration& declaration, const syntax::OptionDeclaration& option);
  void Declare(const syntax::Declaration& declaration, const syntax::DecisionDeclaration& decision);
  void Declare(const syntax::Declaration& declaration, const syntax::SetDeclaration& set);
  void Declare(const syntax::Declaration& declaration, const syntax::PropertyDeclaration& property);
  void Declare(const syntax::Declaration& declaration, const syntax::TransformDeclaration& transform);
  void Declare(const syntax::Declaration& declaration, const syntax::OptionSetDeclaration& option_set);
  void Declare(const syntax::Declaration& declaration, const syntax::ConstraintDeclaration& constraint);
  void Declare(const syntax::Declaration&, const syntax::WaiverDeclaration&) {}  // names what others declare
  template <typename VocabularyOnly>
  void Declare(const syntax::Declaration& declaration, const VocabularyOnly&);
  void DeclareRule(DecisionId decision, const syntax::RuleText& text, std::optional<EntityId> of);
  void DeclareDecisionItems(DecisionId id, const syntax::DecisionDeclaration& text, std::optional<EntityId> of);
  /// Adds `shown` to the names of an entity (none: the draft's own); whether it is new.
  bool AddName(std::optional<EntityId> of, const std::string& shown, const Span& span, const Symbol& symbol);
  bool AddDraftName(const syntax::Name& name);
  /// The entity a declaration is `of`, none for the case; nothing at all where it was reported.
  std::optional<std::optional<EntityId>> OwnerOf(const std::optional<syntax::Name>& of);

  // ---- declarations.cpp: the bodies ---------------------------------------------------------------------------
  void CheckBodies();
  bool CheckTerm(TermId id);      // false where it has no usable type
  bool CheckOption(OptionId id);  // likewise
  void CheckAlternatives(OptionId id, OptionWork& work);
  void SettleOption(OptionId id);
  void CheckDecision(DecisionId id);
  void CheckRule(RuleId id);
  void CheckExceptions(DecisionId id);
  void CheckConstraint(const syntax::ConstraintDeclaration& text);
  void CheckOptionSet(const syntax::OptionSetDeclaration& text);
  void CheckProperty(const syntax::PropertyDeclaration& text);
  void CheckWaivers();
  void CheckWaiver(const syntax::WaiverDeclaration& text, const Span& span, const std::vector<std::string>& names);
  void CheckNeverFalls(const syntax::PropertyDeclaration& text, Property& property);
  std::optional<DecisionId> OrderedDecision(syntax::ExprId path);
  /// The facts that a path names from the case on, through lists. Empty where it names none: reported, or told to
  /// `refuse`, with the place.
  using Refuse = llvm::function_ref<void(const Span&, const std::string&)>;
  std::vector<FactId> FactPath(syntax::ExprId id, Refuse refuse);
  void CheckAssumption(const syntax::AssumeDeclaration& text);
  std::optional<std::pair<OptionId, std::uint32_t>> Choice(const syntax::Name& option, const syntax::Name& alternative);
  void WarnOfUnusedOptions();

  // ---- transforms.cpp -----------------------------------------------------------------------------------------
  void CheckTransform(const syntax::TransformDeclaration& text);
  std::vector<FactId> TransformedFact(syntax::ExprId path);
  /// The numbers that the parameter stands for, one where there is no parameter; none where that was reported.
  std::vector<std::int64_t> NumbersOf(const syntax::TransformDeclaration& text);
  /// A new value is worked out in the case as it was.
  void CheckNewValues();

  // ---- cycles.cpp ---------------------------------------------------------------------------------------------
  void FindCycles();

  // ---- expressions.cpp: one function per node kind -------------------------------------------------------------
  /// `expected` is what the place calls for: it decides bare members and set literals, and is not yet enforced.
  Typed CheckExpr(syntax::ExprId id, const Scope& scope, const Type* expected = nullptr);
  /// As `CheckExpr`, and the result is of that type.
  Typed CheckAs(syntax::ExprId id, const Scope& scope, const Type& type);
  Typed CheckCondition(syntax::ExprId id, const Scope& scope);
  Typed Check(const syntax::NumberLiteral&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::PercentLiteral&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::MoneyLiteral&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::DateLiteral&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::DurationLiteral&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::BooleanLiteral&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::NoneLiteral&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::Path&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::Parenthesised&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::SetLiteral&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::ConditionList&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::Not&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::Negate&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::Binary&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::Between&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::InSet&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::Includes&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::Supposing&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::DescribedIn&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::Quantified&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::Conditional&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::Aggregate&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::Call&, syntax::ExprId, const Scope&, const Type*);
  Typed Check(const syntax::Decides&, syntax::ExprId, const Scope&, const Type*);

  // ---- conditions.cpp -----------------------------------------------------------------------------------------
  Typed Connective(const syntax::Binary& binary, syntax::ExprId id, const Scope& scope);
  Typed ListMembership(const syntax::InSet& in, syntax::ExprId id, const Scope& scope);
  /// A set operand: a literal of `enumeration`'s members, a named set, or a fact or term that is a set of them.
  Typed SetOperand(syntax::ExprId id, const Scope& scope, EnumId enumeration);
  /// What `some`, `every` and aggregates range over.
  using Range = std::variant<std::monostate, Typed, EnumId>;
  Range RangeOf(syntax::ExprId list, const Scope& scope);
  Range EnumInRange(const syntax::PathSegment& segment, const Scope& scope);
  /// A scope for one element of a list.
  Scope ElementScope(const Scope& scope, const syntax::Name& variable, const Typed& list, VariableId& id);
  bool NameIsFree(const syntax::Name& variable, const Scope& scope);
  /// For each member of `enumeration`: `each` in a scope where `variable` is that member.
  std::vector<Typed> ForEachMember(EnumId enumeration, const syntax::Name& variable, const Scope& scope,
                                   const std::function<Typed(const Scope&)>& each);
  Typed AggregateOverList(const syntax::Aggregate& aggregate, syntax::ExprId id, const Scope& scope, const Typed& list);
  Typed AggregateOverEnum(const syntax::Aggregate& aggregate, syntax::ExprId id, const Scope& scope,
                          EnumId enumeration);
  bool CheckOverride(const syntax::Override& text, const Scope& scope, Expr& supposing);

  // ---- comparisons.cpp ----------------------------------------------------------------------------------------
  Typed Compare(const syntax::Binary& binary, syntax::ExprId id, const Scope& scope);
  Typed CompareTyped(Op op, Typed left, Typed right, syntax::ExprId id, const Span& op_span);
  Typed CompareNumbers(Op op, Typed left, Typed right, syntax::ExprId id);
  std::optional<Typed> AskOption(const syntax::Binary& binary, syntax::ExprId id, const Scope& scope);
  bool IsNoneLiteral(syntax::ExprId id) const;
  Typed AskNone(syntax::ExprId operand, syntax::ExprId id, const Scope& scope);
  /// The two sides of a comparison, each with the other's type at hand where it needs it.
  std::pair<Typed, Typed> Sides(syntax::ExprId left, syntax::ExprId right, const Scope& scope, const Type* expected);
  bool MayBeMember(syntax::ExprId id, const Scope& scope);

  // ---- arithmetic.cpp -----------------------------------------------------------------------------------------
  Typed Arithmetic(const syntax::Binary& binary, syntax::ExprId id, const Scope& scope, const Type* expected);
  Typed AddOrSubtract(Op op, Typed left, Typed right, syntax::ExprId id);
  Typed DateArithmetic(Op op, Typed left, Typed right, syntax::ExprId id);
  std::optional<Typed> MonthArithmetic(const syntax::Binary& binary, syntax::ExprId id, const Scope& scope);
  Typed Multiply(Typed left, Typed right, syntax::ExprId id);
  Typed Divide(Typed left, Typed right, syntax::ExprId id);
  /// Several values made one type: branches of `if`, operands of `max` and `min`, alternatives. Reported where they
  /// cannot be.
  std::optional<Type> CommonType(std::vector<Typed>& values, syntax::ExprId id, std::string_view verb);
  void ReportTypesDiffer(const Typed& first, const Typed& second);
  Typed OverCommonType(Op op, std::vector<Typed> operands, syntax::ExprId id, std::string_view verb);

  // ---- numbers.cpp: literals, units and number types ------------------------------------------------------------
  Typed NumberConstant(const std::string& digits, UnitId unit, syntax::ExprId id, bool is_percent = false);
  /// Makes `value` of type `type`, or reports why it cannot be.
  Typed Coerce(Typed value, const Type& type, const Span& at);
  /// Brings two numbers to one unit and one side of the real/exact divide. False where it was reported.
  bool Unify(Typed& left, Typed& right, std::string_view verb, const Span& at, bool must_fit);
  Typed LiteralAs(Typed literal, const Type& type, bool must_fit, const Span& meets);
  bool LiteralFits(ExprId literal, const Type& type, const Span& at);
  Typed ConvertUnit(Typed value, UnitId to);
  Typed ToReal(Typed value);
  bool SameDimension(UnitId a, UnitId b) const;
  [[nodiscard]] std::string UnitText(UnitId unit) const;
  static Type WiderNumber(const Type& a, const Type& b);

  // ---- paths.cpp ----------------------------------------------------------------------------------------------
  struct Place {  // where a path has got to
    Typed value;
    std::optional<DecisionId> decision;  // the value is this decision's outcome
    std::optional<OptionId> option;      // the value is this option's
    bool is_rule = false;                // the value is that a rule fires
  };
  std::optional<Place> Walk(const syntax::Path& path, syntax::ExprId id, const Scope& scope, const Type* expected);
  std::optional<Place> Start(const syntax::Path& path, syntax::ExprId id, const Scope& scope, const Type* expected,
                             std::size_t& next);
  std::optional<Place> Step(const Place& at, const syntax::Path& path, std::size_t segment, syntax::ExprId id,
                            const Scope& scope);
  std::optional<Place> ReadSymbol(const Symbol& symbol, ExprId object, const Span& span, syntax::ExprId id);
  std::optional<NamedSymbol> Lookup(EntityId entity, const syntax::PathSegment& segment, const Scope& scope,
                                    bool report_arguments);
  std::optional<std::string> ArgumentText(const syntax::Name& argument, const Scope& scope) const;
  /// What a variable stands for that is no member.
  [[nodiscard]] std::string_view WhatItIs(const Scope& scope, const syntax::Name& variable) const;
  Typed MemberConstant(EnumId enumeration, std::uint32_t member, syntax::ExprId id, const Span& span);
  void ReportUnknown(const syntax::PathSegment& segment, std::optional<EntityId> entity, const Scope& scope,
                     const Type* expected);
  /// Notes the entities, other than the one asked, that have something called `name`.
  void NoteOtherOwners(Diagnostic& report, const std::string& name, EntityId asked) const;
  void ReportListAsValue(const syntax::Path& path, std::size_t segment, const Span& span);
  [[nodiscard]] const Scope* FindBinding(const Scope& scope, std::string_view name) const;
  ExprId Root(const Scope& scope, syntax::ExprId id, const Span& span);
  [[nodiscard]] std::vector<std::string> VisibleNames(std::optional<EntityId> entity, const Scope& scope) const;
  [[nodiscard]] EntityId EntityAt(const Scope& scope) const { return scope.self.value_or(vocabulary_->case_entity); }
  [[nodiscard]] std::string PathText(syntax::ExprId id) const;

  // ---- Small things ---------------------------------------------------------------------------------------------
  const syntax::Expr& Text(syntax::ExprId id) const { return (*tree_)[id]; }
  const Type& TypeOf(const Typed& value) const { return draft_.exprs[value.id].type; }
  const Expr& At(ExprId id) const { return draft_.exprs[id]; }
  std::string Shown(const Type& type) const { return TypeToText(*vocabulary_, type); }
  std::string ShownWithoutNone(Type type) const {
    type.or_none = false;
    return Shown(type);
  }
  /// A new node at the place of `id`.
  Expr Node(Op op, const Type& type, syntax::ExprId id) const;
  Typed Add(Expr expr, bool literal = false) { return {draft_.exprs.Add(std::move(expr)), literal}; }
  Typed Condition(Op op, std::vector<ExprId> operands, syntax::ExprId id);
  Typed Negated(Typed condition, syntax::ExprId id);

  std::shared_ptr<const Vocabulary> vocabulary_;
  std::shared_ptr<const amend::AmendedTree> text_;
  const syntax::SyntaxTree* tree_;  // `text_->tree`
  const std::vector<std::string>& compared_;
  DiagnosticSink& sink_;
  CheckedDraft draft_;

  std::vector<llvm::StringMap<NamedSymbol>> names_;                    // by entity; the case's include the draft's own
  std::vector<llvm::StringMap<std::vector<std::string>>> parametric_;  // by entity: `held` → `held(voting)`, …
  llvm::StringMap<NamedSymbol> options_;                               // options of no entity, seen from everywhere
  llvm::StringMap<ResolvedSet> sets_;                                  // named sets, the draft's over the vocabulary's
  std::set<std::string, std::less<>> failed_names_;                    // declared, but reported: uses of them are not
  std::map<std::string, Span, std::less<>> draft_names_;
  Store<TermId, TermWork> term_work_;
  Store<OptionId, OptionWork> option_work_;
  Store<RuleId, RuleWork> rule_work_;
  Store<DecisionId, DecisionWork> decision_work_;
  std::vector<TermId> open_terms_;  // being checked, outermost first
  std::set<std::uint32_t> read_options_;
};

}  // namespace proviso::check
