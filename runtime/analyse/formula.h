// formula.h: conditions on a case, put so that a solver can look for one: every fact of a bounded case is a constant,
// and what graphs ask of the case is said of those, as evaluate::Walk does it for a case at hand.
//
// Numbers and dates are whole numbers times the step of their type, compared and added as rational numbers; a `real` is
// its place among all binary64, which says all about its order. Lists have so many elements as questions.h says. What
// cannot be said (operations on `real`s, months, what the reference evaluator alone settles) is left open: no case is
// lost by that, and one found has to be tried.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <map>
#include <string>
#include <vector>

#include "runtime/analyse/questions.h"
#include "runtime/base/case.h"
#include "runtime/evaluate/space.h"

namespace proviso::analyse {

using BeingId = Id<struct BeingTag>;

/// What holds of each element, or entity of a tier, that stands at the place.
struct OfElements {
  PlaceId element;
  NodeId condition;
};

/// The question: a case that is `known` as far as that says, and in which all `conditions` are yes.
struct Wanted {
  const Case& known;
  std::vector<NodeId> conditions;
  std::vector<OfElements> assumed;
};

/// An entity of the bounded case.
struct Being {
  EntityId entity;
  InstanceId instance;  // where it is one of the known case's
  BeingId parent;
  FactId fact;  // of the parent
  std::uint32_t index = 0;
  bool is_element = false;
  std::uint32_t depth = 0;  // elements from the case down to here
  std::string name;
  std::string exists;  // the condition; of an element that the list has so many, else that none above is `none`
};

/// A constant that the solver is to find.
struct Unknown {
  enum class Kind : std::uint8_t { kFact, kIsNone, kMember, kExists, kListCell, kOption, kOpen } kind;
  std::string name;
  bool is_truth = false;  // else a number
  BeingId being;
  FactId fact;
  std::uint32_t member = 0;           // kMember
  evaluate::ListId list;              // kListCell
  std::map<PlaceId, BeingId> places;  // kListCell: of the elements around
  VariableId variable;                // kOption
};

struct Formula {
  std::string text;  // declarations, definitions, assertions
  std::vector<Unknown> unknowns;
  Store<BeingId, Being> beings;  // a parent before its parts and elements
  /// Whether a case that is wanted is a solution for certain: no solution, no case.
  bool is_complete = true;
  /// Whether it grew over the limit: it says nothing then.
  bool is_too_large = false;
};

enum class Lists : std::uint8_t {
  kBounded,  // as long as questions.h says
  kOpen,     // those for which no bound is argued, and tiers, are left open: complete
};

/// Characters of a formula's text; one that would grow beyond is given up.
inline constexpr std::size_t kMaxFormula = 1'000'000;

[[nodiscard]] Formula FormulaOf(const Space& space, const Wanted& wanted, Lists lists);

}  // namespace proviso::analyse
