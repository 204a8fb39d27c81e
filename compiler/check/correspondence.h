// correspondence.h: which parts of a draft stand in another one unchanged: in a mutant of it, or in what was saved
// next.
#pragma once

#include <llvm/ADT/BitVector.h>

#include <optional>
#include <vector>

#include "compiler/check/checked_draft.h"

namespace proviso::check {

/// Whoever evaluates the first draft and looks at none of `changed`, asking for none of `changed_decisions`, does step
/// by step the same in the second, whatever is chosen for `changed_options`.
struct Correspondence {
  llvm::BitVector changed;            // expressions of the first draft
  llvm::BitVector changed_decisions;  // rules came or went, have another outcome to give, other citations, …
  llvm::BitVector changed_options;    // other alternatives, or another one settled on
  std::vector<ExprId> in_other;       // by expression of the first draft; invalid where the other has none for it
};

/// Of drafts over one vocabulary, whatever its named sets are. Nothing where they differ in the names of their
/// decisions, or what these come to, or in the names of their options. Takes as long as going through both.
[[nodiscard]] std::optional<Correspondence> Correspond(const CheckedDraft& one, const CheckedDraft& other);

}  // namespace proviso::check
