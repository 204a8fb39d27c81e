// Where facts have few values every case can be gone through: what is said to be possible, whatever is unknown, is what
// some case shows, and nothing else.
#include "tests/support/few_values.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/lower/answer.h"
#include "compiler/lower/occurs.h"
#include "compiler/lower/way_search.h"
#include "compiler/reference/evaluate.h"
#include "tests/support/random_rules.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::lower {
namespace {

using evaluate::NodeId;
using tests::Complaint;
using tests::FewValues;
using tests::ReadRules;
using tests::RulesPlan;

constexpr std::size_t kMaxNodes = 20'000;
constexpr std::size_t kMaxCases = 3000;
constexpr std::size_t kMaxOptionSets = 6;

/// What a decision comes to in some cases.
struct Outcomes {
  std::set<Value> values;
  bool fails = false;
};
using Found = std::map<std::pair<check::DecisionId, check::OptionSet>, Outcomes>;

/// By every completion; nothing where there are too many of them.
std::optional<Found> FindOutcomes(const ReadRules& rules, const Case& facts) {
  Found found;
  const bool is_all = FewValues(*rules.Draft().vocabulary).ForEach(facts, kMaxCases, [&](const Case& complete) {
    if (!reference::BrokenAssumptions(rules.Draft(), complete).empty()) return;
    reference::Answers answers(rules.Draft(), complete);
    for (const check::DecisionId decision : rules.Draft().DecisionsOfCase()) {
      for (const check::OptionSet& options : rules.Loaded()->option_sets) {
        const reference::Outcome& outcome = answers.Of(decision, options);
        Outcomes& outcomes = found[{decision, options}];
        if (outcome.error) {
          outcomes.fails = true;
        } else {
          outcomes.values.insert(outcome.value());
        }
      }
    }
  });
  return is_all ? std::optional(std::move(found)) : std::nullopt;
}

// ---- Unknown facts ---------------------------------------------------------------------------------------

struct AnswerTally {
  std::size_t determined = 0, several = 0, not_listed = 0, not_settled = 0, too_many = 0;
};

Complaint CompareAnswer(ReadRules& rules, const Case& facts, AnswerTally& tally) {
  const std::optional<Found> found = FindOutcomes(rules, facts);
  if (!found || found->empty()) return std::nullopt;
  const Answer answer(rules.Loaded()->draft, facts, {}, {}, kMaxNodes, Variables::kNeeded, Examples::kNeeded);
  if (answer.TooLargeAt()) return std::nullopt;
  for (const DecisionAnswer& decision : answer.Decisions()) {
    for (const check::OptionSet& options : rules.Loaded()->option_sets) {
      const Outcomes& expected = found->at({decision.decision, options});
      const AnswerGroup* const group = answer.GroupOf(decision, options);
      const std::vector<Value> values(expected.values.begin(), expected.values.end());
      const auto complain = [&](const std::string& said) {
        return rules.SayOf(facts, decision.decision, options,
                           fmt::format("{}; the completions give{}{}", said,
                                       rules.ValuesText(decision.decision, values), expected.fails ? " or fail" : ""));
      };
      if (group == nullptr) return complain("there is no answer");
      const reference::Outcome& outcome = group->outcome;
      if (outcome.error) {
        if (values.empty()) continue;
        return complain(outcome.error->message);
      }
      std::vector<Value> possible = outcome.possible;
      std::ranges::sort(possible);
      const std::string said = "possible is said to be" + rules.ValuesText(decision.decision, possible);
      if (possible.empty()) {
        ++tally.not_listed;
        if (values.size() == 1 && !expected.fails) return complain("it is said to be undetermined");
      } else if (!group->is_settled) {
        ++tally.not_settled;
        if (!std::ranges::includes(possible, values)) return complain(said + " at most");
      } else {
        ++(outcome.determined ? tally.determined : tally.several);
        if (possible != values) return complain(said);
      }
    }
  }
  return std::nullopt;
}

TEST(FewValuesTest, UnknownFactsLeaveWhatSomeCompletionGives) {
  const tests::Scratch scratch("");
  AnswerTally tally;
  tests::ExpectOfRandomPlans(
      1, tests::TimesFactor(200),
      [&](const RulesPlan& plan, std::uint32_t seed) -> Complaint {
        ReadRules rules(scratch, tests::WriteRules(plan));
        if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
        if (rules.Loaded()->option_sets.size() > kMaxOptionSets) return std::nullopt;
        std::mt19937 random(seed);
        const Vocabulary& vocabulary = *rules.Draft().vocabulary;
        for (const std::size_t percent : {30, 50, 70}) {
          const Case facts = FewValues(vocabulary).Some(EmptyCase(vocabulary), percent, random);
          if (const Complaint complaint = CompareAnswer(rules, facts, tally)) return complaint;
        }
        return std::nullopt;
      },
      tests::Values::kFew);
  RecordProperty("determined", static_cast<int>(tally.determined));
  RecordProperty("several", static_cast<int>(tally.several));
  RecordProperty("not_listed", static_cast<int>(tally.not_listed));
  RecordProperty("not_settled", static_cast<int>(tally.not_settled));
}

// ---- What can occur together -----------------------------------------------------------------------------

/// What decisions come to in one case, a failure being nothing.
using Together = std::vector<std::optional<Value>>;

constexpr std::size_t kMaxDecisions = 3;
constexpr std::size_t kMaxAskedOptionSets = 3;

std::vector<check::DecisionId> AskedDecisions(const ReadRules& rules) {
  std::vector<check::DecisionId> decisions = rules.Draft().DecisionsOfCase();
  decisions.resize(std::min(decisions.size(), kMaxDecisions));
  return decisions;
}

Together OutcomesOf(const ReadRules& rules, const Case& facts, const check::OptionSet& options) {
  Together together;
  reference::Answers answers(rules.Draft(), facts);
  for (const check::DecisionId decision : AskedDecisions(rules)) {
    const reference::Outcome& outcome = answers.Of(decision, options);
    together.push_back(outcome.error ? std::nullopt : std::optional(outcome.value()));
  }
  return together;
}

/// The outcomes of every case; nothing where there are too many cases.
std::optional<std::set<Together>> OutcomesOfAll(const ReadRules& rules, const check::OptionSet& options) {
  std::set<Together> found;
  const Vocabulary& vocabulary = *rules.Draft().vocabulary;
  const bool is_all = FewValues(vocabulary).ForEach(EmptyCase(vocabulary), kMaxCases, [&](const Case& facts) {
    if (reference::BrokenAssumptions(rules.Draft(), facts).empty()) found.insert(OutcomesOf(rules, facts, options));
  });
  return is_all ? std::optional(std::move(found)) : std::nullopt;
}

struct OccursTally {
  std::size_t drafts = 0, possible = 0, impossible = 0, not_settled = 0;
};

/// Where all decisions end at these leaves under the option set.
NodeId EndsAt(Lowered& lowered, const std::vector<NodeId>& leaves, const check::OptionSet& options) {
  graph::Graph& graph = lowered.space->graph;
  const LoweredDraft& draft = lowered.drafts.front();
  NodeId here = graph.Yes();
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (draft.options[i].IsValid()) here = graph.And(here, graph.InCells(draft.options[i], options[i], options[i] + 1));
  }
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    const auto ends = [&](NodeId leaf) { return leaf == leaves[i] ? graph.Yes() : graph.No(); };
    here = graph.And(here, graph.Replace(draft.decisions[i].outcome, ends));
  }
  return here;
}

