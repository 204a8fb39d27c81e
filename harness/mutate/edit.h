// edit.h: a change to what a draft says, as a change to its syntax tree once all amendments are applied.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "compiler/amend/amend.h"

namespace proviso::mutate {

/// What stands in the place of what. Ids from the tree's number of expressions on are new ones, in order.
struct Edit {
  std::vector<std::pair<syntax::ExprId, syntax::Expr>> exprs;
  std::vector<std::pair<std::size_t, syntax::Declaration>> declarations;     // by index
  std::vector<std::pair<std::size_t, amend::AmendedTree::Settled>> settled;  // by index
  std::vector<std::size_t> touched;  // indices of declarations that this changes, be it through their expressions
};

[[nodiscard]] std::shared_ptr<const amend::AmendedTree> Apply(const amend::AmendedTree& text, const Edit& edit);

/// One line of a declaration before or after.
struct RedlineLine {
  enum class Kind : std::uint8_t { kKept, kOld, kNew } kind = Kind::kKept;
  std::string text;
};

/// What changes of the declarations touched, as the formatter lays them out: the changed lines, and the line that they
/// stand under, where it is not among them.
[[nodiscard]] std::vector<RedlineLine> RedlineOf(const amend::AmendedTree& before, const amend::AmendedTree& after,
                                                 const Edit& edit);

/// Makes an edit piece by piece.
class Editor {
 public:
  explicit Editor(const amend::AmendedTree& text) : text_(text), next_(text.tree.exprs.size()) {}

  /// An expression as it is by now.
  [[nodiscard]] const syntax::Expr& At(syntax::ExprId id) const;
  /// A new one, where `like` stood.
  syntax::ExprId New(syntax::ExprKind kind, const Span& like);
  void Set(syntax::ExprId id, syntax::ExprKind kind);
  /// The declaration, to be changed.
  syntax::Declaration& Declaration(std::size_t index);
  amend::AmendedTree::Settled& Settled(std::size_t index);

  [[nodiscard]] Edit Take(std::vector<std::size_t> touched);

 private:
  const amend::AmendedTree& text_;
  std::size_t next_;
  Edit edit_;
};

}  // namespace proviso::mutate
