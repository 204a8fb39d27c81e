#include "harness/report/count_table.h"

#include <fmt/core.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>

#include "compiler/format/format.h"

namespace proviso::report {
namespace {

/// Whether `condition`, on option sets in words, speaks of the option.
bool Names(const std::string& condition, const std::string& option) {
  return (" " + condition).find(fmt::format(" {} is ", option)) != std::string::npos;
}

}  // namespace

std::string CountTable(const std::string& title, const std::vector<std::string>& columns,
                       const std::vector<CountRow>& rows, const Style& style) {
  std::size_t width = Columns(title);
  for (const CountRow& row : rows) width = std::max(width, Columns(row.head));
  std::string header = Padded(title, width);
  for (const std::string& column : columns) header += "   " + column;
  std::string text = style.Paint(Ink::kStrong, header) + "\n";
  for (const CountRow& row : rows) {
    std::string line = row.counts.empty() ? row.head : Padded(row.head, width);
    for (std::size_t c = 0; c < row.counts.size(); ++c) {
      line += "   " + PaddedLeft(std::to_string(row.counts[c]), Columns(columns[c]));
    }
    text += style.Paint(row.is_strong ? Ink::kStrong : Ink::kPlain, line) + "\n";
  }
  return text;
}

std::string OptionLegend(const check::CheckedDraft& draft, const std::vector<std::string>& conditions) {
  std::string legend;
  for (const check::Option& option : draft.options) {
    const bool is_named = llvm::any_of(conditions, [&](const std::string& text) { return Names(text, option.name); });
    if (!is_named || option.settled) continue;
    std::string alternatives;
    for (const check::Alternative& alternative : option.alternatives) {
      const std::string value = format::ExprToText(draft.text->tree, draft[alternative.value].text);
      alternatives += fmt::format("{}{} = {}", alternatives.empty() ? "" : ", ", alternative.name, value);
    }
    legend += fmt::format("  {}: {}\n", option.name, alternatives);
  }
  return legend;
}

}  // namespace proviso::report
