#include "harness/test/kept.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/Sequence.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "compiler/check/correspondence.h"
#include "compiler/reference/looked_at.h"
#include "harness/scenario/asserted.h"
#include "harness/scenario/suite_drafts.h"
#include "runtime/base/in_parallel.h"

namespace proviso::test {
namespace {

using scenario::Suite;

bool AreSame(const FactState& one, const FactState& other) {
  return one.value == other.value && one.assumed == other.assumed;
}

bool AreSame(const Instance& one, const Instance& other) {
  return one.entity == other.entity && one.path == other.path &&
         llvm::equal(one.facts, other.facts, [](const auto& a, const auto& b) { return AreSame(a, b); });
}

bool AreSame(const Case& one, const Case& other) {
  return one.root == other.root &&
         llvm::equal(one.instances, other.instances, [](const auto& a, const auto& b) { return AreSame(a, b); });
}

bool AreSame(const scenario::DecisionExpectation& one, const scenario::DecisionExpectation& other) {
  return one.decision == other.decision && one.outcome == other.outcome && one.needs == other.needs &&
         one.possible == other.possible && one.because == other.because;
}

bool AreSame(const scenario::Clause& one, const scenario::Clause& other) {
  return one.option_sets == other.option_sets && one.because == other.because &&
         llvm::equal(one.decisions, other.decisions, [](const auto& a, const auto& b) { return AreSame(a, b); });
}

bool AreSame(const scenario::DraftExpectation& one, const scenario::DraftExpectation& other) {
  return one.draft == other.draft &&
         llvm::equal(one.clauses, other.clauses, [](const auto& a, const auto& b) { return AreSame(a, b); });
}

bool AreSame(const scenario::Total& one, const scenario::Total& other) {
  const auto same_outcome = [](const auto& a, const auto& b) { return a.outcome == b.outcome; };
  return one.draft == other.draft && one.option_sets == other.option_sets && one.decision == other.decision &&
         llvm::equal(one.lines, other.lines, same_outcome);
}

bool AreSame(const scenario::Scenario& one, const scenario::Scenario& other) {
  return AreSame(one.facts, other.facts) &&
         llvm::equal(one.expectations, other.expectations, [](const auto& a, const auto& b) { return AreSame(a, b); });
}

/// What the scenario's answers look at, by draft of the suite.
std::vector<llvm::BitVector> LooksOf(const Suite& suite, std::size_t index) {
  std::vector<llvm::BitVector> looks_at(suite.drafts.size());
  for (std::size_t i = 0; i < suite.drafts.size(); ++i) {
    const load::LoadedDraft& draft = *suite.drafts[i];
    reference::LooksAt looks(*draft.draft, suite.scenarios[index].facts);
    for (const scenario::Asserted& one : scenario::AssertedOf(suite, index)) {
      std::vector<check::OptionSet> sets;
      if (one.draft != i) continue;
      for (const std::size_t set : *one.option_sets) sets.push_back(draft.option_sets[set]);
      looks.Add(one.decision, sets);
    }
    looks_at[i] = looks.Expressions();
  }
  return looks_at;
}

}  // namespace

/// From what was read before to what was read now.
class Kept::Following {
 public:
  /// Forgets of the suite's results what may be otherwise now.
  void Follow(OfSuite& known, const Suite& now) {
    const Suite& before = *std::exchange(known.suite, &now);
    known.scenarios.resize(std::min(known.scenarios.size(), now.scenarios.size()));
    if (!AreLike(before, now)) known.scenarios.clear();
    for (std::size_t i = 0; i < known.scenarios.size(); ++i) {
      One& one = known.scenarios[i];
      one.is_kept = one.is_kept && !one.looks_at.empty() && AreSame(before.scenarios[i], now.scenarios[i]) &&
                    IsUnchanged(before, now, i, one);
      if (!one.is_kept) one = One();
    }
    known.scenarios.resize(now.scenarios.size());
  }

