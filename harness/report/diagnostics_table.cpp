#include "harness/report/diagnostics_table.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "harness/report/json.h"

namespace proviso::report {
namespace {

using diagnostics::KindInfo;

struct Area {
  int first;
  std::string_view title;
};

constexpr Area kAreas[] = {{1, "Files and the command line"},        {1001, "Syntax"},
                           {2001, "Names, types, units, rules"},     {3001, "Amendments and options"},
                           {4001, "Scenario suites and data files"}, {5001, "What a run finds"}};

std::vector<KindInfo> ByCode() {
  std::vector<KindInfo> kinds(diagnostics::kKinds.begin(), diagnostics::kKinds.end());
  std::sort(kinds.begin(), kinds.end(), [](const KindInfo& a, const KindInfo& b) { return a.code < b.code; });
  return kinds;
}

std::string_view SeverityText(diagnostics::Severity severity) {
  return severity == diagnostics::Severity::kError ? "error" : "warning";
}

/// A bar would end the cell; `{}` stands for what the author wrote.
std::string Cell(std::string_view text) {
  std::string cell;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "{}") {
      cell += "…";
      ++i;
    } else {
      cell += text[i] == '|' ? "\\|" : std::string(1, text[i]);
    }
  }
  return cell;
}

}  // namespace

std::string DiagnosticsTable() {
  std::string text =
      "# Diagnostics\n\n"
      "Every message of Proviso has a code of its own, which never changes and is never used again. This page is made "
      "by\n"
      "`proviso emit diagnostics` from `compiler/diagnostics/kinds.def`; `…` stands for what the author wrote.\n";
  const Area* next_area = std::begin(kAreas);
  for (const KindInfo& kind : ByCode()) {
    const Area* area = nullptr;
    while (next_area != std::end(kAreas) && kind.code >= next_area->first) area = next_area++;
    if (area != nullptr) {
      text += fmt::format("\n## {}\n\n| code | name | severity | message | what it means |\n", area->title);
      text += "| --- | --- | --- | --- | --- |\n";
    }
    text += fmt::format("| PV{:04} | {} | {} | {} | {} |\n", kind.code, kind.name, SeverityText(kind.severity),
                        Cell(kind.format), Cell(kind.explanation));
  }
  return text;
}

std::string DiagnosticsJson() {
  return JsonText([](llvm::json::OStream& json) {
    json.array([&] {
      for (const KindInfo& kind : ByCode()) {
        json.object([&] {
          WriteText(json, "code", fmt::format("PV{:04}", kind.code));
          WriteText(json, "name", kind.name);
          WriteText(json, "severity", SeverityText(kind.severity));
          WriteText(json, "message", kind.format);
          WriteText(json, "explanation", kind.explanation);
        });
      }
    });
  });
}

}  // namespace proviso::report
