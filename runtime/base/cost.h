// cost.h: facts that the party can control that the rules speak of.
#pragma once

#include <cstdint>
#include <string_view>

namespace proviso {

/// What it costs to make a fact otherwise: little, much, or no word is said of it.
enum class Cost : std::uint8_t { kCheap, kUnsaid, kCostly };

/// As the language writes it.
[[nodiscard]] constexpr std::string_view ControlToText(Cost cost) {
  constexpr std::string_view kTexts[] = {"controlled cheap", "controlled", "controlled costly"};
  return kTexts[static_cast<std::size_t>(cost)];
}

}  // namespace proviso
