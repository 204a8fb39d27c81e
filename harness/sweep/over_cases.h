// over_cases.h: what the cases of some suites come to under every option set of a draft, and at which values of its
// numeric options that would become something else.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <string>
#include <vector>

#include "harness/scenario/suite.h"
#include "harness/sweep/break_even.h"

namespace proviso::sweep {

/// Option sets under which every case comes to the same.
struct Group {
  std::vector<check::OptionSet> option_sets;
  std::vector<std::size_t> counts;  // of cases, by column
};

struct SweptCase {
  const scenario::Suite* suite = nullptr;
  const scenario::Scenario* scenario = nullptr;
  /// By group: the outcome in full (`undetermined, prohibited or notifiable`), and the column that it counts in.
  std::vector<std::string> outcomes;
  std::vector<std::size_t> columns;
  std::vector<check::OptionId> changed_by;  // each by itself, under some choice of the others
  std::vector<BreakEven> break_even;        // by option of `OverCases::options`
};

/// One decision.
struct SweptDecision {
  check::DecisionId decision;
  std::vector<std::string> columns;  // outcomes, strongest first (test::OutcomeColumns)
  std::vector<Group> groups;         // disjoint, together all option sets; most in the first columns first
  std::vector<SweptCase> cases;      // those that an option changes first, else in the order of the suites
  std::size_t changed = 0;           // how many these are
};

struct OverCases {
  const load::LoadedDraft* draft = nullptr;
  std::vector<OptionValues> options;       // those asked for break-even; settled ones are too
  std::vector<check::OptionId> not_asked;  // numbers and dates of which no other value can be asked
  std::vector<SweptDecision> decisions;
};

/// More option sets than this make no table, and take too long to be described.
inline constexpr std::size_t kMaxOptionSets = 20'000;

/// The suites' vocabulary must begin with that of the draft, which has no more than `kMaxOptionSets`: those that
/// belong to all of `chosen`. `progress`: told how many of how many cases are done, by
/// one thread at a time.
[[nodiscard]] OverCases SweepCases(const load::LoadedDraft& draft, llvm::ArrayRef<const scenario::Suite*> suites,
                                   llvm::ArrayRef<check::DecisionId> decisions,
                                   llvm::ArrayRef<lower::OptionProduct> chosen,
                                   llvm::function_ref<void(std::size_t, std::size_t)> progress);

}  // namespace proviso::sweep
