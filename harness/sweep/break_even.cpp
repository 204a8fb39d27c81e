#include "harness/sweep/break_even.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "compiler/lower/answer.h"
#include "runtime/base/date.h"

namespace proviso::sweep {
namespace {

using check::CheckedDraft;
using check::DecisionId;
using evaluate::NodeId;
using evaluate::VariableId;

/// More digits than this no threshold of a draft needs.
constexpr int kMaxFraction = 12;

/// Where one run of values ends and the next begins.
struct Edge {
  Value value;
  bool is_after = false;
};

/// The last value before an edge, the first behind it, and one further.
using Around = std::array<Value, 3>;

/// From one value to the next; of ratios so small that two edges are ten of it apart.
Exact StepOf(const Type& type, llvm::ArrayRef<Edge> edges) {
  if (type.kind != TypeKind::kRatio) return Exact::PowerOfTen(-type.digits);
  int digits = 0;
  for (const Edge& edge : edges) {
    const auto* const exact = std::get_if<Exact>(&edge.value);
    while (exact != nullptr && digits < kMaxFraction && !exact->HasFractionWithin(digits)) ++digits;
  }
  return Exact::PowerOfTen(-digits - 1);
}

Around ValuesAround(const Edge& edge, const Exact& step) {
  if (const auto* const exact = std::get_if<Exact>(&edge.value)) {
    const Exact first = edge.is_after ? *exact + step : *exact;
    return {Value(first - step), Value(first), Value(first + step)};
  }
  if (const auto* const real = std::get_if<double>(&edge.value))
    return {Value(std::nextafter(*real, -HUGE_VAL)), edge.value, Value(std::nextafter(*real, HUGE_VAL))};
  if (const auto* const days = std::get_if<Days>(&edge.value))
    return {Value(Days{days->count - 1}), edge.value, Value(Days{days->count + 1})};
  const Date date = std::get<Date>(edge.value);
  return {Value(AddDays(date, -1).value_or(date)), edge.value, Value(AddDays(date, 1).value_or(date))};
}

/// As a drafter would write it, where the option's own values are exact.
Value AsAlternative(const Value& value, const Type& option) {
  const auto* const real = std::get_if<double>(&value);
  if (real == nullptr || option.kind == TypeKind::kReal) return value;
  std::string text = fmt::format("{}", *real);
  std::erase(text, '+');
  return Exact::Parse(text).value_or(Exact::FromDouble(*real));
}

/// Whether a terminal of the function is made from what the variable asks, or something is asked that is made of
/// several facts: whether it can be so would be a question to the solver for every value.
bool IsWorkedIn(evaluate::Space& space, NodeId function, VariableId variable) {
  const evaluate::Variable asked = space[variable];
  const auto is_made = [&](VariableId id) {
    return id != variable && (!space.IsFree(id) || space.Reads(id, asked.place, asked.fact));
  };
  if (llvm::any_of(space.graph.Support(function), is_made)) return true;
  return llvm::any_of(space.graph.Terminals(function), [&](graph::Terminal terminal) {
    const auto* const quantity = std::get_if<evaluate::QuantityId>(&space.LeafAt(terminal));
    if (space.IsUnsettled(space.graph.TerminalNode(terminal))) return true;
    return quantity != nullptr && space.Reads(space.QuantityVariable(*quantity), asked.place, asked.fact);
  });
}

/// All values at which a decision can flip; `found` says of which decisions that is not settled.
std::vector<Edge> EdgesIn(const check::OptionAsFact& as_fact, Case facts, llvm::ArrayRef<DecisionId> decisions,
                          std::vector<BreakEven>& found) {
  std::vector<FactState>& of_case = facts.instances[facts.root].facts;
  of_case.resize(as_fact.draft->vocabulary->facts[as_fact.fact].position);
  of_case.emplace_back();
  lower::Lowered lowered = lower::LowerFor(as_fact.draft, facts, decisions);
  if (lowered.too_large) {
    for (BreakEven& one : found) one.is_settled = false;
    return {};
  }
  evaluate::Space& space = *lowered.space;
  const VariableId variable = space.FactVariable(space.Root(), as_fact.fact);
  for (std::size_t i = 0; i < found.size(); ++i)
    found[i].is_settled = !IsWorkedIn(space, lowered.drafts.front().decisions[i].outcome, variable);
  std::vector<Edge> edges;
  for (std::size_t cell = 1; cell < space[variable].begins.size(); ++cell)
    edges.push_back({*space[variable].begins[cell], space[variable].after[cell]});
  return edges;
}

/// Looks at each edge in the draft that has the values around the edges as alternatives.
class Finder {
 public:
  Finder(std::shared_ptr<const CheckedDraft> draft, check::OptionId option, const Case& facts,
         llvm::ArrayRef<DecisionId> decisions, llvm::ArrayRef<lower::OptionProduct> chosen)
      : draft_(std::move(draft)), option_(option), facts_(facts), answer_(draft_, facts, chosen, decisions) {}

