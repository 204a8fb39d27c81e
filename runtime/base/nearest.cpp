#include "runtime/base/nearest.h"

#include <llvm/ADT/StringRef.h>

#include <algorithm>

namespace proviso {
namespace {

constexpr std::size_t kMaxNameBytes = 100;
constexpr std::size_t kMaxQuotedCharacters = 80;

bool IsContinuationByte(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The bytes of the first `count` characters of `text`.
std::size_t BytesOf(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  while (end < text.size() && (IsContinuationByte(text[end]) || count-- > 0)) ++end;
  return end;
}

/// Whether two neighbouring letters in a row are all that differs: `ambre` for `amber`.
bool IsSwapped(llvm::StringRef one, llvm::StringRef other) {
  if (one.size() != other.size()) return false;
  const auto [at, there] = std::ranges::mismatch(one, other);
  const auto rest = one.end() - at;
  return rest >= 2 && at[0] == there[1] && at[1] == there[0] && one.take_back(rest - 2) == other.take_back(rest - 2);
}

}  // namespace

std::string Nearest(std::string_view name, const std::vector<std::string>& candidates) {
  if (name.size() > kMaxNameBytes) return {};
  const unsigned limit = std::max(1U, static_cast<unsigned>(name.size() / 3));
  unsigned best_distance = limit + 1;
  std::string best;
  for (const std::string& candidate : candidates) {
    const unsigned distance =
        IsSwapped(name, candidate) ? 1 : llvm::StringRef(name).edit_distance_insensitive(candidate, true, limit);
    if (distance >= best_distance) continue;
    best_distance = distance;
    best = candidate;
  }
  return best;
}

std::string Quoted(std::string_view text) {
  const std::size_t end = BytesOf(text, kMaxQuotedCharacters);
  std::string quoted(text.substr(0, end));
  std::ranges::replace_if(quoted, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return "`" + quoted + (end < text.size() ? "…" : "") + "`";
}

}  // namespace proviso
