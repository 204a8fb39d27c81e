// ways.h: how the pieces of a draft are come to from the decisions of the case: through which entities, elements of
// lists, suppositions and alternatives of options. Nothing else keeps a piece from being looked at (observer.h).
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <vector>

#include "harness/cover/observer.h"

namespace proviso::cover {

/// One step away from the case.
struct Step {
  enum class Kind : std::uint8_t {
    kEntity,       // into the entity that `expr` is
    kElement,      // to an element of the list that `expr` goes through
    kSupposing,    // under what `expr` supposes
    kAlternative,  // where `option` is `alternative`
  } kind = Kind::kEntity;
  std::size_t outer = kNone;  // the step before; none: the case
  check::ExprId expr;
  check::OptionId option;
  std::uint32_t alternative = 0;

  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
};

/// The ways to one piece.
struct Ways {
  std::vector<std::size_t> last;  // the last step of each, indices into `WaysToAll::steps`; the plainest first
  bool are_all = true;            // false: there may be others, deep in lists of lists, or too many to go through
};

struct WaysToAll {
  std::vector<Step> steps;
  std::map<check::ExprId, Ways> exprs;  // points and thresholds
  std::map<check::RuleId, Ways> rules;
  std::map<check::OptionId, Ways> options;
};

/// Of two ways in which a piece is asked of the same entity, or of an element of the same list, only the one with fewer
/// suppositions and alternatives is kept where it says all that the other does. `everything`: the pieces.
[[nodiscard]] WaysToAll FindWays(const check::CheckedDraft& draft, const Exercised& everything);

}  // namespace proviso::cover
