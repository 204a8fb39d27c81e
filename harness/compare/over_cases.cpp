#include "harness/compare/over_cases.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/Parallel.h>

#include <mutex>

#include "harness/test/all_answers.h"

namespace proviso::compare {
namespace {

using check::Option;
using check::OptionId;

bool AreShared(const Option& one, const Option& other) {
  const auto same_name = [](const check::Alternative& mine, const check::Alternative& theirs) {
    return mine.name == theirs.name;
  };
  return !one.settled && !other.settled && one.name == other.name &&
         std::ranges::equal(one.alternatives, other.alternatives, same_name);
}

/// Puts the options of both sides in one row.
class Joiner {
 public:
  explicit Joiner(const std::array<SideOver, 2>& sides) : sides_(sides) {
    for (std::size_t side = 0; side < 2; ++side) {
      const check::CheckedDraft& draft = *sides_[side].draft.draft;
      for (std::size_t i = 0; i < draft.options.size(); ++i) Add(side, OptionId(i));
    }
  }

  Choices Run() {
    for (std::size_t i = 0; i < sides_[0].draft.option_sets.size(); ++i) {
      for (std::size_t j = 0; j < sides_[1].draft.option_sets.size(); ++j) AddChoice({i, j});
    }
    return std::move(choices_);
  }

 private:
  void Add(std::size_t side, OptionId id) {
    Option option = sides_[side].draft.draft->options[id];
    if (option.settled) return;
    const check::CheckedDraft& other = *sides_[1 - side].draft.draft;
    const auto of_name = llvm::find_if(
        other.options, [&](const Option& theirs) { return theirs.name == option.name && !theirs.settled; });
    if (of_name != other.options.end() && AreShared(option, *of_name)) {
      const OptionId there(static_cast<std::size_t>(of_name - other.options.begin()));
      if (side == 0) places_.push_back({id, there});
      if (side == 1) return;
    } else {
      if (of_name != other.options.end()) option.name = sides_[side].name + "." + option.name;
      places_.push_back(side == 0 ? Places{id, OptionId()} : Places{OptionId(), id});
    }
    choices_.options.options.Add(std::move(option));
  }

  void AddChoice(const std::array<std::size_t, 2>& sets) {
    check::OptionSet choice;
    for (const Places& places : places_) {
      std::optional<std::uint32_t> chosen;
      for (std::size_t side = 0; side < 2; ++side) {
        if (!places[side].IsValid()) continue;
        const std::uint32_t here = sides_[side].draft.option_sets[sets[side]][places[side].Index()];
        if (chosen && *chosen != here) return;
        chosen = here;
      }
      choice.push_back(*chosen);
    }
    choices_.all.push_back(std::move(choice));
    choices_.sets.push_back(sets);
  }

  /// Of an option on either side; invalid where it has none.
  using Places = std::array<OptionId, 2>;

  const std::array<SideOver, 2>& sides_;
  std::vector<Places> places_;
  Choices choices_;
};

std::vector<ChangeOfCase> ChangesIn(const Choices& choices, const std::array<test::AllAnswers, 2>& answers) {
  std::vector<ChangeOfCase> changes;
  for (std::size_t i = 0; i < choices.sets.size(); ++i) {
    const auto text = [&](std::size_t side) {
      return answers[side].texts[answers[side].by_option_set[choices.sets[i][side]]];
    };
    const std::string from = text(0);
    const std::string to = text(1);
    if (from == to) continue;
    auto change =
        llvm::find_if(changes, [&](const ChangeOfCase& known) { return known.from == from && known.to == to; });
    if (change == changes.end()) change = changes.insert(changes.end(), {from, to, {}});
    change->choices.push_back(i);
  }
  return changes;
}

}  // namespace

ComparisonOver CompareOver(const std::array<SideOver, 2>& sides, llvm::ArrayRef<const scenario::Suite*> suites,
                           const std::string& decision, llvm::function_ref<void(std::size_t, std::size_t)> progress) {
  ComparisonOver over{.names = {sides[0].name, sides[1].name}, .choices = Joiner(sides).Run(), .decisions = {}};
  std::vector<std::array<check::DecisionId, 2>> ids;
  for (const check::DecisionId id : sides[0].draft.draft->DecisionsOfCase()) {
    const std::string& name = sides[0].draft.draft->decisions[id].name;
    const auto there = sides[1].draft.draft->FindDecision(name);
    if (!there || (!decision.empty() && name != decision)) continue;
    ids.push_back({id, *there});
    over.decisions.push_back({name, 0, {}});
  }
  std::vector<ChangedCase> cases;
  for (const scenario::Suite* const suite : suites) {
    for (const scenario::Scenario& scenario : suite->scenarios) cases.push_back({suite, &scenario, {}});
  }
  std::vector<std::vector<std::vector<ChangeOfCase>>> changes(cases.size());  // by case, by decision
  std::mutex mutex;
  std::size_t done = 0;
  llvm::parallelFor(0, cases.size(), [&](std::size_t i) {
    const Case& facts = cases[i].scenario->facts;
    std::array<test::CaseAnswers, 2> answers = {test::CaseAnswers(sides[0].draft.draft, facts),
                                                test::CaseAnswers(sides[1].draft.draft, facts)};
    for (const auto& pair : ids) {
      changes[i].push_back(ChangesIn(over.choices, {test::AnswerUnderAll(sides[0].draft, pair[0], answers[0]),
                                                    test::AnswerUnderAll(sides[1].draft, pair[1], answers[1])}));
    }
    const std::lock_guard lock(mutex);
    progress(++done, cases.size());
  });
  for (std::size_t at = 0; at < over.decisions.size(); ++at) {
    over.decisions[at].cases = cases.size();
    for (std::size_t i = 0; i < cases.size(); ++i) {
      if (changes[i][at].empty()) continue;
      over.decisions[at].changed.push_back(cases[i]);
      over.decisions[at].changed.back().changes = std::move(changes[i][at]);
    }
  }
  return over;
}

}  // namespace proviso::compare
