// nearest.h: what the author may have meant, and how to quote what was written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace proviso {

/// The candidate nearest to `name` by edit distance without regard to case (at most a third of its length, at
/// least one; two neighbouring letters swapped count as one), or empty. Ties go to the first candidate. Names of over
/// 100 bytes have none: it would take long.
[[nodiscard]] std::string Nearest(std::string_view name, const std::vector<std::string>& candidates);

/// `text` in backticks for a message: on one line, and cut with `…` after 80 characters.
[[nodiscard]] std::string Quoted(std::string_view text);

}  // namespace proviso
