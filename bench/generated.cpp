#include "bench/generated.h"

#include <fmt/core.h>

namespace proviso::bench {
namespace {

/// Three declarations of about the size and shape of a real rule's, named and cited by `n`.
std::string Paragraph(std::size_t n) {
  return fmt::format(R"(
# Paragraph {0}
term of System listed_{0} §{0}(a) =
  any of {{
    §(1) designed_for includes any of {{ military, surveillance }} unless intended_for includes robotics,
    §(2) compute more than {1} flop and mostly_biology,
  }}

term covered_{0} §{0}(b) "A term of the kind that drafts define" =
  us_person and knowledge at least reason_to_know
  and (target.country in {{ china, macau }} or target.fund_share at least 50%)

decision treatment_{0} : Treatment §{0}(c) {{
  strictest wins
  otherwise not_covered
  rule ban §{0}(c)(1) -> prohibited
    when covered_{0} and some s in target.systems satisfies s.listed_{0}
  rule notice §{0}(c)(2) -> notifiable
    when covered_{0} and count(s in target.systems where s.compute > 10^23 flop) at least 2
  exception small §{0}(d) to ban
    when closes_on < 2025-01-02 or not (target.fund_share between 10% and 90%)
}}
)",
                     n, (n % 9 + 1) * 1'000'000);
}

constexpr std::size_t kDeclarationsOfAParagraph = 3;

}  // namespace

std::string GeneratedVocabulary() {
  return R"(vocabulary generated "Facts for generated drafts"

unit flop
enum Country { united_states, china, macau, other }
enum Use { military, surveillance, robotics }
ordered enum Knowledge { unaware, reason_to_know, actual }
ordered enum Treatment { not_covered, notifiable, prohibited }

entity System {
  compute : real flop
  mostly_biology : boolean assumed no
  designed_for, intended_for : set of Use
}
entity Person {
  country : Country
  fund_share : percent
  systems : list of System
}
entity Transaction {
  us_person : boolean
  knowledge : Knowledge
  closes_on : date
  target : Person
}
case Transaction
)";
}

GeneratedDraft GenerateDraft(std::size_t bytes) {
  GeneratedDraft draft;
  draft.text = "use \"vocabulary.pvo\"\n\ndraft generated \"A generated draft\"\n  over generated\n";
  for (std::size_t n = 1; draft.text.size() < bytes; ++n) {
    draft.text += Paragraph(n);
    draft.declarations += kDeclarationsOfAParagraph;
  }
  return draft;
}

}  // namespace proviso::bench
