// edits.h: the cheapest ways to change one case so that a function of a decision graph comes to yes.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <map>
#include <optional>
#include <vector>

#include "compiler/lower/lower.h"
#include "compiler/lower/witness.h"
#include "harness/change/change.h"

namespace proviso::change {

/// Whether a fact of an entity may be otherwise; of a list, whether elements may be added and dropped.
using MayChange = llvm::function_ref<bool(InstanceId, FactId)>;

/// One thing to do to a case.
struct Edit {
  FactChange::Kind kind = FactChange::Kind::kValue;
  InstanceId instance;  // that has the fact, or the list
  FactId fact;
  std::optional<Value> value;           // kValue, but for a member of a set
  std::optional<std::uint32_t> member;  // kValue: is put into the set, or taken out
  InstanceId element;                   // kDropped
  evaluate::ListId list;                // kAdded: an element of that class
  std::uint32_t element_class = 0;
  bool operator==(const Edit&) const = default;
};

struct Edits {
  std::size_t facts = 0;
  double distance = 0;
  std::vector<Edit> edits;

  [[nodiscard]] bool IsNearerThan(const Edits& other) const {
    return facts != other.facts ? facts < other.facts : distance < other.distance;
  }
};

/// What each variable of the space is in one case, and what it costs to make it otherwise.
class EditSearch {
 public:
  /// More facts than this are not changed.
  static constexpr std::size_t kMaxFacts = 4;

  /// All must outlive it.
  EditSearch(lower::Lowered& lowered, const Case& facts, MayChange may_change);

  /// The cheapest `keep` ways to `condition`, a function of facts, nearest first: a cheapest way through the graph.
  /// What they say of quantities made of several facts is done to one fact; every way has to be tried.
  [[nodiscard]] std::vector<Edits> Find(evaluate::NodeId condition, std::size_t keep);

 private:
  using Bound = std::vector<InstanceId>;  // by place: the element at hand

  class Ways;
  [[nodiscard]] std::vector<Edits> FindAt(evaluate::NodeId condition, const Bound& bound, std::size_t keep);
  /// How to bring the variable into cells [`first`, `last`): nothing to do where it is there.
  std::vector<Edits> Into(evaluate::VariableId id, std::size_t first, std::size_t last, const Bound& bound);
  std::vector<Edits> FactInto(const evaluate::Variable& variable, std::size_t first, std::size_t last,
                              const Bound& bound);
  std::vector<Edits> MemberInto(const evaluate::Variable& variable, std::size_t first, const Bound& bound);
  std::vector<Edits> ListInto(evaluate::VariableId id, std::size_t first, std::size_t last);
  std::vector<Edits> DerivedInto(evaluate::VariableId id, std::size_t first, std::size_t last);
  /// The cheapest way to each cell of the list's variable.
  const std::vector<std::optional<Edits>>& ListWays(evaluate::ListId id);
  void AddElements(evaluate::ListId id, InstanceId holder, std::vector<std::optional<Edits>>& ways);
  std::vector<std::optional<Edits>> ElementWays(const evaluate::List& list, InstanceId element);

  /// Facts of the case by themselves that the variable is made from, which may be otherwise.
  struct Fact {
    InstanceId instance;
    FactId fact;
    evaluate::PlaceId place;
  };
  void AddFacts(InstanceId instance, evaluate::PlaceId place);
  [[nodiscard]] bool IsIn(const Case& facts, evaluate::VariableId id, std::size_t first, std::size_t last) const;
  std::optional<Edits> OneFactInto(const Fact& fact, evaluate::VariableId id, std::size_t first, std::size_t last);
  std::optional<Value> NearestNumber(const Fact& fact, const Value& from,
                                     llvm::function_ref<bool(const Value&)> is_in) const;

  lower::Lowered& lowered_;
  evaluate::Space& space_;
  const Vocabulary& words_;
  const Case& facts_;
  MayChange may_change_;
  std::vector<Fact> all_facts_;
  std::map<evaluate::ListId, std::vector<std::optional<Edits>>> list_ways_;
  std::map<std::tuple<evaluate::VariableId, std::size_t, std::size_t>, std::vector<Edits>> derived_ways_;
};

/// How far a fact moves.
[[nodiscard]] double DistanceBetween(const std::optional<Value>& from, const Value& to);

}  // namespace proviso::change
