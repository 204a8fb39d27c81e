#include "harness/generate/options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include <map>
#include <optional>

#include "compiler/reference/evaluate.h"
#include "harness/generate/choose.h"
#include "harness/scenario/asserted.h"

namespace proviso::generate {
namespace {

using check::DecisionId;
using check::OptionSet;

/// Two classes of one decision.
struct Pair {
  std::size_t decision;  // index into OptionsGenerated::decisions
  std::size_t one, other;
};

class Teller {
 public:
  Teller(const load::LoadedDraft& draft, OptionsGenerated& generated) : draft_(draft), generated_(generated) {
    for (std::size_t d = 0; d < generated.decisions.size(); ++d) {
      PairsOf& of = generated.decisions[d];
      for (std::size_t i = 0; i < of.found.classes.size(); ++i) {
        for (std::size_t j = i + 1; j < of.found.classes.size(); ++j) {
          const bool is_shown = of.found.less_in[i][j] || of.found.less_in[j][i];
          if (is_shown) pairs_.push_back({d, i, j});
          ++(is_shown ? of.pairs : of.not_settled);
        }
      }
    }
  }

  [[nodiscard]] const std::vector<Pair>& Pairs() const { return pairs_; }

  /// The pairs that the case tells apart, of what is expected: by decision, under which option sets; all where it is
  /// nothing.
  using Expected = std::map<DecisionId, std::vector<std::size_t>>;
  [[nodiscard]] llvm::BitVector TellsApart(const Case& facts, const Expected* expected) const {
    reference::Answers answers(*draft_.draft, facts);
    llvm::BitVector tells(static_cast<unsigned>(pairs_.size()));
    for (std::size_t d = 0, at = 0; d < generated_.decisions.size(); ++d) {
      const std::vector<std::optional<Value>> outcomes = OutcomesOf(generated_.decisions[d].found, answers, expected);
      for (; at < pairs_.size() && pairs_[at].decision == d; ++at) {
        const auto& [decision, one, other] = pairs_[at];
        tells[static_cast<unsigned>(at)] = outcomes[one] && outcomes[other] && *outcomes[one] != *outcomes[other];
      }
    }
    return tells;
  }

  /// `crowd small or large`: of the two option sets that differ in the fewest options.
  [[nodiscard]] std::string DifferenceOf(const Pair& pair) const {
    const std::vector<sweep::Class>& classes = generated_.decisions[pair.decision].found.classes;
    std::vector<std::string> fewest;
    for (const OptionSet& one : classes[pair.one].option_sets) {
      for (const OptionSet& other : classes[pair.other].option_sets) {
        std::vector<std::string> texts = Differences(one, other);
        if (fewest.empty() || texts.size() < fewest.size()) fewest = std::move(texts);
      }
    }
    return fmt::format("{}", fmt::join(fewest, ", "));
  }

 private:
  /// What each class comes to where it is expected and has an outcome.
  [[nodiscard]] std::vector<std::optional<Value>> OutcomesOf(const sweep::Strictness& found,
                                                             reference::Answers& answers,
                                                             const Expected* expected) const {
    std::vector<std::optional<Value>> outcomes;
    for (const sweep::Class& one : found.classes) {
      const OptionSet* const asked = ExpectedOf(found.decision, one, expected);
      std::optional<Value>& outcome = outcomes.emplace_back();
      if (asked == nullptr) continue;
      const reference::Outcome& answer = answers.Of(found.decision, *asked);
      if (answer.determined && !answer.error) outcome = answer.value();
    }
    return outcomes;
  }

  /// One of the class's option sets that is expected; null where none is.
  [[nodiscard]] const OptionSet* ExpectedOf(DecisionId decision, const sweep::Class& one,
                                            const Expected* expected) const {
    if (expected == nullptr) return &one.option_sets.front();
    const auto sets = expected->find(decision);
    if (sets == expected->end()) return nullptr;
    for (const std::size_t set : sets->second) {
      const auto found = llvm::find(one.option_sets, draft_.option_sets[set]);
      if (found != one.option_sets.end()) return &*found;
    }
    return nullptr;
  }

