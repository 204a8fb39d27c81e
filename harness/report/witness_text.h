// witness_text.h: one case in a line.
#pragma once

#include <string>

#include "compiler/lower/witness.h"

namespace proviso::report {

/// The facts that mattered and are not no, none or empty: `visitors: 401; stages[0].level: 91 decibel`; of many the
/// first, and how many more there are.
[[nodiscard]] std::string WitnessText(const Vocabulary& words, const lower::Witness& witness);

}  // namespace proviso::report
