// generate.h: new cases for a criterion, on top of what suites have already.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/cover/cover.h"

namespace proviso::generate {

/// What is to be covered; of `cover` the kinds that belong to it.
enum class Criterion : std::uint8_t {
  kMcdc,        // every condition both ways, and deciding alone
  kThresholds,  // every threshold from both sides and at it
  kRules,       // every rule and exception firing, not firing, blocked
};

struct NewCase {
  std::string name;                          // what it tests: `§850.224(d)(2): layers at least 128, exactly at`
  std::string source;                        // a paragraph; may be empty
  Case facts;                                // what matters, and what it takes for an outcome
  std::vector<check::DecisionId> decisions;  // that have an outcome
  std::optional<std::size_t> background;     // of `Generated::backgrounds`
};

struct Generated {
  std::vector<NewCase> cases;
  std::vector<std::pair<std::string, Case>> backgrounds;  // of the suites, that fit the draft
  cover::DraftCoverage before;                            // of the criterion's kinds alone
  /// With the new cases; of what is then still missing it is said whether it can be.
  cover::DraftCoverage after;
};

/// As few cases as were found: each meets something that neither the suites nor the others do. The same for the same
/// input. `on_goal` is told how many situations are done, and of how many.
[[nodiscard]] Generated Generate(const load::LoadedDraft& draft, Criterion criterion,
                                 llvm::ArrayRef<const scenario::Suite*> suites,
                                 llvm::function_ref<void(std::size_t, std::size_t)> on_goal);

}  // namespace proviso::generate
