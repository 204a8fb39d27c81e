#include "harness/report/sweep_words.h"

#include <fmt/core.h>

#include "compiler/reference/option_sets.h"
#include "harness/report/space_text.h"
#include "harness/test/compare.h"

namespace proviso::report {
namespace {

/// Of two outcomes with an order, whether the first is the weaker.
bool IsWeaker(const reference::Outcome& one, const reference::Outcome& other) {
  if (!one.determined || !other.determined || one.error || other.error) return false;
  const auto* const mine = std::get_if<Member>(&one.value());
  const auto* const theirs = std::get_if<Member>(&other.value());
  return mine != nullptr && theirs != nullptr && mine->index < theirs->index;
}

}  // namespace

std::string GroupName(std::size_t number) {
  std::string name(1, static_cast<char>('A' + number % 26));
  return number < 26 ? name : GroupName(number / 26 - 1) + name;
}

std::string GroupText(const load::LoadedDraft& draft, const sweep::Group& group) {
  return reference::DescribeOptionSets(*draft.draft, draft.option_sets, group.option_sets);
}

FlipText TextOf(const sweep::OverCases& over, check::DecisionId decision, const sweep::OptionValues& option,
                const sweep::Flip& flip) {
  const check::CheckedDraft& draft = *over.draft->draft;
  const bool is_above_stronger = IsWeaker(flip.below, flip.above);
  const reference::Outcome& stronger = is_above_stronger ? flip.above : flip.below;
  const reference::Outcome& weaker = is_above_stronger ? flip.below : flip.above;
  return {fmt::format("{} rather than {}", test::OutcomeText(draft, decision, stronger),
                      test::OutcomeText(draft, decision, weaker)),
          BoundText(*draft.vocabulary, option.EdgeType(), flip.edge, flip.is_after, is_above_stronger),
          lower::DescribeProducts(draft, flip.where)};
}

}  // namespace proviso::report
