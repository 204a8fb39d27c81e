#include "compiler/check/checked_draft.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

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

std::vector<DecisionId> CheckedDraft::DecisionsOfCase() const {
  std::vector<DecisionId> of_case;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    if (!decisions[DecisionId(i)].of) of_case.emplace_back(i);
  }
  return of_case;
}

std::vector<RuleId> CheckedDraft::RulesOf(DecisionId decision) const {
  std::vector<RuleId> of_decision;
  std::ranges::copy_if(decisions[decision].rules, std::back_inserter(of_decision),
                       [&](RuleId id) { return !rules[id].is_exception; });
  return of_decision;
}

std::vector<RuleId> CheckedDraft::DecisionWideExceptionsOf(DecisionId decision) const {
  std::vector<RuleId> exceptions;
  std::ranges::copy_if(decisions[decision].rules, std::back_inserter(exceptions),
                       [&](RuleId id) { return rules[id].IsDecisionWide(); });
  return exceptions;
}

}  // namespace proviso::check