  [[nodiscard]] std::vector<std::string> Differences(const OptionSet& one, const OptionSet& other) const {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < one.size(); ++i) {
      if (one[i] == other[i]) continue;
      const check::Option& option = draft_.draft->options[check::OptionId(i)];
      texts.push_back(fmt::format("{} {} or {}", option.name, option.alternatives[one[i]].name,
                                  option.alternatives[other[i]].name));
    }
    return texts;
  }

  const load::LoadedDraft& draft_;
  OptionsGenerated& generated_;
  std::vector<Pair> pairs_;  // ascending
};

/// What the scenario, by its index, expects of the draft.
Teller::Expected ExpectedBy(const load::LoadedDraft& draft, const scenario::Suite& suite, std::size_t scenario) {
  Teller::Expected expected;
  for (const scenario::Asserted& one : scenario::AssertedOf(suite, scenario)) {
    if (suite.drafts[one.draft] == &draft && !one.is_total)
      llvm::append_range(expected[one.decision], *one.option_sets);
  }
  return expected;
}

llvm::BitVector ToldApartBefore(const load::LoadedDraft& draft, llvm::ArrayRef<const scenario::Suite*> suites,
                                const Teller& teller) {
  llvm::BitVector told(static_cast<unsigned>(teller.Pairs().size()));
  for (const scenario::Suite* const suite : suites) {
    for (std::size_t i = 0; i < suite->scenarios.size(); ++i) {
      const Teller::Expected expected = ExpectedBy(draft, *suite, i);
      if (!expected.empty()) told |= teller.TellsApart(suite->scenarios[i].facts, &expected);
    }
  }
  return told;
}

}  // namespace

OptionsGenerated GenerateOptions(const load::LoadedDraft& draft, llvm::ArrayRef<const scenario::Suite*> suites,
                                 llvm::function_ref<void(std::size_t, std::size_t)> progress) {
  OptionsGenerated generated;
  for (sweep::Strictness& found :
       sweep::CompareOptionSets(draft, draft.draft->DecisionsOfCase(), lower::kMaxNodes, progress))
    generated.decisions.push_back({.found = std::move(found)});
  const Teller teller(draft, generated);
  std::vector<const Case*> cases;
  std::vector<llvm::BitVector> tells;
  for (const PairsOf& of : generated.decisions) {
    for (const Case& facts : of.found.cases) {
      cases.push_back(&facts);
      tells.push_back(teller.TellsApart(facts, nullptr));
    }
  }
  llvm::BitVector told = ToldApartBefore(draft, suites, teller);
  for (const unsigned pair : told.set_bits()) ++generated.decisions[teller.Pairs()[pair].decision].before;
  llvm::BitVector wanted = told;
  std::map<std::string, std::size_t> names;
  for (const Chosen& one : Choose(tells, wanted.flip())) {
    OptionCase& made = generated.cases.emplace_back();
    made.facts = *cases[one.found];
    for (const unsigned goal : one.goals) {
      const DecisionId decision = generated.decisions[teller.Pairs()[goal].decision].found.decision;
      if (!llvm::is_contained(made.decisions, decision)) made.decisions.push_back(decision);
    }
    const Pair& first = teller.Pairs()[one.goals.front()];
    made.name = fmt::format("{}: {} makes a difference", draft.draft->decisions[made.decisions.front()].name,
                            teller.DifferenceOf(first));
    if (const std::size_t before = names[made.name]++; before > 0) made.name += fmt::format(" ({})", before + 1);
    told |= tells[one.found];
  }
  for (const unsigned pair : told.set_bits()) ++generated.decisions[teller.Pairs()[pair].decision].after;
  return generated;
}

}  // namespace proviso::generate
