// lowerer.h: one draft's expressions as functions in a space, one small member function for each form of ops.def.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/checked_draft.h"
#include "compiler/lower/quantities.h"
#include "compiler/lower/reach.h"
#include "compiler/lower/terms.h"
#include "runtime/base/case.h"
#include "runtime/evaluate/space.h"

namespace proviso::lower {

using evaluate::ListOf;
using evaluate::NodeId;
using evaluate::PlaceId;
using BindingId = Id<struct BindingTag>;
using ContextId = Id<struct ContextTag>;

/// An element that a quantifier is at, and those of the quantifiers around it.
struct Binding {
  check::VariableId variable;
  PlaceId place;
  BindingId outer;
  auto operator<=>(const Binding&) const = default;
};

/// Where an expression stands: the entity at hand, the elements of quantifiers, and what is supposed.
struct Scope {
  PlaceId self;
  BindingId elements;
  ContextId context;
  auto operator<=>(const Scope&) const = default;
};

/// A table by an expression, rule or decision, which is always one, and where it stands.
template <typename IdType>
struct ScopedInfo {
  using Key = std::pair<IdType, Scope>;
  // NOLINTBEGIN(readability-identifier-naming): LLVM's names
  static Key getEmptyKey() { return {IdType(), Scope()}; }
  static Key getTombstoneKey() { return {IdType(), Scope{.self = PlaceId(0), .elements = {}, .context = {}}}; }
  static unsigned getHashValue(const Key& key) {
    std::uint64_t hash = std::hash<IdType>()(key.first);
    hash = graph::Spread(hash ^ std::hash<PlaceId>()(key.second.self) << 32U);
    hash = graph::Spread(hash ^ std::hash<BindingId>()(key.second.elements));
    return static_cast<unsigned>(graph::Spread(hash ^ std::hash<ContextId>()(key.second.context)));
  }
  static bool isEqual(const Key& one, const Key& other) { return one == other; }
  // NOLINTEND(readability-identifier-naming)
};
template <typename IdType, typename T>
using ByScope = llvm::DenseMap<std::pair<IdType, Scope>, T, ScopedInfo<IdType>>;

/// What is supposed, or which alternative is chosen, in addition to `outer`.
struct Context {
  ContextId outer;
  check::ExprId supposing;  // with the overrides, in `scope`
  Scope scope;
  check::OptionId option;
  std::uint32_t alternative = 0;
  auto operator<=>(const Context&) const = default;
};

/// The value of an expression in all cases: `node` leads to what it is; of a set, to whether it is `none`, and a
/// condition for each member of the enumeration to whether the set has it.
struct Symbol {
  NodeId node;
  std::vector<NodeId> members;
};

class Lists;

class Lowerer {
 public:
  /// All must outlive it. With `known` the result is for that case alone: what is known there is a constant, what is
  /// unknown a variable.
  Lowerer(const check::CheckedDraft& draft, Space& space, Lists& lists, const Case* known = nullptr);

  [[nodiscard]] const check::CheckedDraft& Draft() const { return draft_; }
  [[nodiscard]] Reach& Reached() { return reach_; }
  [[nodiscard]] Scope CaseScope() const { return {.self = space_.Root(), .elements = {}, .context = {}}; }
  [[nodiscard]] Scope At(const Scope& scope, PlaceId place) const { return {place, BindingId(), scope.context}; }
  /// The scope without what is supposed of facts that the expression does not read.
  [[nodiscard]] Scope Relevant(const Scope& scope, check::ExprId expr);
  [[nodiscard]] Scope With(const Scope& scope, check::VariableId variable, PlaceId element);
  [[nodiscard]] Scope Supposing(check::ExprId id, const Scope& scope);
  [[nodiscard]] PlaceId PlaceOf(check::VariableId variable, const Scope& scope) const;
  /// The elements of the list, where they are known.
  [[nodiscard]] std::optional<std::vector<PlaceId>> KnownElements(const ListOf& list);
  [[nodiscard]] bool IsKnown(PlaceId place) { return InstanceAt(place).has_value(); }
  /// The place for an element of the list, apart from those of elements of the same list that are at hand.
  [[nodiscard]] PlaceId ElementPlace(const ListOf& list, const Scope& scope);
  [[nodiscard]] evaluate::VariableId OptionVariable(check::OptionId id);

  /// Where a reader comes to the expression, for the order of variables (see Space::MoveTo). The first time counts.
  void SetPosition(check::ExprId expr, const Scope& scope, std::uint64_t position) {
    positions_.try_emplace({expr, scope}, position);
  }

