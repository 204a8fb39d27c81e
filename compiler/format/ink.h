// ink.h: where comments and empty lines stand in a text, said in a way that outlives a new layout.
//
// Ink is everything but blanks, comments, commas and the `_` that groups digits; a string counts as one. A new layout
// changes blanks, the commas after last items and the grouping of digits only, so that the n-th piece of ink of the
// old text is the n-th of the new.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/syntax/syntax_tree.h"

namespace proviso::format {

[[nodiscard]] std::uint32_t InkLength(std::string_view text);

struct PlacedComment {
  std::string_view text;
  std::uint32_t ink = 0;      // how much ink stands before it
  bool own_line = false;      // else it follows something on its line
  bool blank_before = false;  // after an empty line
};

/// What a text has between its tokens.
struct Trivia {
  std::vector<PlacedComment> comments;           // in the order of the text
  std::vector<std::uint32_t> ink_after_blank;    // ink with an empty line right before it, ascending
  std::vector<std::uint32_t> offsets_after_gap;  // bytes of `text` after an empty line or a comment's own line

  [[nodiscard]] bool HasBlankBefore(std::uint32_t ink) const;
  [[nodiscard]] bool HasGapBefore(std::uint32_t offset) const;
};

/// `text` is the one that `comments` are of; both outlive the result.
[[nodiscard]] Trivia ReadTrivia(std::string_view text, const std::vector<syntax::Comment>& comments);

}  // namespace proviso::format
