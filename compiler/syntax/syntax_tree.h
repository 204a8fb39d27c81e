// syntax_tree.h: a file of the language as it was written: every declaration, every bracket, every comment.
//
// Flat stores with typed ids; no meaning yet. Nodes keep their spans, so that the formatter, redlines and
// explanations can speak in the drafter's own words.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runtime/base/cost.h"
#include "runtime/base/ids.h"
#include "runtime/base/span.h"

namespace proviso::syntax {

using ExprId = Id<struct ExprTag>;
/// Which amendment put a piece where it is; invalid for what the first draft says itself.
using AmendmentId = Id<struct AmendmentTag>;

struct Name {
  std::string text;
  Span span;
};

/// `§850.224(k)(1)`, `§(b)`, or `cites "89 FR 55873"` (then `is_quoted`, text without the quotes).
struct CitationText {
  std::string text;
  bool is_quoted = false;
  Span span;
};

struct StringText {
  std::string text;  // without quotes, escapes resolved
  Span span;
};

// ---- Expressions -----------------------------------------------------------------------------------------

/// `41_600`, `10^25 flop`, `0.5`. The number as written; no unit where `unit.text` is empty.
struct NumberLiteral {
  std::string number;
  Name unit;
};
/// `50%`: "50"
struct PercentLiteral {
  std::string number;
};
/// `$2,000,000`: "2000000"
struct MoneyLiteral {
  std::string number;
};
/// `2025-01-02`
struct DateLiteral {
  std::string text;
};
enum class Period : std::uint8_t { kDays, kMonths, kYears };
enum class MonthRule : std::uint8_t { kMissing, kClipped, kSpilled };
/// `30 days`, `1 month (clipped)`. As written: singular or plural is `unit_word`.
struct DurationLiteral {
  std::string number;
  Period period;
  std::string unit_word;
  MonthRule rule = MonthRule::kMissing;
};
/// `yes` or `true`
struct BooleanLiteral {
  bool value;
  std::string word;
};
struct NoneLiteral {};

/// `target.holders`, `h.share(k)`, `belongs`, `case.us_person`, `EndUse.military`.
struct PathSegment {
  Name name;
  std::vector<Name> arguments;  // member names or variables; may be `ENUM.member` joined by a dot
};
struct Path {
  std::vector<PathSegment> segments;
};

struct Parenthesised {
  ExprId inner;
};
struct SetLiteral {
  std::vector<ExprId> members;
};

enum class ListKind : std::uint8_t { kAnyOf, kAllOf, kNoneOf, kAtLeast };
struct ConditionItem {
  std::vector<CitationText> cites;
  std::optional<StringText> description;
  ExprId condition;
  Span span;
  AmendmentId amendment;
};
/// `any of { §(b) belongs, … }`, `at least 2 of { … }`.
struct ConditionList {
  ListKind kind;
  std::string number;  // kAtLeast
  std::vector<ConditionItem> items;
};

struct Not {
  ExprId operand;
};
struct Negate {
  ExprId operand;
};

/// Word forms are kept apart from symbols, so that the formatter keeps either.
enum class BinaryOperator : std::uint8_t {
  kImplies,
  kUnless,
  kOr,
  kAnd,
  kEqual,  // =
  kIs,
  kIsNot,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,  // < <= > >=
  kLessThan,
  kAtMost,
  kMoreThan,
  kAtLeast,  // in words
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
};
struct Binary {
  BinaryOperator op;
  ExprId left;
  ExprId right;
  Span op_span;
};
struct Between {
  ExprId value;
  ExprId low;
  ExprId high;
};
/// `country in { … }`, `country in countries_of_concern`: `set` is a SetLiteral or a Path.
struct InSet {
  ExprId value;
  ExprId set;
};
enum class IncludesKind : std::uint8_t { kOne, kAny, kAll };
/// kOne: `operand` is a Path naming a member; else a SetLiteral or a Path.
struct Includes {
  IncludesKind kind;
  ExprId set;
  ExprId operand;
};

struct Override {
  Path path;
  Span path_span;
  ExprId value;
};
struct Supposing {
  ExprId expression;
  std::vector<Override> overrides;
};

/// `s described in §850.224(j)`; no subject: the entity at hand.
struct DescribedIn {
  ExprId subject;
  CitationText cite;
};

struct Quantified {
  bool every;  // else `some`
  Name variable;
  ExprId list;   // a Path: a list or an enumeration
  ExprId where;  // invalid where there is none
  ExprId condition;
};
struct Conditional {
  ExprId condition;
  ExprId then_value;
  ExprId else_value;
};

enum class AggregateKind : std::uint8_t { kCount, kSum, kMax, kMin };
/// `count(x in LIST where C)`, `sum(E for x in LIST where C)`.
struct Aggregate {
  AggregateKind kind;
  ExprId value;  // invalid for count
  Name variable;
  ExprId list;
  ExprId where;  // invalid where there is none
};
enum class CallKind : std::uint8_t { kMax, kMin, kRound, kReal };
/// `max(A, B)`, `min(A, B)`, `round(E, N)`, `real(E)`.
struct Call {
  CallKind kind;
  std::vector<ExprId> arguments;
};

/// `frontier_ai decides`: the outcome is that rule's.
/// a Path
struct Decides {
  ExprId rule;
};

using ExprKind =
    std::variant<NumberLiteral, PercentLiteral, MoneyLiteral, DateLiteral, DurationLiteral, BooleanLiteral, NoneLiteral,
                 Path, Parenthesised, SetLiteral, ConditionList, Not, Negate, Binary, Between, InSet, Includes,
                 Supposing, DescribedIn, Quantified, Conditional, Aggregate, Call, Decides>;

struct Expr {
  ExprKind kind;
  Span span;
};

// ---- Declarations ----------------------------------------------------------------------------------------

enum class TypeWord : std::uint8_t {
  kBoolean,
  kInteger,
  kDecimal,
  kReal,
  kPercent,
  kDate,
  kDays,
  kRatio,
  kSetOf,
  kListOf,
  kNamed
};
struct TypeText {
  TypeWord word;
  std::string digits;  // kDecimal
  Name name;           // kSetOf, kListOf, kNamed; else the unit, empty where none
  bool or_none = false;
  Span span;
};

/// What may stand between a declaration's name and its meaning.
struct Supports {
  std::vector<CitationText> cites;
  std::optional<StringText> description;
};

struct Parameter {
  Name name;
  Name enumeration;
};

struct UnitDeclaration {
  Name name;
  std::optional<NumberLiteral> factor;  // `= 1000 petaflops`
  Supports supports;
};
struct EnumMemberText {
  Name name;
  Supports supports;
};
/// Named again over a vocabulary that is used: adds members.
struct EnumDeclaration {
  Name name;
  bool ordered = false;
  Supports supports;
  std::vector<EnumMemberText> members;
};
struct FactDeclaration {
  /// `share(Share)`
  struct NameWithEnums {
    Name name;
    std::vector<Name> enumerations;
  };
  std::vector<NameWithEnums> names;  // `passive, rights_beyond_minority : boolean`
  TypeText type;
  ExprId assumed;  // invalid where there is none
  std::optional<Cost> controlled;
  Supports supports;
  Span span;
};
struct EntityDeclaration {
  Name name;
  Supports supports;
  std::vector<FactDeclaration> facts;
};
struct CaseDeclaration {
  Name entity;
};
struct AssumeDeclaration {
  Name name;
  std::optional<Name> of;
  Supports supports;
  ExprId condition;
};
struct SetDeclaration {
  Name name;
  Supports supports;
  std::vector<Name> members;  // `military` or `EndUse.military`
};

struct AlternativeText {
  Name name;
  Supports supports;
  ExprId value;
  Span span;
};
struct OptionDeclaration {
  Name name;
  bool is_reading = false;
  std::optional<Name> of;
  Supports supports;
  std::vector<AlternativeText> alternatives;
};
struct ConstraintDeclaration {
  std::optional<Name> name;
  ExprId condition;
  std::optional<StringText> because;
};
struct OptionSetDeclaration {
  struct Choice {
    Name option;
    Name alternative;
  };
  Name name;
  std::vector<Choice> choices;
};
struct TermDeclaration {
  Name name;
  std::optional<Name> of;
  std::vector<Parameter> parameters;
  std::optional<TypeText> type;
  Supports supports;
  ExprId value;
};

struct RuleText {
  bool is_exception = false;
  Name name;
  Supports supports;
  ExprId value;                      // invalid where there is none
  std::optional<Name> except_to;     // `exception E to R`
  std::optional<Name> under_option;  // `under OPTION is ALT:`
  Name under_alternative;
  ExprId condition;
  Span span;
  AmendmentId amendment;
};
enum class HitPolicy : std::uint8_t { kStrictestWins, kFirstWins, kOneApplies };
struct HitPolicyText {
  HitPolicy policy;
  Span span;
};
struct OtherwiseText {
  ExprId value;
  Span span;
  AmendmentId amendment;
};
struct DecisionDeclaration {
  Name name;
  std::optional<Name> of;
  TypeText type;
  Supports supports;
  /// In the order of the text. More than one hit policy or `otherwise` is the checker's to refuse.
  std::vector<std::variant<HitPolicyText, OtherwiseText, RuleText>> items;
};

enum class PropertyKind : std::uint8_t { kAlways, kNever, kNeverFalls, kAtLeastAsStrict };
struct PropertyDeclaration {
  Name name;
  Supports supports;
  PropertyKind kind = PropertyKind::kAlways;
  ExprId condition;    // kAlways, kNever
  ExprId decision;     // kNeverFalls, kAtLeastAsStrict: a Path
  ExprId fact;         // kNeverFalls: a Path
  bool falls = false;  // kNeverFalls: `as FACT falls`
  Name draft;          // kAtLeastAsStrict
};

/// `waive "a or b" in covered because "…"`: what `check --findings` need not say.
struct WaiverDeclaration {
  std::optional<StringText> condition;  // as it stands in the declaration; none: the declaration itself
  Name declaration;                     // `covered`, `treatment.frontier_ai`
  StringText because;
};

/// `transform split (n: 2 to 8): target.amount becomes amount / n`: what a party may do to a fact.
struct TransformDeclaration {
  struct Range {
    Name name;
    std::string first;
    std::string last;
    Span span;
  };
  Name name;
  std::optional<Range> range;
  Supports supports;
  ExprId fact;  // a Path
  ExprId value;
};

// ---- Amendments ------------------------------------------------------------------------------------------

enum class DeclarationWord : std::uint8_t {
  kUnit,
  kEnum,
  kEntity,
  kSet,
  kOption,
  kReading,
  kConstraint,
  kOptionSet,
  kTerm,
  kDecision,
  kRule,
  kException,
  kProperty,
  kTransform,
  kAssume,
  kWaiver,
  kNone
};

struct Declaration;
/// Index of a declaration in `SyntaxTree::nested`.
using DeclarationId = Id<struct DeclarationTag>;

/// `settle ai_compute = alt_2`; `settle limited_partner otherwise = …`.
struct SettleAmendment {
  Name option;
  std::optional<Name> alternative;
  ExprId otherwise;
};
/// `add term …`, `add decision …`: the declaration as it stands.
struct AddAmendment {
  DeclarationId declaration;
};
struct ReplaceAmendment {
  DeclarationId declaration;
};
/// `repeal covered`, `repeal term of Person belongs`, `repeal option limited_partner`.
struct RepealAmendment {
  DeclarationWord word = DeclarationWord::kNone;
  std::optional<Name> of;
  Name name;
};
/// `add other to countries_of_concern`, `remove macau from countries_of_concern`.
struct SetAmendment {
  bool add;
  std::vector<Name> members;
  Name set;
};

enum class Placement : std::uint8_t { kLast, kBefore, kAfter };
/// One change inside `amend NAME { … }`.
/// `replace §(d) E`, `add §(e) E after §(d)`, `repeal §(b)`
struct ParagraphChange {
  enum class Kind : std::uint8_t { kReplace, kAdd, kRepeal } kind;
  CitationText cite;
  std::optional<StringText> description;
  ExprId condition;  // invalid for kRepeal
  Placement placement = Placement::kLast;
  CitationText anchor;
  Span span;
};
/// `repeal rule R`, `replace rule R …`, `add exception … before R`
struct RuleChange {
  enum class Kind : std::uint8_t { kReplace, kAdd, kRepeal } kind;
  RuleText rule;  // kRepeal: only its name and `is_exception`
  Placement placement = Placement::kLast;
  Name anchor;
  Span span;
};
/// `replace otherwise V`, `add otherwise V`
struct OtherwiseChange {
  OtherwiseText otherwise;
  Span span;
  bool add = false;
};
/// `replace first wins`
struct HitPolicyChange {
  HitPolicyText policy;
  Span span;
  bool add = false;
};
using Change = std::variant<ParagraphChange, RuleChange, OtherwiseChange, HitPolicyChange>;
struct AmendAmendment {
  DeclarationWord word = DeclarationWord::kNone;  // `amend term of Person held { … }`
  std::optional<Name> of;
  Name name;
  std::vector<Change> changes;
};

using DeclarationKind =
    std::variant<UnitDeclaration, EnumDeclaration, EntityDeclaration, CaseDeclaration, AssumeDeclaration,
                 SetDeclaration, OptionDeclaration, ConstraintDeclaration, OptionSetDeclaration, TermDeclaration,
                 DecisionDeclaration, PropertyDeclaration, WaiverDeclaration, TransformDeclaration, SettleAmendment,
                 AddAmendment, ReplaceAmendment, RepealAmendment, SetAmendment, AmendAmendment>;
struct Declaration {
  DeclarationKind kind;
  Span span;
  AmendmentId amendment;  // which amendment added or replaced it, once amendments are applied
};

// ---- Files -----------------------------------------------------------------------------------------------

enum class FileKind : std::uint8_t { kVocabulary, kDraft };

struct UseText {
  StringText path;
  Span span;
};

/// One attribute of a draft's header, in the order of the text.
struct HeaderAttribute {
  enum class Kind : std::uint8_t { kAmends, kOver, kSource, kPublished, kEffective } kind;
  std::string text;  // a name, a string's text, or a date
  Span span;         // of the text
};

struct Comment {
  std::string text;  // from `#` on, trailing blanks cut
  Span span;
  bool own_line = false;  // nothing but blanks before it on its line
};

struct SyntaxTree {
  FileId file;
  std::vector<UseText> uses;
  FileKind kind = FileKind::kDraft;
  Name name;
  std::optional<StringText> title;
  std::vector<HeaderAttribute> attributes;
  Span header_span;
  std::vector<Declaration> declarations;     // in the order of the text
  Store<DeclarationId, Declaration> nested;  // those that stand behind `add` and `replace`
  Store<ExprId, Expr> exprs;
  std::vector<Comment> comments;  // in the order of the text

  [[nodiscard]] const Expr& operator[](ExprId id) const { return exprs[id]; }
};

}  // namespace proviso::syntax