  [[nodiscard]] bool IsTooLarge() const { return answer_.TooLargeAt().has_value(); }

  /// `number`: of the edge; `has_further`: whether the value one further lies before the next edge.
  void Add(const Edge& edge, std::size_t number, bool has_further, llvm::ArrayRef<BreakEven*> found) {
    const auto first = static_cast<std::uint32_t>(3 * number);
    graph::Graph& graph = answer_.Graph();
    const NodeId allowed = graph.And(At(answer_.OptionSets(), first), At(answer_.OptionSets(), first + 1));
    for (std::size_t i = 0; i < found.size(); ++i) {
      const lower::DecisionAnswer& decision = answer_.Decisions()[i];
      for (const lower::AnswerGroup& below : decision.groups) {
        for (const lower::AnswerGroup& above : decision.groups) {
          if (below.outcome.SameAnswer(above.outcome)) continue;
          const NodeId where = graph.And(At(below.option_sets, first), At(above.option_sets, first + 1));
          if (where == graph.No()) continue;
          const bool is_shown = Replays(decision.decision, where, first, below, above, has_further);
          found[i]->is_settled = found[i]->is_settled && below.is_settled && above.is_settled && is_shown;
          if (!is_shown) continue;
          found[i]->flips.push_back({edge.value, edge.is_after, below.outcome, above.outcome,
                                     lower::CoverOptionSets(graph, answer_.Draft(), where, graph.Not(allowed))});
        }
      }
    }
  }

 private:
  [[nodiscard]] NodeId At(NodeId option_sets, std::uint32_t alternative) {
    return answer_.Graph().Restrict(option_sets, answer_.Draft().options[option_.Index()], alternative);
  }

  /// The reference evaluator may find a case undetermined that the graph does not; never the other way round.
  bool Replays(DecisionId decision, NodeId where, std::uint32_t first, const lower::AnswerGroup& below,
               const lower::AnswerGroup& above, bool has_further) {
    check::OptionSet options = lower::ExampleOptionSet(answer_.Graph(), answer_.Draft(), where);
    for (std::uint32_t i = 0; i < (has_further ? 3U : 2U); ++i) {
      options[option_.Index()] = first + i;
      const reference::Outcome said = reference::EvaluateDecision(*draft_, decision, facts_, options);
      const bool is_open = !said.determined && !said.error;
      if (!is_open && !said.SameAnswer((i == 0 ? below : above).outcome)) return false;
    }
    return true;
  }

  std::shared_ptr<const CheckedDraft> draft_;
  check::OptionId option_;
  const Case& facts_;
  lower::Answer answer_;
};

}  // namespace

std::optional<OptionValues> OptionValues::Of(std::shared_ptr<const CheckedDraft> draft, check::OptionId option) {
  auto as_fact = check::WithOptionAsFact(*draft, option);
  if (!as_fact) return std::nullopt;
  return OptionValues(std::move(draft), option, std::move(*as_fact));
}

std::vector<BreakEven> OptionValues::Find(const Case& facts, llvm::ArrayRef<DecisionId> decisions,
                                          llvm::ArrayRef<lower::OptionProduct> chosen) const {
  std::vector<BreakEven> found(decisions.size());
  const std::vector<Edge> edges = EdgesIn(as_fact_, facts, decisions, found);
  std::vector<BreakEven*> open;
  std::vector<DecisionId> of_open;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i].is_settled) continue;
    open.push_back(&found[i]);
    of_open.push_back(decisions[i]);
  }
  if (edges.empty() || open.empty()) return found;
  const Exact step = StepOf(as_fact_.type, edges);
  std::vector<Around> around;
  std::vector<Value> alternatives;
  for (const Edge& edge : edges) {
    around.push_back(ValuesAround(edge, step));
    for (const Value& value : around.back())
      alternatives.push_back(AsAlternative(value, draft_->options[option_].type));
  }
  std::vector<lower::OptionProduct> of_others(chosen.begin(), chosen.end());
  for (lower::OptionProduct& product : of_others) product[option_.Index()].clear();
  Finder finder(check::WithAlternatives(*draft_, option_, alternatives), option_, facts, of_open, of_others);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    // A fraction of more digits than the step has may have its neighbour next to it; the calendar ends.
    const bool is_apart = around[i][0] < around[i][1] && (i == 0 || !(around[i][0] < around[i - 1][1]));
    if (finder.IsTooLarge() || !is_apart) {
      for (BreakEven* const one : open) one->is_settled = false;
      continue;
    }
    const bool has_further = i + 1 == edges.size() || !(around[i + 1][0] < around[i][2]);
    finder.Add(edges[i], i, has_further, open);
  }
  return found;
}

}  // namespace proviso::sweep
