// observer.h: goes through all that a decision turns on in a case, and notes what is exercised.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "compiler/reference/evaluator.h"
#include "harness/cover/goals.h"
#include "harness/cover/options_behind.h"
#include "harness/cover/points.h"

namespace proviso::cover {

/// Below, at, above the limit: what is on the comparison's left against what is on its right.
struct Threshold {
  std::string inside;
  std::vector<Citation> cites;
  std::array<std::size_t, 3> seen{};
};

struct RuleCounts {
  std::size_t fires = 0;
  std::size_t does_not = 0;
  std::size_t blocked = 0;  // its condition holds, and an exception takes away
};

/// All there is to exercise in what the case's decisions reach, and what was.
struct Exercised {
  std::map<check::ExprId, Point> points;  // of terms, elements and options
  std::map<check::RuleId, Point> rules;
  std::map<check::RuleId, RuleCounts> counts;
  std::map<check::ExprId, Threshold> thresholds;
  std::map<check::OptionId, std::vector<std::size_t>> alternatives;
};

/// Everything that the decisions of the case reach, nothing of it exercised.
[[nodiscard]] Exercised EverythingOf(const check::CheckedDraft& draft);

/// Adds what `more` has, which was exercised after it, to `all`: both of the same draft.
void Merge(const check::CheckedDraft& draft, const Exercised& more, Exercised& all);

/// In how many distinct situations the goal was met.
[[nodiscard]] std::size_t TimesMet(const Exercised& exercised, const Goal& goal);

/// The point that the goal is of.
[[nodiscard]] const Point& PointOf(const Exercised& exercised, const Goal& goal);

/// Of one case; what was looked at under one option set is not looked at again under one that can make no difference.
class Observer {
 public:
  /// All must outlive it. `exercised` is what `EverythingOf` gave.
  Observer(const check::CheckedDraft& draft, const OptionsBehind& behind, const Case& facts,
           const std::string& scenario, Exercised& exercised)
      : draft_(draft), behind_(behind), facts_(facts), scenario_(scenario), exercised_(exercised) {}

  /// Notes what the decision comes to and all it turns on.
  void Observe(check::DecisionId decision, const check::OptionSet& options);

 private:
  using Scope = reference::Scope;
  enum class What : std::uint8_t { kPoint, kThreshold, kTerm, kRule, kDecision };
  /// Where something was looked at: the entity, the elements, what is supposed, and the alternatives that matter.
  using Place = std::tuple<What, std::size_t, InstanceId, std::vector<InstanceId>, std::size_t, check::OptionSet>;

  /// The options that the decision's outcome was asked with; worked out once for those that choose alike there.
  const llvm::SmallBitVector& AskedBy(check::DecisionId decision);
  void Visit(check::ExprId id, const Scope& scope);
  void VisitInside(check::ExprId id, const Scope& scope);
  void VisitOperands(const check::Expr& expr, const Scope& scope);
  void VisitPoint(check::ExprId id, const Scope& scope);
  void VisitTerm(const check::Expr& expr, const Scope& scope);
  void VisitOverList(const check::Expr& expr, const Scope& scope);
  void VisitOption(const check::Expr& expr, const Scope& scope);
  void VisitComparison(check::ExprId id, const Scope& scope);
  void VisitDecision(check::DecisionId id, const Scope& scope);
  void VisitRule(check::RuleId id, const Scope& scope);
  void VisitLeaves(Point& point, const Scope& scope);
  [[nodiscard]] Truth TruthOf(const Leaf& leaf, const Scope& scope);
  /// Whether it has not been looked at there.
  template <typename Id>
  [[nodiscard]] bool IsNew(What what, Id id, const Scope& scope);
  std::optional<InstanceId> EntityOf(const check::Expr& expr, const Scope& scope);
  [[nodiscard]] const check::OptionSet& Options() const { return *options_; }

  const check::CheckedDraft& draft_;
  const OptionsBehind& behind_;
  const Case& facts_;
  const std::string& scenario_;
  Exercised& exercised_;
  const check::OptionSet* options_ = nullptr;
  std::optional<reference::Evaluator> evaluator_;  // for these
  std::size_t observed_ = 0;                       // evaluators so far
  std::set<Place> seen_;
  std::map<check::DecisionId, std::deque<std::pair<llvm::SmallBitVector, check::OptionSet>>> asked_;
};

}  // namespace proviso::cover
