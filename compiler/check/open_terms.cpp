#include "compiler/check/open_terms.h"

#include <fmt/core.h>

#include <map>
#include <utility>

namespace proviso::check {
namespace {

class Opener {
 public:
  Opener(const CheckedDraft& draft, const std::vector<bool>& is_seen)
      : draft_(std::make_shared<CheckedDraft>(draft)),
        words_(std::make_shared<Vocabulary>(*draft.vocabulary)),
        is_seen_(is_seen) {}

  OpenTerms Run(ExprId condition, std::size_t depth) {
    const ExprId opened = Open(condition, depth);
    draft_->vocabulary = words_;
    return {.draft = draft_, .condition = opened, .is_any_open = !facts_.empty()};
  }

 private:
  ExprId Open(ExprId id, std::size_t depth) {
    if (const auto found = opened_.find({id, depth}); found != opened_.end()) return found->second;
    Expr expr = (*draft_)[id];
    if (expr.op == Op::kSupposing) return id;
    const std::vector<ExprId> before = expr.operands;
    for (ExprId& operand : expr.operands) operand = Open(operand, depth);
    bool is_same = expr.operands == before;
    if (expr.op == Op::kTerm) {
      const TermId term = expr.term;
      OpenTerm(expr, depth);
      is_same = is_same && expr.op == Op::kTerm && expr.term == term;
    }
    return opened_[{id, depth}] = is_same ? id : draft_->exprs.Add(std::move(expr));
  }

  void OpenTerm(Expr& expr, std::size_t depth) {
    const TermId id = expr.term;
    const bool is_seen = id.Index() < is_seen_.size() && is_seen_[id.Index()];
    const bool is_truth = draft_->terms[id].type.kind == TypeKind::kBoolean && !is_seen;
    if (is_truth && depth == 0) {
      expr.op = Op::kFact;
      expr.fact = FactFor(id);
    } else {
      expr.term = Opened(id, is_truth ? depth - 1 : depth);
    }
  }

  TermId Opened(TermId id, std::size_t depth) {
    if (const auto found = terms_.find({id, depth}); found != terms_.end()) return found->second;
    // One that comes back to itself is the old one there: its first tier is said.
    terms_[{id, depth}] = id;
    Term opened = draft_->terms[id];
    opened.body = Open(opened.body, depth);
    return terms_[{id, depth}] = draft_->terms.Add(std::move(opened));
  }

  FactId FactFor(TermId id) {
    if (const auto found = facts_.find(id); found != facts_.end()) return found->second;
    const EntityId owner = draft_->terms[id].of.value_or(words_->case_entity);
    Fact fact;
    fact.name = fmt::format("{} left open", draft_->terms[id].ShownName());
    fact.type = {.kind = TypeKind::kBoolean};
    fact.owner = owner;
    fact.position = static_cast<std::uint32_t>(words_->entities[owner].facts.size());
    const FactId added = words_->facts.Add(std::move(fact));
    words_->entities[owner].facts.push_back(added);
    return facts_[id] = added;
  }

  std::shared_ptr<CheckedDraft> draft_;
  std::shared_ptr<Vocabulary> words_;
  const std::vector<bool>& is_seen_;
  std::map<std::pair<ExprId, std::size_t>, ExprId> opened_;
  std::map<std::pair<TermId, std::size_t>, TermId> terms_;
  std::map<TermId, FactId> facts_;
};

}  // namespace

OpenTerms WithOpenTerms(const CheckedDraft& draft, ExprId condition, std::size_t depth,
                        const std::vector<bool>& is_seen) {
  return Opener(draft, is_seen).Run(condition, depth);
}

}  // namespace proviso::check
