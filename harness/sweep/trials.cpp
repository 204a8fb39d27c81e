#include "harness/sweep/trials.h"

#include <utility>
#include <vector>

#include "compiler/reference/evaluator.h"

namespace proviso::sweep {
namespace {

/// Cases in all, and those that show nothing, one after the other, until trying is given up.
constexpr std::size_t kMaxTrials = 60'000;
constexpr std::size_t kMaxIdle = 8'000;
/// Of cases in which no condition comes out as never before, one in so many is looked at all the same.
constexpr std::size_t kOneIn = 4;

struct Kept {
  Case facts;
  reference::Evaluator::Notes notes;
};

/// Notes the ways in which conditions came out; whether one is new.
bool See(std::vector<std::uint8_t>& seen, const std::vector<std::uint8_t>& came_out) {
  bool is_new = false;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    is_new = is_new || (came_out[i] & ~seen[i]) != 0;
    seen[i] |= came_out[i];
  }
  return is_new;
}

}  // namespace

void TryCases(const check::CheckedDraft& draft, check::DecisionId decision,
              llvm::ArrayRef<check::OptionSet> option_sets, Shows shows, llvm::function_ref<bool()> is_done) {
  findings::TrialCases cases(draft);
  const auto notes_of = [&](const Case& facts) {
    reference::Evaluator::Notes notes;
    reference::Evaluator evaluator(draft, facts, option_sets[cases.Below(option_sets.size())]);
    evaluator.Note(notes);
    static_cast<void>(evaluator.Outcome(decision, evaluator.CaseScope()));
    return notes;
  };
  std::vector<std::uint8_t> seen(draft.exprs.size());
  const Case plain = cases.Plain();
  std::vector<Kept> kept = {{plain, notes_of(plain)}};
  std::size_t idle = 0;
  for (std::size_t i = 0; i < kMaxTrials && idle < kMaxIdle && !is_done(); ++i, ++idle) {
    const Kept& parent = kept[cases.Below(2) == 0 ? cases.Below(kept.size()) : kept.size() - 1];
    Case facts = parent.facts;
    if (cases.Below(4) == 0) cases.Cross(facts, kept[cases.Below(kept.size())].facts);
    cases.Change(facts, parent.notes.facts);
    if (!reference::BrokenAssumptions(draft, facts).empty()) continue;
    reference::Evaluator::Notes notes = notes_of(facts);
    const bool is_new = See(seen, notes.came_out);
    if (!is_new && cases.Below(kOneIn) != 0) continue;
    const bool is_shown = shows(cases, facts);
    if (!is_shown && !is_new) continue;
    if (is_shown) notes = notes_of(facts);  // of the plainer case
    kept.push_back({std::move(facts), std::move(notes)});
    idle = 0;
  }
}

}  // namespace proviso::sweep
