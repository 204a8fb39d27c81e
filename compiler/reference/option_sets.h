// option_sets.h: the option sets that a draft's constraints leave.
#pragma once

#include <vector>

#include "compiler/check/checked_draft.h"
#include "compiler/diagnostics/diagnostic.h"

namespace proviso::reference {

/// More combinations of alternatives than this are refused with an error that names the limit.
inline constexpr std::size_t kMaxOptionSets = 1'000'000;

/// All option sets that satisfy every constraint, in the order of the alternatives, the last option fastest. Settled
/// options have their settled alternative. A draft without options has one. None left, or too many, is reported.
[[nodiscard]] std::vector<check::OptionSet> OptionSets(const check::CheckedDraft& draft,
                                                       diagnostics::DiagnosticSink& sink);

/// Drops the named option sets that none of `sets` matches: a warning where what is settled rules one out, else an
/// error. False where there was an error.
bool DropExcludedSets(check::CheckedDraft& draft, const std::vector<check::OptionSet>& sets,
                      diagnostics::DiagnosticSink& sink);

/// A condition on option sets in words, from those that meet it: `ai_compute is alt_2 or alt_3, and notify_compute
/// is low`; empty where `some` is all of `all`. Exact and short, but not always the shortest.
[[nodiscard]] std::string DescribeOptionSets(const check::CheckedDraft& draft, const std::vector<check::OptionSet>& all,
                                             const std::vector<check::OptionSet>& some);

}  // namespace proviso::reference
