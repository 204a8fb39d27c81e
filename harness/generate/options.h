// options.h: cases that tell the option sets of a draft apart.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <string>
#include <vector>

#include "harness/scenario/suite.h"
#include "harness/sweep/strictness.h"

namespace proviso::generate {

struct OptionCase {
  std::string name;                          // `permit: crowd small or large makes a difference`
  Case facts;                                // complete
  std::vector<check::DecisionId> decisions;  // that tell apart what no other case does
};

/// Of one decision: pairs of classes of option sets (sweep::Class), which are not the same.
struct PairsOf {
  sweep::Strictness found;
  std::size_t pairs = 0;
  std::size_t before = 0;       // told apart by what the suites expect
  std::size_t after = 0;        // with the new cases
  std::size_t not_settled = 0;  // neither proved to be the same nor told apart by a case
};

struct OptionsGenerated {
  std::vector<OptionCase> cases;
  std::vector<PairsOf> decisions;
};

/// As few cases as were found, each with an outcome under both of two option sets, and not the same. `progress`: told
/// how many of how many questions of a decision are settled.
[[nodiscard]] OptionsGenerated GenerateOptions(const load::LoadedDraft& draft,
                                               llvm::ArrayRef<const scenario::Suite*> suites,
                                               llvm::function_ref<void(std::size_t, std::size_t)> progress);

}  // namespace proviso::generate
