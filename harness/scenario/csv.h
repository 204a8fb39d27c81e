// csv.h: CSV text (RFC 4180) → rows of cells with places. The only header of the only file that knows libcsv.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_files.h"

namespace proviso::scenario {

struct CsvCell {
  std::string text;  // quotes resolved; blanks around an unquoted cell cut
  Span span;         // with its quotes
};

struct CsvRow {
  std::vector<CsvCell> cells;
  Span span;  // of its first line
};

/// The header and the rows below it, each as long as the header. Empty lines are left out.
struct CsvTable {
  CsvRow header;
  std::vector<CsvRow> rows;
};

/// Reads a file's text. Nothing where it is not CSV, or a row is longer or shorter than the header.
[[nodiscard]] std::optional<CsvTable> ReadCsv(const source::SourceFiles& files, FileId file,
                                              diagnostics::DiagnosticSink& sink);

/// The text as a cell, in quotes where it has to be.
[[nodiscard]] std::string CsvCellText(const std::string& text);

}  // namespace proviso::scenario
