// option_products.h: some of a draft's option sets as a few products, as a suite's `under` says them.
#pragma once

#include <vector>

#include "compiler/load/workspace.h"
#include "compiler/lower/option_cover.h"

namespace proviso::bless {

/// Products that together match exactly the option sets `some` (indices into `draft.option_sets`) of all valid ones. An
/// option that does not matter has no alternatives. Not always the fewest. Time: the square of the option sets.
[[nodiscard]] std::vector<lower::OptionProduct> ProductsOf(const load::LoadedDraft& draft,
                                                           const std::vector<std::size_t>& some);

}  // namespace proviso::bless
