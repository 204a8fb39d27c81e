// question.h: what is asked of a person.
#pragma once

#include <vector>

#include "compiler/check/checked_draft.h"
#include "compiler/reference/evaluate.h"

namespace proviso::ask {

using reference::MissingFact;

struct Question {
  enum class Kind : std::uint8_t {
    kFact,   // a value; of an entity that may be `none`, whether there is one
    kCount,  // how many elements a list has
    kWhich,  // which of several lists of one entity have any
  } kind = Kind::kFact;
  check::DecisionId decision;      // that is not settled without it
  std::vector<MissingFact> facts;  // of kWhich several, in the vocabulary's order, else one
};

/// How many elements of a list are entered by questions.
inline constexpr std::size_t kMaxElements = 20;

}  // namespace proviso::ask
