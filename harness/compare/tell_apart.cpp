#include "harness/compare/tell_apart.h"

#include <llvm/ADT/STLExtras.h>

#include <array>

#include "compiler/reference/evaluator.h"
#include "harness/compare/settle.h"

namespace proviso::compare {
namespace {

using check::CheckedDraft;
using check::DecisionId;
using check::OptionSet;
using evaluate::NodeId;
using Occurs = lower::Occurrence::Verdict;

/// More cases are not kept: the first are tried again and again.
constexpr std::size_t kMaxKnown = 250;
/// To the solver, about one pair of drafts and a decision.
constexpr int kQuestionsOfChanges = 1;

bool IsAllowed(const CheckedDraft& draft, const OptionSet& options) {
  return llvm::all_of(draft.constraints, [&](const check::Constraint& constraint) {
    return reference::HoldsUnder(draft, constraint.condition, options);
  });
}

/// `options` with what the draft has settled.
OptionSet Settled(const CheckedDraft& draft, OptionSet options) {
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (const auto& settled = draft.options[check::OptionId(i)].settled) options[i] = *settled;
  }
  return options;
}

/// One decision of two drafts, in one space.
struct Pair {
  std::array<std::shared_ptr<const CheckedDraft>, 2> drafts;
  lower::Saying saying;
  lower::Lowered lowered;
  NodeId changed;  // where the outcomes differ
  std::vector<std::array<NodeId, 2>> outcomes;

  Pair(const std::shared_ptr<const CheckedDraft>& one, const std::shared_ptr<const CheckedDraft>& other,
       const std::string& decision, lower::Saying said_by, std::size_t max_nodes)
      : drafts{one, other},
        saying(said_by),
        lowered(lower::LowerForComparison({one, other}, decision, said_by, max_nodes)) {
    if (lowered.too_large) return;
    const NodeId sets = Graph().And(lowered.drafts[0].option_sets, lowered.drafts[1].option_sets);
    const NodeId differs = Graph().Combine(Outcome(0), Outcome(1), [&](NodeId from, NodeId to) {
      if (from != to && !llvm::is_contained(outcomes, std::array{from, to})) outcomes.push_back({from, to});
      return Differ(*lowered.space, from, to);
    });
    changed = Graph().And(sets, differs);
    changed = Graph().And(changed, lower::AssumptionsOn(lowered, changed));
  }

  [[nodiscard]] graph::Graph& Graph() const { return lowered.space->graph; }
  [[nodiscard]] NodeId Outcome(std::size_t side) const { return lowered.drafts[side].decisions.front().outcome; }
  [[nodiscard]] bool IsThere() const { return !lowered.too_large && !Graph().Exhausted(); }

