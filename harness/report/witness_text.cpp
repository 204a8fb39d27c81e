#include "harness/report/witness_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/style.h"

namespace proviso::report {

std::string WitnessText(const Vocabulary& words, const lower::Witness& witness) {
  constexpr std::size_t kMaxShown = 8;
  std::vector<std::string> parts;
  for (const reference::MissingFact& one : witness.matter) {
    const FactState& state = witness.facts.State(words, one.instance, one.fact);
    const Fact& fact = words.facts[one.fact];
    // What is no, none or empty is what a reader takes for granted.
    const bool is_no = state.value == Value(false) || state.value == Value(NoValue{}) ||
                       state.value == Value(MemberSet{}) || fact.type.kind == TypeKind::kList;
    if (is_no) continue;
    parts.push_back(fmt::format("{}: {}", FactPath(witness.facts, words, one.instance, one.fact),
                                ValueToText(words, fact.type, *state.value)));
  }
  if (parts.empty()) return "all that is asked is no, none or empty";
  if (parts.size() <= kMaxShown) return fmt::format("{}", fmt::join(parts, "; "));
  const std::size_t more = parts.size() - kMaxShown;
  parts.resize(kMaxShown);
  return fmt::format("{}; {}", fmt::join(parts, "; "), Counted(more, "fact") + " more (--format json)");
}

}  // namespace proviso::report
