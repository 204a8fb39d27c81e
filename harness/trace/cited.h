// cited.h: a checked draft → every place where it, or its vocabulary, cites a paragraph.
#pragma once

#include <string>
#include <vector>

#include "compiler/check/checked_draft.h"

namespace proviso::trace {

/// What carries the citation.
enum class Carrier : std::uint8_t { kRule, kDecision, kTerm, kOption, kSet, kFact, kMember };

struct CitedPlace {
  Citation cite;
  Carrier carrier;
  std::string name;  // `logic_fab`, `Person.holders`, `Share.voting`
  Span span;
};

/// In the order of the text, the draft's before its vocabulary's. The items of a list are carried by what the list
/// stands in. Other sources (`cites "…"`) are left out, and so are properties, which encode nothing.
[[nodiscard]] std::vector<CitedPlace> CitedPlaces(const check::CheckedDraft& draft);

/// `rule`, `fact`, …
[[nodiscard]] std::string_view CarrierName(Carrier carrier);

}  // namespace proviso::trace
