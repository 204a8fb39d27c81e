// choose.h: a few of many cases.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/BitVector.h>

#include <vector>

namespace proviso::generate {

/// One of the cases, and what it was chosen for.
struct Chosen {
  std::size_t found;
  std::vector<unsigned> goals;
};

/// `found`: which goals each case meets. The case that meets the most that is still wanted, again and again (V.
/// Chvátal, A Greedy Heuristic for the Set-Covering Problem, 1979); then those left out whose goals others meet. What
/// no case meets stays so.
[[nodiscard]] std::vector<Chosen> Choose(llvm::ArrayRef<llvm::BitVector> found, llvm::BitVector wanted);

}  // namespace proviso::generate
