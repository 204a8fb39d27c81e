#include "harness/report/generate_report.h"

#include <fmt/core.h>

#include "harness/report/case_json.h"
#include "harness/report/cover_report.h"
#include "harness/report/json.h"
#include "llvm/ADT/STLExtras.h"

namespace proviso::report {

using cover::DraftCoverage;

std::string GenerateText(const generate::Generated& generated, const source::SourceFiles& files, const Style& style) {
  const DraftCoverage::Share before = generated.before.OfAll();
  const auto conditions = static_cast<std::size_t>(llvm::count_if(
      generated.after.items, [](const cover::Item& item) { return item.kind == cover::Kind::kCondition; }));
  return fmt::format("{}{}, beside {} that cover {} of {}\n{}", Counted(generated.cases.size(), "new scenario"),
                     conditions == 0 ? "" : fmt::format(" for {}", Counted(conditions, "condition")),
                     generated.before.scenarios, before.seen, before.all, CoverText({generated.after}, files, style));
}

std::string GenerateJson(const generate::Generated& generated, const source::SourceFiles& files,
                         const std::string& diagnostics) {
  const check::CheckedDraft& draft = *generated.after.draft->draft;
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      WriteText(json, "draft", draft.name);
      json.attributeArray("cases", [&] {
        for (const generate::NewCase& one : generated.cases) {
          json.object([&] {
            WriteText(json, "name", one.name);
            WriteText(json, "source", one.source);
            WriteCase(json, *draft.vocabulary, one.facts);
          });
        }
      });
      json.attributeObject("before", [&] { WriteCoverage(json, generated.before, files); });
      json.attributeObject("after", [&] { WriteCoverage(json, generated.after, files); });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
