// common_path.h: one way on which several functions come to what is wanted of each, found without making a function of
// them all.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>
#include <llvm/ADT/SmallVector.h>

#include <cstdint>

#include "runtime/graph/graph.h"
#include "runtime/graph/smallest.h"

namespace proviso::graph {

/// The function comes to the terminal.
struct Comes {
  NodeId function;
  NodeId terminal;
};

/// At least one of them does.
using AnyOf = llvm::SmallVector<Comes, 1>;

struct CommonPath {
  enum class Verdict : std::uint8_t {
    kFound,    // `tests` lead each of them there
    kNone,     // no values do: all ways were gone
    kGivenUp,  // after `max_steps`
  } verdict = Verdict::kGivenUp;
  Tests tests;
};

/// What is said of a variable's cells: one that is tried before the others, or the only one.
struct CellChoice {
  std::size_t cell = 0;
  bool is_only = false;
};

/// Goes down all the functions at once, depth first; of a variable's cells, that of `choose` first, if it names one,
/// and the others in order. What was found to lead nowhere is not gone again, so that it takes at most the product of
/// the sizes, and mostly far less.
[[nodiscard]] CommonPath FindCommonPath(const Graph& graph, llvm::ArrayRef<AnyOf> all,
                                        llvm::function_ref<std::optional<CellChoice>(VariableId)> choose,
                                        std::size_t max_steps = ~std::size_t{0});

}  // namespace proviso::graph
