// by_amendment_report.h: what each single change of a draft does, as text and JSON (shape: README.md).
#pragma once

#include <string>

#include "compiler/source/source_files.h"
#include "harness/compare/by_amendment.h"
#include "harness/report/style.h"

namespace proviso::report {

[[nodiscard]] std::string ByAmendmentText(const compare::ByAmendment& found, const source::SourceFiles& files,
                                          const Style& style);

/// `diagnostics` is a JSON array.
[[nodiscard]] std::string ByAmendmentJson(const compare::ByAmendment& found, const source::SourceFiles& files,
                                          const std::string& diagnostics);

}  // namespace proviso::report