  [[nodiscard]] Symbol Lower(check::ExprId id, const Scope& scope);
  [[nodiscard]] NodeId Node(check::ExprId expr, const Scope& scope) { return Lower(expr, scope).node; }
  [[nodiscard]] Symbol Outcome(check::DecisionId id, const Scope& scope);
  /// From here on what cannot matter is not gone through: the rest of an `and` one part of which never holds, and the
  /// like. Variables then come up in an order that no text has, and some not at all.
  void StopEarly() { stops_early_ = true; }
  /// From here on yes/no terms of the case, and of entities on fixed paths, are variables of their own
  /// (Space::TermVariable), but for those that turn on few facts. What they mean under other option sets than these
  /// does not matter. `by_facts`, if any, says what they mean without terms.
  void SayByTerms(NodeId option_sets, Lowerer* by_facts) {
    terms_under_ = option_sets;
    by_facts_ = by_facts;
  }
  /// What drafts in one space share where they word it alike (WordingOf), under the same alternatives: recursive terms,
  /// and what only the reference evaluator can say.
  struct Shared {
    using Worded = std::pair<std::string, std::vector<std::pair<std::string, std::uint32_t>>>;
    std::map<Worded, evaluate::TierId> tiers;
    std::map<std::string, std::int64_t> unsettled;  // by wording, entity and what is supposed: its number
  };
  void Share(Shared& shared) { shared_ = &shared; }
  [[nodiscard]] const std::vector<NamedTerm>& NamedTerms() const { return named_; }
  /// Whether the outcome is that of the rule.
  [[nodiscard]] NodeId Decides(check::RuleId id, const Scope& scope);

  /// The condition of such an expression as the drafter has it.
  [[nodiscard]] std::string QuestionText(check::ExprId id) const;

  /// What a `some`, `every`, or `max` and `min` of an enumeration ask of each element of the list.
  [[nodiscard]] std::vector<NodeId> ElementConditions(check::ExprId id, const ListOf& list, const Scope& scope);

 private:
  using AtPlace = llvm::function_ref<Symbol(PlaceId)>;

#define OP(name, operands) Symbol Lower##name(check::ExprId id, const Scope& scope);
#include "compiler/check/ops.def"

  /// Whether nothing else need be gone through, where the value decides; an error elsewhere changes nothing.
  [[nodiscard]] bool IsDecided(NodeId node, NodeId value) const { return stops_early_ && node == value; }
  [[nodiscard]] Symbol Constant(const Type& type, const Value& value);
  [[nodiscard]] Symbol Choose(NodeId condition, const Symbol& then, const Symbol& otherwise);
  /// By the entity that operand 0 is.
  Symbol OfEntity(check::ExprId id, const Scope& scope, AtPlace at_place);
  Symbol Fact(PlaceId place, FactId fact, ContextId context);
  Symbol PlainFact(PlaceId place, FactId fact);
  [[nodiscard]] std::optional<InstanceId> InstanceAt(PlaceId place);
  /// What is known of the fact; nothing where it is unknown, or the case is not given.
  [[nodiscard]] const Value* KnownValue(PlaceId place, FactId fact);
  Symbol KnownFact(PlaceId place, FactId fact, const Value& value);
  Symbol Supposed(PlaceId place, FactId fact, const Context& context, Symbol before);
  Symbol Term(check::TermId term, const Scope& outer);
  /// Whether a variable may stand for the term where it is asked of the entity at hand.
  [[nodiscard]] bool MayBeNamed(check::TermId term, const Scope& scope) const;
  Symbol NamedCondition(check::TermId term, const Scope& scope);
  /// Gives it a variable, unless it turns on few facts; what stands for it from then on.
  NodeId Named(NamedTerm named);
  /// The outcome of another decision by `treatment is prohibited` and the like, variables as those of terms.
  NodeId SaidByMembers(check::DecisionId id, NodeId outcome);
  Symbol TierTerm(check::TermId id, const Scope& scope);
  evaluate::TierId Tier(check::TermId id, const Scope& inside);
  [[nodiscard]] std::optional<std::uint32_t> Chosen(check::OptionId option, ContextId context) const;

  NodeId Relate(check::ExprId id, const Scope& scope, Relation relation);
  Symbol Arithmetic(check::ExprId id, const Scope& scope, Quantity::Operation operation);
  Symbol Fold(check::ExprId id, const Scope& scope, Quantity::Operation operation);
  /// `body`: of a term of the entity at hand.
  Symbol Unsettled(check::ExprId body, const Scope& scope);
  /// WordingOf, made once for each.
  const std::string& Wording(check::ExprId id);
  /// What is supposed and chosen, in words that do not depend on the draft.
  [[nodiscard]] std::string ContextText(ContextId context);

