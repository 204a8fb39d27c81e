// evaluator.h: the evaluator itself, one small member function for each form of ops.def.
//
// Errors: one in an operand that is needed makes the whole expression fail. `and`, `or`, `at least N of`, `some` and
// `every` fail only where no other operand decides; `if` only by its condition and the branch it takes; a sum where
// its total, not a step on the way, is over 38 digits. A decision-wide exception that fires hides errors in the rules.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/BitVector.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/STLFunctionalExtras.h>
#include <llvm/ADT/SmallBitVector.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/checked_draft.h"
#include "compiler/reference/possible.h"
#include "runtime/base/arithmetic.h"
#include "runtime/base/case.h"

namespace proviso::reference {

/// Nested deeper than this (terms that use terms, tiers of lists), a case has no outcome rather than no stack.
inline constexpr int kMaxDepth = 2000;

using ContextId = Id<struct ContextTag>;

/// An element that a quantifier is at, and those of the quantifiers around it.
struct Binding {
  check::VariableId variable;
  InstanceId element;
  const Binding* outer = nullptr;
};

/// Where an expression is evaluated: the entity at hand, the elements of quantifiers, and what is supposed.
struct Scope {
  InstanceId self;
  const Binding* elements = nullptr;
  ContextId context;

  /// Inside a term, option, decision or rule of an entity, where no elements are seen.
  [[nodiscard]] Scope At(InstanceId entity) const { return {.self = entity, .elements = nullptr, .context = context}; }
  /// At one more element.
  [[nodiscard]] Scope With(const Binding& binding) const {
    return {.self = self, .elements = &binding, .context = context};
  }
};

class Evaluator {
 public:
  /// All three must outlive the evaluator.
  Evaluator(const check::CheckedDraft& draft, const Case& facts, const check::OptionSet& options);

  /// The case itself, nothing supposed.
  [[nodiscard]] Scope CaseScope() const { return {.self = facts_.root, .elements = nullptr, .context = ContextId(0)}; }

  [[nodiscard]] Possible Evaluate(check::ExprId id, const Scope& scope);

  /// What an evaluation looked at.
  struct Notes {
    std::vector<std::uint8_t> came_out;  // by expression, of conditions: kCameOutNo, kCameOutYes, both, or 0
    std::vector<MissingFact> facts;      // in the order asked, as often as they were
  };
  static constexpr std::uint8_t kCameOutNo = 1;
  static constexpr std::uint8_t kCameOutYes = 2;
  /// From here on `notes` are taken, which must outlive the evaluator.
  void Note(Notes& notes) {
    notes.came_out.resize(draft_.exprs.size());
    notes_ = &notes;
  }

  /// The expressions that an evaluation looked at.
  struct Looks {
    llvm::BitVector at;
    std::vector<check::ExprId> not_further;  // those inside which it did not, since a list or an entity is not known
  };
  /// From here on `looks` are noted, which must outlive the evaluator; `at` has a place for each expression.
  void Note(Looks& looks) { looks_ = &looks; }

  [[nodiscard]] Possible Outcome(check::DecisionId decision, const Scope& scope);
  [[nodiscard]] Possible Fires(check::RuleId rule, const Scope& scope);
  [[nodiscard]] Possible Decides(check::RuleId rule, const Scope& scope);
  [[nodiscard]] Possible RuleValue(check::RuleId rule, const Scope& scope);
  /// What a fact of an entity is, with what is supposed.
  [[nodiscard]] Possible Fact(InstanceId entity, FactId fact, const Scope& scope);
  [[nodiscard]] bool IsSupposed(InstanceId entity, FactId fact, const Scope& scope) const;

  /// The scope inside a `supposing`; nothing where it is not known which entity's fact is changed.
  [[nodiscard]] std::optional<Scope> Suppose(const check::Expr& expr, const Scope& scope);

  [[nodiscard]] std::vector<MissingFact> Missing(const Possible& result) const { return missing_.List(result.missing); }
  /// Facts with an assumed value that were read, in the order asked, each once.
  [[nodiscard]] std::vector<MissingFact> AssumedRead() const;
  /// The options whose alternative was asked for.
  [[nodiscard]] const llvm::SmallBitVector& OptionsAsked() const { return options_asked_; }

 private:
  using Operation = Attempt (*)(const Parameters&, const Value&);
  using Operation2 = Attempt (*)(const Parameters&, const Value&, const Value&);
  using WithEntity = llvm::function_ref<Possible(InstanceId)>;
  using WithElements = llvm::function_ref<Possible(llvm::ArrayRef<InstanceId>)>;
  using ElementValue = llvm::function_ref<Possible(const Scope&)>;
  using CombineOutcomes = llvm::function_ref<Possible(const Possible&, const Possible&)>;

#define OP(name, operands) Possible Eval##name(const check::Expr& expr, const Scope& scope);
#include "compiler/check/ops.def"

