// complain.h: findings as diagnostics, but for those that the draft waives.
#pragma once

#include "compiler/diagnostics/diagnostic.h"
#include "harness/findings/findings.h"

namespace proviso::findings {

/// How many were said, and how many not because the draft waives them.
struct Said {
  std::size_t said = 0;
  std::size_t waived = 0;
};

/// A waiver of the draft's own that waives nothing is said too, and counted among what was said.
Said Complain(const Findings& findings, const check::CheckedDraft& draft, diagnostics::DiagnosticSink& sink);

}  // namespace proviso::findings
