// matter.h: which facts of a case bring functions to where they come in it.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <vector>

#include "compiler/lower/lower.h"
#include "compiler/lower/witness.h"
#include "runtime/graph/common_path.h"

namespace proviso::lower {

/// Whether each of `asked` comes out in the case under its option sets, or only the reference evaluator can say.
[[nodiscard]] bool ComeOut(const Lowered& lowered, llvm::ArrayRef<graph::AnyOf> asked, const Witness& witness);

/// The facts behind the tests that bring each of `asked` out, so many of these that no other can be left out: whatever
/// the other tests came to, each would come out. What is made of several facts is left out first; where it is as it is
/// when they are empty, no and 0, only those that are not are named; of the elements of lists those that `witness`
/// names already where they are enough, else all that is asked of them, or the list itself where nothing is. In the
/// order of the graph; none where one of `asked` does not come out.
[[nodiscard]] std::vector<reference::MissingFact> MatterOf(Lowered& lowered, llvm::ArrayRef<graph::AnyOf> asked,
                                                           const Witness& witness);

}  // namespace proviso::lower
