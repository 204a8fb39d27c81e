// guesses.h: cases that the graphs alone lead to, without a solver.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <functional>
#include <optional>
#include <vector>

#include "compiler/lower/occurs.h"
#include "runtime/graph/common_path.h"

namespace proviso::lower {

/// Facts are chosen on a common path of the functions; what is made of several of them comes out as it does, mostly as
/// in the case before.
class Guesses {
 public:
  /// `asked`, `is_shown`: as for `Occurs`, the latter not asked of what breaks an assumption.
  Guesses(Lowered& lowered, llvm::ArrayRef<graph::AnyOf> asked, llvm::function_ref<bool(const Witness&)> is_shown);

  /// From a case of nothing, and from those that were hard to find before.
  [[nodiscard]] Occurrence Run();

  /// From this case, of which what is made of several facts is kept.
  [[nodiscard]] Occurrence Like(const Case& facts);

  /// Whether a case in keeping with the assumptions was none that is asked for.
  [[nodiscard]] bool WasRefused() const { return was_refused_; }
  /// Whether some path was not found in the steps allowed.
  [[nodiscard]] bool HasGivenUp() const { return has_given_up_; }

 private:
  /// What is made of several facts is as it is when they are empty, no and 0: always, if that can be, or wherever it
  /// may.
  enum class Start : std::uint8_t { kOfNothing, kRatherOfNothing, kAny };
  using Choose = std::function<std::optional<graph::CellChoice>(evaluate::VariableId)>;

  [[nodiscard]] std::optional<graph::CellChoice> ChoiceAt(Start start, evaluate::VariableId variable);
  [[nodiscard]] Occurrence From(graph::CommonPath path, const Case* like = nullptr);
  /// The path's case with facts changed so that sums and differences, of facts that are always there, are as it asks;
  /// nothing where they are, or cannot be.
  [[nodiscard]] std::optional<Witness> WithSums(const Witness& witness, const graph::Tests& path);
  /// A case for which the condition, of numbers and dates alone, holds.
  [[nodiscard]] std::optional<Case> Solved(evaluate::NodeId condition);
  [[nodiscard]] graph::CommonPath Path(llvm::function_ref<std::optional<graph::CellChoice>(evaluate::VariableId)>);
  [[nodiscard]] Choose AsIn(const Case& facts);
  [[nodiscard]] bool IsFree(evaluate::VariableId variable);
  [[nodiscard]] bool IsSum(evaluate::VariableId variable);

  Lowered& lowered_;
  evaluate::Space& space_;
  std::vector<graph::AnyOf> all_;  // within assumptions and constraints
  llvm::function_ref<bool(const Witness&)> is_shown_;
  bool was_refused_ = false;
  bool has_given_up_ = false;
  llvm::DenseMap<unsigned, bool> free_;
  llvm::DenseMap<unsigned, bool> sums_;
};

/// Of a condition, from a case that was none after all: what formulas leave open came out otherwise.
[[nodiscard]] Occurrence GuessLike(Lowered& lowered, evaluate::NodeId condition, const Case& facts,
                                   llvm::function_ref<bool(const Witness&)> is_shown);

}  // namespace proviso::lower
