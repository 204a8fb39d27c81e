#include "harness/compare/n_way.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

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
  Parter(Parting& parting, lower::Saying saying)
      : parting_(parting),
        lowered_(parting.lowered),
        space_(*lowered_.space),
        graph_(space_.graph),
        care_(graph_.Yes()),
        saying_(saying) {
    for (const lower::LoweredDraft& draft : lowered_.drafts) care_ = graph_.And(care_, draft.option_sets);
  }

  [[nodiscard]] bool HasOptionSets() const { return care_ != graph_.No(); }

  void Run() {
    NodeId differ = graph_.No();
    for (std::size_t i = 1; i < lowered_.drafts.size(); ++i) {
      differ = graph_.Or(differ, graph_.Combine(OutcomeOf(0), OutcomeOf(i),
                                                [&](NodeId one, NodeId other) { return Differ(space_, one, other); }));
    }
    differ = graph_.And(differ, care_);
    differ = graph_.And(differ, lower::AssumptionsOn(lowered_, differ));
    if (differ != graph_.No()) parting_.parts.push_back({{}, differ, Occurs::kNotSettled, {}});
    for (std::size_t i = 0; i < lowered_.drafts.size(); ++i) SplitBy(OutcomeOf(i));
    parting_.is_checked = IsPartition(differ) && !graph_.Exhausted();
    for (Part& part : parting_.parts) Settle(part);
    std::erase_if(parting_.parts, [](const Part& part) { return part.occurs == Occurs::kImpossible; });
  }

 private:
  [[nodiscard]] NodeId OutcomeOf(std::size_t draft) const { return lowered_.drafts[draft].decisions.front().outcome; }

  void SplitBy(NodeId outcome) {
    std::vector<Part> split;
    for (const graph::Terminal terminal : graph_.Terminals(outcome)) {
      const NodeId leaf = graph_.TerminalNode(terminal);
      const NodeId here = graph_.Replace(outcome, [&](NodeId at) { return at == leaf ? graph_.Yes() : graph_.No(); });
      for (const Part& part : parting_.parts) {
        Part smaller = part;
        smaller.condition = graph_.And(part.condition, here);
        smaller.outcomes.push_back(leaf);
        if (smaller.condition != graph_.No()) split.push_back(std::move(smaller));
      }
    }
    parting_.parts = std::move(split);
  }

  [[nodiscard]] bool IsPartition(NodeId differ) {
    NodeId all = graph_.No();
    for (const Part& part : parting_.parts) {
      if (graph_.Meet(all, part.condition)) return false;
      all = graph_.Or(all, part.condition);
    }
    return all == differ;
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
    lower::Occurrence found = saying_ == lower::Saying::kFacts
                                  ? lower::Occurs(lowered_, part.condition, is_shown)
                                  : OccursByTerms(lowered_, part.condition, is_shown, questions_);
    part.occurs = found.verdict;
    part.witness = std::move(found.witness);
  }

  Parting& parting_;
  lower::Lowered& lowered_;
  evaluate::Space& space_;
  graph::Graph& graph_;
  NodeId care_;  // the option sets of all
  lower::Saying saying_;
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
    Parting parting{.decision = first.name, .type = first.type, .lowered = {}, .parts = {}};
    // What can be is found by facts, where these fit into a small store: several drafts make a large graph.
    bool has_option_sets = true;
    for (const lower::Saying saying : {lower::Saying::kFacts, lower::Saying::kTerms}) {
      const bool is_last = saying == lower::Saying::kTerms;
      parting.parts.clear();
      parting.lowered =
          lower::LowerForComparison(drafts, first.name, saying, is_last ? max_nodes : std::min(max_nodes, kMaxByFacts));
      if (parting.lowered.too_large) continue;
      Parter parter(parting, saying);
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
