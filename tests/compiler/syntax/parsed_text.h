// parsed_text.h: what the parser made of a text, for tests.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_files.h"
#include "compiler/syntax/parse.h"

namespace proviso::syntax {

struct ParsedText {
  source::SourceFiles files;
  FileId file;
  diagnostics::DiagnosticSink sink;
  std::optional<SyntaxTree> tree;

  explicit ParsedText(const std::string& text) : file(files.Add("draft.pvo", text)), tree(Parse(files, file, sink)) {}

  /// The messages, `line:column message` each, in the order of the text.
  [[nodiscard]] std::vector<std::string> Errors() const {
    std::vector<std::string> errors;
    for (const diagnostics::Diagnostic& diagnostic : sink.Sorted()) {
      const source::LineColumn place = files.Locate(file, diagnostic.span.begin);
      errors.push_back(std::to_string(place.line) + ":" + std::to_string(place.column) + " " + diagnostic.message);
    }
    return errors;
  }
  [[nodiscard]] std::string Text(const Span& span) const { return std::string(files.Text(span)); }

  /// The declaration at `index`, which is a `Kind`.
  template <typename Kind>
  [[nodiscard]] const Kind& Get(std::size_t index = 0) const {
    return std::get<Kind>(tree->declarations.at(index).kind);
  }
};

}  // namespace proviso::syntax
