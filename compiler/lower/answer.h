// answer.h: what a draft says of one case, known as far as it is: for all option sets at once.
#pragma once

#include <memory>
#include <vector>

#include "compiler/lower/lower.h"
#include "runtime/base/case.h"

namespace proviso::lower {

/// Outcomes that the case may have, for the option sets that meet a condition.
struct AnswerGroup {
  /// One: determined. Several: it depends on unknown facts.
  std::vector<evaluate::NodeId> outcomes;  // terminals
  evaluate::NodeId option_sets;            // a condition on options
};

/// One decision's answer.
struct DecisionAnswer {
  check::DecisionId decision;
  evaluate::NodeId outcome;         // leads from unknown facts and options to outcomes
  std::vector<AnswerGroup> groups;  // disjoint, together all valid option sets; largest first
};

class Answer {
 public:
  Answer(const std::shared_ptr<const check::CheckedDraft>& draft, const Case& facts,
         llvm::ArrayRef<check::DecisionId> decisions = {});

  [[nodiscard]] const std::vector<DecisionAnswer>& Decisions() const { return decisions_; }
  [[nodiscard]] evaluate::Space& Space() { return *lowered_.space; }
  [[nodiscard]] const LoweredDraft& Draft() const { return lowered_.drafts.front(); }

 private:
  /// The terminals that the function can reach, as a function of the options.
  [[nodiscard]] evaluate::NodeId OutcomesByOptions(evaluate::NodeId outcome);

  Lowered lowered_;
  std::vector<DecisionAnswer> decisions_;
};

}  // namespace proviso::lower
