// test_report.h: what testing scenario suites gave, for people and for programs (JSON shape: README.md).
#pragma once

#include <string>
#include <vector>

#include "compiler/source/source_files.h"
#include "harness/report/style.h"
#include "harness/scenario/suite.h"
#include "harness/test/run_suite.h"

namespace proviso::report {

struct TestedSuite {
  const scenario::Suite* suite = nullptr;
  test::SuiteResult result;
};

/// The failures of one suite: where it says so, which scenario and draft, what was expected, what came, where they
/// part. Empty where all passed.
[[nodiscard]] std::string FailuresText(const TestedSuite& tested, const source::SourceFiles& files, const Style& style);

/// `1 failed, 318 passed in 41 ms   (2 drafts, 13 option sets; …)`; suites that had errors are counted as not tested.
[[nodiscard]] std::string TotalsText(const std::vector<TestedSuite>& tested, std::size_t not_tested,
                                     std::int64_t milliseconds, const Style& style);

/// `diagnostics` is a JSON array.
[[nodiscard]] std::string TestJson(const std::vector<TestedSuite>& tested, std::int64_t milliseconds,
                                   const source::SourceFiles& files, const std::string& diagnostics);

}  // namespace proviso::report
