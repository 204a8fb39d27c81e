#include "compiler/lower/missing.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "runtime/evaluate/resolve.h"

namespace proviso::lower {
namespace {

using evaluate::NodeId;
using evaluate::QuantityId;
using evaluate::Space;
using evaluate::Variable;
using evaluate::VariableId;
using reference::MissingFact;

/// Above this many nodes facts stay in the order of first use: ranking them would be felt.
constexpr std::size_t kMaxRanked = 3000;

/// The facts of the case that a variable is made from.
class Facts {
 public:
  Facts(const Space& space, const Case& facts) : space_(space), facts_(facts) {}

  std::set<MissingFact> Of(VariableId id) {
    found_.clear();
    AddVariable(id);
    return found_;
  }

  /// Of the values that the function leads to.
  std::set<MissingFact> OfLeaves(NodeId node) {
    found_.clear();
    for (const graph::Terminal terminal : space_.graph.Terminals(node)) AddLeaf(terminal);
    return found_;
  }

 private:
  void AddVariable(VariableId id) {
    const Variable& variable = space_[id];
    if (variable.fact.IsValid()) Add(variable.place, variable.fact);
    if (variable.quantity.IsValid()) AddQuantity(variable.quantity);
    if (variable.other.IsValid()) AddQuantity(variable.other);
    if (!variable.condition.IsValid()) return;
    const evaluate::DerivedCondition& condition = space_[variable.condition];
    if (condition.fact.IsValid()) Add(condition.place, condition.fact);
    if (condition.condition.IsValid()) AddNode(condition.condition);
  }

  void AddQuantity(QuantityId id) {
    const evaluate::Quantity& quantity = space_[id];
    if (quantity.fact.IsValid()) Add(quantity.place, quantity.fact);
    for (const auto& [term, factor] : quantity.terms) AddQuantity(term);
    for (const QuantityId operand : quantity.operands) AddQuantity(operand);
    if (quantity.kind != evaluate::Quantity::Kind::kAggregate) return;
    AddNode(quantity.guard);
    AddNode(quantity.value);
  }

  void AddNode(NodeId node) {
    for (const NodeId at : space_.graph.Reachable(node)) {
      if (space_.graph.IsTerminal(at)) {
        AddLeaf(space_.graph.TerminalOf(at));
      } else {
        AddVariable(space_.graph.VariableOf(at));
      }
    }
  }

  void AddLeaf(graph::Terminal terminal) {
    if (const auto* quantity = std::get_if<QuantityId>(&space_.LeafAt(terminal))) AddQuantity(*quantity);
  }

  void Add(evaluate::PlaceId place, FactId fact) {
    const auto unknown = evaluate::FirstUnknown(space_, facts_, place, fact);
    if (!unknown || facts_.State(space_.Words(), unknown->instance, unknown->fact).value) return;
    found_.insert({.instance = unknown->instance, .fact = unknown->fact});
  }

  const Space& space_;
  const Case& facts_;
  std::set<MissingFact> found_;
};

/// How likely each terminal is.
class Likelihood {
 public:
  explicit Likelihood(const graph::Graph& graph) : graph_(graph) {}

  /// How much is open, in bits, on average, once the variable is known.
  double OpenAfter(NodeId node, VariableId variable) {
    double open = 0;
    const std::size_t cells = graph_.Cells(variable);
    for (std::size_t cell = 0; cell < cells; ++cell) {
      held_ = variable;
      cell_ = cell;
      known_.clear();
      for (const auto& [terminal, likelihood] : Of(node)) open -= likelihood * std::log2(likelihood);
    }
    return open / static_cast<double>(cells);
  }

 private:
  const std::map<graph::Terminal, double>& Of(NodeId node) {
    if (const auto found = known_.find(node); found != known_.end()) return found->second;
    std::map<graph::Terminal, double> likely;
    const auto add = [&](NodeId child, double weight) {
      for (const auto& [terminal, likelihood] : Of(child)) likely[terminal] += weight * likelihood;
    };
    if (graph_.IsTerminal(node)) {
      likely[graph_.TerminalOf(node)] = 1;
    } else if (graph_.VariableOf(node) == held_) {
      add(graph_.ChildAt(node, cell_), 1);
    } else {
      const auto cells = static_cast<double>(graph_.Cells(graph_.VariableOf(node)));
      for (const graph::Graph::Run& run : graph_.Runs(node))
        add(run.to, static_cast<double>(run.last - run.first) / cells);
    }
    return known_[node] = std::move(likely);
  }

  const graph::Graph& graph_;
  VariableId held_;
  std::size_t cell_ = 0;
  std::map<NodeId, std::map<graph::Terminal, double>> known_;
};

}  // namespace

std::vector<MissingFact> MissingFacts(Space& space, const Case& facts, NodeId outcome) {
  // What one fact leaves open is what the best of its variables leaves open.
  struct Ranked {
    MissingFact fact;
    double open = 0;
  };
  std::vector<Ranked> ranked;
  Facts facts_of(space, facts);
  Likelihood likelihood(space.graph);
  const bool can_rank = space.graph.Reachable(outcome).size() <= kMaxRanked;
  for (const VariableId variable : space.graph.Support(outcome)) {
    if (space.IsOption(variable)) continue;
    const double open = can_rank ? likelihood.OpenAfter(outcome, variable) : 0;
    for (const MissingFact& fact : facts_of.Of(variable)) {
      const auto found = llvm::find_if(ranked, [&](const Ranked& known) { return known.fact == fact; });
      if (found == ranked.end()) {
        ranked.push_back({fact, open});
      } else {
        found->open = std::min(found->open, open);
      }
    }
  }
  // Answers of a hundred-thousandth of a bit apart are alike: the order of the text then stands.
  std::ranges::stable_sort(ranked, [](const Ranked& one, const Ranked& other) {
    return std::llround(one.open * 1e5) < std::llround(other.open * 1e5);
  });
  std::vector<MissingFact> missing;
  for (const Ranked& one : ranked) missing.push_back(one.fact);
  for (const MissingFact& fact : facts_of.OfLeaves(outcome)) {
    if (!llvm::is_contained(missing, fact)) missing.push_back(fact);
  }
  return missing;
}

}  // namespace proviso::lower
