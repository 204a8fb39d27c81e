#include "harness/test/tally.h"

#include <algorithm>
#include <map>

#include "harness/test/case_answers.h"
#include "harness/test/compiled_drafts.h"
#include "harness/test/outcome_columns.h"

namespace proviso::test {
namespace {

class Counter {
 public:
  explicit Counter(std::string_view decision) { tally_.decision = decision; }

  void Add(const scenario::Suite& suite, std::string_view filter) {
    CompiledDrafts compiled;
    for (const load::LoadedDraft* draft : suite.drafts) {
      const auto decision = draft->draft->FindDecision(tally_.decision);
      if (!decision) continue;
      columns_.AddMembers(*draft->draft, *decision);
      compiled.Expect(*draft, *decision, suite.scenarios.size() * draft->option_sets.size());
    }
    compiled.Compile();
    for (const scenario::Scenario& scenario : suite.scenarios) {
      if (scenario.name.find(filter) == std::string::npos) continue;
      ++tally_.scenarios;
      for (const load::LoadedDraft* draft : suite.drafts) AddCase(*draft, scenario.facts, compiled.Of(*draft));
    }
  }

  Tally Finish() {
    tally_.columns = columns_.All();
    for (std::size_t d = 0; d < tally_.drafts.size(); ++d) FillCounts(tally_.drafts[d], counted_[d]);
    return std::move(tally_);
  }

 private:
  using Counts = std::map<std::string, std::size_t, std::less<>>;

  void AddCase(const load::LoadedDraft& draft, const Case& facts, const Compiled* compiled) {
    const auto decision = draft.draft->FindDecision(tally_.decision);
    if (!decision) return;
    std::vector<Counts>& counts = CountsOf(draft);
    CaseAnswers answers(draft.draft, facts, compiled);
    for (std::size_t set = 0; set < draft.option_sets.size(); ++set) {
      ++counts[set][columns_.NameOf(*draft.draft, *decision, answers.OutcomeOf(*decision, draft.option_sets[set]))];
    }
  }

  std::vector<Counts>& CountsOf(const load::LoadedDraft& draft) {
    const auto known = std::find_if(tally_.drafts.begin(), tally_.drafts.end(),
                                    [&](const DraftTally& candidate) { return candidate.draft == &draft; });
    if (known != tally_.drafts.end()) return counted_[static_cast<std::size_t>(known - tally_.drafts.begin())];
    tally_.drafts.push_back({&draft, {}});
    return counted_.emplace_back(draft.option_sets.size());
  }

  void FillCounts(DraftTally& draft, const std::vector<Counts>& counted) const {
    for (const Counts& counts : counted) {
      std::vector<std::size_t>& row = draft.counts.emplace_back();
      for (const std::string& column : tally_.columns) {
        const auto count = counts.find(column);
        row.push_back(count == counts.end() ? 0 : count->second);
      }
    }
  }

  Tally tally_;
  std::vector<std::vector<Counts>> counted_;  // by draft, by option set
  OutcomeColumns columns_;
};

}  // namespace

Tally CountOutcomes(const std::deque<scenario::Suite>& suites, std::string_view decision, std::string_view filter) {
  Counter counter(decision);
  for (const scenario::Suite& suite : suites) counter.Add(suite, filter);
  return counter.Finish();
}

}  // namespace proviso::test
