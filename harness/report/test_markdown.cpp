#include <fmt/format.h>

#include "harness/report/test_report.h"
#include "llvm/ADT/StringRef.h"

namespace proviso::report {
namespace {

/// As the text of a table's cell: no sign of it is Markdown's or HTML's.
std::string Cell(std::string_view text) {
  std::string escaped;
  for (const char c : AsUtf8(text)) {
    if (c == '\n') {
      escaped += "<br>";
    } else if (c == '<' || c == '>' || c == '&') {
      escaped += fmt::format("&#{};", static_cast<int>(c));
    } else {
      if (llvm::StringRef("\\`*_[]|~#").contains(c)) escaped += '\\';
      escaped += c;
    }
  }
  return escaped;
}

std::string FailureRow(const scenario::Suite& suite, const test::Failure& failure, const source::SourceFiles& files) {
  const source::LineColumn place = files.Locate(failure.span.file, failure.span.begin);
  return fmt::format("| {}:{} | {} | {} | {} | {} | {} | {} |\n", Cell(files[failure.span.file].path), place.line,
                     Cell(CaseName(suite, failure.scenario)), Cell(DraftText(suite, failure)), Cell(failure.decision),
                     Cell(failure.expected), Cell(failure.got),
                     failure.parts_at.empty() ? "" : Cell(PartsText(failure)));
}

}  // namespace

std::string TestMarkdown(const TestRun& run, const source::SourceFiles& files) {
  std::string text = fmt::format("### Scenarios\n\n**{}** ({})\n", CountsText(run, {}), ReachText(run));
  if (!run.unread.empty()) text += "\nThese suites, or what they use, have errors:\n\n";
  for (const std::string& path : run.unread) text += "- " + Cell(path) + "\n";
  if (ScopeOf(run).failed > 0) {
    text +=
        "\n| at | scenario | draft | decision | expected | got | parts at |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n";
  }
  for (const TestedSuite& tested : run.tested) {
    for (const test::Failure& failure : tested.result.failures) text += FailureRow(*tested.suite, failure, files);
  }
  text += "\n<details><summary>By suite</summary>\n\n| suite | passed | failed |\n| --- | --: | --: |\n";
  for (const TestedSuite& tested : run.tested) {
    text += fmt::format("| {} | {} | {} |\n", Cell(tested.suite->path), tested.result.passed, tested.result.failed);
  }
  return text + "\n</details>\n";
}

}  // namespace proviso::report
