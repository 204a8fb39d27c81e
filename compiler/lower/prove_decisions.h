// prove_decisions.h: decisions that leave a case without an outcome, or in which rules disagree, whatever the facts.
#pragma once

#include <memory>

#include "compiler/check/checked_draft.h"
#include "compiler/diagnostics/diagnostic.h"

namespace proviso::lower {

/// Reports each decision of the case that has no `otherwise` and leaves a gap, or says `one applies` and has two
/// outcomes, with a case that the reference evaluator confirms; and each for which neither that nor its absence could
/// be shown. Whether there was no error.
bool ProveDecisions(const std::shared_ptr<const check::CheckedDraft>& draft, diagnostics::DiagnosticSink& sink);

}  // namespace proviso::lower
