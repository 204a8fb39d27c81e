// reorder.h: a better order of variables for what grew large in the order of the text.
#pragma once

#include <optional>

#include "runtime/evaluate/space.h"

namespace proviso::lower {

/// The ranks that variables had better have, by those that Space gives them, as what was made in the space suggests;
/// nothing where no order was found that saves much. Facts, with all that is made of them, change places with others of
/// their depth; what must stand above or below others stays there.
[[nodiscard]] std::optional<evaluate::Ranks> BetterRanks(const evaluate::Space& space);

}  // namespace proviso::lower
