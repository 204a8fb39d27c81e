#include "harness/scenario/csv.h"

#include <csv.h>

#include <algorithm>
#include <utility>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace proviso::scenario {
namespace {

using diagnostics::Kind;

/// Feeds libcsv byte by byte, so that where a cell begins and ends is known.
class CsvReader {
 public:
  CsvReader(const source::SourceFiles& files, FileId file) : text_(files[file].text), file_(file) {
    csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
  }
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;
  ~CsvReader() { csv_free(&parser_); }

  /// The rows; nothing where the text is not CSV, `Position` then says where.
  std::optional<std::vector<CsvRow>> Read() {
    if (llvm::StringRef(text_).starts_with("\xEF\xBB\xBF")) position_ = cell_begin_ = 3;
    for (; position_ < text_.size(); ++position_) {
      if (csv_parse(&parser_, &text_[position_], 1, OnCell, OnRow, this) != 1) return std::nullopt;
    }
    if (csv_fini(&parser_, OnCell, OnRow, this) != 0) return std::nullopt;
    return std::move(rows_);
  }

  [[nodiscard]] Span Position() const { return {file_, cell_begin_, static_cast<std::uint32_t>(position_)}; }

 private:
  static void OnCell(void* bytes, size_t size, void* self) {
    static_cast<CsvReader*>(self)->AddCell({static_cast<const char*>(bytes), size});
  }
  static void OnRow(int, void* self) { static_cast<CsvReader*>(self)->EndRow(); }

  void AddCell(std::string_view text) {
    const auto end = static_cast<std::uint32_t>(position_);
    while (cell_begin_ < end && llvm::StringRef(" \t\r\n").contains(text_[cell_begin_])) ++cell_begin_;
    std::uint32_t cut = end;
    while (cut > cell_begin_ && llvm::StringRef(" \t").contains(text_[cut - 1])) --cut;
    row_.cells.push_back({std::string(text), {file_, cell_begin_, cut}});
    cell_begin_ = end + 1;
  }

  void EndRow() {
    const std::uint32_t begin = row_.cells.front().span.begin;
    const std::size_t line_end = std::min(text_.find_first_of("\r\n", begin), text_.size());
    row_.span = {file_, begin, static_cast<std::uint32_t>(line_end)};
    rows_.push_back(std::exchange(row_, {}));
  }

  const std::string& text_;
  FileId file_;
  csv_parser parser_{};
  std::size_t position_ = 0;
  std::uint32_t cell_begin_ = 0;
  CsvRow row_;
  std::vector<CsvRow> rows_;
};

}  // namespace

std::optional<CsvTable> ReadCsv(const source::SourceFiles& files, FileId file, diagnostics::DiagnosticSink& sink) {
  CsvReader reader(files, file);
  std::optional<std::vector<CsvRow>> rows = reader.Read();
  if (!rows) {
    sink.Report<Kind::kCsvSyntax>(reader.Position(), "a quote stands where none may, or is never closed")
        .Help("a cell with quotes, commas or line ends is written in quotes, and a quote in it twice");
    return std::nullopt;
  }
  if (rows->empty()) {
    sink.Report<Kind::kEmptyFile>({file, 0, 0});
    return std::nullopt;
  }
  CsvTable table;
  table.header = std::move(rows->front());
  const std::size_t width = table.header.cells.size();
  bool is_even = true;
  for (CsvRow& row : llvm::MutableArrayRef(*rows).drop_front()) {
    if (row.cells.size() != width) {
      sink.Report<Kind::kRowLength>(row.span, row.cells.size(), width);
      is_even = false;
    }
    table.rows.push_back(std::move(row));
  }
  if (!is_even) return std::nullopt;
  return table;
}

std::string CsvCellText(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted(csv_write(nullptr, 0, text.data(), text.size()), '\0');
  csv_write(quoted.data(), quoted.size(), text.data(), text.size());
  return quoted;
}

}  // namespace proviso::scenario
