#include "harness/compare/n_way.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <array>
#include <mutex>

#include "harness/compare/settle.h"
#include "runtime/base/in_parallel.h"

namespace proviso::compare {
namespace {

using evaluate::NodeId;
using Occurs = lower::Occurrence::Verdict;

/// To the solver, about parts of one decision.
constexpr int kMaxQuestions = 4;

/// What cases are parted by; by facts only where all drafts can be said so.
enum class By : std::uint8_t { kFacts, kTerms };

bool AreSaidByFacts(const lower::Lowered& lowered) {
  return llvm::all_of(lowered.drafts,
                      [](const lower::LoweredDraft& draft) { return draft.decisions.front().by_facts.has_value(); });
}

class Parter {
 public:
  Parter(Parting& parting, By by)
      : parting_(parting),
        lowered_(parting.lowered),
        space_(*lowered_.space),
        graph_(space_.graph),
        care_(graph_.Yes()),
        is_by_facts_(by == By::kFacts) {
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
    SettleAll();
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

  void SettleAll() {
    are_asked_by_facts_ = !is_by_facts_ && AreSaidByFacts(lowered_) &&
                          llvm::all_of(lowered_.drafts, [&](const lower::LoweredDraft& draft) {
                            const lower::LoweredDecision& decision = draft.decisions.front();
                            return AreOfOneOutcomes(space_, decision.outcome, *decision.by_facts);
                          });
    std::optional<Aside> aside;
    if (are_asked_by_facts_) aside.emplace(lowered_);
    for (Part& part : parting_.parts) {
      lower::Occurrence found = Settle(part, [&](const lower::Witness& witness) { return IsShown(part, witness); });
      part.occurs = found.verdict;
      part.witness = std::move(found.witness);
      if (aside) aside->Clear();
    }
  }

  /// Whether the reference evaluator says of the case what the part does.
  [[nodiscard]] bool IsShown(const Part& part, const lower::Witness& witness) const {
    std::vector<reference::Outcome> said;
    for (std::size_t i = 0; i < lowered_.drafts.size(); ++i) {
      said.push_back(reference::EvaluateDecision(*lowered_.drafts[i].draft, lowered_.drafts[i].decisions[0].decision,
                                                 witness.facts, witness.options[i]));
      if (!IsSaid(space_, said.back(), part.outcomes[i])) return false;
    }
    const reference::Outcome& first = said.front();
    return llvm::any_of(said, [&](const reference::Outcome& one) {
      return !one.SameAnswer(first) || (one.error && one.error->kind != first.error->kind);
    });
  }

  lower::Occurrence Settle(const Part& part, llvm::function_ref<bool(const lower::Witness&)> is_shown) {
    if (is_by_facts_) return lower::Occurs(lowered_, part.condition, is_shown);
    if (!are_asked_by_facts_) return OccursByTerms(lowered_, part.condition, is_shown, questions_);
    std::vector<graph::AnyOf> asked;
    graph::AnyOf unlike;
    for (std::size_t i = 0; i < lowered_.drafts.size(); ++i) {
      asked.push_back({{*lowered_.drafts[i].decisions.front().by_facts, part.outcomes[i]}});
      if (i > 0) unlike.push_back({Differ(space_, part.outcomes[0], part.outcomes[i]), graph_.Yes()});
    }
    asked.push_back(std::move(unlike));
    return lower::Occurs(lowered_, asked, is_shown);
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
  bool are_asked_by_facts_ = false;  // though parted by terms
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

namespace {

/// Nothing where no option set is in all drafts.
std::optional<Parting> PartDecision(llvm::ArrayRef<std::shared_ptr<const check::CheckedDraft>> drafts,
                                    const check::Decision& decision, const PartingLimits& limits) {
  Parting parting{.decision = decision.name, .type = decision.type};
  for (const By by : {By::kFacts, By::kTerms}) {
    parting.parts.clear();
    parting.variables.clear();
    parting.lowered = lower::LowerForComparison(
        drafts, decision.name, lower::Saying::kBoth,
        by == By::kFacts ? std::min(limits.max_nodes, limits.max_by_facts) : limits.max_nodes);
    if (parting.lowered.too_large || (by == By::kFacts && !AreSaidByFacts(parting.lowered))) continue;
    Parter parter(parting, by);
    if (!parter.HasOptionSets()) return std::nullopt;
    parter.Run();
    if (!parting.lowered.space->graph.Exhausted()) break;
  }
  return parting;
}

}  // namespace

std::vector<Parting> PartCases(const std::vector<Side>& sides, const std::string& decision, const PartingLimits& limits,
                               llvm::function_ref<void(std::size_t, std::size_t)> progress) {
  std::vector<std::shared_ptr<const check::CheckedDraft>> drafts;
  for (const Side& side : sides) drafts.push_back(side.draft);
  std::vector<check::DecisionId> wanted;
  for (const check::DecisionId id : drafts.front()->DecisionsOfCase()) {
    const std::string& name = drafts.front()->decisions[id].name;
    if ((decision.empty() || name == decision) && HaveAll(sides, name)) wanted.push_back(id);
  }
  std::vector<std::optional<Parting>> found(wanted.size());
  std::mutex mutex;
  std::size_t done = 0;
  InParallel(wanted.size(), [&](std::size_t i) {
    found[i] = PartDecision(drafts, drafts.front()->decisions[wanted[i]], limits);
    const std::scoped_lock lock(mutex);
    if (progress) progress(++done, wanted.size());
  });
  std::vector<Parting> partings;
  for (std::optional<Parting>& parting : found) {
    if (parting) partings.push_back(std::move(*parting));
  }
  return partings;
}

}  // namespace proviso::compare
