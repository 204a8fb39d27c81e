#include "harness/compare/n_way.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <array>

#include "harness/compare/settle.h"

namespace proviso::compare {
namespace {

using evaluate::NodeId;
using Occurs = lower::Occurrence::Verdict;

/// To the solver, about parts of one decision.
constexpr int kMaxQuestions = 4;

/// Of the store, where decisions are said by facts.
constexpr std::size_t kMaxByFacts = 300'000;

class Parter {
 public:
  explicit Parter(Parting& parting)
      : parting_(parting),
        lowered_(parting.lowered),
        space_(*lowered_.space),
        graph_(space_.graph),
        care_(graph_.Yes()),
        is_by_facts_(llvm::all_of(lowered_.drafts, [](const lower::LoweredDraft& draft) {
          return draft.decisions.front().by_facts.has_value();
        })) {
    for (const lower::LoweredDraft& draft : lowered_.drafts) care_ = graph_.And(care_, draft.option_sets);
  }

  [[nodiscard]] bool HasOptionSets() const { return care_ != graph_.No(); }

  void Run() {
    for (std::size_t i = 0; i < lowered_.drafts.size(); ++i) outcomes_.push_back(OutcomeOf(i));
    NodeId differ = WhereUnlike(outcomes_);
    differ = graph_.And(differ, lower::AssumptionsOn(lowered_, differ));
    if (differ != graph_.No()) parting_.parts.push_back({.condition = differ});
    for (const NodeId outcome : outcomes_) SplitBy(outcome);
    parting_.is_checked = IsPartition(graph_, parting_.parts, differ) && !graph_.Exhausted();
    for (Part& part : parting_.parts) Settle(part);
    std::erase_if(parting_.parts, [](const Part& part) { return part.occurs == Occurs::kImpossible; });
    for (std::size_t i = 0; i < space_.Variables(); ++i) parting_.variables.emplace_back(i);
    for (Part& part : parting_.parts) {
      Describe(part);
      Count(part);
    }
  }

 private:
  [[nodiscard]] NodeId OutcomeOf(std::size_t draft) const {
    const lower::LoweredDecision& decision = lowered_.drafts[draft].decisions.front();
    return is_by_facts_ ? *decision.by_facts : decision.outcome;
  }

  NodeId WhereUnlike(llvm::ArrayRef<NodeId> outcomes) {
    NodeId differ = graph_.No();
    for (const NodeId outcome : outcomes.drop_front()) {
      differ = graph_.Or(differ, graph_.Combine(outcomes.front(), outcome,
                                                [&](NodeId one, NodeId other) { return Differ(space_, one, other); }));
    }
    return graph_.And(differ, care_);
  }

  NodeId Gives(NodeId outcome, NodeId leaf) {
    return graph_.Replace(outcome, [&](NodeId at) { return at == leaf ? graph_.Yes() : graph_.No(); });
  }

  void SplitBy(NodeId outcome) {
    std::vector<Part> split;
    for (const graph::Terminal terminal : graph_.Terminals(outcome)) {
      const NodeId leaf = graph_.TerminalNode(terminal);
      const NodeId here = Gives(outcome, leaf);
      for (const Part& part : parting_.parts) {
        Part smaller = part;
        smaller.condition = graph_.And(part.condition, here);
        smaller.outcomes.push_back(leaf);
        if (smaller.condition != graph_.No()) split.push_back(std::move(smaller));
      }
    }
    parting_.parts = std::move(split);
  }

  void Settle(Part& part) {
    const auto is_shown = [&](const lower::Witness& witness) {
      std::vector<reference::Outcome> said;
      for (std::size_t i = 0; i < lowered_.drafts.size(); ++i) {
        said.push_back(reference::EvaluateDecision(*lowered_.drafts[i].draft, lowered_.drafts[i].decisions[0].decision,
                                                   witness.facts, witness.options[i]));
        if (!IsSaid(space_, said.back(), part.outcomes[i])) return false;
      }
      return llvm::any_of(said, [&](const reference::Outcome& one) {
        const reference::Outcome& first = said.front();
        return !one.SameAnswer(first) || (one.error && one.error->kind != first.error->kind);
      });
    };
    lower::Occurrence found = is_by_facts_ ? lower::Occurs(lowered_, part.condition, is_shown)
                                           : OccursByTerms(lowered_, part.condition, is_shown, questions_);
    part.occurs = found.verdict;
    part.witness = std::move(found.witness);
  }

