// mutants.h: a draft with one slip of the pen in it: edits that a drafter could make by mistake.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/check/checked_draft.h"
#include "harness/mutate/edit.h"

namespace proviso::mutate {

enum class Slip : std::uint8_t {
  kBoundary,     // a comparison moved by its boundary: `>` for `>=`; one more or fewer in `at least N of`
  kThreshold,    // a number or date, or a member of an ordered enumeration, for its neighbour; ten times and a tenth
  kConnective,   // `and` for `or`, `any of` for `all of`, `some` for `every`, and back
  kNegation,     // dropped
  kRemoval,      // of a rule, an exception, an item, an operand, a member of a set, what is supposed, a `where`
  kOutcome,      // one step up or down; yes for no
  kParagraph,    // all that a citation stands at, removed; a term that it stands at says no
  kAlternative,  // the values of two alternatives swapped; another one settled, or asked for
  kHitPolicy,    // another
};
inline constexpr std::size_t kSlips = 9;

struct Mutant {
  Slip slip;
  std::string inside;           // `term covered`, `rule frontier_ai`
  std::vector<Citation> cites;  // of the piece that is changed, or of the nearest around it that has some
  Span span;                    // of that piece
  Edit edit;
};

/// One for each slip in the draft's terms, options, sets and decisions, in the order of the text. Properties and
/// constraints are left alone: they say what a draft is to keep to, and suites do not test them. Whether the result
/// still compiles, and means anything else, is not asked. Linear in the text.
[[nodiscard]] std::vector<Mutant> MutantsOf(const check::CheckedDraft& draft);

}  // namespace proviso::mutate
