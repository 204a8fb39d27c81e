// trace_report.h: the paragraphs of a regulation and what encodes them, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "harness/trace/trace.h"

namespace proviso::report {

/// A Markdown table, a row for each paragraph. What of the draft encodes it, else which facts and answers of the
/// vocabulary; else why nothing does, or that its own paragraphs do.
[[nodiscard]] std::string TraceTable(const std::vector<trace::TracedParagraph>& rows);

/// An object with `paragraphs` and `diagnostics`, a JSON array.
[[nodiscard]] std::string TraceJson(const std::vector<trace::TracedParagraph>& rows, const std::string& diagnostics);

}  // namespace proviso::report
