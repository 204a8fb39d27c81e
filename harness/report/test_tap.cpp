#include <fmt/format.h>

#include "harness/report/json.h"
#include "harness/report/test_report.h"
#include "llvm/ADT/ArrayRef.h"

namespace proviso::report {
namespace {

/// On one line, and without what would begin a directive.
std::string Description(std::string_view text) {
  std::string escaped;
  for (const char c : AsUtf8(text)) {
    if (c == '#' || c == '\\') escaped += '\\';
    escaped += c == '\n' || c == '\r' ? ' ' : c;
  }
  return escaped;
}

/// Double quotes mean the same in YAML as in JSON.
std::string Quoted(std::string_view text) {
  std::string quoted;
  llvm::raw_string_ostream stream(quoted);
  llvm::json::OStream(stream).value(AsUtf8(text));
  return quoted;
}

std::string FailureYaml(const scenario::Suite& suite, const test::Failure& failure, const source::SourceFiles& files) {
  std::string text =
      fmt::format("    - at: {}\n      draft: {}\n      decision: {}\n      expected: {}\n      got: {}\n",
                  Quoted(files.Place(failure.span)), Quoted(DraftText(suite, failure)), Quoted(failure.decision),
                  Quoted(failure.expected), Quoted(failure.got));
  if (!failure.parts_at.empty()) text += fmt::format("      parts_at: {}\n", Quoted(PartsText(failure)));
  return text;
}

}  // namespace

std::string TestTap(const TestRun& run, const source::SourceFiles& files) {
  std::string text;
  std::size_t number = 0;
  for (const TestedSuite& tested : run.tested) {
    for (const test::TestedCase& one : tested.result.cases) {
      text += fmt::format("{} {} - {}: {}\n", one.failures == 0 ? "ok" : "not ok", ++number,
                          Description(tested.suite->path), Description(CaseName(*tested.suite, one.scenario)));
      if (one.failures == 0) continue;
      text += "  ---\n  failures:\n";
      const llvm::ArrayRef failures(tested.result.failures);
      for (const test::Failure& failure : failures.slice(one.first_failure, one.failures)) {
        text += FailureYaml(*tested.suite, failure, files);
      }
      text += "  ...\n";
    }
  }
  for (const std::string& path : run.unread) {
    text += fmt::format("not ok {} - {}: the suite, or what it uses, has errors\n", ++number, Description(path));
  }
  return fmt::format("TAP version 13\n1..{}\n{}", number, text);
}

}  // namespace proviso::report
