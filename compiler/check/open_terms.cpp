#include "compiler/check/open_terms.h"

#include <fmt/core.h>
#include <llvm/ADT/STLExtras.h>

#include <deque>
#include <map>
#include <set>
#include <utility>

#include "compiler/check/expr_at.h"

namespace proviso::check {
namespace {

class Opener {
 public:
  Opener(const CheckedDraft& draft, const std::vector<bool>& is_seen)
      : draft_(std::make_shared<CheckedDraft>(draft)),
        words_(std::make_shared<Vocabulary>(*draft.vocabulary)),
        is_seen_(is_seen) {}

  OpenTerms Run(ExprId condition, std::size_t depth) {
    FindDepths(condition);
    depth_ = depth;
    const ExprId opened = Open(condition);
    draft_->vocabulary = words_;
    return {.draft = draft_, .condition = opened, .is_any_open = count_ > 0};
  }

 private:
  /// Within how many yes/no terms each term is used, where it is used within the fewest.
  void FindDepths(ExprId condition) {
    std::deque<std::pair<ExprId, std::size_t>> open = {{condition, 0}};
    std::set<std::pair<ExprId, std::size_t>> visited;
    while (!open.empty()) {
      const auto [id, depth] = open.front();
      open.pop_front();
      const Expr& expr = (*draft_)[id];
      if (!visited.insert({id, depth}).second) continue;
      for (const ExprId operand : expr.operands) open.emplace_back(operand, depth);
      if (expr.op != Op::kTerm) continue;
      const auto [known, is_new] = depths_.try_emplace(expr.term, depth);
      if (is_new || depth < known->second) {
        known->second = depth;
        open.emplace_back(draft_->terms[expr.term].body, depth + (IsCounted(expr.term) ? 1 : 0));
      }
    }
  }

  [[nodiscard]] bool IsCounted(TermId id) const {
    const bool is_seen = id.Index() < is_seen_.size() && is_seen_[id.Index()];
    return draft_->terms[id].type.kind == TypeKind::kBoolean && !is_seen;
  }

  ExprId Open(ExprId id) {
    if (const auto found = opened_.find({context_, id}); found != opened_.end()) return found->second;
    Expr expr = (*draft_)[id];
    const std::size_t outer = context_;
    // What is left open there is not what it is outside.
    if (expr.op == Op::kSupposing) context_ = contexts_.try_emplace({outer, id}, contexts_.size() + 1).first->second;
    const std::vector<ExprId> before = expr.operands;
    for (ExprId& operand : expr.operands) operand = Open(operand);
    context_ = outer;
    bool is_same = expr.operands == before;
    if (expr.op == Op::kSome) {
      expr = WithOwnConditions(std::move(expr));
      is_same = is_same && expr.op == Op::kSome;
    }
    if (expr.op == Op::kSum && CanBeLeftOpen(expr)) {
      OpenSum(expr);
      is_same = false;
    } else if (expr.op == Op::kTerm) {
      const TermId term = expr.term;
      if (IsCounted(term) && depths_.at(term) >= depth_) {
        expr.op = Op::kFact;
        expr.fact = FactFor(term);
        is_same = false;
      } else {
        expr.term = Opened(term);
        is_same = is_same && expr.term == term;
      }
    }
    return opened_[{context_, id}] = is_same ? id : draft_->exprs.Add(std::move(expr));
  }

  TermId Opened(TermId id) {
    if (const auto found = terms_.find({context_, id}); found != terms_.end()) return found->second;
    // One that comes back to itself is the old one there: its first tier is said.
    terms_[{context_, id}] = id;
    Term opened = draft_->terms[id];
    const EntityId outer = std::exchange(self_, opened.of.value_or(words_->case_entity));
    opened.body = Open(opened.body);
    self_ = outer;
    return terms_[{context_, id}] = draft_->terms.Add(std::move(opened));
  }

  /// Where some element meets conditions of which some look beyond it, some element meets the others alone: said, so
  /// that graphs see it.
  Expr WithOwnConditions(Expr some) {
    Expr own = Like(some, Op::kAnd);
    const std::vector<ExprId> conjuncts = Conjuncts(some.operands[1]);
    llvm::copy_if(conjuncts, std::back_inserter(own.operands),
                  [&](ExprId conjunct) { return IsOf(some.variable, conjunct); });
    if (own.operands.empty() || own.operands.size() == conjuncts.size()) return some;
    Expr alone = some;
    alone.operands[1] = draft_->exprs.Add(std::move(own));
    Expr both = Like(some, Op::kAnd);
    both.operands = {draft_->exprs.Add(std::move(alone)), draft_->exprs.Add(std::move(some))};
    return both;
  }

  [[nodiscard]] bool IsOf(VariableId element, ExprId id) const {
    const Expr& expr = (*draft_)[id];
    if (expr.op == Op::kSelf || expr.op == Op::kCase || expr.op == Op::kSupposing) return false;
    return ReadsOnly(id, {element}) &&
           llvm::all_of(expr.operands, [&](ExprId operand) { return IsOf(element, operand); });
  }

