// style.h: how a text for people is put together: colour, columns, counted words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/exact.h"

namespace proviso::report {

enum class Ink : std::uint8_t { kPlain, kStrong, kGood, kBad, kFaint };

/// Whether a text is coloured; without colour it has no escape sequences at all.
struct Style {
  bool colour = false;

  [[nodiscard]] std::string Paint(Ink ink, std::string_view text) const;
};

/// `text` filled up with blanks to `width` terminal columns (cut never).
[[nodiscard]] std::string Padded(std::string_view text, std::size_t width);

/// As `Padded`, with the blanks in front: for figures.
[[nodiscard]] std::string PaddedLeft(std::string_view text, std::size_t width);

/// How many terminal columns `text` takes.
[[nodiscard]] std::size_t Columns(std::string_view text);

/// `1 error`, `2 errors`. For nouns whose plural is made with an s.
[[nodiscard]] std::string Counted(std::size_t count, std::string_view noun);

/// Every digit of a count of up to 36; of a larger one the first four, `about 1.263 × 10^330`.
[[nodiscard]] std::string CountText(const Exact& count);

/// `a`, `a or b`, `a, b or c`.
[[nodiscard]] std::string Joined(const std::vector<std::string>& words, std::string_view last_word);

/// `text` with every line moved right by `width` blanks; empty lines stay empty.
[[nodiscard]] std::string Indented(std::string_view text, std::size_t width);

/// `text` where it is UTF-8, else with what is not replaced: paths on a command line can be any bytes.
[[nodiscard]] std::string AsUtf8(std::string_view text);

}  // namespace proviso::report
