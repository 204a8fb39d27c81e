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
/// The last searches are for cases alone.
constexpr int kSearchesWithoutSolver = 16;

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
  lower::Lowered lowered;
  NodeId changed;  // where the outcomes differ
  std::vector<std::array<NodeId, 2>> outcomes;

  Pair(const std::shared_ptr<const CheckedDraft>& one, const std::shared_ptr<const CheckedDraft>& other,
       const std::string& decision, std::size_t max_nodes)
      : drafts{one, other}, lowered(lower::LowerForComparison({one, other}, decision, max_nodes)) {
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

  lower::Occurrence Occurs(NodeId where, int& questions) {
    return OccursByTerms(
        lowered, where,
        [&](const lower::Witness& witness) {
          reference::Evaluator first(*drafts[0], witness.facts, witness.options[0]);
          reference::Evaluator second(*drafts[1], witness.facts, witness.options[1]);
          return !reference::AreSame(first.Outcome(lowered.drafts[0].decisions.front().decision, first.CaseScope()),
                                     second.Outcome(lowered.drafts[1].decisions.front().decision, second.CaseScope()));
        },
        questions);
  }
};

std::optional<Value> ValueAt(const evaluate::Space& space, NodeId leaf) {
  const auto* const value = std::get_if<Value>(&space.LeafOf(leaf));
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

}  // namespace

std::optional<std::vector<OutcomeChange>> ChangesOf(const std::shared_ptr<const CheckedDraft>& one,
                                                    const std::shared_ptr<const CheckedDraft>& other,
                                                    const std::string& decision, std::size_t max_nodes) {
  Pair pair(one, other, decision, max_nodes);
  if (!pair.IsThere()) return std::nullopt;
  std::vector<OutcomeChange> changes;
  graph::Graph& graph = pair.Graph();
  if (pair.changed == graph.No()) return changes;
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
                       .type = one->decisions[*one->FindDecision(decision)].type,
                       .from = ValueAt(*pair.lowered.space, from),
                       .to = ValueAt(*pair.lowered.space, to),
                       .verdict = found.witness ? Apart::Verdict::kDiffer : Apart::Verdict::kNotSettled,
                       .witness = std::move(found.witness)});
  }
  if (graph.Exhausted()) return std::nullopt;
  return changes;
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
  Pair pair(one, other, one->decisions[decision].name, max_nodes_);
  if (!pair.IsThere()) return {};
  if (pair.changed == pair.Graph().No()) return {Apart::Verdict::kSame, {}, {}};
  if (searches_ == 0) return {};
  --searches_;
  int questions = searches_ >= kSearchesWithoutSolver ? 1 : 0;
  lower::Occurrence found = pair.Occurs(pair.changed, questions);
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
    if (here.verdict != Apart::Verdict::kDiffer) continue;
    known_.push_front({*here.witness, nullptr, {}});
    if (known_.size() > kMaxKnown) known_.pop_back();
    return here;
  }
  return all;
}

}  // namespace proviso::compare
