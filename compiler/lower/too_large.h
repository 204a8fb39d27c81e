// too_large.h: a graph that grew over its limit, said to the drafter: the decision, and the facts it suffers from.
#pragma once

#include "compiler/check/checked_draft.h"
#include "compiler/diagnostics/diagnostic.h"
#include "runtime/evaluate/space.h"

namespace proviso::lower {

/// Reports that the graph of the decision grew over the limit, and the facts that most of its nodes ask of, at most
/// three, most first.
void ReportTooLarge(const check::Decision& decision, const evaluate::Space& space, std::size_t max_nodes,
                    diagnostics::DiagnosticSink& sink);

}  // namespace proviso::lower
