#include "harness/report/lines.h"

#include <fmt/format.h>

#include <algorithm>

namespace proviso::report {
namespace {

using reference::Explanation;

/// Citations and remarks stand beside the text at one column, unless the text itself is longer than this.
constexpr std::size_t kWidestText = 76;
bool IsRule(Explanation::Kind kind) {
  return kind == Explanation::Kind::kRule || kind == Explanation::Kind::kException;
}

}  // namespace

std::string CitesText(const std::vector<Citation>& cites) {
  std::string joined;
  for (auto cite = cites.begin(); cite != cites.end(); ++cite) {
    if (std::find(cites.begin(), cite, *cite) == cite) joined += (joined.empty() ? "" : ", ") + cite->text;
  }
  return joined;
}

std::string WithTwoBlanks(const std::string& first, const std::string& second) {
  return first.empty() || second.empty() ? first + second : first + "  " + second;
}

std::string Aligned(const std::vector<Line>& lines, const Style& style) {
  std::size_t column = 0;
  for (const Line& line : lines) {
    if (!line.beside.empty() && Columns(line.text) <= kWidestText) column = std::max(column, Columns(line.text));
  }
  std::string text;
  for (const Line& line : lines) {
    text += style.Paint(line.ink, line.text);
    if (!line.beside.empty()) {
      const std::size_t width = Columns(line.text);
      text.append(width < column ? column - width + 3 : 3, ' ');
      text += style.Paint(Ink::kFaint, line.beside);
    }
    text += '\n';
  }
  return text;
}

void AddExplanation(const Explanation& explanation, std::size_t depth, std::vector<Line>& lines) {
  const char* const between = explanation.answer.empty() ? "" : IsRule(explanation.kind) ? " " : ": ";
  lines.push_back({fmt::format("{}{}{}{}", std::string(2 * depth, ' '), explanation.text, between, explanation.answer),
                   WithTwoBlanks(CitesText(explanation.cites), explanation.remark),
                   depth == 0 ? Ink::kStrong : Ink::kPlain});
  for (const Explanation& part : explanation.parts) AddExplanation(part, depth + 1, lines);
}

std::string Wrapped(const std::string& head, const std::string& text) {
  constexpr std::size_t kWidth = 110;
  std::string lines = head;
  std::size_t column = Columns(head);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (column + Columns(word) > kWidth && column > Columns(head)) {
      lines.back() = '\n';
      lines += std::string(Columns(head), ' ');
      column = Columns(head);
    }
    lines += word + " ";
    column += Columns(word) + 1;
    at = end + 1;
  }
  lines.back() = '\n';
  return lines;
}

}  // namespace proviso::report
