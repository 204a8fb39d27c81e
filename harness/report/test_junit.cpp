#include <fmt/format.h>

#include "harness/report/test_report.h"
#include "llvm/ADT/ArrayRef.h"

namespace proviso::report {
namespace {

/// As the text or an attribute of XML 1.0, which has no place for control characters.
std::string Xml(std::string_view text) {
  std::string escaped;
  for (const char c : AsUtf8(text)) {
    const bool is_control = static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
    if (is_control) {
      escaped += "\xEF\xBF\xBD";  // U+FFFD
    } else if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\n' || c == '\t') {
      escaped += fmt::format("&#{};", static_cast<int>(c));
    } else {
      escaped += c;
    }
  }
  return escaped;
}

/// Seconds with three digits, which is what the schema allows.
std::string Seconds(std::int64_t microseconds) {
  return fmt::format("{}.{:03}", microseconds / 1'000'000, microseconds / 1000 % 1000);
}

std::string FailureXml(const scenario::Suite& suite, const test::Failure& failure, const source::SourceFiles& files) {
  std::string text = fmt::format("{}\n{}", files.Place(failure.span), DraftText(suite, failure));
  if (!failure.parts_at.empty()) text += "\nparts at " + PartsText(failure);
  const std::string message = fmt::format("{}: expected {}, got {}", failure.decision, failure.expected, failure.got);
  return fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", Xml(failure.decision), Xml(message),
                     Xml(text));
}

std::string SuiteXml(const TestedSuite& tested, const source::SourceFiles& files) {
  const scenario::Suite& suite = *tested.suite;
  std::string cases;
  std::int64_t microseconds = 0;
  for (const test::TestedCase& one : tested.result.cases) {
    microseconds += one.microseconds;
    const std::string head = fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{}\"", Xml(suite.path),
                                         Xml(CaseName(suite, one.scenario)), Seconds(one.microseconds));
    cases += head + (one.failures == 0 ? "/>\n" : ">\n");
    const llvm::ArrayRef failures(tested.result.failures);
    for (const test::Failure& failure : failures.slice(one.first_failure, one.failures)) {
      cases += FailureXml(suite, failure, files);
    }
    if (one.failures > 0) cases += "    </testcase>\n";
  }
  return fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" time=\"{}\">\n{}  </testsuite>\n",
      Xml(suite.path), tested.result.cases.size(), tested.result.failed, Seconds(microseconds), cases);
}

std::string UnreadXml(const std::string& path) {
  return fmt::format(
      "  <testsuite name=\"{0}\" tests=\"1\" failures=\"0\" errors=\"1\" time=\"0.000\">\n"
      "    <testcase classname=\"{0}\" name=\"reading the suite\" time=\"0.000\">\n"
      "      <error type=\"unread\" message=\"the suite, or what it uses, has errors\"/>\n"
      "    </testcase>\n  </testsuite>\n",
      Xml(path));
}

}  // namespace

std::string TestJunit(const TestRun& run, const source::SourceFiles& files) {
  const TestScope scope = ScopeOf(run);
  const std::size_t unread = run.unread.size();
  std::string text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"proviso\" tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{}\">\n",
      scope.passed + scope.failed + unread, scope.failed, unread, Seconds(run.milliseconds * 1000));
  for (const TestedSuite& tested : run.tested) text += SuiteXml(tested, files);
  for (const std::string& path : run.unread) text += UnreadXml(path);
  return text + "</testsuites>\n";
}

}  // namespace proviso::report
