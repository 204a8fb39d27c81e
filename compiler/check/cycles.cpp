#include <algorithm>

#include "compiler/check/checker.h"

namespace proviso::check {
namespace {

/// Definitions that rest on one another: terms, options, decisions and rules, numbered in one row.
class Definitions {
 public:
  explicit Definitions(const CheckedDraft& draft) : draft_(draft) {
    first_option_ = draft.terms.size();
    first_decision_ = first_option_ + draft.options.size();
    first_rule_ = first_decision_ + draft.decisions.size();
    edges_.resize(first_rule_ + draft.rules.size());
    for (std::size_t i = 0; i < draft.terms.size(); ++i) Follow(i, draft.terms[TermId(i)].body);
    for (std::size_t i = 0; i < draft.options.size(); ++i)
      for (const Alternative& each : draft.options[OptionId(i)].alternatives) Follow(first_option_ + i, each.value);
    for (std::size_t i = 0; i < draft.decisions.size(); ++i) AddDecision(i);
    for (std::size_t i = 0; i < draft.rules.size(); ++i) AddRule(i);
    for (auto& each : edges_) {
      std::sort(each.begin(), each.end());
      each.erase(std::unique(each.begin(), each.end()), each.end());
    }
  }

  [[nodiscard]] const std::vector<std::vector<std::size_t>>& Edges() const { return edges_; }

  struct Shown {
    std::string_view kind;
    std::string name;
    Span span;
  };
  [[nodiscard]] Shown Show(std::size_t node) const {
    if (node < first_option_) return {"term", draft_.terms[TermId(node)].ShownName(), draft_.terms[TermId(node)].span};
    if (node < first_decision_) {
      const Option& option = draft_.options[OptionId(node - first_option_)];
      return {"option", option.name, option.span};
    }
    if (node < first_rule_) {
      const Decision& decision = draft_.decisions[DecisionId(node - first_decision_)];
      return {"decision", decision.name, decision.span};
    }
    const Rule& rule = draft_.rules[RuleId(node - first_rule_)];
    return {rule.is_exception ? "exception" : "rule", rule.name, rule.span};
  }

 private:
  void AddDecision(std::size_t index) {
    const Decision& decision = draft_.decisions[DecisionId(index)];
    const std::size_t node = first_decision_ + index;
    for (const RuleId rule : decision.rules) {
      edges_[node].push_back(first_rule_ + rule.Index());
      if (draft_.rules[rule].value) Follow(node, *draft_.rules[rule].value);
    }
    if (decision.otherwise) Follow(node, *decision.otherwise);
  }

  void AddRule(std::size_t index) {
    const Rule& rule = draft_.rules[RuleId(index)];
    Follow(first_rule_ + index, rule.condition);
    for (const RuleId exception : rule.exceptions)
      edges_[first_rule_ + index].push_back(first_rule_ + exception.Index());
  }

  /// Whether an entity is an element of a list of the entity at hand, or lies below one.
  bool IsBelowElement(ExprId object) const {
    while (draft_[object].op == Op::kFact) object = draft_[object].operands[0];
    const Expr& root = draft_[object];
    return root.op == Op::kElement && descending_.contains(root.variable);
  }

  bool ListIsOfSelf(ExprId list) const {
    while (draft_[list].op == Op::kFact) list = draft_[list].operands[0];
    const Expr& root = draft_[list];
    return root.op == Op::kSelf || (root.op == Op::kElement && descending_.contains(root.variable));
  }

  void Follow(std::size_t from, ExprId id) {
    if (!id.IsValid()) return;
    const Expr& expr = draft_[id];
    switch (expr.op) {
      case Op::kTerm: {
        // Ownership runs through tiers: a term of an entity may use terms of what its lists hold.
        const bool descends = from < first_option_ && IsBelowElement(expr.operands[0]);
        if (!descends) edges_[from].push_back(expr.term.Index());
        break;
      }
      case Op::kOption:
        edges_[from].push_back(first_option_ + expr.option.Index());
        break;
      case Op::kDecision:
        edges_[from].push_back(first_decision_ + expr.decision.Index());
        break;
      case Op::kRuleFires:
        edges_[from].push_back(first_rule_ + expr.rule.Index());
        break;
      case Op::kRuleDecides:
        edges_[from].push_back(first_decision_ + draft_.rules[expr.rule].decision.Index());
        break;
      default:
        break;
    }
    const bool ranges = expr.variable.IsValid() && expr.op != Op::kElement;
    if (ranges && ListIsOfSelf(expr.operands[0])) descending_.insert(expr.variable);
    for (const ExprId operand : expr.operands) Follow(from, operand);
    for (const Override& each : expr.overrides) {
      Follow(from, each.fact);
      Follow(from, each.value);
    }
  }

  const CheckedDraft& draft_;
  std::size_t first_option_ = 0;
  std::size_t first_decision_ = 0;
  std::size_t first_rule_ = 0;
  std::vector<std::vector<std::size_t>> edges_;
  std::set<VariableId> descending_;
};

/// The first circle met from each start, depth first; none shares a node with one found before.
std::vector<std::vector<std::size_t>> FindCircles(const std::vector<std::vector<std::size_t>>& edges) {
  enum class Mark : std::uint8_t { kNew, kOpen, kDone };
  std::vector<Mark> marks(edges.size(), Mark::kNew);
  std::vector<std::vector<std::size_t>> circles;
  std::set<std::size_t> told;
  struct Visit {
    std::size_t node;
    std::size_t next = 0;
  };
  for (std::size_t start = 0; start < edges.size(); ++start) {
    if (marks[start] != Mark::kNew) continue;
    std::vector<Visit> path = {{start}};
    marks[start] = Mark::kOpen;
    while (!path.empty()) {
      Visit& at = path.back();
      if (at.next == edges[at.node].size()) {
        marks[at.node] = Mark::kDone;
        path.pop_back();
        continue;
      }
      const std::size_t to = edges[at.node][at.next++];
      if (marks[to] == Mark::kNew) {
        marks[to] = Mark::kOpen;
        path.push_back({to});
        continue;
      }
      if (marks[to] != Mark::kOpen) continue;
      std::vector<std::size_t> circle;
      const auto begin = std::find_if(path.begin(), path.end(), [&](const Visit& each) { return each.node == to; });
      for (auto each = begin; each != path.end(); ++each) circle.push_back(each->node);
      if (std::any_of(circle.begin(), circle.end(), [&](std::size_t each) { return told.contains(each); })) continue;
      told.insert(circle.begin(), circle.end());
      circles.push_back(std::move(circle));
    }
  }
  return circles;
}

}  // namespace

void Checker::FindCycles() {
  const Definitions definitions(draft_);
  for (const std::vector<std::size_t>& circle : FindCircles(definitions.Edges())) {
    const auto first = definitions.Show(circle.front());
    std::string path;
    for (const std::size_t node : circle) path += definitions.Show(node).name + " → ";
    auto& report = sink_.Report<Kind::kCycle>(first.span, first.kind, first.name, path + first.name);
    for (std::size_t i = 1; i < circle.size(); ++i) {
      const auto shown = definitions.Show(circle[i]);
      report.AddNote(fmt::format("{} `{}`", shown.kind, shown.name), shown.span);
    }
  }
}

}  // namespace proviso::check
