// explainer.h: builds the tree that says why an answer is what it is. Decides nothing: every answer in it is asked of
// the evaluator again.
//
// What did not matter is left out: of a conjunction that fails, the conditions that hold; of a disjunction that holds,
// those that do not; of rules, those that could not have changed the outcome.
#pragma once

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/reference/evaluator.h"
#include "compiler/reference/why_not.h"

namespace proviso::reference {

class Explainer {
 public:
  Explainer(const check::CheckedDraft& draft, const Case& facts, const check::OptionSet& options)
      : draft_(draft),
        vocabulary_(*draft.vocabulary),
        facts_(facts),
        options_(options),
        evaluator_(draft, facts, options) {}

  [[nodiscard]] Explanation Decision(check::DecisionId decision);
  [[nodiscard]] Explanation WhyNot(check::DecisionId id, const Value& outcome);
  /// Of what was explained so far.
  [[nodiscard]] const std::vector<Distance>& Distances() const { return distances_; }

 private:
  using Parts = std::vector<Explanation>;

  // explain.cpp: decisions and rules.
  Explanation Decision(check::DecisionId id, const Scope& scope);
  Explanation Rule(check::RuleId id, const Scope& scope);
  Parts Rules(const check::Decision& decision, const Possible& outcome, const Scope& scope);
  bool Matters(check::RuleId id, const check::Decision& decision, const Possible& outcome, const Scope& scope);
  [[nodiscard]] std::string OutcomeText(const check::Decision& decision, const Possible& outcome) const;
  [[nodiscard]] std::vector<Citation> DecidingCites(const check::Decision& decision, const Scope& scope);

  // explain_why_not.cpp: outcomes that a decision does not come to.
  void AddWouldGive(check::RuleId id, const check::Decision& decision, const Scope& scope, Parts& parts);
  void AddDeciding(const check::Decision& decision, const Scope& scope, Parts& parts);

  // explain_conditions.cpp: one function for each kind of condition or value, all of this form.
  using Form = void (Explainer::*)(check::ExprId id, const Scope& scope, Parts& parts);
  [[nodiscard]] static Form FormFor(check::Op op);
  void Add(check::ExprId id, const Scope& scope, Parts& parts);
  void AddConnective(check::ExprId id, const Scope& scope, Parts& parts);
  void AddNegation(check::ExprId id, const Scope& scope, Parts& parts);
  void AddComparison(check::ExprId id, const Scope& scope, Parts& parts);
  void AddQuantifier(check::ExprId id, const Scope& scope, Parts& parts);
  void AddAggregate(check::ExprId id, const Scope& scope, Parts& parts);
  void AddConditional(check::ExprId id, const Scope& scope, Parts& parts);
  void AddSupposing(check::ExprId id, const Scope& scope, Parts& parts);
  void AddFact(check::ExprId id, const Scope& scope, Parts& parts);
  void AddTerm(check::ExprId id, const Scope& scope, Parts& parts);
  void AddOption(check::ExprId id, const Scope& scope, Parts& parts);
  void AddOptionIs(check::ExprId id, const Scope& scope, Parts& parts);
  void AddDecision(check::ExprId id, const Scope& scope, Parts& parts);
  void AddRule(check::ExprId id, const Scope& scope, Parts& parts);
  void AddOperands(check::ExprId id, const Scope& scope, Parts& parts);
  void AddItem(const check::Expr& expr, std::size_t item, const Scope& scope, Parts& parts);
  void AddCompared(check::ExprId id, const Possible& result, const Scope& scope, Parts& parts);
  void AddElement(check::ExprId body, const Scope& inside, Parts& parts);

  // Small things.
  Explanation Line(Explanation::Kind kind, std::string text, const check::Expr& expr, const Possible& result) const;
  Explanation ConditionLine(const check::Expr& expr, const Possible& result) const;
  [[nodiscard]] std::string Answer(const Type& type, const Possible& result) const;
  [[nodiscard]] std::string Text(const check::Expr& expr) const;
  [[nodiscard]] std::string PathOf(InstanceId entity, const std::string& name) const;
  [[nodiscard]] std::string LimitRemark(const check::Expr& expr, const Scope& scope);
  void NoteDistance(check::ExprId measured, const Value& value, const check::Expr& limit, const Value& limit_value,
                    const Scope& scope);
  /// The one entity that operand 0 is, if it is known.
  std::optional<InstanceId> EntityOf(const check::Expr& expr, const Scope& scope);
  [[nodiscard]] bool HasRoom() const { return lines_ < kMaxLines && depth_ < kMaxLevels; }
  void Keep(Parts& parts, Explanation line);

  static constexpr const char* kUnknown = "unknown";
  static constexpr const char* kEmptyList = "the list is empty";
  /// Elements of a list that are shown where all of them count alike.
  static constexpr std::size_t kMaxElements = 4;
  static constexpr int kMaxLines = 500;
  static constexpr int kMaxLevels = 40;

  const check::CheckedDraft& draft_;
  const Vocabulary& vocabulary_;
  const Case& facts_;
  const check::OptionSet& options_;
  Evaluator evaluator_;
  std::set<std::tuple<check::TermId, InstanceId, ContextId>> explained_terms_;
  std::set<std::tuple<check::DecisionId, InstanceId, ContextId>> explained_decisions_;
  std::vector<Distance> distances_;
  int lines_ = 0;
  int depth_ = 0;
};

}  // namespace proviso::reference
