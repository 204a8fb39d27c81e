// chosen.h: option sets of several drafts that are compared, for tests.
#pragma once

#include <cstddef>
#include <vector>

#include "compiler/lower/lower.h"

namespace proviso::compare {

/// An option set of each draft.
using Chosen = std::vector<check::OptionSet>;

/// Whether options that drafts share are chosen alike.
inline bool AreOneChoice(const lower::Lowered& lowered, const Chosen& chosen) {
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      for (std::size_t option = 0; option < chosen[i].size(); ++option) {
        const evaluate::VariableId variable = lowered.drafts[i].options[option];
        const std::size_t other = lowered.drafts[j].OptionOf(variable);
        if (variable.IsValid() && other < chosen[j].size() && chosen[i][option] != chosen[j][other]) return false;
      }
    }
  }
  return true;
}

}  // namespace proviso::compare
