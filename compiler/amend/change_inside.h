// change_inside.h: one change inside a declaration: of a paragraph, a rule, `otherwise` or the way of winning.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "compiler/amend/amend.h"
#include "compiler/amend/import.h"
#include "compiler/amend/labels.h"

namespace proviso::amend {

/// What is being put together, and the draft whose amendments are at hand.
struct Amending {
  AmendedTree& out;
  diagnostics::DiagnosticSink& sink;
  const std::set<syntax::AmendmentId>& left_out;
  const syntax::SyntaxTree* from = nullptr;

  /// A new amendment; nothing where it is to be left out.
  [[nodiscard]] std::optional<syntax::AmendmentId> Record(const Span& span, std::string text);
  [[nodiscard]] Importer Import() { return Importer(*from, out.tree); }
};

/// `target`, of that label, is a term, option or decision of `at.out`; what does not fit it is reported.
void ChangeInside(Amending& at, syntax::Declaration& target, const Label& label, const syntax::Change& change);

}  // namespace proviso::amend