  /// By the terms of the drafts; no pieces where an outcome is a quantity that terms say otherwise than facts do.
  void Describe(Part& part) {
    if (graph_.Exhausted()) return;
    std::vector<NodeId> by_terms;
    std::vector<NodeId> sides;
    NodeId where = care_;
    for (std::size_t i = 0; i < lowered_.drafts.size(); ++i) {
      by_terms.push_back(lowered_.drafts[i].decisions.front().outcome);
      sides.push_back(Gives(by_terms.back(), part.outcomes[i]));
      where = graph_.And(where, sides.back());
    }
    where = graph_.And(where, WhereUnlike(by_terms));
    const NodeId care = graph_.And(care_, lower::AssumptionsOn(lowered_, where));
    where = graph_.And(where, care);
    if (where == graph_.No()) return;
    part.pieces = DescribePieces(graph_, parting_.variables, sides, PairsOfTerms(), where, care);
    parting_.is_checked = parting_.is_checked && IsPartition(graph_, part.pieces, where) && !graph_.Exhausted();
  }

  void Count(Part& part) {
    part.cases = CasesIn(part.condition);
    for (Piece& piece : part.pieces) piece.cases = part.pieces.size() == 1 ? part.cases : CasesIn(piece.condition);
  }

  std::optional<Exact> CasesIn(NodeId condition) {
    const auto is_term = [&](evaluate::VariableId variable) { return space_.IsTerm(variable); };
    if (llvm::any_of(graph_.Support(condition), is_term)) return std::nullopt;
    return CasesUnderEach(lowered_, condition, care_);
  }

  /// Terms of one name that two drafts do not mean alike.
  [[nodiscard]] std::vector<std::array<evaluate::VariableId, 2>> PairsOfTerms() const {
    std::vector<std::array<evaluate::VariableId, 2>> pairs;
    const auto add = [&](const lower::NamedTerm& one, const lower::NamedTerm& other) {
      if (one.name != other.name || !one.variable.IsValid() || !other.variable.IsValid()) return;
      const std::array pair = {one.variable, other.variable};
      if (pair[0] != pair[1] && !llvm::is_contained(pairs, pair)) pairs.push_back(pair);
    };
    for (std::size_t i = 0; i < lowered_.drafts.size(); ++i) {
      for (std::size_t j = i + 1; j < lowered_.drafts.size(); ++j) {
        for (const lower::NamedTerm& one : lowered_.drafts[i].terms) {
          for (const lower::NamedTerm& other : lowered_.drafts[j].terms) add(one, other);
        }
      }
    }
    std::ranges::reverse(pairs);  // those made of others first
    return pairs;
  }

  Parting& parting_;
  lower::Lowered& lowered_;
  evaluate::Space& space_;
  graph::Graph& graph_;
  NodeId care_;  // the option sets of all
  bool is_by_facts_;
  std::vector<NodeId> outcomes_;
  int questions_ = kMaxQuestions;
};

/// Whether all have the decision, with one type.
bool HaveAll(const std::vector<Side>& sides, const std::string& decision) {
  const auto type_in = [&](const Side& side) -> std::optional<Type> {
    const auto id = side.draft->FindDecision(decision);
    return id ? std::optional(side.draft->decisions[*id].type) : std::nullopt;
  };
  const std::optional<Type> first = type_in(sides.front());
  return llvm::all_of(sides, [&](const Side& side) { return type_in(side) == first; });
}

}  // namespace

std::size_t Parting::NotSettled() const {
  return static_cast<std::size_t>(
      llvm::count_if(parts, [](const Part& part) { return part.occurs == Occurs::kNotSettled; }));
}

std::vector<Parting> PartCases(const std::vector<Side>& sides, const std::string& decision, std::size_t max_nodes) {
  std::vector<std::shared_ptr<const check::CheckedDraft>> drafts;
  for (const Side& side : sides) drafts.push_back(side.draft);
  std::vector<Parting> partings;
  for (const check::DecisionId id : drafts.front()->DecisionsOfCase()) {
    const check::Decision& first = drafts.front()->decisions[id];
    if ((!decision.empty() && first.name != decision) || !HaveAll(sides, first.name)) continue;
    Parting parting{.decision = first.name, .type = first.type};
    // What can be is found by facts, where these fit into a small store: several drafts make a large graph.
    bool has_option_sets = true;
    for (const lower::Saying saying : {lower::Saying::kBoth, lower::Saying::kTerms}) {
      const bool is_last = saying == lower::Saying::kTerms;
      parting.parts.clear();
      parting.variables.clear();
      parting.lowered =
          lower::LowerForComparison(drafts, first.name, saying, is_last ? max_nodes : std::min(max_nodes, kMaxByFacts));
      if (parting.lowered.too_large) continue;
      Parter parter(parting);
      has_option_sets = parter.HasOptionSets();
      if (has_option_sets) parter.Run();
      if (!parting.lowered.space->graph.Exhausted()) break;
    }
    if (!has_option_sets) continue;
    partings.push_back(std::move(parting));
  }
  return partings;
}

}  // namespace proviso::compare
