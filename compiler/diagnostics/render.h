// render.h: diagnostics as text for people and as JSON for programs.
#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_files.h"

namespace proviso::diagnostics {

struct RenderOptions {
  bool colour = false;
  std::size_t limit = 50;  // errors of one file shown; the rest is counted
};

/// As in the language's documentation: `file:line:column: error: message [PV2004]`, the source line with a caret
/// and label, notes with lines of their own, then the mend. Long lines are cut around the caret.
[[nodiscard]] std::string RenderText(const std::vector<Diagnostic>& diagnostics, const source::SourceFiles& files,
                                     const RenderOptions& options = {});

/// A JSON array of objects: code, name, severity, message, file, line, column, end_line, end_column, label,
/// notes, help.
[[nodiscard]] std::string RenderJson(const std::vector<Diagnostic>& diagnostics, const source::SourceFiles& files);

}  // namespace proviso::diagnostics
