// What there is to exercise: found in the draft's text, before any case.
#include <llvm/ADT/STLExtras.h>

#include <utility>

#include "harness/cover/observer.h"

namespace proviso::cover {
namespace {

using check::CheckedDraft;
using check::DecisionId;
using check::Expr;
using check::ExprId;
using check::Op;
using check::RuleId;

using Cites = std::vector<Citation>;

bool IsConnective(Op op) { return op == Op::kAnd || op == Op::kOr || op == Op::kNot || op == Op::kAtLeast; }

bool IsOrder(Op op) {
  return op == Op::kLess || op == Op::kLessEqual || op == Op::kGreater || op == Op::kGreaterEqual || op == Op::kEqual;
}

const Cites& OwnOr(const Cites& own, const Cites& others) { return own.empty() ? others : own; }

class Collector {
 public:
  explicit Collector(const CheckedDraft& draft) : draft_(draft), terms_(draft.terms.size()) {}

  Exercised Collect() {
    for (const DecisionId decision : draft_.DecisionsOfCase()) AddDecision(decision);
    return std::move(all_);
  }

 private:
  void AddDecision(DecisionId id) {
    if (!decisions_.insert(id).second) return;
    const check::Decision& decision = draft_.decisions[id];
    const std::string inside = "decision " + decision.name;
    for (const RuleId rule : decision.rules) AddRule(rule, OwnOr(draft_.rules[rule].cites, decision.cites));
    if (decision.otherwise) Add(*decision.otherwise, inside, decision.cites);
  }

  void AddRule(RuleId id, const Cites& cites) {
    const check::Rule& rule = draft_.rules[id];
    const std::string inside = (rule.is_exception ? "exception " : "rule ") + rule.name;
    Point point = PointAt(draft_, rule.condition, inside, cites);
    for (const Leaf& leaf : point.leaves) AddInside(std::get<ExprId>(leaf.what), inside, leaf.cites);
    for (const RuleId exception : rule.exceptions) {
      point.leaves.push_back({exception, OwnOr(draft_.rules[exception].cites, cites), {}, {}});
    }
    all_.rules.emplace(id, std::move(point));
    all_.counts[id];
    if (rule.under) AddOption(rule.under->first);
    if (rule.value) Add(*rule.value, inside, cites);
  }

  void Add(ExprId id, const std::string& inside, const Cites& cites) {
    if (IsConnective(draft_[id].op)) {
      AddPoint(id, inside, cites);
    } else {
      AddInside(id, inside, cites);
    }
  }

  void AddPoint(ExprId id, const std::string& inside, const Cites& cites) {
    const auto [point, is_new] = all_.points.try_emplace(id, PointAt(draft_, id, inside, cites));
    if (!is_new) return;
    const std::vector<Leaf> leaves = point->second.leaves;
    for (const Leaf& leaf : leaves) AddInside(std::get<ExprId>(leaf.what), inside, leaf.cites);
  }

  void AddInside(ExprId id, const std::string& inside, const Cites& cites) {
    const Expr& expr = draft_[id];
    const bool is_threshold = IsOrder(expr.op) && IsMeasure(draft_[expr.operands.front()].type);
    if (is_threshold) all_.thresholds.try_emplace(id, Threshold{inside, cites, {}});
    if (expr.op == Op::kTerm) AddTerm(expr.term, cites);
    if (expr.op == Op::kOption || expr.op == Op::kOptionIs) AddOption(expr.option);
    if (expr.op == Op::kDecision) AddDecision(expr.decision);
    if (expr.op == Op::kRuleFires || expr.op == Op::kRuleDecides) AddDecision(draft_.rules[expr.rule].decision);
    const bool has_condition = expr.op == Op::kSome || expr.op == Op::kEvery || expr.op == Op::kCount ||
                               expr.op == Op::kSum || expr.op == Op::kMaxOf || expr.op == Op::kMinOf;
    for (std::size_t i = 0; i < expr.operands.size(); ++i) {
      const bool is_condition = (has_condition && i == 1) || (expr.op == Op::kIf && i == 0);
      const bool is_said = draft_[expr.operands[i]].op != Op::kConstant;
      if (is_condition && is_said) AddPoint(expr.operands[i], inside, cites);
      if (!is_condition) Add(expr.operands[i], inside, cites);
    }
  }

  void AddTerm(check::TermId id, const Cites& cites) {
    if (terms_[id.Index()]) return;
    terms_[id.Index()] = true;
    const check::Term& term = draft_.terms[id];
    const std::string inside = "term " + term.ShownName();
    if (term.type.kind == TypeKind::kBoolean) {
      AddPoint(term.body, inside, OwnOr(term.cites, cites));
    } else {
      Add(term.body, inside, OwnOr(term.cites, cites));
    }
  }

  void AddOption(check::OptionId id) {
    const check::Option& option = draft_.options[id];
    if (!options_.insert(id).second) return;
    if (!option.settled) all_.alternatives[id].resize(option.alternatives.size());
    for (std::size_t i = 0; i < option.alternatives.size(); ++i) {
      if (option.settled.value_or(i) != i) continue;
      const check::Alternative& alternative = option.alternatives[i];
      const std::string inside = "option " + option.name + ", " + alternative.name;
      const Cites& cites = OwnOr(alternative.cites, option.cites);
      if (option.type.kind == TypeKind::kBoolean && draft_[alternative.value].op != Op::kConstant) {
        AddPoint(alternative.value, inside, cites);
      } else {
        Add(alternative.value, inside, cites);
      }
    }
  }

  [[nodiscard]] static bool IsMeasure(const Type& type) {
    return type.IsNumber() || type.kind == TypeKind::kRatio || type.kind == TypeKind::kDate ||
           type.kind == TypeKind::kDays;
  }

  const CheckedDraft& draft_;
  Exercised all_;
  std::set<DecisionId> decisions_;
  std::set<check::OptionId> options_;
  std::vector<bool> terms_;
};

}  // namespace

Exercised EverythingOf(const CheckedDraft& draft) { return Collector(draft).Collect(); }

}  // namespace proviso::cover
