// draw.h: drawings by Graphviz, whose library is loaded only when something is drawn.
#pragma once

#include <optional>
#include <string>

namespace proviso::cli {

/// A drawing in Graphviz's language as SVG; nothing where the library that draws is not beside the program.
[[nodiscard]] std::optional<std::string> Draw(const std::string& dot);

}  // namespace proviso::cli
