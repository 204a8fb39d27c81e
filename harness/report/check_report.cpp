#include "harness/report/check_report.h"

#include <fmt/format.h>

#include "harness/report/json.h"

namespace proviso::report {
namespace {

std::string FindingsText(const CheckedFile::Findings& findings) {
  std::string text = findings.found == 0   ? ", no findings"
                     : findings.found == 1 ? ", 1 finding"
                                           : fmt::format(", {} findings", findings.found);
  if (findings.waived > 0) text += fmt::format(", {} waived", findings.waived);
  if (findings.not_settled > 0)
    text += fmt::format(" ({} of {} pieces not settled)", findings.not_settled, findings.asked);
  return text;
}

}  // namespace

std::string CheckText(const std::vector<CheckedFile>& files) {
  std::string text;
  for (const CheckedFile& file : files) {
    if (file.is_fine)
      text += fmt::format("{}: no errors{}\n", file.path, file.findings ? FindingsText(*file.findings) : "");
  }
  return text;
}

std::string CheckJson(const std::vector<CheckedFile>& files, const std::string& diagnostics) {
  const auto count = [](std::size_t number) { return static_cast<std::int64_t>(number); };
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      json.attributeArray("files", [&] {
        for (const CheckedFile& file : files) {
          json.object([&] {
            WriteText(json, "file", file.path);
            json.attribute("fine", file.is_fine);
            if (!file.findings) return;
            json.attributeObject("findings", [&] {
              json.attribute("asked", count(file.findings->asked));
              json.attribute("found", count(file.findings->found));
              json.attribute("waived", count(file.findings->waived));
              json.attribute("not_settled", count(file.findings->not_settled));
            });
          });
        }
      });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
