// answer.h: what a draft says of one case, known as far as it is, for all option sets at once.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/lower/lower.h"
#include "compiler/lower/option_cover.h"
#include "compiler/reference/evaluate.h"
#include "runtime/base/case.h"

namespace proviso::lower {

/// The answer of one decision for the option sets that meet a condition.
struct AnswerGroup {
  /// Determined or not, the possible outcomes, and why there is none. What is assumed and the text of an error are
  /// those of `example`. `missing` has the most informative fact first.
  reference::Outcome outcome;
  /// Whether what was taken to be possible may be impossible after all: quantities that share unknown facts.
  bool is_settled = true;
  evaluate::NodeId option_sets;  // a condition on options
  check::OptionSet example;
};

struct DecisionAnswer {
  check::DecisionId decision;
  std::vector<AnswerGroup> groups;  // disjoint, together all option sets that were asked about
};

class Answer {
 public:
  /// For the option sets that belong to all of `chosen`; of these decisions, all where empty.
  Answer(const std::shared_ptr<const check::CheckedDraft>& draft, const Case& facts,
         llvm::ArrayRef<OptionProduct> chosen = {}, llvm::ArrayRef<check::DecisionId> decisions = {},
         std::size_t max_nodes = kMaxNodes, Variables variables = Variables::kNeeded);

  /// The decision at which the graph grew over the limit: there is no answer then.
  [[nodiscard]] const std::optional<check::DecisionId>& TooLargeAt() const { return too_large_at_; }

  [[nodiscard]] const std::vector<DecisionAnswer>& Decisions() const { return decisions_; }
  /// The answer for one of the option sets that were asked about; null where no completion of the facts is within the
  /// assumptions.
  [[nodiscard]] const AnswerGroup* GroupOf(const DecisionAnswer& decision, const check::OptionSet& options) const;
  /// The option sets that were asked about; `no` where the choices leave none.
  [[nodiscard]] evaluate::NodeId OptionSets() const { return option_sets_; }
  [[nodiscard]] graph::Graph& Graph() { return lowered_.space->graph; }
  [[nodiscard]] const graph::Graph& Graph() const { return lowered_.space->graph; }
  [[nodiscard]] const LoweredDraft& Draft() const { return lowered_.drafts.front(); }

 private:
  void Add(const LoweredDecision& lowered);
  AnswerGroup MakeGroup(const LoweredDecision& lowered, evaluate::NodeId outcome,
                        llvm::ArrayRef<evaluate::NodeId> outcomes, evaluate::NodeId option_sets);
  /// The terminals that the function can reach, as a function of the options.
  [[nodiscard]] evaluate::NodeId OutcomesByOptions(evaluate::NodeId outcome);
  void AddDeciding(const LoweredDecision& lowered, AnswerGroup& group);

  const Case& facts_;
  Lowered lowered_;
  std::optional<check::DecisionId> too_large_at_;
  evaluate::NodeId option_sets_;
  std::vector<DecisionAnswer> decisions_;
};

}  // namespace proviso::lower
