#include "harness/cover/points.h"

#include <utility>

namespace proviso::cover {
namespace {

using check::CheckedDraft;
using check::Expr;
using check::ExprId;
using check::Op;

bool IsConnective(Op op) { return op == Op::kAnd || op == Op::kOr || op == Op::kNot || op == Op::kAtLeast; }

void AddLeaves(const CheckedDraft& draft, ExprId id, const std::vector<Citation>& cites, std::vector<Leaf>& leaves) {
  const Expr& expr = draft[id];
  if (!IsConnective(expr.op)) {
    if (expr.op != Op::kConstant) leaves.push_back({id, cites, {}, {}});
    return;
  }
  for (std::size_t i = 0; i < expr.operands.size(); ++i) {
    const bool has_own = i < expr.item_cites.size() && !expr.item_cites[i].empty();
    AddLeaves(draft, expr.operands[i], has_own ? expr.item_cites[i] : cites, leaves);
  }
}

Truth Not(Truth truth) {
  if (truth == Truth::kUnknown) return truth;
  return truth == Truth::kYes ? Truth::kNo : Truth::kYes;
}

/// At least `needed` of so many.
Truth AtLeast(std::size_t needed, std::size_t yes, std::size_t no, std::size_t all) {
  if (yes >= needed) return Truth::kYes;
  return no + needed > all ? Truth::kNo : Truth::kUnknown;
}

/// Three-valued, taking the leaves in order.
Truth Combine(const CheckedDraft& draft, ExprId id, const std::vector<Truth>& truths, std::size_t& next) {
  const Expr& expr = draft[id];
  if (expr.op == Op::kConstant) return std::get<bool>(expr.constant) ? Truth::kYes : Truth::kNo;
  if (!IsConnective(expr.op)) return truths[next++];
  if (expr.op == Op::kNot) return Not(Combine(draft, expr.operands.front(), truths, next));
  std::size_t yes = 0;
  std::size_t no = 0;
  for (const ExprId operand : expr.operands) {
    const Truth truth = Combine(draft, operand, truths, next);
    yes += truth == Truth::kYes ? 1 : 0;
    no += truth == Truth::kNo ? 1 : 0;
  }
  const std::size_t all = expr.operands.size();
  if (expr.op == Op::kAnd) return AtLeast(all, yes, no, all);
  return AtLeast(expr.op == Op::kOr ? 1 : static_cast<std::size_t>(expr.number), yes, no, all);
}

}  // namespace

std::optional<std::pair<std::string, std::string>> Leaf::ShownBy() const {
  for (std::size_t result = 0; result < 2; ++result) {
    const std::string& with = turns[1][result];
    const std::string& without = turns[0][1 - result];
    if (!with.empty() && !without.empty()) return std::pair(with, without);
  }
  return std::nullopt;
}

void Point::Notice(const CheckedDraft& draft, const std::vector<Truth>& truths, const std::string& scenario) {
  if (!noticed.try_emplace(truths, scenario).second) return;
  std::vector<Truth> turned = truths;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (truths[i] == Truth::kUnknown) continue;
    const auto truth = static_cast<std::size_t>(truths[i]);
    ++leaves[i].seen[truth];
    turned[i] = Not(truths[i]);
    const Truth result = Result(draft, truths);
    const Truth other = Result(draft, turned);
    turned[i] = truths[i];
    if (result == Truth::kUnknown || other != Not(result)) continue;
    std::string& shown = leaves[i].turns[truth][static_cast<std::size_t>(result)];
    if (shown.empty()) shown = scenario;
  }
}

Truth Point::Result(const CheckedDraft& draft, const std::vector<Truth>& truths) const {
  std::size_t next = 0;
  const Truth root_truth = Combine(draft, root, truths, next);
  std::size_t yes = root_truth == Truth::kYes ? 1 : 0;
  std::size_t no = root_truth == Truth::kNo ? 1 : 0;
  const std::size_t all = 1 + truths.size() - next;
  for (; next < truths.size(); ++next) {
    yes += truths[next] == Truth::kYes ? 1 : 0;
    no += truths[next] == Truth::kNo ? 1 : 0;
  }
  return AtLeast(all, yes, no, all);
}

Point PointAt(const CheckedDraft& draft, ExprId root, std::string inside, const std::vector<Citation>& cites) {
  Point point;
  point.inside = std::move(inside);
  point.root = root;
  AddLeaves(draft, root, cites, point.leaves);
  return point;
}

}  // namespace proviso::cover
