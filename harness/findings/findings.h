// findings.h: what of a draft can never change any outcome, over all cases and option sets within the assumptions.
//
// A piece of the text (pieces.h) is put out of effect, and the draft without it held against the draft: where no case
// tells the two apart, that is a finding. What could not be settled is none; it is counted.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/load/workspace.h"
#include "harness/findings/pieces.h"

namespace proviso::findings {

struct Finding {
  enum class Kind : std::uint8_t {
    kRule,                 // can never change an outcome
    kCoveredRule,          // `other` decides alike, or more strictly, wherever it fires
    kShadowedRule,         // always fires together with `other`, which stands before it and decides otherwise
    kException,            // as kRule
    kTerm,                 //
    kUnreadTerm,           // no decision and no property comes to it
    kCondition,            // an item, a threshold, or any other condition: can never change an outcome
    kAlways,               // a condition that always holds, or never
    kOption,               // whichever alternative is chosen
    kSameAlternative,      // comes to the same as `other`
    kExcludedAlternative,  // no option set has it
  } kind;
  std::string inside;  // the declaration it is in, or is: see Piece
  std::string text;    // as the drafter wrote it; of a whole declaration empty
  Piece::Kind piece = Piece::Kind::kCondition;
  std::vector<Citation> cites;
  Span span;
  bool stands_for = false;  // what can stand in its place: no, or yes; of kAlways: whether it always holds
  bool never_fires = false;
  std::string other;  // of the same decision or option
  Span other_span;
  /// The assumptions that it rests on: without one of these it could change an outcome; several where that takes all of
  /// them to go. Empty where it is so whatever is assumed.
  std::vector<std::string> assumptions;
};

struct Findings {
  std::vector<Finding> found;  // in the order of the text
  std::size_t asked = 0;       // pieces
  std::size_t not_settled = 0;
};

/// `progress`: told what of how much is done. A second or so for a draft of a hundred rules, ten for one that turns on
/// sums and tiers.
[[nodiscard]] Findings Find(const load::LoadedDraft& draft,
                            llvm::function_ref<void(std::size_t done, std::size_t all)> progress);

}  // namespace proviso::findings
