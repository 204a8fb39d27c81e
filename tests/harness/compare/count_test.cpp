// Random amendments over vocabularies of few values: how many cases a region has is counted by going through all of
// them.
//
// Cases are told apart as the language reference says: numbers by the intervals between the drafts' cuts, lists by how
// the conditions on them come out, all else by value.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <llvm/ADT/STLExtras.h>

#include <regex>
#include <set>

#include "compiler/check/variants.h"
#include "harness/compare/n_way.h"
#include "runtime/evaluate/resolve.h"
#include "runtime/evaluate/walk.h"
#include "tests/harness/compare/chosen.h"
#include "tests/support/few_values.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::compare {
namespace {

using evaluate::NodeId;
using evaluate::VariableId;
using tests::Complaint;
using tests::ReadRules;

constexpr std::size_t kMaxNodes = 50'000;
constexpr std::size_t kMaxCases = 3'000;
constexpr std::size_t kMaxChosen = 12;

struct Tally {
  std::size_t regions = 0, parts = 0, large = 0;
};

class Counter {
 public:
  Counter(const lower::Lowered& lowered, const std::vector<Case>& all, const std::vector<Chosen>& chosen)
      : lowered_(lowered), space_(*lowered.space), all_(all) {
    for (const Chosen& one : chosen) {
      if (AreOneChoice(lowered, one)) chosen_.push_back(one);
    }
  }

  /// Whether lists of two elements show every way in which what is asked of a list can come out.
  [[nodiscard]] bool AreListsShort() const {
    for (std::size_t i = 0; i < space_.Variables(); ++i) {
      const evaluate::Variable& variable = space_[VariableId(i)];
      if (variable.kind != evaluate::Variable::Kind::kList) continue;
      const evaluate::List& list = space_[variable.list];
      for (std::size_t cell = 0; cell < list.Cells(); ++cell)
        if (list.ExampleOf(cell).size() > 2) return false;
    }
    return true;
  }

  /// How many cases under each choice meet the condition; nothing where only the reference evaluator could say.
  [[nodiscard]] std::optional<std::set<std::size_t>> Counts(NodeId condition) {
    std::set<std::size_t> counts;
    for (const Chosen& chosen : chosen_) {
      const NodeId held = Under(condition, chosen);
      std::set<std::string> told_apart;
      for (const Case& facts : all_) {
        evaluate::Walk walk(space_, facts);
        const std::vector<NodeId> ends = walk.Ends(held);
        if (walk.NeedsReference() || ends.size() != 1) return std::nullopt;
        if (ends.front() == space_.graph.Yes()) told_apart.insert(Signature(facts, walk));
      }
      counts.insert(told_apart.size());
    }
    counts.erase(0);
    return counts;
  }

 private:
  NodeId Under(NodeId condition, const Chosen& chosen) {
    return space_.graph.Restrict(condition, [&](VariableId id) -> std::int64_t {
      for (std::size_t i = 0; i < chosen.size(); ++i) {
        const std::size_t option = lowered_.drafts[i].OptionOf(id);
        if (option < chosen[i].size()) return chosen[i][option];
      }
      return -1;
    });
  }

  /// What the case is counted by.
  std::string Signature(const Case& facts, evaluate::Walk& walk) {
    std::string text = Values(facts, facts.root);
    for (std::size_t i = 0; i < space_.Variables(); ++i) {
      const VariableId id(i);
      if (!space_.IsFree(id) || space_.IsOption(id) || space_[space_[id].place].depth > 0) continue;
      const bool is_there =
          evaluate::Resolve(space_, facts, space_[id].place, {}).kind == evaluate::Resolved::Kind::kThere;
      evaluate::Walk::Cells scratch;
      text += is_there ? fmt::format("{};", walk.CellsOf(id, scratch).front()) : "absent;";
    }
    return text;
  }

  /// The values of all but numbers and lists, in what is always there.
  std::string Values(const Case& facts, InstanceId instance) {
    const Vocabulary& words = space_.Words();
    std::string text;
    for (const FactId id : words.entities[facts.instances[instance].entity].facts) {
      const Type& type = words.facts[id].type;
      const Value& value = *facts.State(words, instance, id).value;
      if (type.kind == TypeKind::kEntity && !type.or_none) text += Values(facts, std::get<EntityValue>(value).instance);
      if (type.kind == TypeKind::kBoolean || type.kind == TypeKind::kEnum || type.kind == TypeKind::kSet)
        text += ValueToText(words, type, value) + ";";
    }
    return text;
  }