  /// `questions`: as OccursByTerms has them, where the pair is said by terms.
  lower::Occurrence Occurs(NodeId where, int& questions) {
    const auto is_shown = [&](const lower::Witness& witness) {
      reference::Evaluator first(*drafts[0], witness.facts, witness.options[0]);
      reference::Evaluator second(*drafts[1], witness.facts, witness.options[1]);
      return !reference::AreSame(first.Outcome(lowered.drafts[0].decisions.front().decision, first.CaseScope()),
                                 second.Outcome(lowered.drafts[1].decisions.front().decision, second.CaseScope()));
    };
    return saying == lower::Saying::kFacts ? lower::Occurs(lowered, where, is_shown)
                                           : OccursByTerms(lowered, where, is_shown, questions);
  }
};

std::optional<Value> ValueAt(const evaluate::Space& space, NodeId leaf) {
  const auto* const value = std::get_if<Value>(&space.LeafOf(leaf));
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

/// Nothing where the graph ran out of room.
std::optional<std::vector<OutcomeChange>> ChangesOf(Pair& pair, const std::string& decision) {
  std::vector<OutcomeChange> changes;
  graph::Graph& graph = pair.Graph();
  int questions = kQuestionsOfChanges;
  for (const auto& [from, to] : pair.outcomes) {
    const NodeId here = graph.Combine(pair.Outcome(0), pair.Outcome(1), [&](NodeId first, NodeId second) {
      return first == from && second == to ? graph.Yes() : graph.No();
    });
    const NodeId where = graph.And(here, pair.changed);
    if (where == graph.No()) continue;
    lower::Occurrence found = pair.Occurs(where, questions);
    if (found.verdict == Occurs::kImpossible) continue;
    changes.push_back({.decision = decision,
                       .type = pair.drafts[0]->decisions[*pair.drafts[0]->FindDecision(decision)].type,
                       .from = ValueAt(*pair.lowered.space, from),
                       .to = ValueAt(*pair.lowered.space, to),
                       .verdict = found.witness ? Apart::Verdict::kDiffer : Apart::Verdict::kNotSettled,
                       .witness = std::move(found.witness)});
  }
  if (graph.Exhausted()) return std::nullopt;
  return changes;
}

}  // namespace

std::optional<std::vector<OutcomeChange>> ChangesOf(const std::shared_ptr<const CheckedDraft>& one,
                                                    const std::shared_ptr<const CheckedDraft>& other,
                                                    const std::string& decision, std::size_t max_nodes) {
  // Two that are the same are told by terms; how others differ, by facts, if these fit.
  Pair by_terms(one, other, decision, lower::Saying::kTerms, max_nodes);
  if (by_terms.IsThere() && by_terms.changed == by_terms.Graph().No()) return std::vector<OutcomeChange>();
  Pair by_facts(one, other, decision, lower::Saying::kFacts, max_nodes);
  if (by_facts.IsThere()) return ChangesOf(by_facts, decision);
  return by_terms.IsThere() ? ChangesOf(by_terms, decision) : std::nullopt;
}

std::optional<Apart> TellApart::ByKnownCases(const Draft& one, const Draft& other,
                                             llvm::ArrayRef<DecisionId> decisions) {
  for (std::size_t i = 0; i < known_.size(); ++i) {
    Known& known = known_[i];
    const std::array options = {Settled(*one, known.witness.options[0]), Settled(*other, known.witness.options[0])};
    reference::Evaluator first(*one, known.witness.facts, options[0]);
    reference::Evaluator second(*other, known.witness.facts, options[1]);
    if (known.draft != one) {
      known.draft = one;
      known.outcomes.clear();
    }
    for (const DecisionId decision : decisions) {
      auto [outcome, is_new] = known.outcomes.try_emplace(decision);
      if (is_new) outcome->second = first.Outcome(decision, first.CaseScope());
      if (reference::AreSame(outcome->second, second.Outcome(decision, second.CaseScope()))) continue;
      if (!IsAllowed(*one, options[0]) || !IsAllowed(*other, options[1])) break;
      lower::Witness witness = known.witness;
      witness.options = {options[0], options[1]};
      std::rotate(known_.begin(), known_.begin() + static_cast<std::ptrdiff_t>(i),
                  known_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      return Apart{Apart::Verdict::kDiffer, decision, std::move(witness)};
    }
  }
  return std::nullopt;
}

Apart TellApart::ByGraph(const Draft& one, const Draft& other, DecisionId decision) {
  const std::string& name = one->decisions[decision].name;
  Pair by_terms(one, other, name, lower::Saying::kTerms, max_nodes_);
  if (!by_terms.IsThere()) return {};
  if (by_terms.changed == by_terms.Graph().No()) return {Apart::Verdict::kSame, {}, {}};
  int questions = 0;
  lower::Occurrence found = by_terms.Occurs(by_terms.changed, questions);
  if (found.verdict == Occurs::kNotSettled && searches_ > 0) {
    --searches_;
    Pair by_facts(one, other, name, lower::Saying::kFacts, max_nodes_);
    if (by_facts.IsThere()) found = by_facts.Occurs(by_facts.changed, questions);
  }
  if (found.verdict == Occurs::kImpossible) return {Apart::Verdict::kSame, {}, {}};
  if (found.verdict == Occurs::kNotSettled) return {};
  return {Apart::Verdict::kDiffer, decision, std::move(found.witness)};
}

void TellApart::Know(lower::Witness known) { known_.push_back({std::move(known), nullptr, {}}); }

Apart TellApart::Ask(const Draft& one, const Draft& other, llvm::ArrayRef<DecisionId> decisions) {
  if (auto known = ByKnownCases(one, other, decisions)) return std::move(*known);
  Apart all{Apart::Verdict::kSame, {}, {}};
  for (const DecisionId decision : decisions) {
    Apart here = ByGraph(one, other, decision);
    if (here.verdict == Apart::Verdict::kNotSettled) all.verdict = here.verdict;
    // Without searches left, none of the others can show a difference.
    if (here.verdict == Apart::Verdict::kNotSettled && searches_ == 0) return here;
    if (here.verdict != Apart::Verdict::kDiffer) continue;
    known_.push_front({*here.witness, nullptr, {}});
    if (known_.size() > kMaxKnown) known_.pop_back();
    return here;
  }
  return all;
}

}  // namespace proviso::compare
