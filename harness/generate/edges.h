// edges.h: cases that take the edges of the decision graphs.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <vector>

#include "harness/cover/cover.h"

namespace proviso::generate {

struct EdgeCase {
  std::size_t decision;  // index into DraftCoverage::edges; the one that is expected
  std::size_t edge;      // one that no other case takes
  Case facts;            // complete
};

struct EdgesGenerated {
  std::vector<EdgeCase> cases;
  std::size_t scenarios = 0;  // of the suites, that expect something of the draft
  cover::DraftCoverage::Share before;
  /// Edges alone, with the new cases; of what is still missing it is said whether it can be, where it was asked.
  cover::DraftCoverage after;
};

/// As few cases as were found: each takes an edge that neither the suites' scenarios nor the others do, of the graph of
/// one decision of the case, under all option sets. Of each decision up to `cover::kMaxEdgesAsked` edges are asked for;
/// one case takes many. `on_edge`: told how many edges were asked for, by one thread at a time.
[[nodiscard]] EdgesGenerated GenerateEdges(const load::LoadedDraft& draft,
                                           llvm::ArrayRef<const scenario::Suite*> suites,
                                           llvm::function_ref<void(std::size_t)> on_edge);

}  // namespace proviso::generate
