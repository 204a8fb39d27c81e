// citation.h: the paragraph of the law that a piece of a draft stands for.
#pragma once

#include <string>
#include <string_view>

namespace proviso {

/// A full citation: `§850.224(k)(1)`, or another source in its own words (`89 FR 55873`).
struct Citation {
  std::string text;

  auto operator<=>(const Citation&) const = default;

  /// `§850.224(k)` encloses `§850.224(k)(1)` and itself, not `§850.224`.
  [[nodiscard]] bool Encloses(const Citation& inner) const;
};

/// Whether `text` continues another citation: `§(b)`.
[[nodiscard]] bool IsRelativeCitation(std::string_view text);

/// `§850.221` and `§(b)` give `§850.221(b)`. An absolute `text` is itself.
[[nodiscard]] Citation ResolveCitation(const Citation& enclosing, std::string_view text);

}  // namespace proviso
