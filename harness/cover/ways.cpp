#include "harness/cover/ways.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <deque>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

namespace proviso::cover {
namespace {

using check::CheckedDraft;
using check::DecisionId;
using check::Expr;
using check::ExprId;
using check::Op;
using check::OptionId;
using check::RuleId;

/// Lists in lists that are gone into.
constexpr std::size_t kMaxLists = 3;
/// Ways to one piece.
constexpr std::size_t kMaxWays = 40;

using Choices = std::map<OptionId, std::uint32_t>;

/// Where a piece is come to. Texts name entities and lists: two with the same texts are asked of the same.
struct Place {
  std::size_t step = Step::kNone;
  std::string self;  // empty: the case
  std::map<check::VariableId, std::string> elements;
  std::string supposed;
  Choices chosen;
  std::size_t lists = 0;
  bool is_deep = false;

  [[nodiscard]] std::string Key() const {
    std::string key = self + "|" + supposed;
    for (const auto& [variable, element] : elements) key += fmt::format("|{}:{}", variable.Index(), element);
    return key;
  }
  /// The plainest are gone through first.
  [[nodiscard]] std::size_t Cost() const { return lists + 2 * chosen.size() + (supposed.empty() ? 0 : 4); }
};

class Finder {
 public:
  Finder(const CheckedDraft& draft, const Exercised& everything) : draft_(draft), everything_(everything) {}

  WaysToAll Run() {
    for (const DecisionId decision : draft_.DecisionsOfCase()) Later(decision, {});
    while (!later_.empty()) {
      auto& first = later_.begin()->second;
      const auto [what, place] = std::move(first.front());
      first.pop_front();
      if (first.empty()) later_.erase(later_.begin());
      std::visit([&, &at = place](auto id) { Visit(id, at); }, what);
    }
    return std::move(found_);
  }

 private:
  using What = std::variant<ExprId, RuleId, DecisionId>;

  void Later(What what, Place place) {
    const std::size_t cost = place.Cost();
    later_[cost].emplace_back(what, std::move(place));
  }

  /// Whether it has not been come to there, under fewer choices.
  bool IsNew(const What& what, const Place& place) {
    std::vector<Choices>& before = visited_[{what, place.Key()}];
    const auto is_within = [&](const Choices& fewer) {
      return llvm::all_of(fewer, [&](const auto& one) {
        const auto found = place.chosen.find(one.first);
        return found != place.chosen.end() && found->second == one.second;
      });
    };
    if (llvm::any_of(before, is_within)) return false;
    before.push_back(place.chosen);
    return true;
  }

  static void Record(Ways& ways, const Place& place) {
    if (place.is_deep || ways.last.size() >= kMaxWays) {
      ways.are_all = false;
    } else {
      ways.last.push_back(place.step);
    }
  }

  std::size_t Add(Step step) {
    found_.steps.push_back(step);
    return found_.steps.size() - 1;
  }

  void Visit(DecisionId id, const Place& place) {
    if (!IsNew(id, place)) return;
    const check::Decision& decision = draft_.decisions[id];
    for (const RuleId rule : decision.rules) Visit(rule, place);
    if (decision.otherwise) Visit(*decision.otherwise, place);
  }

  void Visit(RuleId id, const Place& outer) {
    const check::Rule& rule = draft_.rules[id];
    if (rule.under) {
      Record(found_.options[rule.under->first], outer);
      const auto inside = Choosing(outer, rule.under->first, rule.under->second);
      if (inside) VisitRule(id, *inside);
    } else {
      VisitRule(id, outer);
    }
  }

  void VisitRule(RuleId id, const Place& place) {
    if (!IsNew(id, place)) return;
    const check::Rule& rule = draft_.rules[id];
    Record(found_.rules[id], place);
    VisitLeaves(everything_.rules.at(id), place);
    for (const RuleId exception : rule.exceptions) Visit(exception, place);
    if (rule.value) Visit(*rule.value, place);
  }

  void VisitLeaves(const Point& point, const Place& place) {
    for (const Leaf& leaf : point.leaves) {
      const ExprId* const condition = std::get_if<ExprId>(&leaf.what);
      if (condition == nullptr) continue;
      if (*condition == point.root) {
        VisitInside(*condition, place);
      } else {
        Visit(*condition, place);
      }
    }
  }

  void Visit(ExprId id, const Place& place) {
    if (!IsNew(id, place)) return;
    const auto point = everything_.points.find(id);
    if (point == everything_.points.end()) return VisitInside(id, place);
    Record(found_.exprs[id], place);
    VisitLeaves(point->second, place);
  }

