// Break-even: on random drafts an outcome changes between two values of an option exactly where a flip says so.
#include "harness/sweep/break_even.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <array>
#include <random>
#include <set>

#include "harness/test/case_answers.h"
#include "tests/support/random_cases.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::sweep {
namespace {

using tests::Complaint;
using tests::ReadRules;

constexpr std::size_t kMaxOptionSets = 64;
constexpr std::size_t kPlainFacts = 6;  // the first of the case, which are no lists
constexpr int kAsked = 3;               // cases of each draft

struct Tally {
  std::size_t options = 0, asked = 0, settled = 0, flips = 0, changed = 0, unchanged = 0;
};

/// Values that the draft speaks of, those near them, and some others, ascending.
std::vector<Value> ValuesToTry(const check::CheckedDraft& draft, const Type& type) {
  std::set<Value> values;
  const auto add = [&](const Exact& number) {
    const Exact step = Exact::PowerOfTen(type.kind == TypeKind::kInteger ? 0 : -2);
    for (const Exact& near : {number - step, number, number + step}) {
      if (near.HasFractionWithin(type.kind == TypeKind::kInteger ? 0 : 2)) values.insert(Value(near));
    }
  };
  for (const check::Expr& expr : draft.exprs) {
    if (expr.op != check::Op::kConstant) continue;
    const auto* const exact = std::get_if<Exact>(&expr.constant);
    const auto* const days = std::get_if<Days>(&expr.constant);
    const auto* const date = std::get_if<Date>(&expr.constant);
    if (type.IsNumber() && exact != nullptr) add(*exact);
    for (std::int64_t by = -1; by <= 1; ++by) {
      if (type.kind == TypeKind::kDays && days != nullptr) values.insert(Value(Days{days->count + by}));
      if (type.kind == TypeKind::kDate && date != nullptr) values.insert(Value(AddDays(*date, by).value_or(*date)));
    }
  }
  for (int number = -1; number <= 4 && type.IsNumber(); ++number) add(Exact(number));
  return {values.begin(), values.end()};
}

bool IsBetween(const Flip& flip, const Value& lower, const Value& upper) {
  const auto as = [&](const Value& value) {
    const auto* const exact = std::get_if<Exact>(&value);
    return exact != nullptr && std::holds_alternative<double>(flip.edge) ? Value(exact->ToDouble()) : value;
  };
  const auto is_above = [&](const Value& value) { return flip.is_after ? flip.edge < value : !(value < flip.edge); };
  return !is_above(as(lower)) && is_above(as(upper));
}

bool IsAllowed(const check::CheckedDraft& draft, const check::OptionSet& options) {
  return llvm::all_of(draft.constraints, [&](const check::Constraint& constraint) {
    return reference::HoldsUnder(draft, constraint.condition, options);
  });
}

/// A draft with these values as the alternatives of an option.
struct Variant {
  check::OptionId option;
  std::vector<Value> values;
  std::shared_ptr<const check::CheckedDraft> draft;
};

/// One case, one decision, and one choice of the other options.
Complaint CheckValues(const BreakEven& found, const Variant& tried, check::DecisionId decision, const Case& facts,
                      check::OptionSet options, Tally& tally) {
  const auto& [option, values, variant] = tried;
  std::vector<reference::Outcome> said;
  test::CaseAnswers answers(variant, facts);
  for (std::size_t i = 0; i < values.size(); ++i) {
    options[option.Index()] = static_cast<std::uint32_t>(i);
    if (!IsAllowed(*variant, options)) return std::nullopt;
    said.push_back(answers.Of(decision, options));
  }
  for (std::size_t i = 1; i < values.size(); ++i) {
    std::vector<const Flip*> between;
    for (const Flip& flip : found.flips) {
      if (IsBetween(flip, values[i - 1], values[i]) && lower::Allows(flip.where, options)) between.push_back(&flip);
    }
    const bool is_same = said[i - 1].SameAnswer(said[i]);
    ++(is_same ? tally.unchanged : tally.changed);
    const bool is_told =
        between.empty() ? is_same
                        : between.front()->below.SameAnswer(said[i - 1]) && between.back()->above.SameAnswer(said[i]);
    if (is_told) continue;
    return fmt::format("between values {} and {} of {}: changes {}, and {} flips say so", i - 1, i, values.size(),
                       !is_same, between.size());
  }
  return std::nullopt;
}

Complaint CheckOption(ReadRules& rules, const OptionValues& asked, const Case& facts, Tally& tally) {
  const load::LoadedDraft& loaded = *rules.Loaded();
  const std::vector<check::DecisionId> decisions = loaded.draft->DecisionsOfCase();
  const std::vector<BreakEven> found = asked.Find(facts, decisions);
  Variant tried = {.option = asked.Option(), .values = ValuesToTry(*loaded.draft, asked.EdgeType()), .draft = {}};
  tried.draft = check::WithAlternatives(*loaded.draft, tried.option, tried.values);
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    ++tally.asked;
    if (!found[i].is_settled) continue;
    ++tally.settled;
    tally.flips += found[i].flips.size();
    for (const check::OptionSet& options : loaded.option_sets) {
      const Complaint complaint = CheckValues(found[i], tried, decisions[i], facts, options, tally);
      if (!complaint) continue;
      const std::string& name = loaded.draft->options[asked.Option()].name;
      return rules.SayOf(facts, decisions[i], options, name + " " + *complaint);
    }
  }
  return std::nullopt;
}

