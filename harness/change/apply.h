// apply.h: edits done to a case.
#pragma once

#include <optional>

#include "harness/change/change.h"
#include "harness/change/edits.h"

namespace proviso::change {

/// The case with the edits, and what they come to fact by fact; nothing where they ask two things of one fact, or an
/// element cannot be made.
[[nodiscard]] std::optional<Change> Apply(lower::Lowered& lowered, const Case& facts, const std::vector<Edit>& edits);

}  // namespace proviso::change
