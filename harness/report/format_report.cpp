#include "harness/report/format_report.h"

#include "harness/report/json.h"

namespace proviso::report {
namespace {

const char* LayoutText(Layout layout) {
  switch (layout) {
    case Layout::kCanonical:
      return "canonical";
    case Layout::kOther:
      return "other";
    case Layout::kRewritten:
      return "rewritten";
    case Layout::kUnwritable:
      return "unwritable";
    case Layout::kUnknown:
      return "unknown";
  }
  return "";
}

}  // namespace

std::string FormatText(const std::vector<FormattedFile>& files) {
  std::string text;
  for (const FormattedFile& file : files) {
    if (file.layout == Layout::kOther) text += file.path + ": not in the canonical layout; `proviso fmt` writes it\n";
  }
  return text;
}

std::string FormatJson(const std::vector<FormattedFile>& files, const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      json.attributeArray("files", [&] {
        for (const FormattedFile& file : files) {
          json.object([&] {
            WriteText(json, "file", file.path);
            WriteText(json, "layout", LayoutText(file.layout));
          });
        }
      });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
