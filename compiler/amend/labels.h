// labels.h: what reports call the declarations that amendments speak of.
#pragma once

#include <string>
#include <string_view>

#include "compiler/syntax/syntax_tree.h"

namespace proviso::amend {

/// Of a declaration that an amendment names by `word`.
[[nodiscard]] std::string_view KindText(syntax::DeclarationWord word);

/// What reports call a declaration, its name, and the entity it is of.
struct Label {
  syntax::DeclarationWord word = syntax::DeclarationWord::kNone;
  std::string_view kind = "declaration";
  std::string name;
  Span name_span;
  std::string of;
};
[[nodiscard]] Label LabelOf(const syntax::Declaration& declaration);

}  // namespace proviso::amend
