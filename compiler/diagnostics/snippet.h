// snippet.h: one source line as a terminal shows it, with carets under a part of it.
#pragma once

#include <string>
#include <string_view>

namespace proviso::diagnostics {

/// A line made fit to show, and the underline that goes below it.
struct Snippet {
  std::string line;       // tabs as spaces, control characters replaced, cut with `…` where it was too long
  std::string underline;  // spaces, then one or more `^`
};

/// Underlines the bytes [begin, end) of `line`, at least one column. Beyond 160 characters the line is cut around
/// `begin`; the cost does not depend on how much is cut.
[[nodiscard]] Snippet MakeSnippet(std::string_view line, std::size_t begin, std::size_t end);

/// `text` for a terminal: one line without control characters, cut with `…` after `max_characters`.
[[nodiscard]] std::string Printable(std::string_view text, std::size_t max_characters);

}  // namespace proviso::diagnostics
