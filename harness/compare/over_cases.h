// over_cases.h: which cases of some suites come to something else under one draft than under another.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "harness/scenario/suite.h"

namespace proviso::compare {

/// What is chosen on both sides: an option that both leave open, with alternatives of the same names, is one.
struct Choices {
  /// Has the open options of both, and nothing else. One that the two do not share is named with its side where the
  /// other has one of its name.
  check::CheckedDraft options;
  std::vector<check::OptionSet> all;
  std::vector<std::array<std::size_t, 2>> sets;  // by choice: the option set of either side
};

/// One outcome that becomes another.
struct ChangeOfCase {
  std::string from, to;              // `prohibited`; `undetermined, prohibited or notifiable`
  std::vector<std::size_t> choices;  // under which, ascending
};

struct ChangedCase {
  const scenario::Suite* suite = nullptr;
  const scenario::Scenario* scenario = nullptr;
  std::vector<ChangeOfCase> changes;
};

/// One decision that both have.
struct DecisionOver {
  std::string name;
  std::size_t cases = 0;
  std::vector<ChangedCase> changed;  // in the order of the suites
};

struct ComparisonOver {
  std::array<std::string, 2> names;  // of the sides
  Choices choices;
  std::vector<DecisionOver> decisions;
};

/// More pairs of option sets than this are not held against each other.
inline constexpr std::size_t kMaxPairs = 20'000;

/// A draft, with the option sets that are looked at, and what it is called.
struct SideOver {
  load::LoadedDraft draft;
  std::string name;
};

/// The cases are of both drafts' vocabularies; the pairs of option sets are no more than `kMaxPairs`. `decision`: only
/// that; all where it is empty. No choice where no option set of the one goes with one of the other. `progress`: told
/// how many of how many cases are done.
[[nodiscard]] ComparisonOver CompareOver(const std::array<SideOver, 2>& sides,
                                         llvm::ArrayRef<const scenario::Suite*> suites, const std::string& decision,
                                         llvm::function_ref<void(std::size_t, std::size_t)> progress);

}  // namespace proviso::compare