  // Values that may be several: an operation is done on each.
  Possible Unary(const check::Expr& expr, const Scope& scope, Operation operation);
  Possible Binary(const check::Expr& expr, const Scope& scope, Operation2 operation);
  Possible FoldOperands(const check::Expr& expr, const Scope& scope, Operation2 operation);
  Possible Apply(const check::Expr& expr, const Type& type, const Possible& operand, Operation operation);
  Possible Apply(const check::Expr& expr, const Type& type, const Possible& left, const Possible& right,
                 Operation2 operation);
  void AddAttempt(Possible& to, const check::Expr& expr, const Type& type, const Attempt& attempt) const;
  [[nodiscard]] EvaluationError ErrorAt(Failure kind, const check::Expr& expr) const;
  Possible AtLeast(const check::Expr& expr, const Scope& scope, std::size_t needed);
  /// That nothing inside the expression is looked at, although it may matter.
  void LookNoFurther(const check::Expr& expr);

  // Entities and lists.
  Possible OfEntity(const check::Expr& expr, const Scope& scope, WithEntity with_entity);
  Possible OverList(const check::Expr& expr, const Scope& scope, WithElements with_elements);
  Possible Quantified(const check::Expr& expr, const Scope& scope, bool every);
  /// Goes through the elements for which operand 1 may hold, combining their `value`s into one that starts as `start`.
  Possible Accumulate(const check::Expr& expr, const Type& type, const Scope& scope, const Value& start,
                      ElementValue value, Operation2 combine);
  Possible AccumulateOperand(const check::Expr& expr, const Type& type, const Scope& scope, const Value& start,
                             Operation2 combine);

  // Decisions.
  /// The outcome of a rule that has one: not an exception with `to`.
  [[nodiscard]] check::ExprId ValueOf(check::RuleId rule) const;
  Possible DecideAnew(check::DecisionId id, const Scope& scope);
  Possible FiresAnew(check::RuleId id, const Scope& scope);
  Possible DecidesAnew(check::RuleId id, const Scope& scope);
  /// What the rules alone come to, without decision-wide exceptions; open where it may be that none fires.
  struct Standing {
    Possible outcome;
    bool open = true;
  };
  Standing Rules(check::DecisionId id, const Scope& scope);
  Standing FirstThatFires(llvm::ArrayRef<check::RuleId> rules, const Scope& scope);
  Standing Strictest(check::DecisionId id, const Scope& scope);
  Standing AllAgreed(check::DecisionId id, const Scope& scope);
  Standing SureFloor(llvm::ArrayRef<check::RuleId> rules, const Scope& scope);
  Possible Stronger(check::RuleId rule, const Possible& before, const Possible& value);
  void AddRule(Standing& standing, check::RuleId rule, const Scope& scope, CombineOutcomes combine);
  Possible Agreed(const Possible& before, const Possible& value, check::RuleId rule, const Scope& scope);
  Possible Disagreement(check::RuleId id, const Value& value, const Value& other, const Scope& scope);
  [[nodiscard]] static Possible Gap(const check::Decision& decision);
  Possible RulesOrOtherwise(check::DecisionId id, const Scope& scope);

  std::uint32_t Chosen(check::OptionId option);

  /// One result for each thing, entity and supposition.
  enum class Known : std::uint8_t { kTerm, kOption, kDecision, kRules, kFires, kValue, kDecides };
  Possible Remember(Known kind, std::size_t id, const Scope& scope, llvm::function_ref<Possible()> make);

  using Overrides = std::map<MissingFact, Possible>;
  using CacheKey = std::pair<std::uint64_t, std::uint64_t>;

  const check::CheckedDraft& draft_;
  const Vocabulary& vocabulary_;
  const Case& facts_;
  const check::OptionSet& options_;
  MissingFacts missing_;
  Store<ContextId, Overrides> contexts_;        // the first: nothing supposed
  std::map<Overrides, ContextId> context_ids_;  // equal suppositions are one context, so that results are shared
  llvm::DenseMap<CacheKey, Possible> known_;
  std::vector<MissingFact> assumed_;
  llvm::SmallBitVector options_asked_;
  int depth_ = 0;
  Notes* notes_ = nullptr;
  Looks* looks_ = nullptr;
};

}  // namespace proviso::reference
