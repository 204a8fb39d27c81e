#include "compiler/check/changed_facts.h"

#include <llvm/ADT/STLExtras.h>

#include <set>

#include "compiler/check/expr_at.h"

namespace proviso::check {
namespace {

/// Adds `root`, and all that it is made of but for what it names.
void AddParts(const CheckedDraft& draft, ExprId root, std::set<ExprId>& parts) {
  if (!parts.insert(root).second) return;
  for (const ExprId operand : draft[root].operands) AddParts(draft, operand, parts);
  for (const Override& change : draft[root].overrides) {
    AddParts(draft, change.fact, parts);
    AddParts(draft, change.value, parts);
  }
}

/// The assumption's condition with other facts in the place of some.
ExprId CopyWith(CheckedDraft& draft, ExprId root, llvm::ArrayRef<FactId> facts, llvm::ArrayRef<FactId> others) {
  Expr copy = draft[root];
  for (ExprId& operand : copy.operands) operand = CopyWith(draft, operand, facts, others);
  if (copy.op == Op::kFact) {
    const auto* const found = llvm::find(facts, copy.fact);
    if (found != facts.end()) copy.fact = others[static_cast<std::size_t>(found - facts.begin())];
  }
  return draft.exprs.Add(std::move(copy));
}

/// Writes what a transform does into copies of a draft.
class TransformWriter {
 public:
  TransformWriter(const CheckedDraft& draft, const Transform& transform, ExprId value)
      : draft_(draft), transform_(transform), value_(value), fact_(draft.vocabulary->facts[transform.path.back()]) {
    place_ = draft[value];
  }

  BeforeAndAfter Write() {
    auto before = std::make_shared<CheckedDraft>(draft_);
    after_ = std::make_shared<CheckedDraft>(draft_);
    after_->moment = "afterwards";
    const bool is_exact = IsExact();
    ReadChanged(AddChanged());
    for (const Assumption& assumption : draft_.assumptions) {
      if (draft_.MayRead(assumption.condition, transform_.path.back())) KeepTo(assumption);
    }
    after_->assumptions.clear();  // `before` has them, of the case as it is
    return {.before = std::move(before), .after = std::move(after_), .is_exact = is_exact};
  }

 private:
  /// Placed where the new value stands.
  [[nodiscard]] Expr NodeOf(Op op, const Type& type, std::vector<ExprId> operands = {}) const {
    return ExprAt(place_, op, type, std::move(operands));
  }
  static Type Truth() { return {.kind = TypeKind::kBoolean}; }

  /// A term: what an entity has that may stand at the end of the path.
  TermId AddChanged() {
    const ExprId self = after_->exprs.Add(NodeOf(Op::kSelf, EntityType(fact_.owner)));
    Expr stands = NodeOf(Op::kStandsAt, Truth(), {self});
    stands.path = transform_.path;
    const ExprId is_there = after_->exprs.Add(std::move(stands));
    Expr as_it_is = NodeOf(Op::kFact, fact_.type, {self});
    as_it_is.fact = transform_.path.back();
    const ExprId kept = after_->exprs.Add(std::move(as_it_is));
    Term term{.name = transform_.name,
              .arguments = {},
              .of = fact_.owner,
              .type = fact_.type,
              .cites = {},
              .description = {},
              .body = after_->exprs.Add(NodeOf(Op::kIf, fact_.type, {is_there, value_, kept})),
              .span = transform_.span,
              .amendment = {}};
    if (fact_.owner == after_->vocabulary->case_entity) term.of.reset();
    return after_->terms.Add(std::move(term));
  }

  /// What is asked supposing a fact otherwise would have the new value worked out from that.
  [[nodiscard]] bool IsExact() const {
    return llvm::all_of(draft_.exprs, [&](const Expr& expr) {
      return llvm::none_of(expr.overrides, [&](const Override& change) {
        const FactId supposed = draft_[change.fact].fact;
        return supposed == transform_.path.back() || draft_.MayRead(value_, supposed);
      });
    });
  }

  void ReadChanged(TermId changed) {
    std::set<ExprId> kept;
    AddParts(draft_, value_, kept);
    for (const Expr& expr : draft_.exprs) {
      for (const Override& change : expr.overrides) kept.insert(change.fact);
    }
    for (std::size_t i = 0; i < draft_.exprs.size(); ++i) {
      Expr& expr = after_->exprs[ExprId(i)];
      if (expr.op != Op::kFact || expr.fact != transform_.path.back() || kept.contains(ExprId(i))) continue;
      expr.op = Op::kTerm;
      expr.fact = FactId();
      expr.term = changed;
    }
  }

