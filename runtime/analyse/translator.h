// translator.h: makes a formula, one small function for each kind of thing that a graph is made of.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "runtime/analyse/formula.h"

namespace proviso::analyse {

/// A value of the formula: a condition for `none`, and a term for what it is else.
struct Symbol {
  std::string none;
  std::string term;
};

class Translator {
 public:
  Translator(const Space& space, const Wanted& wanted, Lists lists);
  Formula Translate();

 private:
  using Term = std::string;
  /// Which being stands at an element's or tier's place.
  using Places = std::map<PlaceId, BeingId>;
  using PlacesId = Id<struct PlacesTag>;
  using Leaf = llvm::function_ref<Term(NodeId)>;
  /// What a function is translated to; one of each is made.
  enum class Aspect : std::uint8_t { kHolds, kNone, kNumber, kOrdinal, kIndex };

  // ---- Text (translator.cpp) ----
  Term Define(const char* sort, const Term& term);
  [[nodiscard]] bool IsTooLarge() const { return text_.size() > kMaxFormula; }
  void Assert(const Term& condition);
  Term Declare(const char* sort, Unknown unknown);
  /// Left open.
  Term Open(const char* sort);

  // ---- Entities and facts (translate_facts.cpp) ----
  PlacesId With(PlacesId places, PlaceId place, BeingId being);
  BeingId BeingAt(PlaceId id, PlacesId places);
  BeingId Part(BeingId parent, FactId fact);
  [[nodiscard]] const Value* KnownValue(BeingId being, FactId fact) const;
  /// The elements that the list may have.
  std::vector<BeingId> Elements(const ListOf& list, PlacesId places);
  void Assume(const ListOf& list, BeingId element, PlacesId places);
  BeingId AddElement(const ListOf& list, BeingId owner, std::uint32_t index);
  /// Where the body of a tier stands; nothing where tiers are left open.
  std::optional<PlacesId> InTier(evaluate::TierId id, PlaceId asked, PlacesId places);
  Symbol FactOf(BeingId being, FactId fact);
  Symbol UnknownFact(BeingId being, FactId fact);
  Term MemberOf(BeingId being, FactId fact, std::uint32_t member);
  static Symbol Literal(const Value& value);

  // ---- Functions and variables (translator.cpp) ----
  Term Fold(NodeId node, PlacesId places, Aspect aspect, Leaf leaf);
  Term Holds(NodeId condition, PlacesId places);
  Symbol ValueOf(NodeId node, PlacesId places, bool is_real);
  /// That the variable is in one of the cells from `first` up to `last`, without it.
  Term InCells(VariableId id, std::size_t first, std::size_t last, PlacesId places);
  Term FactInCells(VariableId id, std::size_t first, std::size_t last, PlacesId places);
  static Term InIntervals(const evaluate::Variable& variable, std::size_t first, std::size_t last, const Symbol& value);
  Term OrderInCells(const evaluate::Variable& variable, std::size_t first, std::size_t last, PlacesId places);
  Term ListInCells(VariableId id, std::size_t first, std::size_t last, PlacesId places);
  Term CellOfElements(VariableId id, PlacesId places);
  Term Condition(evaluate::ConditionId id, PlacesId places);

  // ---- Quantities (translate_quantities.cpp) ----
  Symbol QuantityOf(QuantityId id, PlacesId places);
  Symbol Make(QuantityId id, PlacesId places);
  Symbol Linear(const evaluate::Quantity& quantity, PlacesId places);
  Symbol Operation(const evaluate::Quantity& quantity, PlacesId places);
  Symbol Aggregate(const evaluate::Quantity& quantity, PlacesId places);
  Symbol Extreme(const evaluate::Quantity& quantity, PlacesId places);
  Symbol OpenQuantity(const evaluate::Quantity& quantity);

  [[nodiscard]] bool IsLeftOpen(const ListOf& list) const;

  const Space& space_;
  const Wanted& wanted_;
  Lists lists_;
  Questions questions_;
  Formula formula_;
  Term text_;
  std::size_t terms_ = 0;
  Store<PlacesId, Places> places_;
  std::map<Places, PlacesId> place_ids_;
  std::map<std::pair<BeingId, FactId>, BeingId> parts_;
  std::map<std::pair<BeingId, FactId>, std::vector<BeingId>> elements_;
  std::map<std::pair<BeingId, FactId>, Symbol> facts_;
  std::map<std::tuple<BeingId, FactId, std::uint32_t>, Term> members_;
  std::map<std::pair<BeingId, evaluate::ListId>, Term> list_cells_;
  std::map<std::tuple<NodeId, PlacesId, Aspect>, Term> folded_;
  std::map<std::pair<VariableId, PlacesId>, Term> elements_cells_;
  std::map<std::pair<evaluate::ConditionId, PlacesId>, Term> conditions_;
  std::map<std::pair<QuantityId, PlacesId>, Symbol> quantities_;
  std::map<VariableId, Term> options_;
  std::set<std::pair<evaluate::TierId, BeingId>> in_tiers_;
};

// ---- Terms ----
[[nodiscard]] std::string Not(const std::string& term);
[[nodiscard]] std::string And(const std::string& one, const std::string& other);
[[nodiscard]] std::string Or(const std::string& one, const std::string& other);
[[nodiscard]] std::string IfThenElse(const std::string& condition, const std::string& then,
                                     const std::string& otherwise);
/// A rational number; a whole one.
[[nodiscard]] std::string Number(const Exact& number);
[[nodiscard]] std::string Whole(std::int64_t number);
/// The number, date, or number of days as it stands in formulas: a `real` by its ordinal.
[[nodiscard]] std::string NumberOf(const Value& value);

}  // namespace proviso::analyse
