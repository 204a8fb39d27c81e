#include "compiler/reference/written.h"

#include "compiler/format/format.h"

namespace proviso::reference {

std::string Written(const check::CheckedDraft& draft, const check::Expr& expr) {
  if (!draft.text || !expr.text.IsValid()) return "";
  const syntax::SyntaxTree& tree = draft.text->tree;
  if (expr.text.Index() >= tree.exprs.size() || tree[expr.text].span.file != expr.span.file) return "";
  return format::ExprToText(tree, expr.text);
}

}  // namespace proviso::reference
