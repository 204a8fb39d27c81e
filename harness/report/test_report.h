// test_report.h: what testing scenario suites gave, for people and for programs (JSON shape: README.md).
#pragma once

#include <string>
#include <vector>

#include "compiler/source/source_files.h"
#include "harness/report/finding.h"
#include "harness/report/style.h"
#include "harness/scenario/suite.h"
#include "harness/test/run_suite.h"

namespace proviso::report {

struct TestedSuite {
  const scenario::Suite* suite = nullptr;
  test::SuiteResult result;
};

/// What one run of `test` came to.
struct TestRun {
  std::vector<TestedSuite> tested;
  std::vector<std::string> unread;  // paths of suites that have errors
  std::int64_t milliseconds = 0;
};

/// How much of all there is a run is about.
struct TestScope {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t unspoken = 0;    // option sets that no expectation speaks of, over all scenarios
  std::size_t unreviewed = 0;  // scenarios whose expectations nobody has judged
  std::size_t drafts = 0;
  std::size_t option_sets = 0;
};
[[nodiscard]] TestScope ScopeOf(const TestRun& run);

/// `1 failed, 318 passed`; suites that had errors are counted as not tested.
[[nodiscard]] std::string CountsText(const TestRun& run, const Style& style);
/// `2 drafts, 13 option sets; …`.
[[nodiscard]] std::string ReachText(const TestRun& run);

/// The case's name; of totals, that.
[[nodiscard]] std::string CaseName(const scenario::Suite& suite, std::size_t scenario);

/// Where a draft fails, in words: its name, and which of its option sets.
[[nodiscard]] std::string DraftText(const scenario::Suite& suite, const test::Failure& failure);

/// `§850.224(k)(1)  rule frontier_ai does not fire: …`, and below it what was compared; may be empty.
[[nodiscard]] std::string PartsText(const test::Failure& failure);

/// The failures of one suite: where it says so, which scenario and draft, what was expected, what came, where they
/// part. Empty where all passed.
[[nodiscard]] std::string FailuresText(const TestedSuite& tested, const source::SourceFiles& files, const Style& style);

/// The scenarios of one suite that were run and whose expectations nobody has judged, a line each: where, and their
/// names.
[[nodiscard]] std::string UnreviewedText(const TestedSuite& tested, const source::SourceFiles& files,
                                         const Style& style);

/// `1 failed, 318 passed in 41 ms   (2 drafts, 13 option sets; …)`.
[[nodiscard]] std::string TotalsText(const TestRun& run, const Style& style);

/// `diagnostics` is a JSON array.
[[nodiscard]] std::string TestJson(const TestRun& run, const source::SourceFiles& files,
                                   const std::string& diagnostics);

/// JUnit XML as Jenkins' xUnit plugin has it (junit-10.xsd): a suite a file, a case a scenario.
[[nodiscard]] std::string TestJunit(const TestRun& run, const source::SourceFiles& files);

/// The Test Anything Protocol, version 13: a line a scenario, with a YAML block below one that fails.
[[nodiscard]] std::string TestTap(const TestRun& run, const source::SourceFiles& files);

/// A summary to paste into a review, in GitHub's Markdown.
[[nodiscard]] std::string TestMarkdown(const TestRun& run, const source::SourceFiles& files);

/// Each failure as a finding.
[[nodiscard]] std::vector<Finding> FindingsOf(const TestRun& run);

}  // namespace proviso::report
