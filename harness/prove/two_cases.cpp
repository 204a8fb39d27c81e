#include "harness/prove/two_cases.h"

#include <fmt/format.h>

#include "compiler/lower/cell_values.h"
#include "compiler/reference/evaluate.h"
#include "harness/prove/weaker.h"

namespace proviso::prove {

std::optional<Value> TwoCases::OutcomeWith(lower::Witness witness, InstanceId entity, const Value& value) const {
  witness.facts.State(*draft_.vocabulary, entity, property_.fact_path.back()).value = value;
  if (!reference::BrokenAssumptions(draft_, witness.facts).empty()) return std::nullopt;
  const reference::Outcome said =
      reference::EvaluateDecision(draft_, *property_.decision, witness.facts, witness.options.front());
  return said.determined && !said.error ? std::optional(said.value()) : std::nullopt;
}

bool TwoCases::Falls(const lower::Witness& witness, InstanceId entity, const Value& from, const Value& to) const {
  if (IsNone(from) || IsNone(to) || !(property_.falls ? to < from : from < to)) return false;
  const std::optional<Value> before = OutcomeWith(witness, entity, from);
  const std::optional<Value> after = OutcomeWith(witness, entity, to);
  return before && after && IsWeaker(*after, *before);
}

std::optional<std::pair<Value, Value>> TwoCases::OneStep(const lower::Witness& witness, InstanceId entity, Value from,
                                                         Value to) const {
  if (!Falls(witness, entity, from, to)) return std::nullopt;
  Type type = TypeOfFact();
  type.or_none = false;
  for (;;) {
    const Exact first = *lower::PlaceAmongAll(type, from);
    const Exact last = *lower::PlaceAmongAll(type, to);
    const Exact middle = lower::Middle(first, last);
    if (middle == first || middle == last) return std::pair(from, to);
    const Value between = lower::ValueAtPlace(type, middle);
    if (Falls(witness, entity, from, between)) {
      to = between;
    } else if (Falls(witness, entity, between, to)) {
      from = between;
    } else {
      return std::nullopt;  // what is between breaks an assumption, or has no outcome
    }
  }
}

void TwoCases::Keep(const lower::Witness& witness, InstanceId entity, const Value& from, const Value& to,
                    Proof& proof) const {
  const Vocabulary& words = *draft_.vocabulary;
  const FactId fact = property_.fact_path.back();
  const std::string path = FactPath(witness.facts, words, entity, fact);
  proof.cases.clear();
  for (const Value& value : {from, to}) {
    Counterexample& one = proof.cases.emplace_back(Counterexample{witness, ""});
    one.witness.facts.State(words, entity, fact).value = value;
    // It, and that its list has elements, is told as what changes.
    std::erase_if(one.witness.matter, [&](const reference::MissingFact& named) {
      const std::string list = FactPath(witness.facts, words, named.instance, named.fact) + "[";
      return named == reference::MissingFact{.instance = entity, .fact = fact} || path.starts_with(list);
    });
    one.outcome = ValueToText(words, draft_.decisions[*property_.decision].type, *OutcomeWith(witness, entity, value));
  }
  proof.changed =
      fmt::format("{}: {} → {}", path, ValueToText(words, TypeOfFact(), from), ValueToText(words, TypeOfFact(), to));
}

}  // namespace proviso::prove
