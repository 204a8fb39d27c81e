#include "harness/cover/expected.h"

#include <llvm/ADT/STLExtras.h>

namespace proviso::cover {

using scenario::Suite;

std::vector<Asserted> AssertedOf(const Suite& suite, std::size_t scenario, std::size_t draft) {
  std::vector<Asserted> asserted = scenario::AssertedOf(suite, scenario);
  std::erase_if(asserted, [&](const Asserted& one) { return one.draft != draft; });
  return asserted;
}

std::vector<Expected> ExpectedOf(llvm::ArrayRef<const Suite*> suites) {
  std::vector<Expected> all;
  for (const Suite* const suite : suites) {
    for (std::size_t i = 0; i < suite->scenarios.size(); ++i) {
      for (std::size_t d = 0; d < suite->drafts.size(); ++d) {
        std::vector<Asserted> asserted = AssertedOf(*suite, i, d);
        if (asserted.empty()) continue;
        auto found = llvm::find_if(all, [&](const Expected& one) { return one.draft == suite->drafts[d]; });
        if (found == all.end()) found = all.insert(all.end(), {suite->drafts[d], {}});
        found->scenarios.emplace_back(&suite->scenarios[i], std::move(asserted));
      }
    }
  }
  return all;
}

void ObserveExpected(const load::LoadedDraft& draft, const OptionsBehind& behind, const scenario::Scenario& scenario,
                     llvm::ArrayRef<Asserted> asserted, Exercised& exercised) {
  Observer observer(*draft.draft, behind, scenario.facts, scenario.name, exercised);
  for (const Asserted& one : asserted) {
    for (const std::size_t set : *one.option_sets) observer.Observe(one.decision, draft.option_sets[set]);
  }
}

}  // namespace proviso::cover
