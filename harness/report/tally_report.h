// tally_report.h: how many scenarios come to each outcome, as a table (JSON shape: README.md).
#pragma once

#include <string>

#include "harness/report/style.h"
#include "harness/test/tally.h"

namespace proviso::report {

/// A row for each draft and, where it has open options, for each group of option sets with equal counts; below it what
/// the alternatives named there stand for.
[[nodiscard]] std::string TallyText(const test::Tally& tally, const Style& style);

[[nodiscard]] std::string TallyJson(const test::Tally& tally, const std::string& diagnostics);

}  // namespace proviso::report
