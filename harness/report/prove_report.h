// prove_report.h: proofs of a draft's properties (JSON shape: README.md).
#pragma once

#include <string>
#include <vector>

#include "harness/prove/prove.h"
#include "harness/report/finding.h"
#include "harness/report/style.h"

namespace proviso::report {

/// A line for each property: proved, refuted with its case or cases, or not settled and why.
[[nodiscard]] std::string ProveText(const load::LoadedDraft& draft, const std::vector<prove::Proof>& proofs,
                                    const Style& style);

/// Those that are refuted, and as warnings those that are not settled, at the property.
[[nodiscard]] std::vector<Finding> FindingsOf(const load::LoadedDraft& draft, const std::vector<prove::Proof>& proofs);

/// `diagnostics` is a JSON array.
[[nodiscard]] std::string ProveJson(const load::LoadedDraft& draft, const std::vector<prove::Proof>& proofs,
                                    const std::string& diagnostics);

}  // namespace proviso::report