  void VisitInside(ExprId id, const Place& place) {
    const Expr& expr = draft_[id];
    switch (expr.op) {
      case Op::kTerm:
        Visit(expr.operands.front(), place);
        return Later(draft_.terms[expr.term].body, Entered(expr.operands.front(), place));
      case Op::kDecision:
        Visit(expr.operands.front(), place);
        return Later(expr.decision, Entered(expr.operands.front(), place));
      case Op::kRuleFires:
      case Op::kRuleDecides:
        return Later(draft_.rules[expr.rule].decision, Entered(expr.operands.front(), place));
      case Op::kOption:
        return VisitOption(expr, place);
      case Op::kOptionIs:
        return Record(found_.options[expr.option], place);
      case Op::kSome:
      case Op::kEvery:
      case Op::kCount:
      case Op::kSum:
      case Op::kMaxOf:
      case Op::kMinOf:
        return VisitOverList(id, place);
      case Op::kSupposing:
        return VisitSupposing(id, place);
      default:
        if (everything_.thresholds.contains(id)) Record(found_.exprs[id], place);
        for (const ExprId operand : expr.operands) Visit(operand, place);
    }
  }

  void VisitOption(const Expr& expr, const Place& outer) {
    const check::Option& option = draft_.options[expr.option];
    const Place place = Entered(expr.operands.front(), outer);
    Record(found_.options[expr.option], place);
    for (std::uint32_t i = 0; i < option.alternatives.size(); ++i) {
      if (option.settled.value_or(i) != i) continue;
      auto inside = Choosing(place, expr.option, i);
      if (inside) Later(option.alternatives[i].value, std::move(*inside));
    }
  }

  void VisitOverList(ExprId id, const Place& outer) {
    const Expr& expr = draft_[id];
    Visit(expr.operands.front(), outer);
    Place place = outer;
    place.lists += 1;
    place.is_deep = place.is_deep || place.lists > kMaxLists;
    place.elements[expr.variable] = place.is_deep ? "deep" : TextOf(expr.operands.front(), outer) + "[]";
    if (!place.is_deep) place.step = Add({.kind = Step::Kind::kElement, .outer = outer.step, .expr = id, .option = {}});
    for (std::size_t i = 1; i < expr.operands.size(); ++i) Later(expr.operands[i], place);
  }

  void VisitSupposing(ExprId id, const Place& outer) {
    Place place = outer;
    place.supposed += fmt::format("{}@{};", id.Index(), outer.Key());
    place.step = Add({.kind = Step::Kind::kSupposing, .outer = outer.step, .expr = id, .option = {}});
    Later(draft_[id].operands.front(), std::move(place));
  }

  /// Nothing where another alternative is chosen already.
  std::optional<Place> Choosing(const Place& outer, OptionId option, std::uint32_t alternative) {
    const auto& settled = draft_.options[option].settled;
    if (settled) return *settled == alternative ? std::optional(outer) : std::nullopt;
    if (const auto found = outer.chosen.find(option); found != outer.chosen.end())
      return found->second == alternative ? std::optional(outer) : std::nullopt;
    Place place = outer;
    place.chosen[option] = alternative;
    place.step = Add({.kind = Step::Kind::kAlternative,
                      .outer = outer.step,
                      .expr = {},
                      .option = option,
                      .alternative = alternative});
    return place;
  }

  Place Entered(ExprId entity, const Place& outer) {
    Place place = outer;
    place.elements.clear();
    const Op op = draft_[entity].op;
    if (op == Op::kSelf || (op == Op::kCase && outer.self.empty())) return place;
    if (op == Op::kCase) {
      place.self.clear();
      place.lists = 0;
      place.is_deep = false;
    } else {
      place.self = outer.is_deep ? "deep" : TextOf(entity, outer);
    }
    place.step = Add({.kind = Step::Kind::kEntity, .outer = outer.step, .expr = entity, .option = {}});
    return place;
  }

  /// Names what an expression for an entity or a list is.
  std::string TextOf(ExprId id, const Place& place) const {
    const Expr& expr = draft_[id];
    switch (expr.op) {
      case Op::kCase:
        return "";
      case Op::kSelf:
        return place.self;
      case Op::kElement:
        return place.elements.contains(expr.variable) ? place.elements.at(expr.variable) : "?";
      case Op::kFact:
        return fmt::format("{}.{}", TextOf(expr.operands.front(), place), expr.fact.Index());
      default:
        return fmt::format("#{}({})", id.Index(), place.Key());
    }
  }

  const CheckedDraft& draft_;
  const Exercised& everything_;
  WaysToAll found_;
  std::map<std::size_t, std::deque<std::pair<What, Place>>> later_;  // by cost
  std::map<std::pair<What, std::string>, std::vector<Choices>> visited_;
};

}  // namespace

WaysToAll FindWays(const CheckedDraft& draft, const Exercised& everything) { return Finder(draft, everything).Run(); }

}  // namespace proviso::cover