  const lower::Lowered& lowered_;
  evaluate::Space& space_;
  const std::vector<Case>& all_;
  std::vector<Chosen> chosen_;
};

/// Nothing where they agree. `cases`: as counted by the graph.
Complaint Disagreement(Counter& counter, NodeId condition, const std::optional<Exact>& cases, std::size_t& checked,
                       Tally& tally) {
  if (!cases) return std::nullopt;
  const auto counts = counter.Counts(condition);
  if (!counts) return std::nullopt;
  ++checked;
  tally.large += *cases > Exact(2) ? 1 : 0;
  const std::string said = cases->ToPlainText();
  if (counts->size() == 1 && fmt::format("{}", *counts->begin()) == said) return std::nullopt;
  return fmt::format("has {} cases, and gone through {}", said, counts->empty() ? 0 : *counts->begin());
}

Complaint CheckRegions(const Comparisons& comparisons, const std::vector<Case>& all, const std::vector<Chosen>& chosen,
                       Tally& tally) {
  for (const Comparison& one : comparisons.decisions) {
    if (one.lowered.too_large || !one.decision.is_checked) continue;
    Counter counter(one.lowered, all, chosen);
    if (!counter.AreListsShort()) continue;
    for (const Region& region : one.decision.regions) {
      if (const Complaint complaint = Disagreement(counter, region.condition, region.cases, tally.regions, tally))
        return "a region of " + one.decision.name + " " + *complaint;
    }
  }
  return std::nullopt;
}

Complaint CheckParts(const std::vector<Parting>& partings, const std::vector<Case>& all,
                     const std::vector<Chosen>& chosen, Tally& tally) {
  for (const Parting& parting : partings) {
    if (!parting.is_checked) continue;
    Counter counter(parting.lowered, all, chosen);
    if (!counter.AreListsShort()) continue;
    for (const Part& part : parting.parts) {
      if (const Complaint complaint = Disagreement(counter, part.condition, part.cases, tally.parts, tally))
        return "a part of " + parting.decision + " " + *complaint;
      for (const Piece& piece : part.pieces) {
        if (const Complaint complaint = Disagreement(counter, piece.condition, piece.cases, tally.parts, tally))
          return "a piece of " + parting.decision + " " + *complaint;
      }
    }
  }
  return std::nullopt;
}

Complaint CheckDrafts(ReadRules& rules, Tally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  const load::LoadedDraft& amended = *rules.Loaded();
  if (amended.amends == nullptr) return std::nullopt;
  const load::LoadedDraft& base = *amended.amends;
  if (base.option_sets.size() * amended.option_sets.size() > kMaxChosen) return std::nullopt;
  const auto all = tests::AllowedCases(*amended.draft, kMaxCases);
  if (!all) return std::nullopt;
  const check::OptionSet& closed = amended.option_sets.front();
  std::vector<Chosen> pairs;
  std::vector<Chosen> threes;
  for (const check::OptionSet& first : base.option_sets) {
    for (const check::OptionSet& second : amended.option_sets) {
      pairs.push_back({first, second});
      threes.push_back({first, second, closed});
    }
  }
  std::vector<Side> sides = {{base.draft, "base"}, {amended.draft, "amended"}};
  const Comparisons comparisons = Compare({sides[0], sides[1]}, "", Terms::kNamed, kMaxNodes);
  if (const Complaint complaint = CheckRegions(comparisons, *all, pairs, tally)) return rules.Say(*complaint);
  sides.push_back({amended.draft, "closed"});
  for (std::size_t i = 0; i < closed.size(); ++i)
    sides[2].draft = check::WithSettled(*sides[2].draft, check::OptionId(i), closed[i]);
  const std::vector<Parting> partings = PartCases(sides, "", {.max_nodes = kMaxNodes});
  if (const Complaint complaint = CheckParts(partings, *all, threes, tally)) return rules.Say(*complaint);
  return std::nullopt;
}

TEST(CountTest, RegionsHaveAsManyCasesAsThereAreGoneThrough) {
  const tests::Scratch scratch("");
  Tally tally;
  tests::ExpectOfRandomPlans(
      1, tests::TimesFactor(300),
      [&](const tests::RulesPlan& plan, std::uint32_t) {
        tests::RulesText text = tests::WriteRules(plan);
        // A limit to lists is a quantity, within which nothing is counted.
        text.vocabulary = std::regex_replace(text.vocabulary, std::regex("assume few_parts:[^\n]*\n"), "");
        ReadRules rules(scratch, text);
        return CheckDrafts(rules, tally);
      },
      tests::Values::kFew);
  RecordProperty("regions", static_cast<int>(tally.regions));
  RecordProperty("parts", static_cast<int>(tally.parts));
  RecordProperty("large", static_cast<int>(tally.large));
  EXPECT_GT(tally.regions, 10U);
  EXPECT_GT(tally.parts, 10U);
  EXPECT_GT(tally.large, 10U);
}

}  // namespace
}  // namespace proviso::compare