  std::vector<ExprId> Conjuncts(ExprId id) {
    const Expr expr = (*draft_)[id];
    std::vector<ExprId> conjuncts;
    if (expr.op == Op::kAnd) {
      for (const ExprId operand : expr.operands) llvm::append_range(conjuncts, Conjuncts(operand));
      return conjuncts;
    }
    if (expr.op == Op::kTerm && (*draft_)[draft_->terms[expr.term].body].op == Op::kAnd) {
      for (const ExprId inner : Conjuncts(draft_->terms[expr.term].body)) {
        Term part = draft_->terms[expr.term];
        part.body = inner;
        Expr asked = expr;
        asked.term = draft_->terms.Add(std::move(part));
        conjuncts.push_back(draft_->exprs.Add(std::move(asked)));
      }
      return conjuncts;
    }
    return {id};
  }

  [[nodiscard]] static Expr Like(const Expr& other, Op op) { return ExprAt(other, op, {.kind = TypeKind::kBoolean}); }

  FactId FactFor(TermId id) {
    if (const auto found = facts_.find({context_, id}); found != facts_.end()) return found->second;
    const EntityId owner = draft_->terms[id].of.value_or(words_->case_entity);
    return facts_[{context_, id}] = AddFact(owner, {.kind = TypeKind::kBoolean});
  }

  /// Of exact numbers, and not of elements around it: the entity at hand alone decides it.
  [[nodiscard]] bool CanBeLeftOpen(const Expr& sum) const {
    return (sum.type.kind == TypeKind::kInteger || sum.type.kind == TypeKind::kDecimal ||
            sum.type.kind == TypeKind::kRatio) &&
           llvm::all_of(sum.operands, [&](ExprId operand) { return ReadsOnly(operand, {sum.variable}); });
  }

  [[nodiscard]] bool ReadsOnly(ExprId id, std::set<VariableId> bound) const {
    const Expr& expr = (*draft_)[id];
    if (expr.op == Op::kElement) return bound.contains(expr.variable);
    if (expr.variable.IsValid()) bound.insert(expr.variable);
    return llvm::all_of(expr.operands, [&](ExprId operand) { return ReadsOnly(operand, bound); }) &&
           llvm::all_of(expr.overrides, [&](const Override& each) { return ReadsOnly(each.value, bound); });
  }

  /// Of what meets its `where` it is any number, of nothing it is 0.
  void OpenSum(Expr& sum) {
    const Type type = sum.type;
    const auto add = [&](Op op, const Type& of, std::vector<ExprId> operands) {
      return draft_->exprs.Add(ExprAt(sum, op, of, std::move(operands)));
    };
    Expr satisfies = Like(sum, Op::kSome);
    satisfies.operands = {sum.operands[0], sum.operands[1]};
    satisfies.variable = sum.variable;
    const ExprId some = draft_->exprs.Add(WithOwnConditions(std::move(satisfies)));
    const ExprId self = add(Op::kSelf, EntityType(self_), {});
    const ExprId any = add(Op::kFact, type, {self});
    draft_->exprs[any].fact = AddFact(self_, type);
    const ExprId nothing = add(Op::kConstant, sum.type, {});
    draft_->exprs[nothing].constant = Exact(0);
    sum.op = Op::kIf;
    sum.operands = {some, any, nothing};
    sum.variable = {};
  }

  FactId AddFact(EntityId owner, const Type& type) {
    Fact fact;
    fact.name = fmt::format("left open {}", ++count_);
    fact.type = type;
    fact.owner = owner;
    fact.position = static_cast<std::uint32_t>(words_->entities[owner].facts.size());
    const FactId added = words_->facts.Add(std::move(fact));
    words_->entities[owner].facts.push_back(added);
    return added;
  }

  std::shared_ptr<CheckedDraft> draft_;
  std::shared_ptr<Vocabulary> words_;
  const std::vector<bool>& is_seen_;
  std::size_t depth_ = 0;
  std::size_t count_ = 0;
  EntityId self_ = words_->case_entity;
  std::map<TermId, std::size_t> depths_;
  std::size_t context_ = 0;  // what is supposed; 0: nothing
  std::map<std::pair<std::size_t, ExprId>, std::size_t> contexts_;
  std::map<std::pair<std::size_t, ExprId>, ExprId> opened_;
  std::map<std::pair<std::size_t, TermId>, TermId> terms_;
  std::map<std::pair<std::size_t, TermId>, FactId> facts_;
};

}  // namespace

OpenTerms WithOpenTerms(const CheckedDraft& draft, ExprId condition, std::size_t depth,
                        const std::vector<bool>& is_seen) {
  return Opener(draft, is_seen).Run(condition, depth);
}

}  // namespace proviso::check
