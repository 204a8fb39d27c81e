// Where facts have few values every case can be gone through: what is proved holds of every one, what is refuted is
// shown by two cases of which each is asked again, and what some case breaks is not proved.
#include "tests/support/few_values.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "compiler/lower/lower.h"
#include "compiler/reference/evaluate.h"
#include "harness/prove/prove.h"
#include "runtime/evaluate/resolve.h"
#include "tests/support/fact_paths.h"
#include "tests/support/random_rules.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::prove {
namespace {

using tests::Complaint;
using tests::ReadRules;
using tests::RulesPlan;

constexpr std::size_t kMaxCases = 2000;
constexpr std::size_t kMaxOptionSets = 4;
constexpr std::size_t kMaxProperties = 8;  // of each draft and kind

struct Tally {
  std::size_t proved = 0, refuted = 0, not_settled = 0;

  void Add(const Proof& proof) {
    proved += proof.verdict == Verdict::kProved ? 1 : 0;
    refuted += proof.verdict == Verdict::kRefuted ? 1 : 0;
    not_settled += proof.verdict == Verdict::kNotSettled ? 1 : 0;
  }
};

std::optional<Value> OutcomeOf(const check::CheckedDraft& draft, check::DecisionId id, const Case& facts,
                               const check::OptionSet& options) {
  const reference::Outcome said = reference::EvaluateDecision(draft, id, facts, options);
  return said.determined && !said.error ? std::optional(said.value()) : std::nullopt;
}

// ---- `never falls` ---------------------------------------------------------------------------------------

bool Rises(const Vocabulary& words, const Type& type) {
  if (type.kind == TypeKind::kEnum) return words.enums[type.enumeration].ordered;
  return type.IsExactNumber();
}

/// How the case breaks it; empty where it does not.
std::string Break(const check::CheckedDraft& draft, const check::Property& property, const Case& facts,
                  const std::vector<check::OptionSet>& option_sets) {
  const Vocabulary& words = *draft.vocabulary;
  const FactId fact = property.fact_path.back();
  const Type& type = words.facts[fact].type;
  for (const InstanceId entity : EntitiesAt(facts, words, property.fact_path)) {
    const Value before = *facts.State(words, entity, fact).value;
    for (std::uint32_t i = 0; i <= 2 && !IsNone(before); ++i) {
      const Value value = type.kind == TypeKind::kEnum ? Value(Member{i}) : Value(Exact(std::int64_t{i}));
      const bool exists = type.kind != TypeKind::kEnum || i < words.enums[type.enumeration].members.size();
      if (!exists || !(property.falls ? value < before : before < value)) continue;
      Case after = facts;
      after.State(words, entity, fact).value = value;
      if (!reference::BrokenAssumptions(draft, after).empty()) continue;
      for (const check::OptionSet& options : option_sets) {
        const auto was = OutcomeOf(draft, *property.decision, facts, options);
        const auto is = OutcomeOf(draft, *property.decision, after, options);
        if (was && is && !IsNone(*was) && !IsNone(*is) && *is < *was)
          return fmt::format("{}: {} → {}", FactPath(facts, words, entity, fact), ValueToText(words, type, before),
                             ValueToText(words, type, value));
      }
    }
  }
  return "";
}

Complaint CheckFalls(ReadRules& rules, const check::Property& property, const std::vector<Case>& cases, Tally& tally) {
  const check::CheckedDraft& draft = rules.Draft();
  const Proof proof = Prove(*rules.Loaded(), property, nullptr);
  tally.Add(proof);
  const std::string name =
      fmt::format("{} never {} as {} {}", draft.decisions[*property.decision].name, "falls",
                  draft.vocabulary->facts[property.fact_path.back()].ShownName(), property.falls ? "falls" : "rises");
  if (proof.verdict == Verdict::kRefuted) {
    // Neighbours, in the direction of the property, alike in all else; and the outcome falls.
    if (proof.cases.size() != 2) return rules.Say(name + " is refuted without two cases");
    std::size_t differing = 0;
    const Case& before = proof.cases[0].witness.facts;
    const Case& after = proof.cases[1].witness.facts;
    for (std::size_t i = 0; i < before.instances.size(); ++i) {
      for (std::size_t j = 0; j < before.instances[InstanceId(i)].facts.size(); ++j)
        differing +=
            before.instances[InstanceId(i)].facts[j].value == after.instances[InstanceId(i)].facts[j].value ? 0 : 1;
    }
    if (differing != 1) return rules.Say(name + " is refuted by cases that differ in other things");
    const auto was = OutcomeOf(draft, *property.decision, before, proof.cases[0].witness.options.front());
    const auto is = OutcomeOf(draft, *property.decision, after, proof.cases[1].witness.options.front());
    if (!was || !is || !(*is < *was)) return rules.Say(name + " is refuted by cases between which it does not fall");
  }
  if (proof.verdict != Verdict::kProved) return std::nullopt;
  for (const Case& facts : cases) {
    if (const std::string how = Break(draft, property, facts, rules.Loaded()->option_sets); !how.empty())
      return rules.Say(fmt::format("{} is said to be proved, but {}", name, how));
  }
  return std::nullopt;
}

Complaint CheckDraft(ReadRules& rules, Tally& falls) {
  const check::CheckedDraft& draft = rules.Draft();
  const Vocabulary& words = *draft.vocabulary;
  const std::optional<std::vector<Case>> cases = tests::AllowedCases(rules.Draft(), kMaxCases);
  if (!cases) return std::nullopt;
  const auto paths = tests::FactPaths(words, [&](FactId fact) { return Rises(words, words.facts[fact].type); });
  std::size_t asked = 0;
  for (const check::DecisionId id : draft.DecisionsOfCase()) {
    const Type& type = draft.decisions[id].type;
    if (type.kind != TypeKind::kEnum || !words.enums[type.enumeration].ordered) continue;
    for (const std::vector<FactId>& path : paths) {
      if (++asked > kMaxProperties) return std::nullopt;
      for (const bool as_it_falls : {false, true}) {
        const check::Property property{
            .kind = syntax::PropertyKind::kNeverFalls, .decision = id, .fact_path = path, .falls = as_it_falls};
        if (const Complaint complaint = CheckFalls(rules, property, *cases, falls)) return complaint;
      }
    }
  }
  return std::nullopt;
}

TEST(ProveFewValuesTest, WhatNeverFallsDoesNotFallInAnyCase) {
  const tests::Scratch scratch("");
  Tally falls;
  tests::ExpectOfRandomPlans(
      2000, tests::TimesFactor(300),
      [&](const RulesPlan& plan, std::uint32_t) -> Complaint {
        ReadRules rules(scratch, tests::WriteRules(plan));
        if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
        if (rules.Loaded()->option_sets.size() > kMaxOptionSets) return std::nullopt;
        return CheckDraft(rules, falls);
      },
      tests::Values::kFew);
  RecordProperty("proved", static_cast<int>(falls.proved));
  RecordProperty("refuted", static_cast<int>(falls.refuted));
  RecordProperty("not_settled", static_cast<int>(falls.not_settled));
  EXPECT_GT(falls.refuted, 5U);
  EXPECT_GT(falls.proved, falls.refuted);
  EXPECT_LT(falls.not_settled * 10, falls.proved + falls.refuted);
}

// ---- `never` ---------------------------------------------------------------------------------------------

/// The draft with a property more: that a decision never comes to the value.
load::LoadedDraft WithNever(const load::LoadedDraft& loaded, check::DecisionId id, const Value& value) {
  auto draft = std::make_shared<check::CheckedDraft>(*loaded.draft);
  const check::Decision& decision = draft->decisions[id];
  const auto add = [&](check::Op op, const Type& type, std::vector<check::ExprId> operands) {
    check::Expr expr;
    expr.op = op;
    expr.type = type;
    expr.operands = std::move(operands);
    expr.decision = id;
    expr.constant = value;
    return draft->exprs.Add(expr);
  };
  Type entity{.kind = TypeKind::kEntity};
  entity.entity = draft->vocabulary->case_entity;
  const check::ExprId outcome = add(check::Op::kDecision, decision.type, {add(check::Op::kCase, entity, {})});
  const check::ExprId is = add(check::Op::kEqual, {}, {outcome, add(check::Op::kConstant, decision.type, {})});
  draft->properties.push_back({.name = decision.name, .kind = syntax::PropertyKind::kNever, .condition = is});
  return {.draft = draft, .option_sets = loaded.option_sets};
}

/// What some facts are in each case; of an entity that is not there nothing.
using Rows = std::vector<std::vector<std::optional<Value>>>;

Rows RowsOf(const evaluate::Space& space, const std::vector<evaluate::VariableId>& variables,
            const std::vector<Case>& cases) {
  Rows rows;
  for (const Case& facts : cases) {
    std::vector<std::optional<Value>>& row = rows.emplace_back();
    for (const evaluate::VariableId id : variables) {
      const evaluate::Resolved at = evaluate::Resolve(space, facts, space[id].place);
      row.push_back(at.kind == evaluate::Resolved::Kind::kThere
                        ? facts.State(space.Words(), at.instance, space[id].fact).value
                        : std::nullopt);
    }
  }
  return rows;
}

/// Whether so many facts are enough for some choice of them and of their values, from the column on.
bool IsEnough(const Rows& rows, const std::vector<std::size_t>& left, const std::vector<bool>& broken, std::size_t from,
              std::size_t facts) {
  if (std::ranges::all_of(left, [&](std::size_t row) { return broken[row]; })) return true;
  if (facts == 0) return false;
  for (std::size_t column = from; column < rows.front().size(); ++column) {
    std::map<std::optional<Value>, std::vector<std::size_t>> by_value;
    for (const std::size_t row : left) by_value[rows[row][column]].push_back(row);
    for (const auto& [value, with] : by_value) {
      if (by_value.size() > 1 && IsEnough(rows, with, broken, column + 1, facts - 1)) return true;
    }
  }
  return false;
}

Complaint CheckNever(ReadRules& rules, check::DecisionId id, const Value& value, const std::vector<Case>& cases,
                     Tally& tally, std::size_t& smallest) {
  const load::LoadedDraft loaded = WithNever(*rules.Loaded(), id, value);
  const Proof proof = Prove(loaded, loaded.draft->properties.back(), nullptr);
  tally.Add(proof);
  const std::string name = fmt::format("never {} is {}", rules.Draft().decisions[id].name, rules.ValueText(id, value));
  std::map<check::OptionSet, std::vector<bool>> broken;
  bool is_broken = false;
  for (const check::OptionSet& options : loaded.option_sets) {
    for (const Case& facts : cases) {
      const reference::Outcome said = reference::EvaluateDecision(rules.Draft(), id, facts, options);
      broken[options].push_back(said.error || said.value() == value);
      is_broken = is_broken || (!said.error && said.value() == value);
    }
  }
  if (proof.verdict == Verdict::kProved && is_broken) return rules.Say(name + " is said to be proved");
  if (proof.verdict != Verdict::kRefuted) return std::nullopt;
  const lower::Witness& witness = proof.cases.front().witness;
  const reference::Outcome said =
      reference::EvaluateDecision(rules.Draft(), id, witness.facts, witness.options.front());
  if (!said.error && said.value() != value)
    return rules.SayOf(witness.facts, id, witness.options.front(), name + " is refuted by this");
  // Where single facts are all that matters, there are no fewer.
  const lower::Lowered lowered = lower::LowerCondition(loaded.draft, *loaded.draft->properties.back().condition);
  std::vector<evaluate::VariableId> facts;
  for (const evaluate::VariableId variable : lowered.space->graph.Support(*lowered.drafts.front().condition)) {
    const auto kind = (*lowered.space)[variable].kind;
    if (kind == evaluate::Variable::Kind::kOption) continue;
    if (kind != evaluate::Variable::Kind::kFact) return std::nullopt;
    facts.push_back(variable);
  }
  const Rows rows = RowsOf(*lowered.space, facts, cases);
  if (rows.empty() || witness.matter.empty()) return std::nullopt;
  ++smallest;
  std::vector<std::size_t> all(rows.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  for (const auto& [options, breaks] : broken) {
    if (IsEnough(rows, all, breaks, 0, witness.matter.size() - 1))
      return rules.SayOf(witness.facts, id, witness.options.front(), name + " can be refuted with fewer facts");
  }
  return std::nullopt;
}

TEST(ProveFewValuesTest, WhatNeverIsIsInNoCase) {
  const tests::Scratch scratch("");
  Tally tally;
  std::size_t smallest = 0;
  tests::ExpectOfRandomPlans(
      3000, tests::TimesFactor(300),
      [&](const RulesPlan& plan, std::uint32_t) -> Complaint {
        ReadRules rules(scratch, tests::WriteRules(plan));
        if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
        if (rules.Loaded()->option_sets.size() > kMaxOptionSets) return std::nullopt;
        const std::optional<std::vector<Case>> cases = tests::AllowedCases(rules.Draft(), kMaxCases);
        if (!cases) return std::nullopt;
        std::size_t asked = 0;
        for (const check::DecisionId id : rules.Draft().DecisionsOfCase()) {
          const Type& type = rules.Draft().decisions[id].type;
          if (type.kind != TypeKind::kEnum) continue;
          const std::size_t members = rules.Draft().vocabulary->enums[type.enumeration].members.size();
          for (std::uint32_t member = 0; member < members && ++asked <= kMaxProperties; ++member) {
            if (const Complaint complaint = CheckNever(rules, id, Member{member}, *cases, tally, smallest))
              return complaint;
          }
        }
        return std::nullopt;
      },
      tests::Values::kFew);
  RecordProperty("proved", static_cast<int>(tally.proved));
  RecordProperty("refuted", static_cast<int>(tally.refuted));
  RecordProperty("not_settled", static_cast<int>(tally.not_settled));
  RecordProperty("smallest", static_cast<int>(smallest));
  EXPECT_GT(smallest, 20U);
  EXPECT_GT(tally.proved, 20U);
  EXPECT_LT(tally.not_settled * 10, tally.proved + tally.refuted);
}

}  // namespace
}  // namespace proviso::prove
