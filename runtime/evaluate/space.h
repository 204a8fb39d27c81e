// space.h: what the variables and terminals of decision graphs stand for: the space of all cases of a vocabulary, as
// far as the drafts at hand look at it. Drafts in one space share variables and cuts, so that equal decisions are equal
// nodes.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/base/arithmetic.h"
#include "runtime/base/case.h"
#include "runtime/base/vocabulary.h"
#include "runtime/graph/graph.h"

namespace proviso::evaluate {

using graph::NodeId;
using graph::VariableId;
using PlaceId = Id<struct PlaceTag>;
using ListId = Id<struct ListTag>;
using QuantityId = Id<struct QuantityTag>;
using ConditionId = Id<struct DerivedConditionTag>;
using TierId = Id<struct TierTag>;

/// Where an entity stands in cases.
struct Place {
  enum class Kind : std::uint8_t {
    kCase,
    kPart,     // the entity that `fact` of `parent` is
    kElement,  // any element of the list that `fact` of `parent` is
    kKnown,    // its element number `nesting`, where the list is known
    kTier,     // any entity that a tier function is asked of
  } kind = Kind::kCase;
  EntityId entity;
  PlaceId parent;
  FactId fact;
  /// kElement: how many elements of the same list stand around it. kKnown: which it is, from 0.
  std::uint32_t nesting = 0;
  std::uint32_t depth = 0;  // how many elements and tiers there are from the case down to here
  auto operator<=>(const Place&) const = default;
};

/// A number, date or number of days that depends on facts; nothing that can be read off one cell of one variable.
struct Quantity {
  enum class Kind : std::uint8_t {
    kConstant,
    kFact,
    kLinear,
    kOperation,
    kAggregate,
    kTier,
    kUnsettled,  // only the reference evaluator can say; `number` tells such quantities apart
  } kind;
  TypeKind type = TypeKind::kInteger;
  bool may_be_none = false;

  Value constant;  // kConstant
  PlaceId place;   // kFact, kAggregate (that has the list), kTier
  FactId fact;     // kFact, kAggregate (the list)

  /// kLinear: an exact number, or a date or days as the number of days, being `offset` and so many times each of these;
  /// ascending, none zero.
  std::vector<std::pair<QuantityId, Exact>> terms;
  Exact offset;

  /// kOperation on quantities, in the order of the text.
  enum class Operation : std::uint8_t {
    kNegate,
    kAdd,
    kSubtract,
    kMultiply,
    kDivide,
    kScale,
    kRound,
    kToReal,
    kAddMonths,
    kGreatest,
    kSmallest
  } operation = Operation::kNegate;
  std::vector<QuantityId> operands;
  std::int64_t number = 0;  // as in the operation; of a count 1 where it is known to be at least that
  MonthEnd month_end = MonthEnd::kClipped;

  /// kAggregate: over those elements, standing at `element`, for which `guard` holds, of what `value` leads to.
  enum class Aggregate : std::uint8_t { kCount, kSum, kMax, kMin } aggregate = Aggregate::kCount;
  PlaceId element;
  NodeId guard, value;

  TierId tier;  // kTier

  auto operator<=>(const Quantity&) const = default;
};

/// A condition on facts that no single variable can say.
struct DerivedCondition {
  enum class Kind : std::uint8_t {
    kSome,       // some element of the list, standing at `element`, meets `condition`
    kTier,       // the tier function holds of the entity at `place`
    kSame,       // the elements at `place` and `element` are the same one
    kTerm,       // a term of a draft holds: `condition`, by the name that `number` stands for
    kUnsettled,  // only the reference evaluator can say; `number` tells such conditions apart
  } kind;
  PlaceId place;  // kSome: that has the list
  FactId fact;
  PlaceId element;
  NodeId condition;
  TierId tier;
  std::int64_t number = 0;
  auto operator<=>(const DerivedCondition&) const = default;
};

/// A term that goes round through the elements of lists, as a function of one entity.
struct Tier {
  std::string name;
  PlaceId place;  // the entity it is asked of
  NodeId body;    // invalid while it is being made
};

/// All that is asked of one list by `some` and `every`. Elements are of one class when every condition answers alike,
/// and lists alike when the classes that occur give the same answers: these are the cells of the list's variable.
struct List {
  PlaceId place;
  FactId fact;
  PlaceId element;
  VariableId variable;
  NodeId classes;  // leads from an element's facts to terminals, being indices into `joined`'s rows
  /// By class, by cell: the cell of a list that has such an element more.
  std::vector<std::vector<std::uint32_t>> joined;
  /// By condition, by cell: a function of options.
  std::vector<std::vector<NodeId>> answers;
  /// By condition: as the drafter has it.
  std::vector<std::string> questions;
  /// A list is in the cell where one in cell `before` has an element of class `added` more.
  struct Step {
    std::uint32_t before = 0;
    std::uint32_t added = 0;
  };
  /// By cell: the last of as few steps as lead to it from the empty list, whose cell is the first.
  std::vector<Step> steps;

