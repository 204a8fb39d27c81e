#include "harness/prove/prove.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>

#include "compiler/lower/completions.h"
#include "compiler/lower/occurs.h"
#include "compiler/lower/smallest_witness.h"
#include "compiler/reference/evaluate.h"
#include "harness/prove/monotone.h"
#include "harness/prove/weaker.h"

namespace proviso::prove {
namespace {

using evaluate::NodeId;
using lower::Lowered;
using lower::Occurrence;
using lower::Witness;

constexpr const char* kNoCaseFound =
    "it turns on quantities made of several facts, and no case was found that breaks it";

/// `is_shown` says what the property's decision comes to in a case that breaks it, where there is one.
void Settle(Lowered& lowered, NodeId broken, llvm::function_ref<bool(const Witness&)> is_shown,
            const std::string& outcome, Proof& proof) {
  Occurrence found = lower::Occurs(lowered, broken, is_shown);
  switch (found.verdict) {
    case Occurrence::Verdict::kImpossible:
      proof.verdict = Verdict::kProved;
      return;
    case Occurrence::Verdict::kPossible:
      proof.verdict = Verdict::kRefuted;
      proof.cases.push_back({lower::SmallestWitness(lowered, broken, std::move(*found.witness), is_shown), ""});
      static_cast<void>(is_shown(proof.cases.front().witness));
      proof.cases.front().outcome = outcome;
      return;
    case Occurrence::Verdict::kNotSettled:
      proof.reason = lowered.space->graph.Exhausted() ? kTooLarge : kNoCaseFound;
  }
}

void ProveCondition(const load::LoadedDraft& draft, const check::Property& property, Proof& proof) {
  const check::CheckedDraft& text = *draft.draft;
  const bool wanted = property.kind == syntax::PropertyKind::kAlways;
  Lowered lowered = lower::LowerCondition(draft.draft, *property.condition);
  if (lowered.too_large) {
    proof.reason = kTooLarge;
    return;
  }
  proof.is_within_limits = lowered.space->HasLimits();
  graph::Graph& graph = lowered.space->graph;
  const NodeId holds = wanted ? graph.Yes() : graph.No();
  const NodeId broken = graph.Replace(*lowered.drafts.front().condition,
                                      [&](NodeId leaf) { return leaf == holds ? graph.No() : graph.Yes(); });
  const auto is_shown = [&](const Witness& witness) {
    return reference::Holds(text, *property.condition, witness.facts, witness.options.front()) != wanted;
  };
  Settle(lowered, broken, is_shown, "", proof);
}

/// The alternatives, as `loud is strict`, of the second draft's options on which it turns whether the case is one.
std::string OptionsThatMatter(Lowered& lowered, NodeId condition, const Witness& witness) {
  const lower::LoweredDraft& other = lowered.drafts[1];
  std::vector<std::string> texts;
  for (const evaluate::VariableId id :
       lowered.space->graph.Support(lower::WhereItMeets(*lowered.space, condition, witness.facts))) {
    const std::size_t at = other.OptionOf(id);
    if (at == other.options.size()) continue;
    const check::Option& option = other.draft->options[check::OptionId(at)];
    texts.push_back(option.name + " is " + option.alternatives[witness.options[1][at]].name);
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

void ProveAtLeastAsStrict(const load::LoadedDraft& draft, const load::LoadedDraft& other,
                          const check::Property& property, Proof& proof) {
  const check::CheckedDraft& mine = *draft.draft;
  const check::CheckedDraft& theirs = *other.draft;
  const check::Decision& decision = mine.decisions[*property.decision];
  const auto counterpart = theirs.FindDecision(decision.name);
  if (!counterpart) {
    proof.reason = "`" + theirs.name + "` has no decision `" + decision.name + "`";
    return;
  }
  Lowered lowered = lower::Lower({draft.draft, other.draft}, *property.decision);
  if (lowered.too_large) {
    proof.reason = kTooLarge;
    return;
  }
  proof.is_within_limits = lowered.space->HasLimits();
  const auto weaker =
      WhereWeaker(lowered, lowered.drafts[0].decisions.front().outcome, lowered.drafts[1].decisions.front().outcome);
  if (!weaker) {
    proof.reason = kNotTold;
    return;
  }
  std::string outcome;
  const auto is_shown = [&](const Witness& witness) {
    const auto here = reference::EvaluateDecision(mine, *property.decision, witness.facts, witness.options[0]);
    const auto there = reference::EvaluateDecision(theirs, *counterpart, witness.facts, witness.options[1]);
    if (!here.determined || !there.determined || !IsWeaker(here.value(), there.value())) return false;
    outcome = ValueToText(*mine.vocabulary, decision.type, here.value());
    proof.changed = ValueToText(*mine.vocabulary, decision.type, there.value());
    return true;
  };
  Settle(lowered, *weaker, is_shown, outcome, proof);
  if (!proof.cases.empty()) proof.under = OptionsThatMatter(lowered, *weaker, proof.cases.front().witness);
}

}  // namespace

Proof Prove(const load::LoadedDraft& draft, const check::Property& property, const load::LoadedDraft* other) {
  const auto start = std::chrono::steady_clock::now();
  Proof proof{.property = &property, .name = property.name, .cases = {}, .changed = {}, .under = {}, .reason = {}};
  switch (property.kind) {
    case syntax::PropertyKind::kAlways:
    case syntax::PropertyKind::kNever:
      ProveCondition(draft, property, proof);
      break;
    case syntax::PropertyKind::kNeverFalls:
      ProveNeverFalls(draft, property, proof);
      break;
    case syntax::PropertyKind::kAtLeastAsStrict:
      ProveAtLeastAsStrict(draft, *other, property, proof);
  }
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  proof.milliseconds = took.count();
  return proof;
}

}  // namespace proviso::prove
