#include "compiler/check/checked_draft.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace proviso::check {

std::string Term::ShownName() const {
  return arguments.empty() ? name : fmt::format("{}({})", name, fmt::join(arguments, ", "));
}

std::optional<DecisionId> CheckedDraft::FindDecision(std::string_view wanted) const {
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    const DecisionId id(i);
    if (decisions[id].name == wanted && !decisions[id].of) return id;
  }
  return std::nullopt;
}

std::optional<OptionId> CheckedDraft::FindOption(std::string_view wanted) const {
  for (std::size_t i = 0; i < options.size(); ++i) {
    const OptionId id(i);
    if (options[id].name == wanted) return id;
  }
  return std::nullopt;
}

}  // namespace proviso::check
