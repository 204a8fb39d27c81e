// compiled.h: decisions that many cases are held against, compiled once for all of them.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <map>
#include <memory>
#include <optional>
#include <set>

#include "compiler/lower/lower.h"
#include "compiler/reference/evaluate.h"
#include "runtime/base/case.h"
#include "runtime/evaluate/walk.h"

namespace proviso::test {

class Compiled {
 public:
  /// All decisions of the case where none is named. Takes as long as building the graph; it knows no decision where
  /// that grows too large.
  Compiled(const std::shared_ptr<const check::CheckedDraft>& draft, llvm::ArrayRef<check::DecisionId> decisions);

  [[nodiscard]] std::optional<evaluate::NodeId> GraphOf(check::DecisionId decision) const;
  [[nodiscard]] const evaluate::Space& InSpace() const { return *lowered_.space; }
  [[nodiscard]] const lower::LoweredDraft& Draft() const { return lowered_.drafts.front(); }

 private:
  lower::Lowered lowered_;
};

/// One case on its way through the graphs of a draft. Several can be under way at once.
class CompiledCase {
 public:
  /// Both must outlive it.
  CompiledCase(const Compiled& compiled, const Case& facts) : compiled_(compiled), walk_(compiled.InSpace(), facts) {}

  /// What the decision comes to, where what is known of the case settles it without the reference evaluator; without
  /// what decided it. Null otherwise. The outcome stays good.
  [[nodiscard]] const reference::Outcome* Of(check::DecisionId decision, const check::OptionSet& options);

 private:
  [[nodiscard]] evaluate::NodeId Follow(evaluate::NodeId node);
  /// Whether all that the case can lead to from the node is one terminal, `end`; `seen`: the nodes that were looked at.
  bool EndsAt(evaluate::NodeId node, const check::OptionSet& options, std::optional<evaluate::NodeId>& end,
              std::set<evaluate::NodeId>& seen);

  const Compiled& compiled_;
  evaluate::Walk walk_;
  std::map<evaluate::NodeId, evaluate::NodeId> followed_;
  std::map<evaluate::NodeId, std::optional<reference::Outcome>> outcomes_;  // by terminal
};

}  // namespace proviso::test
