#include "harness/sweep/over_cases.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/Parallel.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "harness/test/all_answers.h"
#include "harness/test/outcome_columns.h"

namespace proviso::sweep {
namespace {

using check::DecisionId;

struct AnsweredCase {
  const scenario::Suite* suite = nullptr;
  const scenario::Scenario* scenario = nullptr;
  std::vector<test::AllAnswers> decisions;
  std::vector<std::vector<BreakEven>> break_even;  // by option, by decision
};

/// Option sets that differ in one option alone, by their places.
struct Neighbours {
  check::OptionId option;
  std::size_t one, other;
};

std::vector<Neighbours> NeighboursIn(const load::LoadedDraft& draft) {
  std::map<check::OptionSet, std::size_t> places;
  for (std::size_t i = 0; i < draft.option_sets.size(); ++i) places[draft.option_sets[i]] = i;
  std::vector<Neighbours> neighbours;
  for (const auto& [options, place] : places) {
    for (std::size_t option = 0; option < options.size(); ++option) {
      check::OptionSet other = options;
      const std::size_t alternatives = draft.draft->options[check::OptionId(option)].alternatives.size();
      for (++other[option]; other[option] < alternatives; ++other[option]) {
        const auto found = places.find(other);
        if (found != places.end()) neighbours.push_back({check::OptionId(option), place, found->second});
      }
    }
  }
  return neighbours;
}

/// Makes the sweep of one decision from the answers of all cases.
class Sweeper {
 public:
  Sweeper(const load::LoadedDraft& draft, std::size_t index, DecisionId decision, std::vector<AnsweredCase>& cases)
      : draft_(draft), index_(index), decision_(decision), cases_(cases) {
    swept_.decision = decision;
  }

  SweptDecision Run(llvm::ArrayRef<Neighbours> neighbours) {
    FindColumns();
    FindGroups();
    for (AnsweredCase& of_case : cases_) AddCase(of_case, neighbours);
    std::ranges::stable_partition(swept_.cases, [](const SweptCase& one) {
      return llvm::any_of(one.outcomes, [&](const std::string& text) { return text != one.outcomes.front(); });
    });
    return std::move(swept_);
  }

 private:
  [[nodiscard]] const test::AllAnswers& At(const AnsweredCase& of_case) const { return of_case.decisions[index_]; }

  void FindColumns() {
    columns_.AddMembers(*draft_.draft, decision_);
    for (const AnsweredCase& of_case : cases_) {
      for (const reference::Outcome& outcome : At(of_case).outcomes) (void)NameOf(outcome);
    }
    swept_.columns = columns_.All();
  }

  std::string NameOf(const reference::Outcome& outcome) { return columns_.NameOf(*draft_.draft, decision_, outcome); }

  std::size_t ColumnAt(const AnsweredCase& of_case, std::size_t option_set) {
    const std::string name = NameOf(At(of_case).outcomes[At(of_case).by_option_set[option_set]]);
    return static_cast<std::size_t>(llvm::find(swept_.columns, name) - swept_.columns.begin());
  }

  void FindGroups() {
    std::map<std::vector<std::size_t>, std::vector<std::size_t>> alike;  // by what the cases come to: option sets
    for (std::size_t set = 0; set < draft_.option_sets.size(); ++set) {
      std::vector<std::size_t> answers;
      for (const AnsweredCase& of_case : cases_) answers.push_back(At(of_case).by_option_set[set]);
      alike[answers].push_back(set);
    }
    std::vector<std::pair<Group, std::size_t>> found;  // with the first option set
    for (const auto& [answers, sets] : alike) {
      Group group{{}, std::vector<std::size_t>(swept_.columns.size())};
      for (const std::size_t set : sets) group.option_sets.push_back(draft_.option_sets[set]);
      for (const AnsweredCase& of_case : cases_) ++group.counts[ColumnAt(of_case, sets.front())];
      found.emplace_back(std::move(group), sets.front());
    }
    std::ranges::sort(found, [](const auto& one, const auto& other) {
      return one.first.counts != other.first.counts ? one.first.counts > other.first.counts : one.second < other.second;
    });
    for (auto& [group, first] : found) {
      swept_.groups.push_back(std::move(group));
      first_sets_.push_back(first);
    }
  }

  void AddCase(AnsweredCase& of_case, llvm::ArrayRef<Neighbours> neighbours) {
    const test::AllAnswers& answered = At(of_case);
    SweptCase& one = swept_.cases.emplace_back();
    one.suite = of_case.suite;
    one.scenario = of_case.scenario;
    for (const std::size_t set : first_sets_) {
      one.outcomes.push_back(answered.texts[answered.by_option_set[set]]);
      one.columns.push_back(ColumnAt(of_case, set));
    }
    for (const auto& [option, first, second] : neighbours) {
      if (answered.by_option_set[first] != answered.by_option_set[second] &&
          !llvm::is_contained(one.changed_by, option))
        one.changed_by.push_back(option);
    }
    llvm::sort(one.changed_by);
    for (std::vector<BreakEven>& option : of_case.break_even) one.break_even.push_back(std::move(option[index_]));
    swept_.changed += answered.texts.size() > 1 ? 1 : 0;
  }

  const load::LoadedDraft& draft_;
  std::size_t index_;
  DecisionId decision_;
  std::vector<AnsweredCase>& cases_;
  test::OutcomeColumns columns_;
  std::vector<std::size_t> first_sets_;  // by group
  SweptDecision swept_;
};

}  // namespace

OverCases SweepCases(const load::LoadedDraft& draft, llvm::ArrayRef<const scenario::Suite*> suites,
                     llvm::ArrayRef<DecisionId> decisions, llvm::ArrayRef<lower::OptionProduct> chosen,
                     llvm::function_ref<void(std::size_t, std::size_t)> progress) {
  OverCases over{.draft = &draft, .options = {}, .not_asked = {}, .decisions = {}};
  for (std::size_t i = 0; i < draft.draft->options.size(); ++i) {
    const check::OptionId option(i);
    const Type& type = draft.draft->options[option].type;
    if (auto values = OptionValues::Of(draft.draft, option)) {
      over.options.push_back(std::move(*values));
    } else if (type.IsNumber() || type.kind == TypeKind::kDate || type.kind == TypeKind::kDays) {
      over.not_asked.push_back(option);
    }
  }
  std::vector<AnsweredCase> cases;
  for (const scenario::Suite* const suite : suites) {
    for (const scenario::Scenario& scenario : suite->scenarios) cases.push_back({suite, &scenario, {}, {}});
  }
  std::mutex mutex;
  std::size_t done = 0;
  llvm::parallelFor(0, cases.size(), [&](std::size_t i) {
    const Case& facts = cases[i].scenario->facts;
    test::CaseAnswers answers(draft.draft, facts);
    for (const DecisionId decision : decisions)
      cases[i].decisions.push_back(test::AnswerUnderAll(draft, decision, answers));
    for (const OptionValues& option : over.options)
      cases[i].break_even.push_back(option.Find(facts, decisions, chosen));
    const std::lock_guard lock(mutex);
    progress(++done, cases.size());
  });
  const std::vector<Neighbours> neighbours = NeighboursIn(draft);
  for (std::size_t i = 0; i < decisions.size(); ++i)
    over.decisions.push_back(Sweeper(draft, i, decisions[i], cases).Run(neighbours));
  return over;
}

}  // namespace proviso::sweep
