// json.h: what the JSON reports share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/source_files.h"
#include "harness/report/style.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include "runtime/base/citation.h"
#include "runtime/base/span.h"

namespace proviso::report {

/// The JSON text that `write` puts out, indented by two, with a line end.
template <typename Write>
[[nodiscard]] std::string JsonText(const Write& write) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::json::OStream json(stream, 2);
  write(json);
  json.flush();
  stream << '\n';
  return stream.str();
}

inline void WriteText(llvm::json::OStream& json, llvm::StringRef key, std::string_view text) {
  json.attribute(key, AsUtf8(text));
}

inline void WriteTexts(llvm::json::OStream& json, llvm::StringRef key, const std::vector<std::string>& texts) {
  json.attributeArray(key, [&] {
    for (const std::string& text : texts) json.value(AsUtf8(text));
  });
}

inline void WriteCites(llvm::json::OStream& json, const std::vector<Citation>& cites) {
  json.attributeArray("cites", [&] {
    for (const Citation& cite : cites) json.value(AsUtf8(cite.text));
  });
}

/// `diagnostics` is a JSON array; it is moved to where it stands in the object.
inline void WriteDiagnostics(llvm::json::OStream& json, const std::string& diagnostics) {
  json.attributeBegin("diagnostics");
  json.rawValue(llvm::StringRef(Indented(diagnostics, 2)).trim());
  json.attributeEnd();
}

/// The result of a command that could do nothing: its diagnostics alone.
[[nodiscard]] inline std::string FailedJson(const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) { json.object([&] { WriteDiagnostics(json, diagnostics); }); });
}

/// `file`, `line` and `column` of the beginning of `span`; nothing where it is nowhere.
inline void WritePlace(llvm::json::OStream& json, const source::SourceFiles& files, const Span& span) {
  if (!span.file.IsValid()) return;
  const source::LineColumn place = files.Locate(span.file, span.begin);
  WriteText(json, "file", files[span.file].path);
  json.attribute("line", static_cast<std::int64_t>(place.line));
  json.attribute("column", static_cast<std::int64_t>(place.column));
}

}  // namespace proviso::report
