// span.h: a place in a source text. Lines and columns are made from it in compiler/source only.
#pragma once

#include <cstdint>

#include "runtime/base/ids.h"

namespace proviso {

using FileId = Id<struct FileTag>;

/// Bytes [begin, end) of a file. A default span is nowhere.
struct Span {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  auto operator<=>(const Span&) const = default;
};

/// From the start of `first` to the end of `last`, which are in one file.
[[nodiscard]] constexpr Span Join(const Span& first, const Span& last) { return {first.file, first.begin, last.end}; }

}  // namespace proviso
