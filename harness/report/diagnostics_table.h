// diagnostics_table.h: the table of all diagnostics there are.
#pragma once

#include <string>

namespace proviso::report {

/// The table in Markdown, made from kinds.def: the text of `grammar/diagnostics.md`.
[[nodiscard]] std::string DiagnosticsTable();

/// An array of objects: code, name, severity, message, explanation.
[[nodiscard]] std::string DiagnosticsJson();

}  // namespace proviso::report
