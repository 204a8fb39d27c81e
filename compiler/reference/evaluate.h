// evaluate.h: what a checked draft means (language reference, section 4): one case, one option set, every term, rule
// and decision in the order of the text. The oracle for everything faster; kept small and obviously right.
//
// Facts may be unknown. Conditions are then three-valued (Kleene), which is sound: a known answer is right under every
// completion of the facts; `undetermined` may be said too often.
#pragma once

#include <llvm/ADT/SmallBitVector.h>

#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/check/checked_draft.h"
#include "runtime/base/arithmetic.h"
#include "runtime/base/case.h"

namespace proviso::reference {

/// A fact that was asked for and is not known.
struct MissingFact {
  InstanceId instance;
  FactId fact;
  auto operator<=>(const MissingFact&) const = default;
};

struct EvaluationError {
  Failure kind;
  std::string message;  // names the decision, and the rules where two disagree
  Span span;            // of the expression, rule or decision
};

/// One decision's answer for one case and one option set.
struct Outcome {
  /// Exactly one value: determined. Several: undetermined, these are possible (at most). Empty: undetermined and the
  /// values possible cannot be listed (numbers, dates), or there is an `error`.
  std::vector<Value> possible;
  bool determined = false;
  std::optional<EvaluationError> error;
  std::vector<check::RuleId> deciding;  // rules or exceptions whose outcome it is; empty for `otherwise`
  std::vector<MissingFact> missing;     // unknown facts that the answer turned on, in the order asked, each once
  std::vector<MissingFact> assumed;     // facts whose value was assumed, not given, and that were read

  [[nodiscard]] const Value& value() const { return possible.front(); }
  bool SameAnswer(const Outcome& other) const {
    return determined == other.determined && possible == other.possible && error.has_value() == other.error.has_value();
  }
};

/// One line of an explanation and what it rests on, in the order of the text; of a decision the rules that fire first,
/// then those that do not.
struct Explanation {
  enum class Kind : std::uint8_t { kDecision, kRule, kException, kTerm, kCondition, kFact, kOption } kind;
  std::string text;    // as the draft has it: `rule notable_ai`, `covered`, `country in { china, hong_kong, macau }`
  std::string answer;  // `fires`, `yes`, `unknown`, `1.3 × 10^24 flop`
  std::string remark;  // `0.13 of the limit`, `assumed`; may be empty
  std::vector<Citation> cites;
  Span span;
  std::vector<Explanation> parts;
};

/// The answers for one case, found when they are asked for. What a decision came to under one option set holds under
/// every other that chooses alike wherever the evaluation looked, and is not worked out again.
class Answers {
 public:
  /// Both must outlive the answers.
  Answers(const check::CheckedDraft& draft, const Case& facts)
      : draft_(draft), facts_(facts), known_(draft.decisions.size()) {}

  /// Of a decision of the case, not one `of` another entity. The reference stays good.
  const Outcome& Of(check::DecisionId decision, const check::OptionSet& options);

 private:
  struct Known {
    llvm::SmallBitVector asked;  // the options that were looked at
    check::OptionSet options;
    Outcome outcome;
  };

  const check::CheckedDraft& draft_;
  const Case& facts_;
  std::vector<std::deque<Known>> known_;  // by decision
};

/// Evaluates every decision of the case (not those `of` other entities), in the order of the text.
[[nodiscard]] std::vector<Outcome> Evaluate(const check::CheckedDraft& draft, const Case& facts,
                                            const check::OptionSet& options);

/// One of them.
[[nodiscard]] Outcome EvaluateDecision(const check::CheckedDraft& draft, check::DecisionId decision, const Case& facts,
                                       const check::OptionSet& options);

/// The explanation of one decision of the case, whole by itself.
[[nodiscard]] Explanation Explain(const check::CheckedDraft& draft, check::DecisionId decision, const Case& facts,
                                  const check::OptionSet& options);

/// Whether a condition of the case holds; nothing where it has no answer, or turns on facts that are not known.
[[nodiscard]] std::optional<bool> Holds(const check::CheckedDraft& draft, check::ExprId condition, const Case& facts,
                                        const check::OptionSet& options);

/// Whether a yes/no term holds of the entity; nothing where it has no answer, or turns on facts that are not known.
[[nodiscard]] std::optional<bool> HoldsOf(const check::CheckedDraft& draft, check::TermId term, InstanceId entity,
                                          const Case& facts, const check::OptionSet& options);

/// Whether an expression over options alone holds under `options`.
[[nodiscard]] bool HoldsUnder(const check::CheckedDraft& draft, check::ExprId condition,
                              const check::OptionSet& options);

/// The assumptions (indices into `draft.assumptions`) that the case is known to break, with the entity it is of.
struct BrokenAssumption {
  std::size_t assumption;
  InstanceId instance;
};
[[nodiscard]] std::vector<BrokenAssumption> BrokenAssumptions(const check::CheckedDraft& draft, const Case& facts);

}  // namespace proviso::reference
