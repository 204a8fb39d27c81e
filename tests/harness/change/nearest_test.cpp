// The nearest changes: on random rules whose cases can all be gone through, none is nearer than those that are found.
#include "harness/change/nearest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "compiler/reference/evaluate.h"
#include "tests/support/few_values.h"
#include "tests/support/random_rules.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::change {
namespace {

using tests::Complaint;
using tests::ReadRules;
using tests::RulesPlan;

constexpr std::size_t kMaxCases = 1500;
constexpr std::size_t kMaxOptionSets = 4;
constexpr int kAsked = 6;  // cases of each draft

struct Tally {
  std::size_t found = 0, exact = 0, nowhere = 0;
};

std::optional<Value> OutcomeOf(const check::CheckedDraft& draft, check::DecisionId id, const Case& facts,
                               const check::OptionSet& options) {
  const reference::Outcome said = reference::EvaluateDecision(draft, id, facts, options);
  return said.determined && !said.error ? std::optional(said.value()) : std::nullopt;
}

/// How many facts are otherwise; nothing where there are other entities.
std::optional<std::size_t> Differing(const Case& one, const Case& other) {
  if (one.instances.size() != other.instances.size()) return std::nullopt;
  std::size_t differing = 0;
  for (std::size_t i = 0; i < one.instances.size(); ++i) {
    const Instance& mine = one.instances[InstanceId(i)];
    const Instance& theirs = other.instances[InstanceId(i)];
    if (mine.path != theirs.path) return std::nullopt;
    for (std::size_t fact = 0; fact < mine.facts.size(); ++fact)
      differing += mine.facts[fact].value == theirs.facts[fact].value ? 0 : 1;
  }
  return differing;
}

/// Whether the decision turns on facts of fixed entities alone, so that what is found is the nearest for certain.
bool IsOfSingleFacts(const check::CheckedDraft& draft, check::DecisionId id) {
  const lower::Lowered lowered = lower::Lower(std::make_shared<const check::CheckedDraft>(draft), id);
  const auto support = lowered.space->graph.Support(lowered.drafts.front().decisions.front().outcome);
  return std::ranges::all_of(support, [&](evaluate::VariableId variable) {
    const evaluate::Variable& asked = (*lowered.space)[variable];
    const bool is_fact = asked.kind == evaluate::Variable::Kind::kFact && asked.type.kind != TypeKind::kEntity;
    return is_fact || asked.kind == evaluate::Variable::Kind::kOption;
  });
}

/// One case under one option set, among all `cases`.
struct Place {
  const Case& facts;
  const check::OptionSet& options;
  const std::vector<Case>& cases;
};

Complaint CheckCase(ReadRules& rules, Nearest& nearest, check::DecisionId id, bool is_exact, const Place& place,
                    Tally& tally) {
  const auto& [facts, options, cases] = place;
  const check::CheckedDraft& draft = rules.Draft();
  const auto now = OutcomeOf(draft, id, facts, options);
  if (!now) return std::nullopt;
  std::map<Value, std::size_t> least;
  for (const Case& other : cases) {
    const auto outcome = OutcomeOf(draft, id, other, options);
    const auto differing = outcome && *outcome != *now ? Differing(facts, other) : std::nullopt;
    if (!differing) continue;
    const auto [known, is_new] = least.try_emplace(*outcome, *differing);
    known->second = std::min(known->second, *differing);
  }
  for (const Value& wanted : nearest.Outcomes()) {
    if (wanted == *now) continue;
    const auto changes = nearest.Find({facts, options}, wanted, [](InstanceId, FactId) { return true; }, 2);
    for (const Change& change : changes) {
      ++tally.found;
      if (OutcomeOf(draft, id, change.after, options) != wanted)
        return rules.SayOf(change.after, id, options, "a change is said to give " + rules.ValueText(id, wanted));
      if (!reference::BrokenAssumptions(draft, change.after).empty())
        return rules.SayOf(change.after, id, options, "a change breaks an assumption");
    }
    if (!is_exact) continue;
    const auto known = least.find(wanted);
    if (changes.empty()) {
      ++tally.nowhere;
      if (known != least.end() && known->second <= EditSearch::kMaxFacts)
        return rules.SayOf(facts, id, options, "no change is found to " + rules.ValueText(id, wanted));
      continue;
    }
    ++tally.exact;
    // Numbers that no case of few values has may be nearer.
    if (known != least.end() && changes.front().facts.size() > known->second)
      return rules.SayOf(facts, id, options, "a nearer change there is to " + rules.ValueText(id, wanted));
    if (changes.front().facts.size() != Differing(facts, changes.front().after))
      return rules.SayOf(facts, id, options, "what has changed is not told for " + rules.ValueText(id, wanted));
  }
  return std::nullopt;
}

TEST(NearestTest, NoCaseOfAnotherOutcomeIsNearer) {
  const tests::Scratch scratch("");
  Tally tally;
  tests::ExpectOfRandomPlans(
      4000, tests::TimesFactor(250),
      [&](const RulesPlan& plan, std::uint32_t seed) -> Complaint {
        ReadRules rules(scratch, tests::WriteRules(plan));
        if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
        if (rules.Loaded()->option_sets.size() > kMaxOptionSets) return std::nullopt;
        const auto cases = tests::AllowedCases(rules.Draft(), kMaxCases);
        if (!cases || cases->empty()) return std::nullopt;
        std::mt19937 random(seed);
        for (const check::DecisionId id : rules.Draft().DecisionsOfCase()) {
          Nearest nearest(rules.Loaded()->draft, id);
          if (nearest.IsTooLarge()) continue;
          const bool is_exact = IsOfSingleFacts(rules.Draft(), id);
          for (int i = 0; i < kAsked; ++i) {
            const auto& option_sets = rules.Loaded()->option_sets;
            const Case& facts = (*cases)[random() % cases->size()];
            const check::OptionSet& options = option_sets[random() % option_sets.size()];
            if (const Complaint complaint = CheckCase(rules, nearest, id, is_exact, {facts, options, *cases}, tally))
              return complaint;
          }
        }
        return std::nullopt;
      },
      tests::Values::kFew);
  RecordProperty("found", static_cast<int>(tally.found));
  RecordProperty("exact", static_cast<int>(tally.exact));
  RecordProperty("nowhere", static_cast<int>(tally.nowhere));
  EXPECT_GT(tally.exact, 100U);
}

}  // namespace
}  // namespace proviso::change
