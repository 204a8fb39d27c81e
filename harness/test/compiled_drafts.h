// compiled_drafts.h: which drafts are worth compiling for the cases that are to be asked of them.
#pragma once

#include <cstddef>
#include <map>
#include <memory>

#include "compiler/load/workspace.h"
#include "harness/test/compiled.h"

namespace proviso::test {

class CompiledDrafts {
 public:
  /// That the decision is going to be asked so many times: of each case under each option set.
  void Expect(const load::LoadedDraft& draft, check::DecisionId decision, std::size_t times) {
    asked_[&draft][decision] += times;
  }

  /// Compiles what is asked so often that asking the reference evaluator would take longer than making the graph.
  void Compile();

  /// Null where it was not worth it.
  [[nodiscard]] const Compiled* Of(const load::LoadedDraft& draft) const;

 private:
  std::map<const load::LoadedDraft*, std::map<check::DecisionId, std::size_t>> asked_;
  std::map<const load::LoadedDraft*, std::unique_ptr<const Compiled>> compiled_;
};

}  // namespace proviso::test
