#include "harness/report/check_report.h"

#include "harness/report/json.h"

namespace proviso::report {

std::string CheckText(const std::vector<CheckedFile>& files) {
  std::string text;
  for (const CheckedFile& file : files) {
    if (file.is_fine) text += file.path + ": no errors\n";
  }
  return text;
}

std::string CheckJson(const std::vector<CheckedFile>& files, const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      json.attributeArray("files", [&] {
        for (const CheckedFile& file : files) {
          json.object([&] {
            WriteText(json, "file", file.path);
            json.attribute("fine", file.is_fine);
          });
        }
      });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
