// What a case is said to turn on is enough: with all other facts changed, its decision comes to the same.
#include "compiler/lower/matter.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringRef.h>

#include "compiler/lower/occurs.h"
#include "tests/support/random_cases.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::lower {
namespace {

using tests::Complaint;
using tests::ReadRules;

constexpr std::size_t kMaxNodes = 20'000;
constexpr int kChanges = 8;  // of each case

struct Tally {
  std::size_t cases = 0, changed = 0, facts = 0;
};

/// Of what is made of several facts only those are named that are not empty, no or 0; of elements of elements not all.
bool IsNamedInFull(evaluate::Space& space, evaluate::VariableId variable) {
  if (space[variable].kind != evaluate::Variable::Kind::kList) return space.IsFree(variable);
  const evaluate::List& list = space[space[variable].list];
  return space.IsFree(variable) && llvm::all_of(space.graph.Support(list.classes), [&](evaluate::VariableId one) {
           return space[one].place == list.element && space[one].kind != evaluate::Variable::Kind::kList;
         });
}

/// Whether the fact, or something in it, is named.
bool IsNamed(const Witness& witness, const Vocabulary& words, InstanceId instance, FactId fact) {
  const std::string path = FactPath(witness.facts, words, instance, fact);
  return llvm::any_of(witness.matter, [&](const reference::MissingFact& named) {
    const std::string named_path = FactPath(witness.facts, words, named.instance, named.fact);
    llvm::StringRef rest(named_path);
    return rest.consume_front(path) && (rest.empty() || rest.starts_with("[") || rest.starts_with("."));
  });
}

/// Gives other values to what is not named.
Case Changed(const Witness& witness, const Vocabulary& words, tests::RandomCases& random, Tally& tally) {
  Case facts = witness.facts;
  for (std::size_t i = 0; i < witness.facts.instances.size(); ++i) {
    const InstanceId instance(i);
    for (const FactId fact : words.entities[witness.facts.instances[instance].entity].facts) {
      if (IsNamed(witness, words, instance, fact) || random.Pick(3) == 0) continue;
      random.Give(facts, instance, fact);
      ++tally.facts;
    }
  }
  random.Complete(facts);
  return facts;
}

Complaint CheckOutcome(ReadRules& rules, Lowered& lowered, const LoweredDecision& decision, evaluate::NodeId leaf,
                       tests::RandomCases& random, Tally& tally) {
  const auto* const value = std::get_if<Value>(&lowered.space->LeafOf(leaf));
  if (value == nullptr) return std::nullopt;
  const auto outcome_in = [&](const Witness& witness, const Case& facts) {
    return reference::EvaluateDecision(rules.Draft(), decision.decision, facts, witness.options.front());
  };
  const graph::AnyOf comes{{decision.outcome, leaf}};
  const Occurrence found = Occurs(lowered, comes, [&](const Witness& witness) {
    const reference::Outcome outcome = outcome_in(witness, witness.facts);
    return !outcome.error && outcome.determined && outcome.value() == *value;
  });
  if (!found.witness) return std::nullopt;
  ++tally.cases;
  for (int i = 0; i < kChanges; ++i) {
    const Case facts = Changed(*found.witness, *rules.Draft().vocabulary, random, tally);
    if (!reference::BrokenAssumptions(rules.Draft(), facts).empty()) continue;
    ++tally.changed;
    const reference::Outcome outcome = outcome_in(*found.witness, facts);
    // A decision that leaves the case out, or disagrees with itself, is an error of the draft's.
    if (outcome.error || (outcome.determined && outcome.value() == *value)) continue;
    std::string named;
    for (const reference::MissingFact& fact : found.witness->matter)
      named += " " + FactPath(found.witness->facts, *rules.Draft().vocabulary, fact.instance, fact.fact);
    return rules.SayOf(
        facts, decision.decision, found.witness->options.front(),
        fmt::format("it is to be {}, whatever the facts but for{}", rules.ValueText(decision.decision, *value), named));
  }
  return std::nullopt;
}

TEST(MatterTest, WhatIsNotNamedDoesNotMatter) {
  const tests::Scratch scratch("");
  Tally tally;
  tests::ExpectOfRandomPlans(
      77000, tests::TimesFactor(300), [&](const tests::RulesPlan& plan, std::uint32_t seed) -> Complaint {
        ReadRules rules(scratch, tests::WriteRules(plan));
        if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
        tests::RandomCases random(*rules.Draft().vocabulary, seed);
        for (const check::DecisionId id : rules.Draft().DecisionsOfCase()) {
          Lowered lowered = Lower({rules.Loaded()->draft}, id, kMaxNodes);
          if (lowered.too_large || lowered.space->HasLimits()) continue;
          const LoweredDecision decision = lowered.drafts.front().decisions.front();
          graph::Graph& graph = lowered.space->graph;
          if (!llvm::all_of(graph.Support(decision.outcome),
                            [&](evaluate::VariableId variable) { return IsNamedInFull(*lowered.space, variable); }))
            continue;
          for (const graph::Terminal leaf : graph.Terminals(decision.outcome)) {
            if (const Complaint complaint =
                    CheckOutcome(rules, lowered, decision, graph.TerminalNode(leaf), random, tally))
              return complaint;
          }
        }
        return std::nullopt;
      });
  RecordProperty("cases", static_cast<int>(tally.cases));
  RecordProperty("changed", static_cast<int>(tally.changed));
  RecordProperty("facts", static_cast<int>(tally.facts));
  EXPECT_GT(tally.changed, 100U);
}

}  // namespace
}  // namespace proviso::lower
