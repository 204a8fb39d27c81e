// edit.h: changes to a text, by the places of what is changed; all else stays as it is, to the byte.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace proviso::bless {

/// The bytes from `begin` up to `end` become `text`.
struct Edit {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string text;
  auto operator<=>(const Edit&) const = default;
};

/// The text with all edits made; insertions at one place in the order given, and the same edit twice made once. Nothing
/// where two overlap.
[[nodiscard]] std::optional<std::string> Edited(std::string_view text, std::vector<Edit> edits);

}  // namespace proviso::bless
