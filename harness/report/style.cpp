#include "harness/report/style.h"

#include <fmt/core.h>

#include <algorithm>

#include "llvm/Support/JSON.h"
#include "llvm/Support/Unicode.h"

namespace proviso::report {
namespace {

std::string_view Escape(Ink ink) {
  switch (ink) {
    case Ink::kPlain:
      return "";
    case Ink::kStrong:
      return "\x1b[1m";
    case Ink::kGood:
      return "\x1b[32m";
    case Ink::kBad:
      return "\x1b[31m";
    case Ink::kFaint:
      return "\x1b[2m";
  }
  return "";
}

std::string Blanks(std::string_view text, std::size_t width) {
  const std::size_t columns = Columns(text);
  return std::string(columns < width ? width - columns : 0, ' ');
}

}  // namespace

std::string Style::Paint(Ink ink, std::string_view text) const {
  if (!colour || ink == Ink::kPlain || text.empty()) return std::string(text);
  return fmt::format("{}{}\x1b[0m", Escape(ink), text);
}

std::size_t Columns(std::string_view text) {
  const int columns = llvm::sys::unicode::columnWidthUTF8(text);
  return columns < 0 ? text.size() : static_cast<std::size_t>(columns);
}

std::string Padded(std::string_view text, std::size_t width) { return std::string(text) + Blanks(text, width); }

std::string PaddedLeft(std::string_view text, std::size_t width) { return Blanks(text, width) + std::string(text); }

std::string Counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string CountText(const Exact& count) {
  constexpr std::size_t kAllDigits = 36;
  std::string digits = count.ToPlainText();
  if (digits.size() <= kAllDigits) return digits;
  return fmt::format("about {}.{} × 10^{}", digits.substr(0, 1), digits.substr(1, 3), digits.size() - 1);
}

std::string Joined(const std::vector<std::string>& words, std::string_view last_word) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 < words.size() ? ", " : fmt::format(" {} ", last_word);
    text += words[i];
  }
  return text;
}

std::string Indented(std::string_view text, std::size_t width) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    const std::string_view line = text.substr(0, end + 1);
    if (line != "\n") result.append(width, ' ');
    result += line;
    text.remove_prefix(end + 1);
  }
  return result;
}

std::string AsUtf8(std::string_view text) {
  return llvm::json::isUTF8(text) ? std::string(text) : llvm::json::fixUTF8(text);
}

}  // namespace proviso::report
