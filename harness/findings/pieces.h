// pieces.h: what of a draft's text could be left out, each with what would stand in its place.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/check/checked_draft.h"

namespace proviso::findings {

struct Piece {
  enum class Kind : std::uint8_t {
    kRule,       // as if it never fired
    kException,  // likewise
    kTerm,       // a yes/no term: as if it always held, or never
    kThreshold,  // a comparison with a number or a date
    kItem,       // of a list of conditions
    kCondition,  // any other
  } kind = Kind::kCondition;
  std::string inside;  // the declaration it is in, or is: `covered`, `treatment.frontier_ai`, `Person.belongs`
  std::string text;    // as the drafter wrote it; of a whole declaration empty
  std::vector<Citation> cites;
  Span span;
  /// The conditions that it became; all are replaced at once. Of a rule or exception: its condition.
  std::vector<check::ExprId> conditions;
  /// What it can be replaced by. What replacing it by the other truth does follows from the condition that it is in.
  std::vector<bool> replacements;
  std::optional<check::RuleId> rule;      // of kRule, kException
  std::optional<check::TermId> term;      // of kTerm: one of those that it became
  std::set<check::DecisionId> decisions;  // of the case, that may turn on it
};

/// What was found to change nothing.
struct LeftOut {
  std::set<check::ExprId> conditions;
  std::set<check::RuleId> rules;
  [[nodiscard]] std::size_t Size() const { return conditions.size() + rules.size(); }
};

/// What can be left out of what the case's decisions come to: whole declarations first, then what is in them, all from
/// the outside in and in the order in which a reader comes to them. What stands inside `left_out` is not come to.
[[nodiscard]] std::vector<Piece> PiecesOf(const check::CheckedDraft& draft, const LeftOut& left_out = {});

/// Terms that no decision comes to, and no property.
[[nodiscard]] std::vector<check::TermId> UnreadTerms(const check::CheckedDraft& draft);

}  // namespace proviso::findings
