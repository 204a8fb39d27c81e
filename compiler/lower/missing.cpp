#include "compiler/lower/missing.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
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

/// How much each variable says of where a function leads: each cell of each variable is taken as equally likely, and
/// what leads to `impossible` is left out. Takes time in the size of the function times its outcomes.
class Information {
 public:
  Information(const graph::Graph& graph, NodeId root, NodeId impossible) : graph_(graph) {
    std::map<VariableId, std::size_t> level_of;
    for (const VariableId variable : graph.Support(root)) {
      level_of.emplace(variable, levels_.size());
      levels_.push_back({variable, {}});
    }
    for (const NodeId node : graph.Reachable(root)) {
      index_.try_emplace(node.Index(), likely_.size());
      likely_.emplace_back();
      if (!graph.IsTerminal(node)) levels_[level_of.at(graph.VariableOf(node))].nodes.push_back(node);
      if (graph.IsTerminal(node) && node != impossible) ends_.push_back(node);
    }
    FindLikelihoods();
    FindReached(root);
    all_ = Of(root);
  }

  /// The variables, topmost first, and how many bits less are open, on average, once each is known.
  [[nodiscard]] std::vector<std::pair<VariableId, double>> Gains() const {
    std::vector<std::pair<VariableId, double>> gains;
    const double open = Open(all_) / Sum(all_);
    for (const Level& level : levels_) gains.emplace_back(level.variable, open - OpenAfter(level) / Sum(all_));
    return gains;
  }

 private:
  using Likelihoods = std::vector<double>;  // by outcome
  struct Level {
    VariableId variable;
    std::vector<NodeId> nodes;
  };

  static void Add(Likelihoods& to, double times, const Likelihoods& what) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += times * what[i];
  }
  static double Sum(const Likelihoods& likely) { return std::accumulate(likely.begin(), likely.end(), 0.0); }

  /// Bits, times how likely it is that one of the outcomes comes about at all. What was taken away from a sum can leave
  /// a little less than nothing.
  static double Open(const Likelihoods& likely) {
    double all = 0;
    double open = 0;
    for (const double one : likely) all += std::max(one, 0.0);
    for (const double one : likely) {
      if (one > 0) open -= one * std::log2(one / all);
    }
    return open;
  }

  [[nodiscard]] const Likelihoods& Of(NodeId node) const { return likely_[index_.at(node.Index())]; }

  void FindLikelihoods() {
    for (Likelihoods& likely : likely_) likely.assign(ends_.size(), 0);
    for (std::size_t i = 0; i < ends_.size(); ++i) likely_[index_.at(ends_[i].Index())][i] = 1;
    for (const Level& level : llvm::reverse(levels_)) {
      const auto cells = static_cast<double>(graph_.Cells(level.variable));
      for (const NodeId node : level.nodes) {
        Likelihoods& likely = likely_[index_.at(node.Index())];
        for (const graph::Graph::Run& run : graph_.Runs(node))
          Add(likely, static_cast<double>(run.last - run.first) / cells, Of(run.to));
      }
    }
  }

  /// How likely a way leads by each node.
  void FindReached(NodeId root) {
    reached_.assign(likely_.size(), 0);
    reached_[index_.at(root.Index())] = 1;
    for (const Level& level : levels_) {
      const auto cells = static_cast<double>(graph_.Cells(level.variable));
      for (const NodeId node : level.nodes) {
        const double here = reached_[index_.at(node.Index())];
        for (const graph::Graph::Run& run : graph_.Runs(node))
          reached_[index_.at(run.to.Index())] += here * static_cast<double>(run.last - run.first) / cells;
      }
    }
  }

  [[nodiscard]] double OpenAfter(const Level& level) const {
    // What changes where a run of some node begins; what leads past all of the nodes is the same in every cell.
    std::map<std::size_t, Likelihoods> changes;
    Likelihoods likely = all_;
    for (const NodeId node : level.nodes) {
      const double here = reached_[index_.at(node.Index())];
      Add(likely, -here, Of(node));
      for (const graph::Graph::Run& run : graph_.Runs(node)) {
        for (const auto& [cell, sign] : {std::pair(run.first, 1.0), std::pair(run.last, -1.0)}) {
          Likelihoods& change = changes.try_emplace(cell, ends_.size()).first->second;
          Add(change, sign * here, Of(run.to));
        }
      }
    }
    double open = 0;
    std::size_t from = 0;
    for (const auto& [cell, change] : changes) {
      open += static_cast<double>(cell - from) * Open(likely);
      Add(likely, 1, change);
      from = cell;
    }
    return open / static_cast<double>(graph_.Cells(level.variable));
  }

  const graph::Graph& graph_;
  std::vector<Level> levels_;
  std::vector<NodeId> ends_;
  llvm::DenseMap<unsigned, std::size_t> index_;  // of a node, in:
  std::vector<Likelihoods> likely_;
  std::vector<double> reached_;
  Likelihoods all_;
};

}  // namespace

std::vector<MissingFact> MissingFacts(Space& space, const Case& facts, NodeId outcome) {
  struct Ranked {
    MissingFact fact;
    double gain = 0;
  };
  std::vector<Ranked> ranked;
  Facts facts_of(space, facts);
  const Information information(space.graph, outcome, space.Terminal(evaluate::Nothing{}));
  for (const auto& [variable, gain] : information.Gains()) {
    if (space.IsOption(variable)) continue;
    const std::set<MissingFact> made_from = facts_of.Of(variable);
    for (const MissingFact& fact : made_from) {
      const auto found = llvm::find_if(ranked, [&](const Ranked& known) { return known.fact == fact; });
      Ranked& one = found == ranked.end() ? ranked.emplace_back(fact) : *found;
      one.gain += gain / static_cast<double>(made_from.size());
    }
  }
  // Answers of a hundred-thousandth of a bit apart are alike: the order of the text then stands.
  std::ranges::stable_sort(ranked, [](const Ranked& one, const Ranked& other) {
    return std::llround(one.gain * 1e5) > std::llround(other.gain * 1e5);
  });
  std::vector<MissingFact> missing;
  for (const Ranked& one : ranked) missing.push_back(one.fact);
  for (const MissingFact& fact : facts_of.OfLeaves(outcome)) {
    if (!llvm::is_contained(missing, fact)) missing.push_back(fact);
  }
  return missing;
}

}  // namespace proviso::lower
