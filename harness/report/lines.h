// lines.h: texts with something beside each line: citations, remarks.
#pragma once

#include <string>
#include <vector>

#include "compiler/reference/evaluate.h"
#include "harness/report/style.h"

namespace proviso::report {

/// One line of an answer: the text, and what stands beside it.
struct Line {
  std::string text;
  std::string beside;
  Ink ink = Ink::kPlain;
};

/// The lines one below the other, what stands beside them at one column.
[[nodiscard]] std::string Aligned(const std::vector<Line>& lines, const Style& style);

/// `text` in lines that begin below each other, broken at blanks.
[[nodiscard]] std::string Wrapped(const std::string& head, const std::string& text);

/// Each once: a term and what it stands for are often cited alike.
[[nodiscard]] std::string CitesText(const std::vector<Citation>& cites);
[[nodiscard]] std::string WithTwoBlanks(const std::string& first, const std::string& second);

/// The explanation and all below it, moved right by `depth`; the topmost stands out.
void AddExplanation(const reference::Explanation& explanation, std::size_t depth, std::vector<Line>& lines);

}  // namespace proviso::report