 private:
  static bool AreLike(const Suite& before, const Suite& now) {
    return before.first_row == now.first_row && before.drafts.size() == now.drafts.size() &&
           scenario::IsBeginningOf(*before.vocabulary, *now.vocabulary) &&
           scenario::IsBeginningOf(*now.vocabulary, *before.vocabulary) &&
           llvm::equal(before.totals, now.totals, [](const auto& a, const auto& b) { return AreSame(a, b); });
  }

  /// Whether nothing is changed that the answers look at; what they look at is then said of the drafts of now.
  bool IsUnchanged(const Suite& before, const Suite& now, std::size_t index, One& one) {
    for (const scenario::Asserted& asserted : scenario::AssertedOf(before, index)) {
      const auto& same = Same(*before.drafts[asserted.draft], *now.drafts[asserted.draft]);
      if (!same || same->changed_decisions.test(asserted.decision.Index()) ||
          one.looks_at[asserted.draft].anyCommon(same->changed))
        return false;
    }
    for (std::size_t i = 0; i < now.drafts.size(); ++i) {
      const auto& same = Same(*before.drafts[i], *now.drafts[i]);  // there, where anything of the draft is asked
      llvm::BitVector there(static_cast<unsigned>(now.drafts[i]->draft->exprs.size()));
      for (const unsigned id : one.looks_at[i].set_bits()) there.set(same->in_other[id].Index());
      one.looks_at[i] = std::move(there);
    }
    return true;
  }

  const std::optional<check::Correspondence>& Same(const load::LoadedDraft& before, const load::LoadedDraft& now) {
    const auto [known, is_new] = same_.try_emplace({&before, &now});
    if (is_new) known->second = check::Correspond(*before.draft, *now.draft);
    if (is_new && known->second && !AreAlike(before, now, known->second->changed_options)) known->second.reset();
    return known->second;
  }

  /// Whether each option set chooses as the one in its place did before, but for changed options.
  static bool AreAlike(const load::LoadedDraft& before, const load::LoadedDraft& now, const llvm::BitVector& changed) {
    return llvm::equal(before.option_sets, now.option_sets, [&](const auto& one, const auto& other) {
      return llvm::all_of(llvm::seq<unsigned>(0, changed.size()),
                          [&](unsigned i) { return changed[i] || one[i] == other[i]; });
    });
  }

  std::map<std::pair<const load::LoadedDraft*, const load::LoadedDraft*>, std::optional<check::Correspondence>> same_;
};

const ScenarioResult* Kept::Of(const Suite& suite, std::size_t index) const {
  const auto found = suites_.find(suite.path);
  if (found == suites_.end() || found->second.suite != &suite) return nullptr;
  const One& one = found->second.scenarios[index];
  return one.is_kept ? &one.result : nullptr;
}

void Kept::Add(const Suite& suite, std::size_t index, const ScenarioResult& result) {
  OfSuite& known = suites_[suite.path];
  if (std::exchange(known.suite, &suite) != &suite) known.scenarios.clear();
  known.scenarios.resize(suite.scenarios.size());
  if (result.failures.empty()) known.scenarios[index] = {.is_kept = true, .result = result, .looks_at = {}};
}

void Kept::FindLooks() {
  std::vector<std::pair<const Suite*, std::size_t>> which;
  std::vector<One*> unknown;
  for (auto& [path, known] : suites_) {
    for (std::size_t i = 0; i < known.scenarios.size(); ++i) {
      One& one = known.scenarios[i];
      if (!one.is_kept || !one.looks_at.empty()) continue;
      which.emplace_back(known.suite, i);
      unknown.push_back(&one);
    }
  }
  InParallel(unknown.size(), [&](std::size_t i) { unknown[i]->looks_at = LooksOf(*which[i].first, which[i].second); });
}

void Kept::Follow(llvm::ArrayRef<const Suite*> now) {
  Following following;
  for (const Suite* const suite : now) {
    if (const auto known = suites_.find(suite->path); known != suites_.end()) following.Follow(known->second, *suite);
  }
}

}  // namespace proviso::test
