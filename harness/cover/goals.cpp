// Which goals an exercised draft has met.
#include "harness/cover/observer.h"

namespace proviso::cover {

using check::ExprId;
using check::OptionId;
using check::RuleId;
using Sight = Goal::Sight;

const Point& PointOf(const Exercised& exercised, const Goal& goal) {
  const RuleId* const rule = std::get_if<RuleId>(&goal.piece);
  return rule != nullptr ? exercised.rules.at(*rule) : exercised.points.at(std::get<ExprId>(goal.piece));
}

std::size_t TimesMet(const Exercised& exercised, const Goal& goal) {
  const auto rule = [&]() -> const RuleCounts& { return exercised.counts.at(std::get<RuleId>(goal.piece)); };
  const auto leaf = [&]() -> const Leaf& { return PointOf(exercised, goal).leaves[goal.part]; };
  const auto decides = [&](bool truth) -> std::size_t {
    const auto& turns = leaf().turns[truth ? 1 : 0];
    return turns[0].empty() && turns[1].empty() ? 0 : 1;
  };
  switch (goal.sight) {
    case Sight::kFires:
      return rule().fires;
    case Sight::kDoesNot:
      return rule().does_not;
    case Sight::kBlocked:
      return rule().blocked;
    case Sight::kNo:
    case Sight::kYes:
      return leaf().seen[goal.sight == Sight::kYes ? 1 : 0];
    case Sight::kDecidesNo:
    case Sight::kDecidesYes:
      return decides(goal.sight == Sight::kDecidesYes);
    case Sight::kBelow:
    case Sight::kAt:
    case Sight::kAbove: {
      const auto side = static_cast<std::size_t>(goal.sight) - static_cast<std::size_t>(Sight::kBelow);
      return exercised.thresholds.at(std::get<ExprId>(goal.piece)).seen[side];
    }
    case Sight::kAsked:
      return exercised.alternatives.at(std::get<OptionId>(goal.piece))[goal.part];
  }
  return 0;
}

}  // namespace proviso::cover
