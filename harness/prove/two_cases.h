// two_cases.h: two cases, alike but for one fact, between which a decision's outcome falls.
#pragma once

#include <optional>

#include "harness/prove/prove.h"

namespace proviso::prove {

/// The outcomes of a case and of what it becomes, asked of the reference evaluator, for one `never falls`.
class TwoCases {
 public:
  TwoCases(const check::CheckedDraft& draft, const check::Property& property) : draft_(draft), property_(property) {}

  /// Whether the outcome falls when the fact of the entity goes from one value to the other, in the direction of the
  /// property; neither case may break an assumption.
  [[nodiscard]] bool Falls(const lower::Witness& witness, InstanceId entity, const Value& from, const Value& to) const;

  /// The same with values that are neighbours, between the two; nothing where there are none such.
  [[nodiscard]] std::optional<std::pair<Value, Value>> OneStep(const lower::Witness& witness, InstanceId entity,
                                                               Value from, Value to) const;

  /// Keeps the two cases. They fall.
  void Keep(const lower::Witness& witness, InstanceId entity, const Value& from, const Value& to, Proof& proof) const;

 private:
  [[nodiscard]] std::optional<Value> OutcomeWith(lower::Witness witness, InstanceId entity, const Value& value) const;
  [[nodiscard]] const Type& TypeOfFact() const { return draft_.vocabulary->facts[property_.fact_path.back()].type; }

  const check::CheckedDraft& draft_;
  const check::Property& property_;
};

}  // namespace proviso::prove
