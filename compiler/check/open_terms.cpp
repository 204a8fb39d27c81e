#include "compiler/check/open_terms.h"

#include <fmt/core.h>

#include <deque>
#include <map>
#include <set>
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
    FindDepths(condition);
    depth_ = depth;
    const ExprId opened = Open(condition);
    draft_->vocabulary = words_;
    return {.draft = draft_, .condition = opened, .is_any_open = !facts_.empty()};
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
      if (expr.op == Op::kSupposing || !visited.insert({id, depth}).second) continue;
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
    if (const auto found = opened_.find(id); found != opened_.end()) return found->second;
    Expr expr = (*draft_)[id];
    if (expr.op == Op::kSupposing) return id;
    const std::vector<ExprId> before = expr.operands;
    for (ExprId& operand : expr.operands) operand = Open(operand);
    bool is_same = expr.operands == before;
    if (expr.op == Op::kTerm) {
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
    return opened_[id] = is_same ? id : draft_->exprs.Add(std::move(expr));
  }

  TermId Opened(TermId id) {
    if (const auto found = terms_.find(id); found != terms_.end()) return found->second;
    // One that comes back to itself is the old one there: its first tier is said.
    terms_[id] = id;
    Term opened = draft_->terms[id];
    opened.body = Open(opened.body);
    return terms_[id] = draft_->terms.Add(std::move(opened));
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
  std::size_t depth_ = 0;
  std::map<TermId, std::size_t> depths_;
  std::map<ExprId, ExprId> opened_;
  std::map<TermId, TermId> terms_;
  std::map<TermId, FactId> facts_;
};

}  // namespace

OpenTerms WithOpenTerms(const CheckedDraft& draft, ExprId condition, std::size_t depth,
                        const std::vector<bool>& is_seen) {
  return Opener(draft, is_seen).Run(condition, depth);
}

}  // namespace proviso::check
