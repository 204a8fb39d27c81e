// Random rules: whatever they are, the graph says of every case what the reference evaluator says.
#include "tests/support/random_rules.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <algorithm>
#include <regex>

#include "compiler/lower/answer.h"
#include "compiler/reference/evaluate.h"
#include "runtime/evaluate/walk.h"
#include "tests/support/random_cases.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::lower {
namespace {

using evaluate::NodeId;
using tests::Complaint;
using tests::RandomCases;
using tests::ReadRules;
using tests::RulesPlan;
using tests::RulesText;

constexpr std::size_t kMaxNodes = 20'000;
constexpr int kCases = 5;  // of each draft

struct Tally {
  std::size_t drafts = 0, too_large = 0, pairs = 0, for_reference = 0, failures = 0, hidden_failures = 0;
};

struct CanonicalTally {
  std::size_t of_facts = 0, derived = 0, same_derived = 0;  // decisions
};

/// Where the facts lead under the options, as far as they are known.
NodeId EndUnder(const Lowered& lowered, evaluate::Walk& walk, NodeId node, const check::OptionSet& options) {
  const graph::Graph& graph = lowered.space->graph;
  for (node = walk.Follow(node); !graph.IsTerminal(node); node = walk.Follow(node)) {
    if (!lowered.space->IsOption(graph.VariableOf(node))) break;
    node = graph.ChildAt(node, options[lowered.drafts[0].OptionOf(graph.VariableOf(node))]);
  }
  return node;
}

/// A failure inside of a term that goes round through lists is seen where the graph asks for the term; not where the
/// outcome is the same whether it holds or not.
bool AsksTiers(const evaluate::Space& space) {
  for (std::size_t i = 0; i < space.Variables(); ++i) {
    const evaluate::Variable& variable = space[evaluate::VariableId(i)];
    if (variable.condition.IsValid() && space[variable.condition].kind == evaluate::DerivedCondition::Kind::kTier)
      return true;
  }
  return false;
}

/// One case, all option sets, by the graph of all cases.
Complaint CompareWalk(ReadRules& rules, const Lowered& lowered, const Case& facts, Tally& tally) {
  evaluate::Walk walk(*lowered.space, facts);
  reference::Answers oracle(rules.Draft(), facts);
  for (const LoweredDecision& decision : lowered.drafts[0].decisions) {
    for (const check::OptionSet& options : rules.Loaded()->option_sets) {
      const NodeId end = EndUnder(lowered, walk, decision.outcome, options);
      const bool is_end = lowered.space->graph.IsTerminal(end);
      const bool fails = is_end && std::holds_alternative<evaluate::NoOutcome>(lowered.space->LeafOf(end));
      const std::optional<Value> known = fails || !is_end ? std::nullopt : walk.ValueOf(end);
      if (walk.NeedsReference()) {
        ++tally.for_reference;
        return std::nullopt;
      }
      tally.failures += fails ? 1 : 0;
      const reference::Outcome& expected = oracle.Of(decision.decision, options);
      const bool agrees =
          is_end && (fails ? expected.error.has_value() : (expected.determined && known == expected.value()));
      if (agrees) continue;
      if (expected.error && !fails && AsksTiers(*lowered.space)) {
        ++tally.hidden_failures;
        continue;
      }
      const std::string said = !is_end ? "several things"
                               : fails ? "there is no outcome"
                               : known ? rules.ValueText(decision.decision, *known)
                                       : "nothing";
      return rules.SayOf(facts, decision.decision, options,
                         fmt::format("the walk says {}, the reference evaluator {}", said,
                                     rules.OutcomeText(decision.decision, expected)));
    }
  }
  return std::nullopt;
}

/// One case, all option sets, by the graph of this case.
Complaint CompareAnswer(ReadRules& rules, const Case& facts) {
  const Answer answer(rules.Loaded()->draft, facts, {}, {}, kMaxNodes);
  if (answer.TooLargeAt()) return std::nullopt;
  reference::Answers oracle(rules.Draft(), facts);
  for (const DecisionAnswer& decision : answer.Decisions()) {
    for (const check::OptionSet& options : rules.Loaded()->option_sets) {
      const reference::Outcome& expected = oracle.Of(decision.decision, options);
      const AnswerGroup* const group = answer.GroupOf(decision, options);
      if (group == nullptr) return rules.SayOf(facts, decision.decision, options, "there is no answer");
      const bool agrees = group->outcome.SameAnswer(expected) &&
                          (!expected.error || group->outcome.error->kind == expected.error->kind);
      if (!agrees) {
        return rules.SayOf(facts, decision.decision, options,
                           fmt::format("the answer is {}, the reference evaluator's {}",
                                       rules.OutcomeText(decision.decision, group->outcome),
                                       rules.OutcomeText(decision.decision, expected)));
      }
    }
  }
  return std::nullopt;
}

/// The complaint about the first of some random cases within the assumptions about which there is one.
Complaint OfRandomCases(const ReadRules& rules, std::uint32_t seed,
                        llvm::function_ref<Complaint(const Case&, int)> compare) {
  RandomCases cases(*rules.Draft().vocabulary, seed);
  for (int i = 0; i < kCases; ++i) {
    Case facts = EmptyCase(*rules.Draft().vocabulary);
    cases.Complete(facts);
    if (!reference::BrokenAssumptions(rules.Draft(), facts).empty()) continue;
    if (Complaint complaint = compare(facts, i)) return complaint;
  }
  return std::nullopt;
}

Complaint CompareCases(ReadRules& rules, std::uint32_t seed, Tally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  const Lowered lowered = Lower({rules.Loaded()->draft}, {}, kMaxNodes);
  ++tally.drafts;
  if (lowered.too_large) ++tally.too_large;
  return OfRandomCases(rules, seed, [&](const Case& facts, int i) {
    ++tally.pairs;
    Complaint complaint = lowered.too_large ? std::nullopt : CompareWalk(rules, lowered, facts, tally);
    return complaint || i != 0 ? complaint : CompareAnswer(rules, facts);
  });
}

TEST(RandomRulesTest, MeanToTheGraphWhatTheyMeanToTheReferenceEvaluator) {
  const tests::Scratch scratch("");
  Tally tally;
  tests::ExpectOfRandomPlans(1, tests::TimesFactor(800), [&](const RulesPlan& plan, std::uint32_t seed) {
    ReadRules rules(scratch, tests::WriteRules(plan));
    return CompareCases(rules, seed, tally);
  });
  RecordProperty("drafts", static_cast<int>(tally.drafts));
  RecordProperty("too_large", static_cast<int>(tally.too_large));
  RecordProperty("pairs", static_cast<int>(tally.pairs));
  RecordProperty("for_reference", static_cast<int>(tally.for_reference));
  RecordProperty("failures", static_cast<int>(tally.failures));
  RecordProperty("hidden_failures", static_cast<int>(tally.hidden_failures));
}

struct ReorderTally {
  std::size_t drafts = 0, reordered = 0;
};

/// With as much room that the graph is begun again in another order.
Complaint CompareReordered(ReadRules& rules, std::uint32_t seed, ReorderTally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  const Lowered in_text_order = Lower({rules.Loaded()->draft}, {}, kMaxNodes);
  if (in_text_order.too_large) return std::nullopt;
  const Lowered lowered = Lower({rules.Loaded()->draft}, {}, in_text_order.space->graph.Size() * 2);
  if (lowered.too_large) return rules.Say("grows too large in another order");
  ++tally.drafts;
  if (!lowered.space->IsReordered()) return std::nullopt;
  ++tally.reordered;
  Tally walks;
  return OfRandomCases(rules, seed, [&](const Case& facts, int) { return CompareWalk(rules, lowered, facts, walks); });
}

TEST(RandomRulesTest, MeanTheSameInAnotherOrder) {
  const tests::Scratch scratch("");
  ReorderTally tally;
  tests::ExpectOfRandomPlans(1, tests::TimesFactor(2000), [&](const RulesPlan& plan, std::uint32_t seed) {
    ReadRules rules(scratch, tests::WriteRules(plan));
    return CompareReordered(rules, seed, tally);
  });
  EXPECT_GT(tally.reordered, tally.drafts / 20);
}

/// Whether there is nothing derived in the function, in what it asks or where it ends: sums, products, tiers.
bool TurnsOnFactsAndLists(const evaluate::Space& space, NodeId node) {
  const auto is_free = [&](evaluate::VariableId variable) { return space.IsFree(variable); };
  const auto is_plain = [&](graph::Terminal terminal) {
    const auto* const quantity = std::get_if<evaluate::QuantityId>(&space.LeafAt(terminal));
    return quantity == nullptr || space[*quantity].kind == evaluate::Quantity::Kind::kFact;
  };
  return std::ranges::all_of(space.graph.Support(node), is_free) &&
         std::ranges::all_of(space.graph.Terminals(node), is_plain);
}

/// Which of two failures is the reason depends on the order of the text: one stands for all.
NodeId WithOneFailure(evaluate::Space& space, NodeId node) {
  const NodeId failure = space.Terminal(evaluate::NoOutcome{});
  return space.graph.Replace(node, [&](NodeId leaf) {
    return std::holds_alternative<evaluate::NoOutcome>(space.LeafOf(leaf)) ? failure : leaf;
  });
}

/// The same rules, written otherwise.
Complaint CompareStyles(ReadRules& rules, const tests::Scratch& scratch, const RulesText& other,
                        CanonicalTally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  const std::string all = other.draft + other.amending;
  const load::LoadedDraft* styled = rules.ReadBeside(scratch, "styled.pvo", other.draft);
  if (styled != nullptr && !other.amending.empty()) {
    const std::string amending = std::regex_replace(other.amending, std::regex("draft.pvo"), "styled.pvo");
    styled = rules.ReadBeside(scratch, "styled_amending.pvo", amending);
  }
  if (styled == nullptr) return rules.Say("is not accepted in another style:\n" + all);
  const Lowered lowered = Lower({rules.Loaded()->draft, styled->draft}, {}, kMaxNodes);
  if (lowered.too_large) return std::nullopt;
  const evaluate::Space& space = *lowered.space;
  for (std::size_t i = 0; i < lowered.drafts[0].decisions.size(); ++i) {
    const NodeId one = WithOneFailure(*lowered.space, lowered.drafts[0].decisions[i].outcome);
    const NodeId another = WithOneFailure(*lowered.space, lowered.drafts[1].decisions[i].outcome);
    const bool turns_on_facts_and_lists = TurnsOnFactsAndLists(space, one) && TurnsOnFactsAndLists(space, another);
    ++(turns_on_facts_and_lists ? tally.of_facts : tally.derived);
    if (one == another) {
      tally.same_derived += turns_on_facts_and_lists ? 0 : 1;
    } else if (turns_on_facts_and_lists) {
      return rules.Say(fmt::format("{} is another node where it is written\n{}",
                                   rules.Draft().decisions[lowered.drafts[0].decisions[i].decision].name, all));
    }
  }
  return std::nullopt;
}

TEST(RandomRulesTest, AreTheSameNodeInEveryStyle) {
  const tests::Scratch scratch("");
  CanonicalTally tally;
  tests::ExpectOfRandomPlans(1, tests::TimesFactor(500), [&](const RulesPlan& plan, std::uint32_t seed) {
    const RulesText text = tests::WriteRules(plan);
    ReadRules rules(scratch, text);
    RulesText styled = tests::WriteRules(plan, tests::RandomStyle(seed));
    return CompareStyles(rules, scratch, styled, tally);
  });
  RecordProperty("of_facts_and_lists", static_cast<int>(tally.of_facts));
  RecordProperty("of_quantities", static_cast<int>(tally.derived));
  RecordProperty("of_quantities_the_same", static_cast<int>(tally.same_derived));
}

/// In how many of 100 drafts a construct is to occur at least.
struct Share {
  const char* pattern;
  std::size_t percent;
};

TEST(RandomRulesTest, AreAcceptedAndUseTheConstructsInFixedShares) {
  static const std::vector<Share> kShares = {
      {"\\noption ", 20},
      {"\\nreading ", 4},
      {"\\nconstraint ", 3},
      {" under option_", 4},
      {"supposing", 15},
      {"sum\\(", 15},
      {"count\\(", 5},
      {"(max|min)\\(", 30},
      {"or none", 60},
      {"is none", 8},
      {" in x1\\.", 10},
      {"h\\.holder\\.(term|meaning)", 20},
      {"strictest wins", 40},
      {"first wins", 30},
      {"one applies", 30},
      {"exception \\S+ ->", 20},
      {"exception \\S+ to", 40},
      {" to answer_\\d_r[1-9]", 20},
      {"amended amends", 25},
      {"settle ", 5},
      {"\\nassume ", 30},
      {": date ", 20},
      {"round\\(", 2},
      {" flop", 40},
      {" / ", 1},
      {"decides", 3},
      {"decision of Firm", 20},
      {"month \\(", 2},
      {"c : Colour", 20},
      {"if .* then (firm|partner) else", 10},
  };
  constexpr std::uint32_t kDrafts = 400;
  const tests::Scratch scratch("");
  std::vector<std::size_t> found(kShares.size());
  for (std::uint32_t seed = 0; seed < kDrafts; ++seed) {
    const RulesText text = tests::WriteRules(tests::RandomPlan(seed));
    const std::string all = text.vocabulary + text.draft + text.amending;
    for (std::size_t i = 0; i < kShares.size(); ++i)
      found[i] += std::regex_search(all, std::regex(kShares[i].pattern)) ? 1 : 0;
    ReadRules rules(scratch, text);
    ASSERT_NE(rules.Loaded(), nullptr) << rules.Say("is not accepted");
  }
  for (std::size_t i = 0; i < kShares.size(); ++i)
    EXPECT_GE(found[i] * 100, kShares[i].percent * kDrafts) << kShares[i].pattern << " in " << found[i];
}

}  // namespace
}  // namespace proviso::lower
