// survey.h: goes through a draft as a reader does, before any of it is lowered: which facts are used first, which of
// them options speak of, and what is asked of the elements of lists.
#pragma once

#include <set>
#include <tuple>
#include <vector>

#include "compiler/lower/lists.h"
#include "compiler/lower/lowerer.h"

namespace proviso::lower {

class Survey {
 public:
  /// Tells `lists` of every question, and ranks the facts of the space.
  Survey(Lowerer& lowerer, Space& space, Lists& lists) : lowerer_(lowerer), space_(space), lists_(lists) {}

  void VisitDecision(check::DecisionId id, const Scope& scope);
  void Visit(check::ExprId id, const Scope& scope, bool meets_options);
  /// After all visits.
  void RankFacts();

 private:
  void VisitRule(check::RuleId id, const Scope& scope);
  void VisitList(check::ExprId id, const Scope& scope, bool meets_options);
  void VisitOverrides(check::ExprId id, const Scope& scope, bool meets_options);
  void AddFact(PlaceId place, FactId fact, bool meets_options);
  /// The places, or lists, that an expression may come to.
  [[nodiscard]] std::set<PlaceId> Places(check::ExprId expr, const Scope& scope);
  [[nodiscard]] std::set<ListOf> ListsOf(check::ExprId expr, const Scope& scope);
  void AddPlaces(check::ExprId id, const Scope& scope, std::set<PlaceId>& places);
  void AddLists(check::ExprId id, const Scope& scope, std::set<ListOf>& lists);
  /// The scope of a term's body: of one that goes round, any entity.
  [[nodiscard]] Scope TermScope(check::TermId term, const Scope& scope, PlaceId place);

  Lowerer& lowerer_;
  Space& space_;
  Lists& lists_;
  const check::CheckedDraft& draft_ = lowerer_.Draft();
  std::set<std::tuple<check::ExprId, Scope, bool>> visited_;
  std::set<std::pair<check::DecisionId, Scope>> visited_decisions_;
  std::set<std::tuple<check::ExprId, Scope, ListOf>> sites_;
  /// Facts, in the order of first use, with the position.
  std::vector<std::pair<ListOf, std::uint64_t>> used_;
  std::set<ListOf> meet_options_;
};

}  // namespace proviso::lower