  [[nodiscard]] std::size_t Cells() const { return steps.size(); }
  /// The classes of a list with as few elements as can be that is in the cell.
  [[nodiscard]] std::vector<std::uint32_t> ExampleOf(std::size_t cell) const {
    std::vector<std::uint32_t> added;
    for (; cell != 0; cell = steps[cell].before) added.push_back(steps[cell].added);
    std::ranges::reverse(added);
    return added;
  }
};

/// What one variable of the graph asks of a case.
struct Variable {
  enum class Kind : std::uint8_t {
    kFact,  // cells: `none` where it may be, then no/yes, members, or intervals; of an entity: `none`, or there is one
    kMember,     // whether the set has `member`; cells: no, yes
    kList,       // cells: see List
    kQuantity,   // cells: `none`, then intervals
    kOrder,      // `quantity` against `other`; cells: one of them is `none`, less, equal, greater
    kCondition,  // cells: no, yes
    kOption,     // cells: alternatives
  } kind;
  bool has_none = false;  // the first cell is `none`
  bool is_first = false;  // kOption: as Choice has it
  PlaceId place;
  std::uint32_t position = 0;  // kFact, kMember, kList: of the fact among those of its entity
  std::uint32_t member = 0;
  std::uint32_t derived = 0;  // of all but facts, members and options: which of them it is
  bool is_fixed = false;      // of these: all that it looks at begins at fixed places; not known of conditions
  Type type;
  FactId fact;
  ListId list;
  QuantityId quantity, other;
  ConditionId condition;
  std::size_t option = 0;  // index into Space::options
  /// Of intervals: the value that each begins at, ascending, by cell; nothing for `none` and the lowest. A ratio's
  /// interval begins after the value where `after` says so; all other types have a next value.
  std::vector<std::optional<Value>> begins;
  std::vector<bool> after;
};

/// A choice that drafts leave open, shared by the drafts that name it and its alternatives alike.
struct Choice {
  std::string name;
  std::vector<std::string> alternatives;
  VariableId variable;
  bool is_first = false;  // stands above the facts that options speak of
};

enum class Relation : std::uint8_t { kLess, kLessEqual, kEqual, kGreaterEqual, kGreater };

struct ListOf {
  PlaceId place;
  FactId fact;
  auto operator<=>(const ListOf&) const = default;
};

struct NoOutcome {
  Failure failure;
  std::uint32_t decision = 0;  // of a gap or disagreement
  auto operator<=>(const NoOutcome&) const = default;
};

/// No rule fires.
struct Nothing {
  auto operator<=>(const Nothing&) const = default;
};

/// Several functions of options at once: what an element answers to each condition on its list.
using Answers = std::vector<NodeId>;

/// What a terminal stands for.
using Leaf = std::variant<Value, QuantityId, PlaceId, ListOf, NoOutcome, Nothing, Answers>;

/// Ranks that others than the reader's order gives are to be.
using Ranks = std::map<graph::Rank, graph::Rank>;

class Space {
 public:
  explicit Space(std::shared_ptr<const Vocabulary> vocabulary, std::size_t max_nodes = 4'000'000);

  [[nodiscard]] const Vocabulary& Words() const { return *vocabulary_; }
  graph::Graph graph;

  // ---- Terminals ----
  [[nodiscard]] NodeId Terminal(const Leaf& leaf);
  [[nodiscard]] const Leaf& LeafAt(graph::Terminal terminal) const { return leaves_[terminal]; }
  [[nodiscard]] const Leaf& LeafOf(NodeId terminal) const { return LeafAt(graph.TerminalOf(terminal)); }
  [[nodiscard]] NodeId None() { return Terminal(Value(NoValue{})); }

  // ---- Places ----
  [[nodiscard]] PlaceId Root() const { return PlaceId(0); }
  [[nodiscard]] PlaceId Part(PlaceId parent, FactId fact);
  [[nodiscard]] PlaceId Element(PlaceId parent, FactId fact, std::uint32_t nesting);
  [[nodiscard]] PlaceId KnownElement(PlaceId parent, FactId fact, std::uint32_t index);
  [[nodiscard]] PlaceId TierPlace(EntityId entity);
  [[nodiscard]] const Place& operator[](PlaceId place) const { return places_[place]; }
  [[nodiscard]] std::size_t Places() const { return places_.size(); }
  /// Whether `place` is `ancestor` or lies below it.
  [[nodiscard]] bool IsWithin(PlaceId place, PlaceId ancestor) const;
  /// `target.ai_systems[].training_compute`.
  [[nodiscard]] std::string PathOf(PlaceId place, FactId fact) const;

