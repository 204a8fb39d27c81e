// history_report.h: what has changed since a run that was recorded (JSON shape: README.md).
#pragma once

#include <string>

#include "harness/history/history.h"
#include "harness/report/style.h"

namespace proviso::report {

/// Changes by draft and decision: from what to what, in which scenarios; then how much is the same.
[[nodiscard]] std::string HistoryText(const history::Run& before, const history::Comparison& comparison,
                                      const Style& style);

/// `diagnostics` is a JSON array.
[[nodiscard]] std::string HistoryJson(const history::Run& before, const history::Comparison& comparison,
                                      const std::string& diagnostics);

}  // namespace proviso::report
