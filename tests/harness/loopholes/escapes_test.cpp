// Where facts have few values every change of every case can be gone through: what is shown to escape does, what
// escapes is in one region, and what is said to be proved holds of every one.
#include "harness/loopholes/escapes.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "compiler/check/changed_facts.h"
#include "compiler/reference/evaluator.h"
#include "runtime/evaluate/walk.h"
#include "tests/support/fact_paths.h"
#include "tests/support/few_values.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::loopholes {
namespace {

using evaluate::NodeId;
using tests::Complaint;
using tests::ReadRules;
using tests::RulesPlan;

constexpr std::size_t kMaxNodes = 50'000;
constexpr std::size_t kMaxCases = 300;
constexpr std::size_t kMaxChanges = 24;  // of one case
constexpr std::size_t kMaxFacts = 5;     // of each draft
constexpr std::size_t kMaxOptionSets = 4;

struct Tally {
  std::size_t some = 0, none = 0, not_settled = 0, escapes = 0, in_region = 0;

  void Add(const Escapes& found) {
    some += found.IsSome() ? 1 : 0;
    none += found.IsNone() ? 1 : 0;
    not_settled += !found.IsSome() && !found.IsNone() ? 1 : 0;
  }
};

std::optional<Value> OutcomeOf(const check::CheckedDraft& draft, check::DecisionId id, const Case& facts,
                               const check::OptionSet& options) {
  const reference::Outcome said = reference::EvaluateDecision(draft, id, facts, options);
  return said.determined && !said.error ? std::optional(said.value()) : std::nullopt;
}

/// How many regions the case of the comparison is in; nothing where only the reference evaluator could say.
std::optional<int> RegionsAt(const Escapes& escapes, const Case& facts, const check::OptionSet& options) {
  const compare::Comparison& comparison = escapes.comparison;
  graph::Graph& graph = comparison.lowered.space->graph;
  evaluate::Walk walk(*comparison.lowered.space, facts);
  int in = 0;
  for (const compare::Region& region : escapes.decision.regions) {
    const NodeId held = graph.Restrict(region.condition, [&](evaluate::VariableId id) -> std::int64_t {
      const std::size_t option = comparison.lowered.drafts.front().OptionOf(id);
      return option < options.size() ? static_cast<std::int64_t>(options[option]) : -1;
    });
    const std::vector<NodeId> ends = walk.Ends(held);
    if (walk.NeedsReference() || ends.size() != 1) return std::nullopt;
    in += ends.front() == graph.Yes() ? 1 : 0;
  }
  return in;
}

struct ChangedCase {
  const Case& before;
  const Case& after;
  const Case& joint;  // as the comparison asks of it
};

/// What one change of a case says of what was found.
Complaint AskOf(ReadRules& rules, const Escapes& escapes, check::DecisionId decision, const ChangedCase& changed,
                const std::string& way, Tally& tally) {
  const auto& [before, after, joint] = changed;
  const check::CheckedDraft& draft = rules.Draft();
  if (!reference::BrokenAssumptions(draft, after).empty()) return std::nullopt;
  for (const check::OptionSet& options : rules.Loaded()->option_sets) {
    const auto was = OutcomeOf(draft, decision, before, options);
    const auto is = OutcomeOf(draft, decision, after, options);
    if (!was || !is) continue;
    const bool escapes_here = *is < *was;
    tally.escapes += escapes_here ? 1 : 0;
    if (escapes_here && escapes.IsNone())
      return rules.SayOf(before, decision, options, way + ": it escapes, but none is said to");
    if (!escapes.IsChecked()) continue;
    const auto in = RegionsAt(escapes, joint, options);
    if (!in) continue;
    tally.in_region += *in;
    if (*in != (escapes_here ? 1 : 0))
      return rules.SayOf(before, decision, options,
                         fmt::format("{}: it escapes: {}, and is in {} regions", way, escapes_here, *in));
    if (!escapes_here) continue;
    const auto opening =
        std::ranges::find_if(escapes.openings, [&](const Opening& one) { return one.from == *was && one.to == *is; });
    const bool is_opened = opening != escapes.openings.end() && lower::Allows(opening->under, options);
    const bool is_said = opening != escapes.openings.end() && opening->is_complete;
    if (is_said && !is_opened)
      return rules.SayOf(before, decision, options, way + ": its option set is said to be closed");
  }
  return std::nullopt;
}

/// Examples escape, by a change of these facts alone.
Complaint CheckExamples(ReadRules& rules, const Escapes& escapes, check::DecisionId decision,
                        llvm::ArrayRef<FactId> facts, const std::string& way) {
  const check::CheckedDraft& draft = rules.Draft();
  for (std::size_t i = 0; i < escapes.examples.size(); ++i) {
    const auto& example = escapes.examples[i];
    const bool is_settled = escapes.decision.regions[i].occurs == lower::Occurrence::Verdict::kPossible;
    if (example.has_value() != is_settled) return rules.Say(way + ": settled without an example, or the reverse");
    if (!example) continue;
    const auto was = OutcomeOf(draft, decision, example->before.facts, example->Options());
    const auto is = OutcomeOf(draft, decision, example->change.after, example->Options());
    if (was != example->from || is != example->to || !(example->to < example->from))
      return rules.SayOf(example->before.facts, decision, example->Options(), way + ": the example does not escape");
    if (!reference::BrokenAssumptions(draft, example->before.facts).empty() ||
        !reference::BrokenAssumptions(draft, example->change.after).empty())
      return rules.SayOf(example->before.facts, decision, example->Options(),
                         way + ": the example breaks an assumption");
    for (const change::FactChange& one : example->change.facts) {
      if (std::ranges::find(facts, one.fact) == facts.end())
        return rules.SayOf(example->before.facts, decision, example->Options(),
                           way + ": another fact changes: " + one.path);
    }
  }
  return std::nullopt;
}

/// Every case with other values of the fact, each entity's by itself; so many at most.
std::vector<Case> ChangesOf(const Vocabulary& words, const Case& facts, FactId fact) {
  Case open = facts;
  for (std::size_t i = 0; i < open.instances.size(); ++i) {
    if (open.instances[InstanceId(i)].entity == words.facts[fact].owner)
      open.State(words, InstanceId(i), fact).value.reset();
  }
  std::vector<Case> changed;
  static_cast<void>(
      tests::FewValues(words).ForEach(open, kMaxChanges, [&](const Case& one) { changed.push_back(one); }));
  return changed;
}

Complaint CheckFact(ReadRules& rules, Finder& finder, FactId fact, check::DecisionId decision,
                    const std::vector<Case>& cases, Tally& tally) {
  const check::CheckedDraft& draft = rules.Draft();
  const Vocabulary& words = *draft.vocabulary;
  const Escapes escapes = finder.ByFacts({fact}, decision);
  tally.Add(escapes);
  const std::string way = fmt::format("{} by {}", draft.decisions[decision].name, words.facts[fact].ShownName());
  if (auto complaint = CheckExamples(rules, escapes, decision, {fact}, way)) return complaint;
  for (const Case& before : cases) {
    for (const Case& after : ChangesOf(words, before, fact)) {
      Case joint = before;
      for (std::size_t i = 0; i < joint.instances.size(); ++i) {
        const InstanceId instance(i);
        if (joint.instances[instance].entity == words.facts[fact].owner)
          joint.instances[instance].facts.push_back(after.State(words, instance, fact));
      }
      if (auto complaint = AskOf(rules, escapes, decision, {before, after, joint}, way, tally)) return complaint;
    }
  }
  return std::nullopt;
}

bool IsPlain(const Vocabulary& words, FactId fact) {
  const Type& type = words.facts[fact].type;
  return type.kind == TypeKind::kBoolean || type.kind == TypeKind::kEnum || type.kind == TypeKind::kSet ||
         type.IsExactNumber();
}

Complaint CheckFacts(ReadRules& rules, Tally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  const check::CheckedDraft& draft = rules.Draft();
  if (rules.Loaded()->option_sets.size() > kMaxOptionSets) return std::nullopt;
  const auto cases = tests::AllowedCases(draft, kMaxCases);
  if (!cases) return std::nullopt;
  Finder finder(rules.Loaded()->draft, rules.Loaded()->option_sets, kMaxNodes);
  for (const check::DecisionId decision : DecisionsWithOrder(draft)) {
    std::size_t tried = 0;
    for (std::size_t i = 0; i < draft.vocabulary->facts.size() && tried < kMaxFacts; ++i) {
      if (!IsPlain(*draft.vocabulary, FactId(i))) continue;
      ++tried;
      if (auto complaint = CheckFact(rules, finder, FactId(i), decision, *cases, tally)) return complaint;
    }
  }
  return std::nullopt;
}

void ExpectMany(const Tally& tally) {
  testing::Test::RecordProperty("some", static_cast<int>(tally.some));
  testing::Test::RecordProperty("none", static_cast<int>(tally.none));
  testing::Test::RecordProperty("not_settled", static_cast<int>(tally.not_settled));
  testing::Test::RecordProperty("escapes", static_cast<int>(tally.escapes));
  testing::Test::RecordProperty("in_region", static_cast<int>(tally.in_region));
  EXPECT_GT(tally.in_region, 10U);
  EXPECT_GT(tally.none, 10U);
}

TEST(EscapesTest, WhatChangesOfAFactCanDo) {
  const tests::Scratch scratch("");
  Tally tally;
  const auto holds = [&](const RulesPlan& plan, std::uint32_t) {
    ReadRules rules(scratch, tests::WriteRules(plan));
    return CheckFacts(rules, tally);
  };
  tests::ExpectOfRandomPlans(1, tests::TimesFactor(60), holds, tests::Values::kFew);
  ExpectMany(tally);
}

// ---- Transforms ------------------------------------------------------------------------------------------

/// `transform t0: parts.x0 becomes not x0`, for some facts.
std::string Transforms(const Vocabulary& words) {
  const auto paths = tests::FactPaths(words, [&](FactId fact) { return IsPlain(words, fact); });
  std::string text;
  for (std::size_t i = 0; i < paths.size() && i < kMaxFacts; ++i) {
    std::string path;
    for (const FactId fact : paths[i]) path += (path.empty() ? "" : ".") + words.facts[fact].ShownName();
    const Fact& fact = words.facts[paths[i].back()];
    const std::string name = fact.ShownName();
    std::string becomes = "not " + name;
    std::string range;
    if (fact.type.kind == TypeKind::kEnum) {
      const Enumeration& members = words.enums[fact.type.enumeration];
      becomes = members.name + "." + members.members.front().name;
    } else if (fact.type.kind == TypeKind::kSet) {
      becomes = "{ }";
    } else if (fact.type.kind != TypeKind::kBoolean) {
      range = " (times: 0 to 2)";
      becomes = name + " * times";
    }
    text += fmt::format("\ntransform t{}{}: {} becomes {}\n", i, range, path, becomes);
  }
  return text;
}

Complaint CheckTransform(ReadRules& rules, Finder& finder, const check::Transform& transform,
                         check::DecisionId decision, const std::vector<Case>& cases, Tally& tally) {
  const check::CheckedDraft& draft = rules.Draft();
  const FactId fact = transform.path.back();
  for (std::size_t index = 0; index < transform.values.size(); ++index) {
    const Escapes escapes = finder.ByTransform(transform, index, decision);
    tally.Add(escapes);
    const std::string way = fmt::format("{} by {}, {}", draft.decisions[decision].name, transform.name, index);
    if (auto complaint = CheckExamples(rules, escapes, decision, {fact}, way)) return complaint;
    for (const Case& before : cases) {
      Case after = before;
      const check::OptionSet& options = rules.Loaded()->option_sets.front();  // no value reads an option
      reference::Evaluator evaluator(draft, before, options);
      bool is_known = true;
      for (const InstanceId entity : EntitiesAt(before, *draft.vocabulary, transform.path)) {
        const reference::Possible value = evaluator.Evaluate(transform.values[index], evaluator.CaseScope().At(entity));
        is_known = is_known && value.IsKnown();
        if (is_known) after.State(*draft.vocabulary, entity, fact).value = value.values.front();
      }
      if (!is_known) continue;
      if (auto complaint = AskOf(rules, escapes, decision, {before, after, before}, way, tally)) return complaint;
    }
  }
  return std::nullopt;
}

Complaint CheckTransforms(ReadRules& rules, Tally& tally) {
  const check::CheckedDraft& draft = rules.Draft();
  if (rules.Loaded()->option_sets.size() > kMaxOptionSets) return std::nullopt;
  const auto cases = tests::AllowedCases(draft, kMaxCases);
  if (!cases) return std::nullopt;
  Finder finder(rules.Loaded()->draft, rules.Loaded()->option_sets, kMaxNodes);
  for (const check::DecisionId decision : DecisionsWithOrder(draft)) {
    for (const check::Transform& transform : draft.transforms) {
      if (auto complaint = CheckTransform(rules, finder, transform, decision, *cases, tally)) return complaint;
    }
  }
  return std::nullopt;
}

TEST(EscapesTest, WhatTransformsCanDo) {
  const tests::Scratch scratch("");
  Tally tally;
  const auto holds = [&](const RulesPlan& plan, std::uint32_t) -> Complaint {
    tests::RulesText text = tests::WriteRules(plan);
    text.amending.clear();
    ReadRules plain(scratch, text);
    if (plain.Loaded() == nullptr) return plain.Say("is not accepted");
    text.draft += Transforms(*plain.Draft().vocabulary);
    ReadRules rules(scratch, text);
    if (rules.Loaded() == nullptr) return rules.Say("is not accepted with transforms");
    return CheckTransforms(rules, tally);
  };
  tests::ExpectOfRandomPlans(1, tests::TimesFactor(60), holds, tests::Values::kFew);
  ExpectMany(tally);
}

}  // namespace
}  // namespace proviso::loopholes
