// bless_report.h: changes of expectations, for people.
#pragma once

#include <string>

#include "compiler/source/source_files.h"
#include "harness/bless/change.h"
#include "harness/report/style.h"

namespace proviso::report {

/// Where it is, and, a line for each decision, the old outcome and the new one side by side; or why it is not made.
[[nodiscard]] std::string ChangeText(const bless::Change& change, const source::SourceFiles& files, const Style& style);

}  // namespace proviso::report
