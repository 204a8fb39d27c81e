#include "compiler/amend/paragraphs.h"

#include "compiler/amend/import.h"

namespace proviso::amend {
namespace {

using syntax::ConditionItem;
using syntax::ConditionList;
using syntax::ExprId;

void Collect(const syntax::SyntaxTree& tree, ExprId id, const Citation& enclosing, std::vector<Paragraph>& found) {
  syntax::Expr expr = tree[id];
  const auto* list = std::get_if<ConditionList>(&expr.kind);
  if (list == nullptr) {
    ForEachChild(expr, [&](ExprId child) { Collect(tree, child, enclosing, found); });
    return;
  }
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const ConditionItem& item = list->items[i];
    const Citation cite = FirstCitation(item.cites, enclosing);
    if (!item.cites.empty()) found.push_back({id, i, cite});
    if (item.condition.IsValid()) Collect(tree, item.condition, cite, found);
  }
}

}  // namespace

Citation FirstCitation(const std::vector<syntax::CitationText>& cites, const Citation& enclosing) {
  for (const syntax::CitationText& cite : cites)
    return cite.is_quoted ? Citation{cite.text} : ResolveCitation(enclosing, cite.text);
  return enclosing;
}

std::vector<Paragraph> FindParagraphs(const syntax::SyntaxTree& tree, ExprId root, const Citation& enclosing) {
  std::vector<Paragraph> found;
  if (root.IsValid()) Collect(tree, root, enclosing, found);
  return found;
}

std::vector<ExprId> OutermostLists(const syntax::SyntaxTree& tree, ExprId root) {
  std::vector<ExprId> lists;
  if (!root.IsValid()) return lists;
  syntax::Expr expr = tree[root];
  if (std::holds_alternative<ConditionList>(expr.kind)) return {root};
  ForEachChild(expr, [&](ExprId child) {
    for (const ExprId list : OutermostLists(tree, child)) lists.push_back(list);
  });
  return lists;
}

}  // namespace proviso::amend
