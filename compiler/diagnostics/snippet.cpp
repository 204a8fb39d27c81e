#include "compiler/diagnostics/snippet.h"

#include <llvm/ADT/StringRef.h>
#include <llvm/Support/Unicode.h>

#include <algorithm>

namespace proviso::diagnostics {
namespace {

constexpr std::size_t kMaxCharacters = 160;
constexpr std::size_t kCharactersBefore = 70;
constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kTab = "    ";
constexpr std::string_view kReplacement = "\uFFFD";

bool IsContinuationByte(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The start of the character `count` before the one at `at`, or the start of `text`.
std::size_t StepBack(std::string_view text, std::size_t at, std::size_t count) {
  while (at > 0 && count > 0) {
    --at;
    if (!IsContinuationByte(text[at])) --count;
  }
  return at;
}

/// The start of the character `count` after the one at `at`, or the end of `text`.
std::size_t StepForward(std::string_view text, std::size_t at, std::size_t count) {
  while (at < text.size() && count > 0) {
    ++at;
    if (at == text.size() || !IsContinuationByte(text[at])) --count;
  }
  return at;
}

/// One character as shown, and the columns it takes.
struct Cell {
  std::string_view shown;
  std::size_t width;
};

Cell ShowCharacter(std::string_view character) {
  if (character == "\t") return {kTab, kTab.size()};
  const int width = llvm::sys::unicode::columnWidthUTF8(character);
  return width < 0 ? Cell{kReplacement, 1} : Cell{character, static_cast<std::size_t>(width)};
}

/// The part of a line that is shown.
struct Window {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Window ChooseWindow(std::string_view line, std::size_t focus) {
  if (StepForward(line, 0, kMaxCharacters) == line.size()) return {0, line.size()};
  const std::size_t begin = StepBack(line, focus, kCharactersBefore);
  return {begin, StepForward(line, begin, kMaxCharacters)};
}

}  // namespace

Snippet MakeSnippet(std::string_view line, std::size_t begin, std::size_t end) {
  begin = std::min(begin, line.size());
  end = std::clamp(end, begin, line.size());
  const Window window = ChooseWindow(line, begin);
  const bool is_cut_before = window.begin > 0;
  Snippet snippet{std::string(is_cut_before ? kEllipsis : ""), std::string(is_cut_before ? 1 : 0, ' ')};
  for (std::size_t at = window.begin; at < window.end;) {
    const std::size_t next = StepForward(line, at, 1);
    const Cell cell = ShowCharacter(line.substr(at, next - at));
    snippet.line += cell.shown;
    if (at < begin) snippet.underline.append(cell.width, ' ');
    if (at >= begin && at < end) snippet.underline.append(cell.width, '^');
    at = next;
  }
  if (!snippet.underline.ends_with('^')) snippet.underline += '^';
  if (window.end < line.size()) snippet.line += kEllipsis;
  return snippet;
}

std::string Printable(std::string_view text, std::size_t max_characters) {
  const std::size_t end = StepForward(text, 0, max_characters);
  std::string shown;
  for (std::size_t at = 0; at < end;) {
    const std::size_t next = StepForward(text, at, 1);
    const std::string_view character = text.substr(at, next - at);
    shown += character == "\n" || character == "\t" ? " " : ShowCharacter(character).shown;
    at = next;
  }
  if (end < text.size()) shown += kEllipsis;
  return shown;
}

}  // namespace proviso::diagnostics