  /// The strongest outcome wherever an entity on the path breaks the assumption in the changed case.
  void KeepTo(const Assumption& assumption) {
    const EntityId of_case = after_->vocabulary->case_entity;
    Term term{.name = assumption.name,
              .arguments = {},
              .of = assumption.of,
              .type = Truth(),
              .cites = assumption.cites,
              .description = {},
              .body = assumption.condition,
              .span = assumption.span,
              .amendment = {}};
    const TermId kept = after_->terms.Add(std::move(term));
    EntityId at = of_case;
    for (std::size_t length = 0; length < transform_.path.size(); ++length) {
      if (length > 0) at = after_->vocabulary->facts[transform_.path[length - 1]].type.entity;
      if (at != assumption.of.value_or(of_case)) continue;
      const ExprId root = after_->exprs.Add(NodeOf(Op::kCase, EntityType(of_case)));
      const ExprId holds = OfAll(llvm::ArrayRef(transform_.path).take_front(length), root, kept);
      const ExprId broken = after_->exprs.Add(NodeOf(Op::kNot, Truth(), {holds}));
      for (const DecisionId decision : draft_.DecisionsOfCase()) ComeToStrongest(decision, broken);
    }
  }

  /// That the term holds of every entity that the path leads to from `entity`.
  ExprId OfAll(llvm::ArrayRef<FactId> path, ExprId entity, TermId term) {
    if (path.empty()) {
      Expr holds = NodeOf(Op::kTerm, Truth(), {entity});
      holds.term = term;
      return after_->exprs.Add(std::move(holds));
    }
    const Type type = after_->vocabulary->facts[path.front()].type;
    Expr next = NodeOf(Op::kFact, type, {entity});
    next.fact = path.front();
    const ExprId there = after_->exprs.Add(std::move(next));
    if (type.kind != TypeKind::kList) {
      const ExprId holds = OfAll(path.drop_front(), there, term);
      if (!type.or_none) return holds;
      const ExprId is_none = after_->exprs.Add(NodeOf(Op::kIsNone, Truth(), {there}));
      return after_->exprs.Add(NodeOf(Op::kOr, Truth(), {is_none, holds}));
    }
    Expr element = NodeOf(Op::kElement, EntityType(type.entity));
    element.variable = after_->variables.Add("changed");
    const VariableId variable = element.variable;
    const ExprId body = OfAll(path.drop_front(), after_->exprs.Add(std::move(element)), term);
    Expr every = NodeOf(Op::kEvery, Truth(), {there, body});
    every.variable = variable;
    return after_->exprs.Add(std::move(every));
  }

  void ComeToStrongest(DecisionId id, ExprId condition) {
    Decision& decision = after_->decisions[id];
    if (decision.type.kind != TypeKind::kEnum) return;
    const Enumeration& outcomes = after_->vocabulary->enums[decision.type.enumeration];
    if (!outcomes.ordered) return;
    Expr strongest = NodeOf(Op::kConstant, decision.type);
    strongest.constant = Member{static_cast<std::uint32_t>(outcomes.members.size() - 1)};
    Rule rule{.name = "assumption",
              .is_exception = true,
              .decision = id,
              .cites = {},
              .description = {},
              .value = after_->exprs.Add(std::move(strongest)),
              .condition = condition,
              .under = {},
              .except_to = {},
              .exceptions = {},
              .span = transform_.span,
              .amendment = {}};
    decision.rules.insert(decision.rules.begin(), after_->rules.Add(std::move(rule)));
  }

  const CheckedDraft& draft_;
  const Transform& transform_;
  ExprId value_;
  const Fact& fact_;
  Expr place_;
  std::shared_ptr<CheckedDraft> after_;
};

}  // namespace

BeforeAndAfter WithTransform(const CheckedDraft& draft, const Transform& transform, std::size_t index) {
  return TransformWriter(draft, transform, transform.values[index]).Write();
}

FactId AddSecondValue(CheckedDraft& draft, FactId fact) {
  auto words = std::make_shared<Vocabulary>(*draft.vocabulary);
  Fact second = words->facts[fact];
  Entity& owner = words->entities[second.owner];
  second.name += " afterwards";
  second.assumed.reset();
  second.position = static_cast<std::uint32_t>(owner.facts.size());
  const FactId added = words->facts.Add(std::move(second));
  words->entities[words->facts[added].owner].facts.push_back(added);
  draft.vocabulary = std::move(words);
  return added;
}

SecondValues WithSecondValues(const CheckedDraft& draft, llvm::ArrayRef<FactId> facts) {
  SecondValues values;
  auto before = std::make_shared<CheckedDraft>(draft);
  for (const FactId fact : facts) values.second.push_back(AddSecondValue(*before, fact));
  for (const Assumption& assumption : draft.assumptions) {
    if (llvm::none_of(facts, [&](FactId fact) { return draft.MayRead(assumption.condition, fact); })) continue;
    Assumption afterwards = assumption;
    afterwards.condition = CopyWith(*before, assumption.condition, facts, values.second);
    before->assumptions.push_back(std::move(afterwards));
  }
  auto after = std::make_shared<CheckedDraft>(*before);
  after->moment = "afterwards";
  for (std::size_t i = 0; i < draft.exprs.size(); ++i) {
    Expr& expr = after->exprs[ExprId(i)];
    const auto* const found = llvm::find(facts, expr.fact);
    if (expr.op == Op::kFact && found != facts.end())
      expr.fact = values.second[static_cast<std::size_t>(found - facts.begin())];
  }
  after->assumptions.clear();  // `before` has them, of both
  values.before = std::move(before);
  values.after = std::move(after);
  return values;
}

}  // namespace proviso::check