Complaint CheckDraft(ReadRules& rules, std::uint32_t seed, Tally& tally) {
  if (rules.Loaded() == nullptr) return rules.Say("is not accepted");
  if (rules.Loaded()->option_sets.size() > kMaxOptionSets) return std::nullopt;
  tests::RandomCases cases(*rules.Draft().vocabulary, seed);
  for (std::size_t i = 0; i < rules.Draft().options.size(); ++i) {
    const auto asked = OptionValues::Of(rules.Loaded()->draft, check::OptionId(i));
    if (!asked) continue;
    ++tally.options;
    for (int of_draft = 0; of_draft < kAsked; ++of_draft) {
      Case facts = EmptyCase(*rules.Draft().vocabulary);
      cases.Complete(facts);
      if (of_draft == 0) facts.instances[facts.root].facts[seed % kPlainFacts] = {};
      if (!reference::BrokenAssumptions(rules.Draft(), facts).empty()) continue;
      if (const Complaint complaint = CheckOption(rules, *asked, facts, tally)) return complaint;
    }
  }
  return std::nullopt;
}

constexpr const char* kVocabulary = R"(vocabulary things
ordered enum Grade { low, middle, high }
entity Part { size : integer  power : real }
entity Thing {
  amount : integer
  price : decimal(2)
  power : real
  day : date
  wait : days
  sold : boolean
  parts : list of Part
}
case Thing
)";

/// A draft whose options are read by their values, in all the ways that there are.
class NumericDraft {
 public:
  explicit NumericDraft(std::uint32_t seed) : random_(seed) {}

  std::string Write() {
    std::string text = "use \"vocabulary.pvo\"\ndraft numbers over things\n";
    text += fmt::format("option n {{ a = {}, b = {} }}\n", Below(4), 4 + Below(4));
    text += fmt::format("option m {{ a = {}, b = {}.5 }}\n", 2 + Below(3), 1 + Below(3));
    text += fmt::format("option r {{ a = 0.5, b = {} }}\n", 1 + Below(3));
    text += fmt::format("option d {{ a = 2025-01-0{}, b = 2025-01-05 }}\n", 1 + Below(4));
    text += fmt::format("option w {{ a = {} days, b = 9 days }}\n", 1 + Below(5));
    text += "option x { a = sold, b = amount > 2 }\n";
    if (Below(3) == 0) text += "constraint n < m + 5\n";
    text += "term few = " + Condition(1) + "\n";
    text += "decision grade : Grade {\n  strictest wins\n  otherwise low\n";
    text += "  rule one -> high when " + Condition(2) + "\n  rule two -> middle when few or " + Condition(1) + "\n";
    return text + "  exception three to one when " + Condition(1) + "\n}\n";
  }

 private:
  std::size_t Below(std::size_t bound) { return random_() % bound; }

  std::string Condition(int depth) {
    if (depth > 0 && Below(3) > 0) {
      const char* const word = Below(2) == 0 ? "and" : "or";
      return fmt::format("({} {} {})", Condition(depth - 1), word, Condition(depth - 1));
    }
    static constexpr std::array kConditions = {"amount > n",
                                               "amount at least n * 2",
                                               "amount + n at most 7",
                                               "amount = n",
                                               "price > m",
                                               "price <= m",
                                               "price between m and 9",
                                               "price < n",
                                               "power > r",
                                               "power at least r",
                                               "power < r",
                                               "day < d",
                                               "day + 2 days >= d",
                                               "wait > w",
                                               "day + w > 2025-01-06",
                                               "(some p in parts satisfies p.size >= n)",
                                               "(every p in parts satisfies p.power < r)",
                                               "count(p in parts where p.size > n) at least 2",
                                               "sum(p.size for p in parts) more than n",
                                               "max(n, 3) > amount",
                                               "not (amount < n)",
                                               "x",
                                               "sold",
                                               "(if sold then n else 2) > amount",
                                               "power * r > 1.0"};
    return kConditions[Below(kConditions.size())];
  }

  std::mt19937 random_;
};

TEST(BreakEvenTest, AnOutcomeChangesExactlyWhereAFlipSaysSo) {
  const tests::Scratch scratch("");
  Tally tally;
  const std::size_t drafts = tests::TimesFactor(80);
  for (std::uint32_t seed = 1; seed <= drafts; ++seed) {
    ReadRules rules(scratch, {kVocabulary, NumericDraft(seed).Write(), ""});
    const Complaint complaint = CheckDraft(rules, seed, tally);
    ASSERT_FALSE(complaint) << "seed " << seed << ": " << *complaint;
  }
  RecordProperty("options", static_cast<int>(tally.options));
  RecordProperty("asked", static_cast<int>(tally.asked));
  RecordProperty("settled", static_cast<int>(tally.settled));
  RecordProperty("flips", static_cast<int>(tally.flips));
  RecordProperty("changed", static_cast<int>(tally.changed));
  EXPECT_GT(tally.changed, 1000U);
  EXPECT_GT(tally.settled * 2, tally.asked);
}

}  // namespace
}  // namespace proviso::sweep
