#include "compiler/lower/prove_decisions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include "compiler/lower/describe_witness.h"
#include "compiler/lower/lower.h"
#include "compiler/lower/occurs.h"
#include "compiler/lower/option_cover.h"
#include "compiler/lower/too_large.h"

namespace proviso::lower {
namespace {

using check::CheckedDraft;
using check::DecisionId;
using evaluate::NodeId;
using evaluate::NoOutcome;

/// Whether the decision could, for what is written, leave a gap or have two outcomes.
bool MayHaveNone(const check::Decision& decision) {
  return !decision.otherwise || decision.policy == syntax::HitPolicy::kOneApplies;
}

/// `amount: 5; country: china`, of the facts that matter, and the options.
std::string CaseText(const CheckedDraft& draft, const Witness& witness) {
  const std::vector<std::string> parts = WitnessParts(draft, witness);
  return parts.empty() ? "any case" : fmt::format("{}", fmt::join(parts, "; "));
}

bool Prove(const std::shared_ptr<const CheckedDraft>& draft, DecisionId id, diagnostics::DiagnosticSink& sink) {
  using diagnostics::Kind;
  const check::Decision& decision = draft->decisions[id];
  Lowered lowered = Lower(draft, id);
  if (lowered.too_large) {
    ReportTooLarge(decision, *lowered.space, kMaxNodes, sink);
    return false;
  }
  evaluate::Space& space = *lowered.space;
  graph::Graph& graph = space.graph;
  const NodeId outcome = lowered.drafts.front().decisions.front().outcome;
  bool is_fine = true;
  for (const graph::Terminal terminal : graph.Terminals(outcome)) {
    const auto* const failure = std::get_if<NoOutcome>(&space.LeafAt(terminal));
    const bool is_gap = failure != nullptr && failure->failure == Failure::kGap;
    // That of a decision it uses is that decision's.
    if (failure == nullptr || failure->decision != id.Index()) continue;
    if (!is_gap && failure->failure != Failure::kDisagreement) continue;
    const Failure wanted = failure->failure;
    const NodeId leaf = graph.TerminalNode(terminal);
    const NodeId here = graph.Replace(outcome, [&](NodeId at) { return at == leaf ? graph.Yes() : graph.No(); });
    reference::Outcome said;
    Occurrence found = Occurs(lowered, here, [&](const Witness& witness) {
      said = reference::EvaluateDecision(*draft, id, witness.facts, witness.options.front());
      return said.error && said.error->kind == wanted;
    });
    if (found.verdict == Occurrence::Verdict::kImpossible) continue;
    if (found.verdict == Occurrence::Verdict::kNotSettled) {
      sink.Report<Kind::kOutcomeNotSettled>(decision.span, decision.name);
      continue;
    }
    is_fine = false;
    found.witness->options_matter = OptionsOf(graph, lowered.drafts.front(), outcome);
    if (is_gap) {
      sink.Report<Kind::kGapInDecision>(decision.span, decision.name)
          .Label("no rule fires for this case: " + CaseText(*draft, *found.witness))
          .Help("add a rule for it, or `otherwise` with an outcome");
    } else {
      sink.Report<Kind::kRulesDisagree>(decision.span, decision.name)
          .Label(said.error->message + "; in this case: " + CaseText(*draft, *found.witness))
          .Help("limit one of the rules, or say `first wins` or `strictest wins`");
    }
  }
  if (!space.graph.Exhausted()) return is_fine;
  ReportTooLarge(decision, *lowered.space, kMaxNodes, sink);
  return false;
}

}  // namespace

bool ProveDecisions(const std::shared_ptr<const CheckedDraft>& draft, diagnostics::DiagnosticSink& sink) {
  bool is_fine = true;
  for (std::size_t i = 0; i < draft->decisions.size(); ++i) {
    const check::Decision& decision = draft->decisions[DecisionId(i)];
    if (!decision.of && MayHaveNone(decision)) is_fine = Prove(draft, DecisionId(i), sink) && is_fine;
  }
  return is_fine;
}

}  // namespace proviso::lower