std::optional<Value> ValueAt(const Lowered& lowered, NodeId leaf) {
  const auto* const value = std::get_if<Value>(&lowered.space->LeafOf(leaf));
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

using Ask = llvm::function_ref<Occurrence(Lowered&, NodeId, llvm::function_ref<bool(const Witness&)>)>;

Complaint AskAll(ReadRules& rules, Lowered& lowered, const check::OptionSet& options, Ask ask, OccursTally& tally) {
  const std::optional<std::set<Together>> found = OutcomesOfAll(rules, options);
  if (!found) return std::nullopt;
  graph::Graph& graph = lowered.space->graph;
  std::vector<std::vector<NodeId>> combinations = {{}};
  for (const LoweredDecision& decision : lowered.drafts.front().decisions) {
    std::vector<std::vector<NodeId>> longer;
    for (const graph::Terminal terminal : graph.Terminals(decision.outcome)) {
      const NodeId leaf = graph.TerminalNode(terminal);
      if (std::holds_alternative<evaluate::QuantityId>(lowered.space->LeafOf(leaf))) return std::nullopt;
      for (std::vector<NodeId> combination : combinations) {
        combination.push_back(leaf);
        longer.push_back(std::move(combination));
      }
    }
    combinations = std::move(longer);
  }
  std::set<Together> said;
  for (const std::vector<NodeId>& leaves : combinations) {
    Together together;
    std::string text;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      together.push_back(ValueAt(lowered, leaves[i]));
      const check::DecisionId decision = lowered.drafts.front().decisions[i].decision;
      text += " " + (together.back() ? rules.ValueText(decision, *together.back()) : "no outcome");
    }
    const Occurrence occurrence = ask(lowered, EndsAt(lowered, leaves, options), [&](const Witness& witness) {
      return OutcomesOf(rules, witness.facts, witness.options.front()) == together;
    });
    const bool is_there = found->contains(together);
    using Verdict = Occurrence::Verdict;
    tally.possible += occurrence.verdict == Verdict::kPossible ? 1 : 0;
    tally.impossible += occurrence.verdict == Verdict::kImpossible ? 1 : 0;
    tally.not_settled += occurrence.verdict == Verdict::kNotSettled ? 1 : 0;
    if (occurrence.verdict == Verdict::kPossible && !is_there) return rules.Say("said to be possible:" + text);
    // Failures of several kinds are one to the reference evaluator's outcomes.
    if (occurrence.verdict != Verdict::kImpossible) said.insert(together);
  }
  // Numbers over the limits of their types, and dates beyond the calendar, are not the graph's to see.
  std::set<Together> seen = *found;
  const auto fails = [](const Together& together) {
    return std::ranges::any_of(together, [](const std::optional<Value>& value) { return !value; });
  };
  if (lowered.space->HasLimits()) std::erase_if(seen, fails);
  if (!std::ranges::includes(said, seen)) return rules.Say("something that is possible is said not to be");
  return std::nullopt;
}

