// goals.h: all that is to be seen of a draft, one situation each: what the items of `cover` are made of, and what cases
// are looked for.
#pragma once

#include <compare>
#include <cstdint>
#include <variant>

#include "compiler/check/checked_draft.h"

namespace proviso::cover {

/// One situation at one piece.
struct Goal {
  enum class Sight : std::uint8_t {
    kFires,       // of a rule or exception
    kDoesNot,     // its condition does not hold
    kBlocked,     // its condition holds, and an exception takes away
    kNo,          // of a condition of a point
    kYes,         //
    kDecidesNo,   // it is no, and were it yes, the point would come out otherwise
    kDecidesYes,  // the other way round
    kBelow,       // of a threshold
    kAt,          //
    kAbove,       //
    kAsked,       // of an alternative
  } sight = Sight::kFires;
  /// A rule's own, or its point: a rule. Other points and thresholds: the expression.
  std::variant<check::RuleId, check::ExprId, check::OptionId> piece;
  std::uint32_t part = 0;  // the condition of the point, the alternative

  auto operator<=>(const Goal&) const = default;
  /// Of the point of a rule, not of the rule itself.
  [[nodiscard]] bool IsOfPoint() const { return sight >= Sight::kNo && sight <= Sight::kDecidesYes; }
};

/// Whether any case meets a goal.
enum class Feasibility : std::uint8_t {
  kNotAsked,
  kPossible,    // a case meets it, replayed
  kImpossible,  // proved, within what the vocabulary assumes
  kNotSettled,  // neither
};

}  // namespace proviso::cover
