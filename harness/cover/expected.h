// expected.h: what suites expect of each draft, as what is to be gone through.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <utility>
#include <vector>

#include "harness/cover/observer.h"
#include "harness/scenario/asserted.h"

namespace proviso::cover {

using scenario::Asserted;

/// What all suites expect of one draft.
struct Expected {
  const load::LoadedDraft* draft;
  std::vector<std::pair<const scenario::Scenario*, std::vector<Asserted>>> scenarios;
};

/// What one scenario of the suite, by its index, expects of one of its drafts, by that one's; totals of the table it
/// is a row of with it.
[[nodiscard]] std::vector<Asserted> AssertedOf(const scenario::Suite& suite, std::size_t scenario, std::size_t draft);

/// By draft, in the order of the suites; those of which nothing is expected are left out.
[[nodiscard]] std::vector<Expected> ExpectedOf(llvm::ArrayRef<const scenario::Suite*> suites);

/// Adds what the scenario exercises of the draft.
void ObserveExpected(const load::LoadedDraft& draft, const OptionsBehind& behind, const scenario::Scenario& scenario,
                     llvm::ArrayRef<Asserted> asserted, Exercised& exercised);

}  // namespace proviso::cover
