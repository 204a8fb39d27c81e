// assumptions.h: what the vocabularies of drafts that are lowered together assume of every case.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <memory>
#include <optional>
#include <vector>

#include "compiler/lower/lists.h"
#include "compiler/lower/lower.h"
#include "compiler/lower/lowerer.h"
#include "compiler/lower/survey.h"

namespace proviso::lower {

/// Of all drafts; those over one vocabulary have the same, which are taken once.
class Assumptions {
 public:
  Assumptions(llvm::ArrayRef<std::unique_ptr<Lowerer>> lowerers, Space& space, Lists& lists)
      : lowerers_(lowerers), space_(space), lists_(lists) {}

  /// Finds the places that they are of: those that the drafts look at.
  void Find();
  /// `surveys`: of each draft.
  void VisitWith(std::vector<Survey>& surveys) const;
  /// Adds them to `lowered`, and tells the lists of those of elements.
  void Lower(Lowered& lowered);

 private:
  struct Found {
    std::size_t draft;
    PlaceId place;
    check::ExprId condition;
  };

  /// Of each draft those that stand in no vocabulary of one before it.
  [[nodiscard]] std::vector<std::vector<const check::Assumption*>> ByDraft() const;
  [[nodiscard]] Scope At(std::size_t draft, PlaceId place) const;
  [[nodiscard]] std::optional<PlaceId> ElementAbove(PlaceId place) const;
  [[nodiscard]] NodeId IsAbsent(PlaceId place) const;
  [[nodiscard]] bool IsOfElement(NodeId condition, PlaceId element) const;
  void AddOfElement(Lowered& lowered, PlaceId element, NodeId holds);

  llvm::ArrayRef<std::unique_ptr<Lowerer>> lowerers_;
  Space& space_;
  Lists& lists_;
  std::vector<Found> found_;
};

/// Whether the case is in keeping with what the vocabularies of all drafts assume.
[[nodiscard]] bool KeepsAssumptions(const Lowered& lowered, const Case& facts);

}  // namespace proviso::lower
