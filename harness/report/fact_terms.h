// fact_terms.h: which defined term a fact is read for, so that a large graph can be shown by terms.
#pragma once

#include <map>

#include "compiler/check/checked_draft.h"

namespace proviso::report {

/// For each fact that some term's own text reads, the first such term, in the order of the text. Linear in the draft.
[[nodiscard]] std::map<FactId, check::TermId> TermsOfFacts(const check::CheckedDraft& draft);

}  // namespace proviso::report
