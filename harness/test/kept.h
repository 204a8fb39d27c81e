// kept.h: what scenarios came to in a run before, for as long as nothing has changed that it turns on.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/BitVector.h>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "harness/scenario/suite.h"
#include "harness/test/run_scenario.h"

namespace proviso::test {

/// Of scenarios that passed. A run asks and adds (`RunOptions::kept`); between two runs, what turns on a change is
/// forgotten (`Follow`), for which it is found what answers turn on (`FindLooks`), at leisure.
class Kept {
 public:
  /// What the scenario came to; null where it has to be run.
  [[nodiscard]] const ScenarioResult* Of(const scenario::Suite& suite, std::size_t index) const;

  /// The suite must outlive this, or be followed by another one of its path. Nothing is kept of one that failed.
  void Add(const scenario::Suite& suite, std::size_t index, const ScenarioResult& result);

  /// Finds what the answers look at that were added since this was last called, on all processors. Takes about as long
  /// as running those scenarios.
  void FindLooks();

  /// The suites have been read anew, from other texts perhaps, with other drafts. Of suites of the same paths, kept is
  /// what stands at the same place with the same facts and expectations, and looks at nothing that another draft has
  /// otherwise. Those of other paths are let be.
  void Follow(llvm::ArrayRef<const scenario::Suite*> now);

 private:
  struct One {
    bool is_kept = false;
    ScenarioResult result;
    std::vector<llvm::BitVector> looks_at;  // by draft of the suite, its expressions; empty where they are not known
  };
  struct OfSuite {
    const scenario::Suite* suite = nullptr;
    std::vector<One> scenarios;
  };
  class Following;
  std::map<std::string, OfSuite> suites_;  // by path
};

}  // namespace proviso::test
