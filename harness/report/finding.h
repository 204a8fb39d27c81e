// finding.h: one thing that somebody should look at, whatever found it, for formats that know only such things.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_files.h"

namespace proviso::report {

struct Finding {
  std::string rule;       // which kind of thing it is, stable: `PV2004`, `failed-scenario`
  std::string rule_name;  // `UnitMismatch`
  std::string rule_text;  // what the kind is, a sentence or two
  bool is_error = true;   // else a warning
  std::string message;    // one or more lines, no line end at the end
  Span span;              // may be nowhere
  std::vector<diagnostics::Note> related;
};

[[nodiscard]] std::vector<Finding> FindingsOf(const std::vector<diagnostics::Diagnostic>& diagnostics);

/// A SARIF 2.1.0 log of one run (docs.oasis-open.org/sarif/sarif/v2.1.0); `version` is the program's.
[[nodiscard]] std::string SarifText(const std::vector<Finding>& findings, const source::SourceFiles& files,
                                    std::string_view version);

/// A workflow command a line, which GitHub shows beside the changed lines: `::error file=…,line=…::message`.
[[nodiscard]] std::string GithubText(const std::vector<Finding>& findings, const source::SourceFiles& files);

}  // namespace proviso::report
