#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>

#include "compiler/diagnostics/render.h"

namespace proviso::diagnostics {
namespace {

/// Text from outside (a path, an argument) may be no UTF-8, which JSON cannot hold.
std::string Fixed(std::string_view text) { return llvm::json::fixUTF8(text); }

/// Writes file, line, column, end_line and end_column; null for a span that is nowhere.
void WritePlace(llvm::json::OStream& json, const source::SourceFiles& files, const Span& span) {
  if (!span.file.IsValid()) {
    for (const char* key : {"file", "line", "column", "end_line", "end_column"}) json.attribute(key, nullptr);
    return;
  }
  const source::LineColumn begin = files.Locate(span.file, span.begin);
  const source::LineColumn end = files.Locate(span.file, span.end);
  json.attribute("file", Fixed(files[span.file].path));
  json.attribute("line", begin.line);
  json.attribute("column", begin.column);
  json.attribute("end_line", end.line);
  json.attribute("end_column", end.column);
}

void WriteNote(llvm::json::OStream& json, const source::SourceFiles& files, const Note& note) {
  json.object([&] {
    json.attribute("message", Fixed(note.message));
    WritePlace(json, files, note.span);
    json.attribute("label", Fixed(note.label));
  });
}

void WriteDiagnostic(llvm::json::OStream& json, const source::SourceFiles& files, const Diagnostic& diagnostic) {
  const KindInfo& info = Info(diagnostic.kind);
  json.object([&] {
    json.attribute("code", CodeText(diagnostic.kind));
    json.attribute("name", llvm::StringRef(info.name));
    json.attribute("severity", info.severity == Severity::kError ? "error" : "warning");
    json.attribute("message", Fixed(diagnostic.message));
    WritePlace(json, files, diagnostic.span);
    json.attribute("label", Fixed(diagnostic.label));
    json.attributeArray("notes", [&] {
      for (const Note& note : diagnostic.notes) WriteNote(json, files, note);
    });
    json.attribute("help", Fixed(diagnostic.help));
  });
}

}  // namespace

std::string RenderJson(const std::vector<Diagnostic>& diagnostics, const source::SourceFiles& files) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::json::OStream json(stream, 2);
  json.array([&] {
    for (const Diagnostic& diagnostic : diagnostics) WriteDiagnostic(json, files, diagnostic);
  });
  stream << '\n';
  return text;
}

}  // namespace proviso::diagnostics
