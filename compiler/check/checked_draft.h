// checked_draft.h: a draft whose every name, type, unit and citation is settled, in a few core forms.
//
// Shorthands are gone: a term with parameters is a term for each member, a condition over an enumeration's members
// is spelled out, named sets are their members, `unless` is `and not`, `described in` is its term. Every piece keeps
// its place in the text, its citations and the amendment it came from.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/amend/amend.h"
#include "compiler/syntax/syntax_tree.h"
#include "runtime/base/arithmetic.h"
#include "runtime/base/citation.h"
#include "runtime/base/date.h"
#include "runtime/base/ids.h"
#include "runtime/base/span.h"
#include "runtime/base/value.h"
#include "runtime/base/vocabulary.h"

namespace proviso::check {

using ExprId = Id<struct CheckedExprTag>;
using TermId = Id<struct TermTag>;
using DecisionId = Id<struct DecisionTag>;
using RuleId = Id<struct RuleTag>;
using OptionId = Id<struct OptionTag>;
using VariableId = Id<struct VariableTag>;

enum class Op : std::uint8_t {
#define OP(name, operands) k##name,
#include "compiler/check/ops.def"
};

struct Override {
  ExprId fact;  // a kFact expression over fixed paths
  ExprId value;
};

/// One node. Which of the fields after `operands` mean something is said in ops.def.
struct Expr {
  Op op = Op::kConstant;
  Type type;
  Span span;
  syntax::ExprId text;  // as the drafter wrote it, in CheckedDraft::text; several nodes may share one
  std::vector<ExprId> operands;

  Value constant;
  VariableId variable;
  FactId fact;
  TermId term;
  DecisionId decision;
  OptionId option;
  RuleId rule;
  std::vector<FactId> path;
  std::int64_t number = 0;
  MonthEnd month_end = MonthEnd::kClipped;
  std::vector<std::uint32_t> alternatives;  // kOptionIs, ascending
  std::vector<Override> overrides;

  /// kAnd, kOr, kAtLeast made from a list of conditions: the citations of each item, in the order of `operands`.
  std::vector<std::vector<Citation>> item_cites;

  [[nodiscard]] proviso::Parameters Parameters() const {
    return {.constant = constant, .number = number, .month_end = month_end};
  }
};

struct Term {
  std::string name;                    // as declared: `held`
  std::vector<std::string> arguments;  // { "voting" } for `held(voting)`
  std::optional<EntityId> of;          // none: of the case
  Type type;
  std::vector<Citation> cites;
  std::string description;
  ExprId body;
  Span span;
  syntax::AmendmentId amendment;

  [[nodiscard]] std::string ShownName() const;
};

struct Alternative {
  std::string name;
  std::string description;
  std::vector<Citation> cites;
  ExprId value;
  Span span;
};

/// An option or a reading. A settled one has `settled`: the index of the alternative that holds (an option settled
/// `otherwise` has that as its last alternative, named `otherwise`).
struct Option {
  std::string name;
  bool is_reading = false;
  std::optional<EntityId> of;
  Type type;
  std::vector<Alternative> alternatives;
  std::optional<std::uint32_t> settled;
  std::vector<Citation> cites;
  std::string description;
  Span span;
  syntax::AmendmentId amendment;
};

struct Constraint {
  std::string name;  // may be empty
  ExprId condition;  // over options alone
  std::string because;
  Span span;
};

/// One alternative for every option, by index, in the order of `CheckedDraft::options`.
using OptionSet = std::vector<std::uint32_t>;

/// Chooses for some options, in the order of the text; those not named stay open.
struct NamedOptionSet {
  std::string name;
  std::vector<std::pair<OptionId, std::uint32_t>> choices;
  Span span;
};

struct Rule {
  std::string name;
  bool is_exception = false;
  DecisionId decision;
  std::vector<Citation> cites;
  std::string description;
  std::optional<ExprId> value;  // none for an exception with `to`
  ExprId condition;
  std::optional<std::pair<OptionId, std::uint32_t>> under;  // fires only under this alternative
  std::optional<RuleId> except_to;                          // the rule or exception this takes away from
  std::vector<RuleId> exceptions;  // those that take away from this one, in the order of the text
  Span span;
  syntax::AmendmentId amendment;

