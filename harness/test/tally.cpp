#include "harness/test/tally.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>

#include "harness/test/case_answers.h"

namespace proviso::test {
namespace {

constexpr std::string_view kUndetermined = "undetermined";
constexpr std::string_view kNoOutcome = "no outcome";

class Counter {
 public:
  explicit Counter(std::string_view decision) { tally_.decision = decision; }

  void Add(const scenario::Suite& suite, std::string_view filter) {
    for (const load::LoadedDraft* draft : suite.drafts) AddColumns(*draft);
    for (const scenario::Scenario& scenario : suite.scenarios) {
      if (scenario.name.find(filter) == std::string::npos) continue;
      ++tally_.scenarios;
      for (const load::LoadedDraft* draft : suite.drafts) AddCase(*draft, scenario.facts);
    }
  }

  Tally Finish() {
    if (!other_values_.empty()) tally_.columns.insert(tally_.columns.end(), other_values_.begin(), other_values_.end());
    tally_.columns.emplace_back(kUndetermined);
    if (has_no_outcome_) tally_.columns.emplace_back(kNoOutcome);
    for (std::size_t d = 0; d < tally_.drafts.size(); ++d) FillCounts(tally_.drafts[d], counted_[d]);
    return std::move(tally_);
  }

 private:
  using Counts = std::map<std::string, std::size_t, std::less<>>;

  /// The members of an ordered decision are columns even where no scenario comes to them.
  void AddColumns(const load::LoadedDraft& draft) {
    const auto decision = draft.draft->FindDecision(tally_.decision);
    if (!decision) return;
    const Type& type = draft.draft->decisions[*decision].type;
    if (type.kind != TypeKind::kEnum) return;
    const auto& members = draft.draft->vocabulary->enums[type.enumeration].members;
    for (const auto& member : llvm::reverse(members))
      if (!IsColumn(member.name)) tally_.columns.push_back(member.name);
  }

  void AddCase(const load::LoadedDraft& draft, const Case& facts) {
    const auto decision = draft.draft->FindDecision(tally_.decision);
    if (!decision) return;
    std::vector<Counts>& counts = CountsOf(draft);
    CaseAnswers answers(draft.draft, facts);
    for (std::size_t set = 0; set < draft.option_sets.size(); ++set) {
      ++counts[set][Label(*draft.draft, *decision, answers.Of(*decision, draft.option_sets[set]))];
    }
  }

  std::string Label(const check::CheckedDraft& draft, check::DecisionId decision, const reference::Outcome& outcome) {
    if (outcome.error) {
      has_no_outcome_ = true;
      return std::string(kNoOutcome);
    }
    if (!outcome.determined) return std::string(kUndetermined);
    std::string text = ValueToText(*draft.vocabulary, draft.decisions[decision].type, outcome.value());
    const bool is_known =
        IsColumn(text) || std::find(other_values_.begin(), other_values_.end(), text) != other_values_.end();
    if (!is_known) other_values_.insert(std::upper_bound(other_values_.begin(), other_values_.end(), text), text);
    return text;
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

  [[nodiscard]] bool IsColumn(std::string_view text) const {
    return std::find(tally_.columns.begin(), tally_.columns.end(), text) != tally_.columns.end();
  }

  Tally tally_;
  std::vector<std::vector<Counts>> counted_;  // by draft, by option set
  std::vector<std::string> other_values_;     // outcomes that no enumeration lists, sorted
  bool has_no_outcome_ = false;
};

}  // namespace

Tally CountOutcomes(const std::deque<scenario::Suite>& suites, std::string_view decision, std::string_view filter) {
  Counter counter(decision);
  for (const scenario::Suite& suite : suites) counter.Add(suite, filter);
  return counter.Finish();
}

}  // namespace proviso::test