  // ---- Quantities, conditions, tiers, lists ----
  [[nodiscard]] QuantityId Add(const Quantity& quantity);
  [[nodiscard]] const Quantity& operator[](QuantityId quantity) const { return quantities_[quantity]; }
  /// What a draft calls the quantity, of the entity that has it; the first name stays. Empty where it has none.
  void Name(QuantityId quantity, const std::string& name) { quantity_names_.try_emplace(quantity, name); }
  [[nodiscard]] const std::string& NameOf(QuantityId quantity) const;
  [[nodiscard]] const DerivedCondition& operator[](ConditionId condition) const { return conditions_[condition]; }
  [[nodiscard]] Tier& operator[](TierId tier) { return tiers_[tier]; }
  [[nodiscard]] const Tier& operator[](TierId tier) const { return tiers_[tier]; }
  [[nodiscard]] TierId AddTier(Tier tier) { return tiers_.Add(std::move(tier)); }
  [[nodiscard]] List& operator[](ListId list) { return lists_[list]; }
  [[nodiscard]] const List& operator[](ListId list) const { return lists_[list]; }
  ListId AddList(List list) { return lists_.Add(std::move(list)); }

  // ---- Variables: each made when first asked for ----
  [[nodiscard]] const Variable& operator[](VariableId variable) const { return variables_[variable]; }
  [[nodiscard]] std::size_t Variables() const { return variables_.size(); }
  [[nodiscard]] std::size_t DerivedVariables() const { return derived_variables_; }
  [[nodiscard]] VariableId FactVariable(PlaceId place, FactId fact);
  [[nodiscard]] VariableId MemberVariable(PlaceId place, FactId fact, std::uint32_t member);
  [[nodiscard]] VariableId QuantityVariable(QuantityId id);
  [[nodiscard]] VariableId OrderVariable(QuantityId first, QuantityId second);
  [[nodiscard]] VariableId ConditionVariable(const DerivedCondition& condition);
  /// Stands for a condition that a draft has a name for; the same variable where name and meaning are the same.
  [[nodiscard]] VariableId TermVariable(const std::string& name, NodeId meaning);
  /// Whether the variable stands for a term, and by which name.
  [[nodiscard]] bool IsTerm(VariableId variable) const;
  [[nodiscard]] const std::string& TermName(const DerivedCondition& term) const {
    return term_names_[static_cast<std::size_t>(term.number)];
  }
  [[nodiscard]] VariableId ListVariable(ListId id, std::size_t cells, bool meets_options);
  [[nodiscard]] VariableId OptionVariable(const std::string& name, const std::vector<std::string>& alternatives);
  /// Options stand below all facts, so that one walk ends in a function of them; but those that sums, tiers and the
  /// like turn on stand above all that options speak of, as each of their alternatives has quantities of its own. To be
  /// told before the first question.
  void PutFirst(const std::string& option) { first_options_.insert(option); }
  [[nodiscard]] const std::vector<Choice>& Options() const { return options_; }

  /// Where the reader of the drafts is: variables are ranked by the position at which they are first used, entity by
  /// entity.
  void MoveTo(std::uint64_t position) { position_ = position; }
  [[nodiscard]] std::uint64_t Position() const { return position_; }
  /// Ranks a fact at the position; those that options speak of below all others of their depth.
  void Rank(PlaceId place, FactId fact, bool meets_options);

  /// Variables that would have one of these ranks get the other instead. To be told before the first question.
  void Reorder(Ranks ranks) { reordered_ = std::move(ranks); }
  [[nodiscard]] bool IsReordered() const { return !reordered_.empty(); }
  /// What to tell a space that reads the same drafts, so that variables there get what `moved` makes of their ranks.
  [[nodiscard]] Ranks RanksAfter(const Ranks& moved) const;
  /// Ranks change places within bands only: deeper facts stand below others, and options below all, or above those that
  /// options speak of.
  [[nodiscard]] static std::uint32_t BandOf(graph::Rank rank);

  /// Yes where the variable, of intervals, has a value and it stands so to `value`.
  [[nodiscard]] NodeId Within(VariableId id, const Value& value, Relation relation);
  /// Yes where the variable is `none`.
  [[nodiscard]] NodeId IsNone(VariableId variable);

  /// Numbers are put together in the order that is best for the graph, so that what would be over the limit of digits
  /// on the way is not seen. Facts smaller than this, in powers of ten, cannot come to that.
  void LimitFacts(double power_of_ten);
  void LimitDates() { limits_dates_ = true; }
  /// A date in the text is near the calendar's end, and something is added to it: no date or days are safe then.
  void DistrustDates() { distrusts_dates_ = true; }
  [[nodiscard]] bool IsSafe(const Case& facts) const;
  /// Whether there are facts that are not safe: what graphs say is said of all cases but those.
  [[nodiscard]] bool HasLimits() const { return first_unsafe_ < kBeyondDigits || limits_dates_; }

