#include "harness/report/finding.h"

#include <fmt/format.h>

#include "llvm/ADT/StringRef.h"

namespace proviso::report {
namespace {

/// What a workflow command would read as its own signs, put as it wants them put.
std::string Escaped(std::string_view text, bool is_property) {
  std::string escaped;
  for (const char c : text) {
    const bool is_sign = c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ','));
    escaped += is_sign ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return escaped;
}

std::string PlaceProperties(const Span& span, const source::SourceFiles& files) {
  if (!span.file.IsValid()) return "";
  const source::LineColumn begin = files.Locate(span.file, span.begin);
  const source::LineColumn end = files.Locate(span.file, span.end);
  std::string text = fmt::format("file={},line={},", Escaped(files[span.file].path, true), begin.line);
  // Columns are shown only within one line.
  if (end.line == begin.line && end.column > begin.column) {
    text += fmt::format("endLine={},col={},endColumn={},", end.line, begin.column, end.column - 1);
  }
  return text;
}

}  // namespace

std::vector<Finding> FindingsOf(const std::vector<diagnostics::Diagnostic>& diagnostics) {
  std::vector<Finding> findings;
  for (const diagnostics::Diagnostic& one : diagnostics) {
    const diagnostics::KindInfo& info = diagnostics::Info(one.kind);
    Finding finding{.rule = diagnostics::CodeText(one.kind),
                    .rule_name = std::string(info.name),
                    .rule_text = std::string(info.explanation),
                    .is_error = info.severity == diagnostics::Severity::kError,
                    .message = one.message,
                    .span = one.span,
                    .related = one.notes};
    if (!one.label.empty()) finding.message += "\n" + one.label;
    if (!one.help.empty()) finding.message += "\n" + one.help;
    findings.push_back(std::move(finding));
  }
  return findings;
}

std::string GithubText(const std::vector<Finding>& findings, const source::SourceFiles& files) {
  std::string text;
  for (const Finding& finding : findings) {
    std::string message = finding.message;
    for (const diagnostics::Note& note : finding.related) {
      const std::string place = files.Place(note.span);
      message += fmt::format("\n{}{}", note.message, place.empty() ? "" : " (" + place + ")");
    }
    text += fmt::format("::{} {}title={}::{}\n", finding.is_error ? "error" : "warning",
                        PlaceProperties(finding.span, files), Escaped(finding.rule, true), Escaped(message, false));
  }
  return text;
}

}  // namespace proviso::report
