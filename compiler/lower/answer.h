// answer.h: what a draft says of one case, known as far as it is, for all option sets at once.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/lower/completions.h"
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
  /// False where some of what is said to be possible may be impossible after all: neither was a completion found that
  /// shows it nor a proof that there is none.
  bool is_settled = true;
  /// Of an undetermined answer: a completion for each possible outcome that one was found for, replayed under the
  /// option set that it names.
  std::vector<std::pair<Value, Witness>> completions;
  evaluate::NodeId option_sets;  // a condition on options
  check::OptionSet example;
};

struct DecisionAnswer {
  check::DecisionId decision;
  std::vector<AnswerGroup> groups;  // disjoint, together all option sets that were asked about
};

/// Whether undetermined answers are to have completions also where what is possible is clear without.
enum class Examples : std::uint8_t { kNotNeeded, kNeeded };

class Answer {
 public:
  /// For the option sets that belong to all of `chosen`; of these decisions, all where empty.
  Answer(const std::shared_ptr<const check::CheckedDraft>& draft, const Case& facts,
         llvm::ArrayRef<OptionProduct> chosen = {}, llvm::ArrayRef<check::DecisionId> decisions = {},
         std::size_t max_nodes = kMaxNodes, Variables variables = Variables::kNeeded,
         Examples examples = Examples::kNotNeeded);

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
  [[nodiscard]] const evaluate::Space& InSpace() const { return *lowered_.space; }
  [[nodiscard]] const LoweredDraft& Draft() const { return lowered_.drafts.front(); }

 private:
  void Add(const LoweredDecision& lowered);
  /// `outcomes`: all that the graph leads to, whether or not unknown facts can come together so.
  void AddGroups(const LoweredDecision& lowered, evaluate::NodeId outcome, llvm::ArrayRef<evaluate::NodeId> outcomes,
                 evaluate::NodeId option_sets, std::vector<AnswerGroup>& groups);
  /// One part of the option sets, with what can be shown under it.
  struct Part {
    evaluate::NodeId option_sets;
    std::vector<evaluate::NodeId> outcomes;
    bool is_settled = true;
    std::vector<std::pair<evaluate::NodeId, Witness>> completions;
  };
  [[nodiscard]] std::vector<Part> Parts(const LoweredDecision& lowered, evaluate::NodeId outcome,
                                        llvm::ArrayRef<evaluate::NodeId> outcomes, evaluate::NodeId option_sets);
  AnswerGroup MakeGroup(const LoweredDecision& lowered, evaluate::NodeId outcome, const Part& part);
  [[nodiscard]] bool IsLeftOpen(evaluate::NodeId outcome, llvm::ArrayRef<evaluate::NodeId> outcomes) const;
  [[nodiscard]] bool Meets(const check::OptionSet& options, evaluate::NodeId condition) const;
  /// The terminals that the function can reach, as a function of the options.
  [[nodiscard]] evaluate::NodeId OutcomesByOptions(evaluate::NodeId outcome);
  void AddDeciding(const LoweredDecision& lowered, AnswerGroup& group);

  const Case& facts_;
  Lowered lowered_;
  std::optional<check::DecisionId> too_large_at_;
  evaluate::NodeId option_sets_;
  Examples examples_;
  Questions questions_;
  std::vector<DecisionAnswer> decisions_;
};

}  // namespace proviso::lower