  /// By the list that operand 0 is; `empty` for none.
  NodeId OfList(check::ExprId id, const Scope& scope, NodeId empty, llvm::function_ref<NodeId(const ListOf&)> of_list);
  NodeId Quantified(check::ExprId id, const ListOf& list, const Scope& scope);
  Symbol Aggregate(check::ExprId id, const Scope& scope, Quantity::Aggregate aggregate);
  NodeId AggregateOfKnown(check::ExprId id, const std::vector<PlaceId>& elements, const Scope& scope,
                          Quantity::Aggregate aggregate);
  NodeId AggregateOf(check::ExprId id, const ListOf& list, const Scope& scope, Quantity::Aggregate aggregate);
  NodeId ExtremeMember(check::ExprId id, const ListOf& list, const Scope& scope, bool greatest);
  /// By case on the options that turn up under the expression.
  NodeId ByOptions(const std::set<check::OptionId>& options, const Scope& scope,
                   llvm::function_ref<NodeId(const Scope&)> lower);

  NodeId Fires(check::RuleId id, const Scope& scope);
  NodeId Decide(check::DecisionId id, const Scope& scope);
  NodeId RulesOrOtherwise(check::DecisionId id, const Scope& scope);
  /// A rule that gives its value where all of its conjuncts hold.
  struct Firing {
    std::vector<NodeId> conjuncts;
    NodeId value;
    check::ExprId value_id;
  };
  /// Whether what comes after matters.
  bool AddConjuncts(check::ExprId id, const Scope& scope, std::vector<NodeId>& conjuncts);
  std::vector<NodeId> Conjuncts(check::RuleId id, const Scope& scope);
  NodeId AllOf(const std::vector<NodeId>& conjuncts);
  std::vector<Firing> Firings(const std::vector<check::RuleId>& rules, const Scope& scope);
  /// Whether the condition never fails.
  [[nodiscard]] bool IsPlain(NodeId condition) const;
  /// The conjunct that most of the rules have; none where no two have the same.
  [[nodiscard]] NodeId MostShared(llvm::ArrayRef<Firing> rules) const;
  NodeId FirstOf(llvm::MutableArrayRef<Firing> rules, NodeId otherwise);
  NodeId Joined(check::DecisionId id, std::vector<Firing> rules);
  NodeId InHalves(check::DecisionId id, llvm::ArrayRef<Firing> rules);
  /// Of two outcomes, terminals.
  NodeId AreSame(NodeId one, NodeId other);
  NodeId JoinOutcomes(check::DecisionId id, check::ExprId value, NodeId before, NodeId added);
  NodeId FirstThatFires(const std::vector<check::RuleId>& rules, NodeId otherwise, const Scope& scope);
  NodeId AllThatFire(check::DecisionId id, const Scope& scope);

  /// What `make` gives, made once, unless it is provisional.
  template <typename IdType, typename Result, typename Make>
  Result Remember(ByScope<IdType, Result>& known, const std::pair<IdType, Scope>& key, Make make) {
    if (const auto found = known.find(key); found != known.end()) return found->second;
    const std::size_t before = Provisional();
    Result result = make();
    if (Provisional() == before) known.try_emplace(key, result);
    return result;
  }
  [[nodiscard]] std::size_t Provisional() const;

  const check::CheckedDraft& draft_;
  Space& space_;
  graph::Graph& graph_;
  Lists& lists_;
  const Case* known_;
  Reach reach_;
  std::optional<NodeId> terms_under_;          // the option sets; nothing where terms are not said
  Lowerer* by_facts_ = nullptr;                // of the same draft
  std::vector<NamedTerm> named_;               // in the order in which they are done
  std::map<std::string, NodeId> named_nodes_;  // what stands for each, by name
  int depth_ = 0;
  bool stops_early_ = false;
  Store<BindingId, Binding> bindings_;
  std::map<Binding, BindingId> binding_ids_;
  Store<ContextId, Context> contexts_;
  std::map<Context, ContextId> context_ids_;
  ByScope<check::ExprId, std::uint64_t> positions_;
  ByScope<check::ExprId, Symbol> lowered_;
  ByScope<check::RuleId, NodeId> fires_;
  ByScope<check::DecisionId, NodeId> rules_;
  ByScope<check::DecisionId, NodeId> decided_;
  std::map<std::pair<check::TermId, ContextId>, evaluate::TierId> tiers_;
  Shared own_;  // where nothing is shared
  std::map<check::ExprId, std::string> wordings_;
  Shared* shared_ = &own_;
};

}  // namespace proviso::lower
