#include <algorithm>
#include <array>

#include "compiler/format/declaration_layout.h"
#include "compiler/format/format.h"

namespace proviso::format {
namespace {

/// What a row has beside its cells: two columns of indentation, blanks between cells, a comma.
constexpr int kAroundCells = 7;
/// Blanks before each cell but the first.
constexpr std::array kBlanksBefore = {0, 1, 3};

}  // namespace

std::vector<Doc> DeclarationLayout::Table(const std::vector<TableRow>& rows) {
  std::vector<Doc> docs;
  const TableRow* const end = rows.data() + rows.size();
  for (const TableRow* begin = rows.data(); begin != end;) {
    const auto ends_run = [&](const TableRow& row) {
      return row.stands_alone || (&row - 1)->stands_alone || trivia_.HasGapBefore(row.begin);
    };
    const TableRow* const run_end = std::find_if(begin + 1, end, ends_run);
    LayRun(begin, run_end, docs);
    begin = run_end;
  }
  return docs;
}

void DeclarationLayout::LayRun(const TableRow* begin, const TableRow* end, std::vector<Doc>& docs) {
  std::vector<int> widths(3);
  bool is_tight = end - begin > 1;
  for (const TableRow* row = begin; row != end; ++row) {
    for (std::size_t i = 0; i < row->cells.size(); ++i) {
      const bool is_padded = i == 0 || i + 1 < row->cells.size();
      if (is_padded) widths[i] = std::max(widths[i], docs_[row->cells[i]].width);
      is_tight &= !docs_[row->cells[i]].always_breaks;
    }
  }
  const auto fits = [&](const TableRow& row) {
    int width = kAroundCells + docs_[row.cells.back()].width;
    for (std::size_t i = 0; i + 1 < row.cells.size(); ++i) width += widths[i];
    return width <= kLineWidth;
  };
  is_tight = is_tight && std::all_of(begin, end, fits);
  for (const TableRow* row = begin; row != end; ++row) {
    std::vector<Doc> parts;
    for (std::size_t i = 0; i < row->cells.size(); ++i) {
      const int padding = i == 0 ? 0 : widths[i - 1] - docs_[row->cells[i - 1]].width;
      if (i > 0) parts.push_back(docs_.Spaces(padding + kBlanksBefore[i]));
      parts.push_back(row->cells[i]);
    }
    docs.push_back(is_tight ? docs_.Row(std::move(parts)) : row->loose);
  }
}

}  // namespace proviso::format