OccursTally AskOfRandomDrafts(Ask ask) {
  const tests::Scratch scratch("");
  OccursTally tally;
  tests::ExpectOfRandomPlans(
      1000, tests::TimesFactor(80),
      [&](const RulesPlan& plan, std::uint32_t) -> Complaint {
        ReadRules rules(scratch, tests::WriteRules(plan));
        if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
        Lowered lowered = Lower({rules.Loaded()->draft}, AskedDecisions(rules), kMaxNodes);
        if (lowered.too_large) return std::nullopt;
        ++tally.drafts;
        const auto& option_sets = rules.Loaded()->option_sets;
        for (std::size_t i = 0; i < std::min(option_sets.size(), kMaxAskedOptionSets); ++i) {
          if (const Complaint complaint = AskAll(rules, lowered, option_sets[i], ask, tally)) return complaint;
        }
        return std::nullopt;
      },
      tests::Values::kFew);
  testing::Test::RecordProperty("drafts", static_cast<int>(tally.drafts));
  testing::Test::RecordProperty("possible", static_cast<int>(tally.possible));
  testing::Test::RecordProperty("impossible", static_cast<int>(tally.impossible));
  testing::Test::RecordProperty("not_settled", static_cast<int>(tally.not_settled));
  return tally;
}

TEST(FewValuesTest, WhatCanOccurTogetherIsWhatSomeCaseShows) {
  const OccursTally tally =
      AskOfRandomDrafts([](Lowered& lowered, NodeId condition, llvm::function_ref<bool(const Witness&)> is_shown) {
        return Occurs(lowered, condition, is_shown);
      });
  EXPECT_LT(tally.not_settled * 20, tally.possible + tally.impossible);
}

TEST(FewValuesTest, OneWayAtATimeFindsWhatSomeCaseShowsAndNothingElse) {
  const OccursTally tally = AskOfRandomDrafts([](Lowered& lowered, NodeId condition,
                                                 llvm::function_ref<bool(const Witness&)> is_shown) {
    graph::Graph& graph = lowered.space->graph;
    NodeId wanted = graph.And(condition, AssumptionsOn(lowered, condition));
    for (const LoweredDraft& draft : lowered.drafts) wanted = graph.And(wanted, draft.option_sets);
    const auto is_a_case = [&](const Witness& witness) {
      return reference::BrokenAssumptions(*lowered.drafts.front().draft, witness.facts).empty() && is_shown(witness);
    };
    return OccursOnSomeWay(lowered, wanted, is_a_case, 1000);
  });
  EXPECT_GT(tally.possible, 100U);
  EXPECT_GT(tally.impossible, 10U);
}

}  // namespace
}  // namespace proviso::lower
