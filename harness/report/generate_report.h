// generate_report.h: what was made for a criterion, for people and for programs (JSON shape: README.md).
#pragma once

#include <string>

#include "compiler/source/source_files.h"
#include "harness/generate/generate.h"
#include "harness/report/style.h"

namespace proviso::report {

/// How many cases there are, what they add to the coverage, and what is still missing.
[[nodiscard]] std::string GenerateText(const generate::Generated& generated, const source::SourceFiles& files,
                                       const Style& style);

/// `diagnostics` is a JSON array.
[[nodiscard]] std::string GenerateJson(const generate::Generated& generated, const source::SourceFiles& files,
                                       const std::string& diagnostics);

}  // namespace proviso::report
