// paragraphs.h: the items of a declaration's lists of conditions, found by citation.
#pragma once

#include <string>
#include <vector>

#include "compiler/syntax/syntax_tree.h"
#include "runtime/base/citation.h"

namespace proviso::amend {

/// One item and where it stands.
struct Paragraph {
  syntax::ExprId list;  // the ConditionList that holds it
  std::size_t index;    // in that list's items
  Citation cite;        // its own, in full
};

/// All cited items at and below `root`, in the order of the text. `enclosing`: the declaration's own citation.
[[nodiscard]] std::vector<Paragraph> FindParagraphs(const syntax::SyntaxTree& tree, syntax::ExprId root,
                                                    const Citation& enclosing);

/// The lists of conditions at and below `root` that no item of another list holds.
[[nodiscard]] std::vector<syntax::ExprId> OutermostLists(const syntax::SyntaxTree& tree, syntax::ExprId root);

/// The full citation that a piece's first citation makes inside `enclosing`; `enclosing` where it has none.
[[nodiscard]] Citation FirstCitation(const std::vector<syntax::CitationText>& cites, const Citation& enclosing);

}  // namespace proviso::amend