  /// An exception that has a value and takes away from no single rule.
  [[nodiscard]] bool IsDecisionWide() const { return is_exception && !except_to; }
};

struct Decision {
  std::string name;
  std::optional<EntityId> of;
  Type type;
  std::optional<syntax::HitPolicy> policy;  // none only where there is at most one rule
  std::vector<RuleId> rules;                // rules and exceptions, in the order of the text
  std::optional<ExprId> otherwise;          // `none` filled in for dates, days and numbers
  std::vector<Citation> cites;
  std::string description;
  Span span;
  syntax::AmendmentId amendment;

  /// One that says nothing has at most one rule.
  [[nodiscard]] syntax::HitPolicy Policy() const { return policy.value_or(syntax::HitPolicy::kFirstWins); }
};

struct Assumption {
  std::string name;
  std::optional<EntityId> of;
  ExprId condition;
  std::vector<Citation> cites;
  Span span;
};

struct Property {
  std::string name;
  syntax::PropertyKind kind = syntax::PropertyKind::kAlways;
  std::optional<ExprId> condition;     // kAlways, kNever
  std::optional<DecisionId> decision;  // kNeverFalls, kAtLeastAsStrict
  std::vector<FactId> fact_path;       // kNeverFalls: from the case, through lists
  bool falls = false;
  std::string draft;  // kAtLeastAsStrict
  std::vector<Citation> cites;
  Span span;
};

/// What the drafter knows to change no outcome, and wants to keep.
struct Waiver {
  std::string declaration;  // in full: `covered`, `Person.belongs`, `treatment.frontier_ai`, `ai_compute.alt_1`
  std::string condition;    // that stands in it, as written; empty: the declaration itself
  std::string because;
  Span span;
};

/// What the party that the rules speak of may do to a fact, in every entity that the path leads to.
struct Transform {
  std::string name;
  std::string parameter;       // empty where there is none
  std::int64_t first = 0;      // its first number
  std::vector<FactId> path;    // from the case, through lists; the last is the fact
  std::vector<ExprId> values;  // what it becomes, read as in a term of the entity: for each number of the parameter
  std::vector<Citation> cites;
  std::string description;
  Span span;
};

struct CheckedDraft {
  std::string name;
  std::string title;
  std::string moment;  // of one that reads a changed case (changed_facts.h): said behind what it makes of the facts
  std::vector<std::string> sources;
  std::shared_ptr<const Vocabulary> vocabulary;  // with the draft's own additions to named sets applied
  std::shared_ptr<const amend::AmendedTree> text;

  Store<ExprId, Expr> exprs;
  Store<VariableId, std::string> variables;  // the name in the text
  Store<TermId, Term> terms;
  Store<OptionId, Option> options;
  Store<DecisionId, Decision> decisions;  // in the order of the text
  Store<RuleId, Rule> rules;
  std::vector<Constraint> constraints;
  std::vector<NamedOptionSet> option_sets;
  std::vector<Assumption> assumptions;
  std::vector<Property> properties;
  std::vector<Waiver> waivers;
  std::vector<Transform> transforms;

  [[nodiscard]] const Expr& operator[](ExprId id) const { return exprs[id]; }
  /// The case's own decision of this name (not one `of` another entity).
  [[nodiscard]] std::optional<DecisionId> FindDecision(std::string_view wanted) const;
  /// The case's own decisions, in the order of the text.
  [[nodiscard]] std::vector<DecisionId> DecisionsOfCase() const;
  /// Its rules, in the order of the text; exceptions are none.
  [[nodiscard]] std::vector<RuleId> RulesOf(DecisionId decision) const;
  /// Its decision-wide exceptions, in the order of the text.
  [[nodiscard]] std::vector<RuleId> DecisionWideExceptionsOf(DecisionId decision) const;
  [[nodiscard]] std::optional<OptionId> FindOption(std::string_view wanted) const;
  /// What an expression comes from directly: its operands, what it supposes, and what a term, option, decision or rule
  /// that it names is made of.
  [[nodiscard]] std::vector<ExprId> Behind(const Expr& expr) const;
  /// Whether the value of the expression may turn on the fact, through whatever it names.
  [[nodiscard]] bool MayRead(ExprId root, FactId fact) const;
};

}  // namespace proviso::check