  /// The places whose facts the variable depends on, but for those inside lists that it goes through itself.
  [[nodiscard]] std::vector<PlaceId> PlacesOf(VariableId id) const;
  /// Whether every value of the variable goes with every value of all other such: facts, members of sets, options, and
  /// lists of whose elements nothing else is asked.
  [[nodiscard]] bool IsFree(VariableId id) const;
  /// Whether the variable is made from that fact of that entity; of an element, from the fact of any of its list. Tiers
  /// go to any entity of their kind.
  [[nodiscard]] bool Reads(VariableId id, PlaceId place, FactId fact) const;
  /// Whether, somewhere in what the variable or terminal is made from, only the reference evaluator can say.
  [[nodiscard]] bool IsUnsettled(VariableId id) const;
  [[nodiscard]] bool IsUnsettled(NodeId terminal) const;
  [[nodiscard]] bool IsOption(VariableId variable) const {
    return variables_[variable].kind == Variable::Kind::kOption;
  }
  [[nodiscard]] bool IsFirstOption(VariableId variable) const {
    return IsOption(variable) && variables_[variable].is_first;
  }
  /// Whether the function tests options below the facts alone, if anything.
  [[nodiscard]] bool IsOfOptions(NodeId node) const {
    return graph.IsTerminal(node) || (IsOption(graph.VariableOf(node)) && !IsFirstOption(graph.VariableOf(node)));
  }

 private:
  [[nodiscard]] NodeId From(VariableId id, const Value& value, bool after);
  PlaceId AddPlace(const Place& place);
  VariableId AddVariable(Variable variable, std::size_t cells, graph::Rank rank);
  [[nodiscard]] graph::Rank RankOf(PlaceId place, FactId fact);
  [[nodiscard]] graph::Rank RankHere(PlaceId place, bool meets_options);
  /// What is made of several facts stands behind the last of them, so that all that is made of it is together; else
  /// at the position, with the entity that has the list.
  struct Ranked {
    std::optional<graph::Rank> last_fact;
    PlaceId place;
    bool meets_options = false;
  };
  void Find(QuantityId id, PlaceId except, Ranked& ranked);
  void Find(NodeId node, PlaceId except, Ranked& ranked);
  [[nodiscard]] graph::Rank RankOf(const Ranked& ranked);
  [[nodiscard]] graph::Rank RankOf(QuantityId id);
  class Makings;
  [[nodiscard]] bool MayBeSame(PlaceId one, PlaceId other) const;
  void AddPlaces(QuantityId id, std::vector<PlaceId>& places) const;
  void AddPlaces(NodeId node, PlaceId except, std::vector<PlaceId>& places) const;
  [[nodiscard]] bool IsSafe(const Value& value) const;

  std::shared_ptr<const Vocabulary> vocabulary_;
  std::deque<Leaf> leaves_;                                          // by terminal; they stay where they are
  std::unordered_multimap<std::size_t, graph::Terminal> terminals_;  // by hash
  Store<PlaceId, Place> places_;
  std::map<Place, PlaceId> place_ids_;
  Store<QuantityId, Quantity> quantities_;
  std::map<Quantity, QuantityId> quantity_ids_;
  std::map<QuantityId, std::string> quantity_names_;
  Store<ConditionId, DerivedCondition> conditions_;
  std::vector<std::string> term_names_;
  Store<TierId, Tier> tiers_;
  Store<ListId, List> lists_;
  Store<VariableId, Variable> variables_;
  using VariableKey = std::tuple<Variable::Kind, std::uint64_t, std::uint64_t, std::uint64_t>;
  std::map<VariableKey, VariableId> variable_ids_;
  std::map<DerivedCondition, VariableId> condition_variables_;
  std::uint32_t derived_variables_ = 0;
  std::vector<Choice> options_;
  std::set<std::string> first_options_;
  std::map<std::pair<PlaceId, FactId>, graph::Rank> ranks_;
  std::map<PlaceId, std::uint64_t> groups_;
  std::uint64_t position_ = 0;
  Ranks reordered_;
  static constexpr double kBeyondDigits = 1e38;  // no fact is as large: 10 to the `kMaxDigits`
  double first_unsafe_ = kBeyondDigits;
  bool limits_dates_ = false;
  bool distrusts_dates_ = false;
  std::vector<std::vector<std::uint32_t>> limited_;  // by entity: the positions of facts that may be unsafe
  bool has_unsettled_ = false;
};

}  // namespace proviso::evaluate
