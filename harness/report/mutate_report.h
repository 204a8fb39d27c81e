// mutate_report.h: which slips of the pen suites do not notice, for people and for programs (JSON shape: README.md).
#pragma once

#include <string>
#include <vector>

#include "compiler/source/source_files.h"
#include "harness/mutate/mutate.h"
#include "harness/report/redundant_report.h"
#include "harness/report/style.h"

namespace proviso::report {

/// `§850.224(d)(2): boundary in term advanced_nand`.
[[nodiscard]] std::string SlipText(const mutate::Mutant& mutant);

/// For each draft its score and how many of each kind of slip were noticed, then what was not, as a redline with a case
/// that would notice it.
[[nodiscard]] std::string MutateText(const std::vector<mutate::DraftExamined>& drafts, const source::SourceFiles& files,
                                     const Style& style);

/// `redundancy` may be none; `diagnostics` is a JSON array.
[[nodiscard]] std::string MutateJson(const std::vector<mutate::DraftExamined>& drafts, const Redundancy* redundancy,
                                     const source::SourceFiles& files, const std::string& diagnostics);

}  // namespace proviso::report
