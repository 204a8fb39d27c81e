#include "runtime/evaluate/space.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace proviso::evaluate {
namespace {

using Kind = Variable::Kind;

constexpr graph::Rank kOptionRank = graph::Rank{0xff} << 56;

/// Facts of the case above those that options speak of, above those of elements, above options.
constexpr graph::Rank RankIn(std::uint32_t depth, bool meets_options, std::uint64_t group, std::uint64_t index) {
  const std::uint64_t band = std::min<std::uint64_t>(2 * depth + (meets_options ? 2 : 1), 0xfe);
  return band << 56 | group << 36 | index;
}

/// Group 0 is theirs.
constexpr graph::Rank kFirstOptionRank = RankIn(0, true, 0, 0);
constexpr graph::Rank kMaxOptions = graph::Rank{1} << 36U;

constexpr bool MeetsOptions(graph::Rank rank) { return (rank >> 56 & 1) == 0; }

bool HasIntervals(const Type& type) {
  return type.IsNumber() || type.kind == TypeKind::kDate || type.kind == TypeKind::kDays;
}

/// The first value a type can have from `value` on, or beyond it; nothing where there is none, or it is between values.
Value FirstFrom(const Type& type, const Value& value, bool after) {
  if (const auto* real = std::get_if<double>(&value); real != nullptr && after)
    return std::nextafter(*real, std::numeric_limits<double>::infinity());
  if (const auto* date = std::get_if<Date>(&value); date != nullptr && after) return AddDays(*date, 1).value_or(*date);
  if (const auto* days = std::get_if<Days>(&value); days != nullptr && after) return Days{days->count + 1};
  const auto* exact = std::get_if<Exact>(&value);
  if (exact == nullptr) return value;
  const Exact step = Exact::PowerOfTen(-static_cast<int>(type.digits));
  Exact grid = exact->Round(type.digits);
  if (grid < *exact || (after && grid == *exact)) grid = grid + step;
  if (grid - step > *exact || (!after && grid - step == *exact)) grid = grid - step;
  return grid;
}

// Of leaves that are most often looked for; of others it says what they are alone.
std::size_t HashOf(const Answers& answers) {
  std::uint64_t hash = answers.size();
  for (const NodeId answer : answers) hash = graph::Spread(hash ^ answer.Index());
  return hash;
}
std::size_t HashOf(const Value& value) {
  if (const auto* exact = std::get_if<Exact>(&value)) return exact->Hash();
  if (const auto* member = std::get_if<Member>(&value)) return graph::Spread(member->index);
  return value.index();
}
template <typename Tag>
std::size_t HashOf(Id<Tag> id) {
  return graph::Spread(id.Index());
}
template <typename Other>
std::size_t HashOf(const Other& /*leaf*/) {
  return 0;
}

}  // namespace

Space::Space(std::shared_ptr<const Vocabulary> vocabulary, std::size_t max_nodes)
    : graph(max_nodes), vocabulary_(std::move(vocabulary)) {
  // The graph's own terminals are the truths.
  for (const bool truth : {false, true}) static_cast<void>(Terminal(Value(truth)));
  const Place root{.kind = Place::Kind::kCase, .entity = vocabulary_->case_entity, .parent = {}, .fact = {}};
  place_ids_[root] = places_.Add(root);
  for (const Entity& entity : vocabulary_->entities) {
    std::vector<std::uint32_t>& limited = limited_.emplace_back();
    for (const FactId id : entity.facts) {
      const Fact& fact = vocabulary_->facts[id];
      if (HasIntervals(fact.type) && fact.type.kind != TypeKind::kReal) limited.push_back(fact.position);
    }
  }
}

// ---- Terminals -------------------------------------------------------------------------------------------

NodeId Space::Terminal(const Leaf& leaf) {
  const std::size_t hash = std::visit([](const auto& of) { return HashOf(of); }, leaf);
  const auto [first, last] = terminals_.equal_range(hash);
  for (auto known = first; known != last; ++known) {
    if (leaves_[known->second] == leaf) return graph.TerminalNode(known->second);
  }
  const auto terminal = static_cast<graph::Terminal>(leaves_.size());
  terminals_.emplace(hash, terminal);
  leaves_.push_back(leaf);
  return graph.TerminalNode(terminal);
}

// ---- Places ----------------------------------------------------------------------------------------------

PlaceId Space::AddPlace(const Place& place) {
  const auto [found, is_new] = place_ids_.try_emplace(place);
  if (is_new) found->second = places_.Add(place);
  return found->second;
}

PlaceId Space::Part(PlaceId parent, FactId fact) {
  return AddPlace({.kind = Place::Kind::kPart,
                   .entity = vocabulary_->facts[fact].type.entity,
                   .parent = parent,
                   .fact = fact,
                   .nesting = 0,
                   .depth = places_[parent].depth});
}

PlaceId Space::Element(PlaceId parent, FactId fact, std::uint32_t nesting) {
  return AddPlace({.kind = Place::Kind::kElement,
                   .entity = vocabulary_->facts[fact].type.entity,
                   .parent = parent,
                   .fact = fact,
                   .nesting = nesting,
                   .depth = places_[parent].depth + 1});
}

PlaceId Space::KnownElement(PlaceId parent, FactId fact, std::uint32_t index) {
  return AddPlace({.kind = Place::Kind::kKnown,
                   .entity = vocabulary_->facts[fact].type.entity,
                   .parent = parent,
                   .fact = fact,
                   .nesting = index,
                   .depth = places_[parent].depth});
}

PlaceId Space::TierPlace(EntityId entity) {
  return AddPlace({.kind = Place::Kind::kTier, .entity = entity, .parent = {}, .fact = {}, .nesting = 0, .depth = 1});
}

bool Space::IsWithin(PlaceId place, PlaceId ancestor) const {
  while (place.IsValid() && place != ancestor) place = places_[place].parent;
  return place.IsValid();
}

std::string Space::PathOf(PlaceId place, FactId fact) const {
  std::string path = vocabulary_->facts[fact].ShownName();
  for (PlaceId at = place; places_[at].parent.IsValid(); at = places_[at].parent) {
    const Place& here = places_[at];
    const std::string index = here.kind == Place::Kind::kKnown     ? fmt::format("[{}]", here.nesting)
                              : here.kind == Place::Kind::kElement ? "[]"
                                                                   : "";
    path = fmt::format("{}{}.{}", vocabulary_->facts[here.fact].ShownName(), index, path);
  }
  return path;
}

// ---- Quantities and variables ----------------------------------------------------------------------------

const std::string& Space::NameOf(QuantityId quantity) const {
  static const std::string kNone;
  const auto found = quantity_names_.find(quantity);
  return found != quantity_names_.end() ? found->second : kNone;
}

QuantityId Space::Add(const Quantity& quantity) {
  const auto [found, is_new] = quantity_ids_.try_emplace(quantity);
  has_unsettled_ = has_unsettled_ || quantity.kind == Quantity::Kind::kUnsettled;
  if (is_new) found->second = quantities_.Add(quantity);
  return found->second;
}

VariableId Space::AddVariable(Variable variable, std::size_t cells, graph::Rank rank) {
  variable.begins.resize(cells);
  variable.after.resize(cells);
  const bool is_derived =
      variable.kind != Kind::kFact && variable.kind != Kind::kMember && variable.kind != Kind::kOption;
  if (is_derived) variable.derived = derived_variables_++;
  const VariableId id = variables_.Add(std::move(variable));
  // Of conditions on elements it would take too long to find out.
  if (is_derived && variables_[id].kind != Kind::kCondition) {
    variables_[id].is_fixed = llvm::all_of(PlacesOf(id), [&](PlaceId place) { return places_[place].depth == 0; });
  }
  const auto reordered = reordered_.find(rank);
  return graph.AddVariable(reordered != reordered_.end() ? reordered->second : rank, cells);
}

VariableId Space::FactVariable(PlaceId place, FactId fact) {
  const auto [found, is_new] = variable_ids_.try_emplace({Kind::kFact, place.Index(), fact.Index(), 0});
  if (is_new) {
    const Type& type = vocabulary_->facts[fact].type;
    std::size_t cells = 1;
    if (type.kind == TypeKind::kBoolean) cells = 2;
    if (type.kind == TypeKind::kEnum) cells = vocabulary_->enums[type.enumeration].members.size();
    if (type.or_none) ++cells;
    found->second = AddVariable({.kind = Kind::kFact,
                                 .has_none = type.or_none,
                                 .place = place,
                                 .position = vocabulary_->facts[fact].position,
                                 .type = type,
                                 .fact = fact},
                                cells, RankOf(place, fact));
  }
  return found->second;
}

VariableId Space::MemberVariable(PlaceId place, FactId fact, std::uint32_t member) {
  const auto [found, is_new] = variable_ids_.try_emplace({Kind::kMember, place.Index(), fact.Index(), member});
  if (is_new) {
    found->second = AddVariable({.kind = Kind::kMember,
                                 .place = place,
                                 .position = vocabulary_->facts[fact].position,
                                 .member = member,
                                 .type = {},
                                 .fact = fact},
                                2, RankOf(place, fact));
  }
  return found->second;
}

VariableId Space::QuantityVariable(QuantityId id) {
  const auto [found, is_new] = variable_ids_.try_emplace({Kind::kQuantity, id.Index(), 0, 0});
  if (is_new) {
    const Quantity& quantity = quantities_[id];
    Type type;
    type.kind = quantity.type;
    found->second =
        AddVariable({.kind = Kind::kQuantity, .has_none = quantity.may_be_none, .type = type, .quantity = id},
                    quantity.may_be_none ? 2 : 1, RankOf(id));
  }
  return found->second;
}

VariableId Space::OrderVariable(QuantityId first, QuantityId second) {
  const auto [found, is_new] = variable_ids_.try_emplace({Kind::kOrder, first.Index(), second.Index(), 0});
  if (is_new) {
    found->second =
        AddVariable({.kind = Kind::kOrder, .has_none = true, .type = {}, .quantity = first, .other = second}, 4,
                    std::max(RankOf(first), RankOf(second)));
  }
  return found->second;
}

VariableId Space::ConditionVariable(const DerivedCondition& condition) {
  const auto [found, is_new] = condition_variables_.try_emplace(condition);
  if (is_new) {
    const ConditionId id = conditions_.Add(condition);
    has_unsettled_ = has_unsettled_ || condition.kind == DerivedCondition::Kind::kUnsettled;
    Ranked ranked{.last_fact = {}, .place = condition.place};
    ranked.meets_options = condition.fact.IsValid() && MeetsOptions(RankOf(condition.place, condition.fact));
    if (condition.condition.IsValid()) Find(condition.condition, condition.element, ranked);
    found->second = AddVariable({.kind = Kind::kCondition, .type = {}, .condition = id}, 2, RankOf(ranked));
  }
  return found->second;
}

VariableId Space::TermVariable(const std::string& name, NodeId meaning) {
  const auto found = std::ranges::find(term_names_, name);
  const auto number = found - term_names_.begin();
  if (found == term_names_.end()) term_names_.push_back(name);
  return ConditionVariable({.kind = DerivedCondition::Kind::kTerm, .condition = meaning, .number = number});
}

bool Space::IsTerm(VariableId variable) const {
  const ConditionId condition = variables_[variable].condition;
  return condition.IsValid() && conditions_[condition].kind == DerivedCondition::Kind::kTerm;
}

VariableId Space::ListVariable(ListId id, std::size_t cells, bool meets_options) {
  const List& list = lists_[id];
  Rank(list.place, list.fact, meets_options);
  return AddVariable({.kind = Kind::kList,
                      .place = list.place,
                      .position = vocabulary_->facts[list.fact].position,
                      .type = {},
                      .fact = list.fact,
                      .list = id},
                     cells, RankOf(list.place, list.fact));
}

VariableId Space::OptionVariable(const std::string& name, const std::vector<std::string>& alternatives) {
  const auto found = llvm::find_if(
      options_, [&](const Choice& choice) { return choice.name == name && choice.alternatives == alternatives; });
  if (found != options_.end()) return found->variable;
  const bool is_first = first_options_.contains(name);
  const VariableId variable =
      AddVariable({.kind = Kind::kOption, .is_first = is_first, .type = {}, .option = options_.size()},
                  alternatives.size(), (is_first ? kFirstOptionRank : kOptionRank) + options_.size());
  options_.push_back({.name = name, .alternatives = alternatives, .variable = variable, .is_first = is_first});
  return variable;
}

// ---- Order -----------------------------------------------------------------------------------------------

graph::Rank Space::RankHere(PlaceId place, bool meets_options) {
  const std::uint64_t group = groups_.try_emplace(place, groups_.size() + 1).first->second;
  return RankIn(places_[place].depth, meets_options, group, position_);
}

void Space::Rank(PlaceId place, FactId fact, bool meets_options) {
  const auto [found, is_new] = ranks_.try_emplace({place, fact});
  if (is_new) found->second = RankHere(place, meets_options);
}

graph::Rank Space::RankOf(PlaceId place, FactId fact) {
  Rank(place, fact, false);
  return ranks_.at({place, fact});
}

void Space::Find(QuantityId id, PlaceId except, Ranked& ranked) {
  const Quantity quantity = quantities_[id];
  const bool is_outside = quantity.place.IsValid() && !(except.IsValid() && IsWithin(quantity.place, except));
  if (is_outside && !ranked.place.IsValid()) ranked.place = quantity.place;
  if (is_outside && quantity.fact.IsValid()) {
    const graph::Rank rank = RankOf(quantity.place, quantity.fact);
    ranked.meets_options = ranked.meets_options || MeetsOptions(rank);
    const bool is_fact = quantity.kind == Quantity::Kind::kFact;
    if (is_fact && (!ranked.last_fact || *ranked.last_fact < rank)) ranked.last_fact = rank;
  }
  for (const auto& [term, factor] : quantity.terms) Find(term, except, ranked);
  for (const QuantityId operand : quantity.operands) Find(operand, except, ranked);
  if (quantity.kind == Quantity::Kind::kAggregate) Find(quantity.guard, quantity.element, ranked);
}

void Space::Find(NodeId node, PlaceId except, Ranked& ranked) {
  for (const VariableId id : graph.Support(node)) {
    const Variable variable = variables_[id];
    if (variable.quantity.IsValid()) Find(variable.quantity, except, ranked);
    const bool is_fact = variable.kind == Kind::kFact || variable.kind == Kind::kMember;
    if (!is_fact || IsWithin(variable.place, except)) continue;
    const graph::Rank rank = RankOf(variable.place, variable.fact);
    if (!ranked.last_fact || *ranked.last_fact < rank) ranked.last_fact = rank;
  }
}

graph::Rank Space::RankOf(const Ranked& ranked) {
  if (ranked.last_fact) return *ranked.last_fact;
  return RankHere(ranked.place.IsValid() ? ranked.place : Root(), ranked.meets_options);
}

graph::Rank Space::RankOf(QuantityId id) {
  Ranked ranked;
  Find(id, {}, ranked);
  return RankOf(ranked);
}

std::uint32_t Space::BandOf(graph::Rank rank) {
  const bool is_option = rank >= kOptionRank || (rank >= kFirstOptionRank && rank < kFirstOptionRank + kMaxOptions);
  return static_cast<std::uint32_t>(2 * (rank >> 56U) + (is_option ? 0 : 1));
}

Ranks Space::RanksAfter(const Ranks& moved) const {
  Ranks after = moved;
  for (const auto& [rank, now] : reordered_) {
    const auto found = moved.find(now);
    after[rank] = found != moved.end() ? found->second : now;
  }
  return after;
}

// ---- Literals --------------------------------------------------------------------------------------------

NodeId Space::From(VariableId id, const Value& value, bool after) {
  Variable& variable = variables_[id];
  const bool has_next = variable.type.kind != TypeKind::kRatio && HasIntervals(variable.type);
  const Value start = has_next ? FirstFrom(variable.type, value, after) : value;
  const bool is_after = !has_next && after;
  const std::size_t lowest = variable.has_none ? 1 : 0;
  std::size_t cell = lowest + 1;
  while (cell < variable.begins.size() &&
         std::pair(*variable.begins[cell], bool{variable.after[cell]}) < std::pair(start, is_after)) {
    ++cell;
  }
  const bool is_there =
      cell < variable.begins.size() && *variable.begins[cell] == start && variable.after[cell] == is_after;
  if (!is_there) {
    variable.begins.insert(variable.begins.begin() + static_cast<std::ptrdiff_t>(cell), start);
    variable.after.insert(variable.after.begin() + static_cast<std::ptrdiff_t>(cell), is_after);
    graph.InsertCut(id, cell);
  }
  return graph.InCells(id, cell, graph.Cells(id));
}

NodeId Space::Within(VariableId id, const Value& value, Relation relation) {
  switch (relation) {
    case Relation::kGreaterEqual:
      return From(id, value, false);
    case Relation::kGreater:
      return From(id, value, true);
    case Relation::kLess:
      return graph.And(graph.Not(From(id, value, false)), graph.Not(IsNone(id)));
    case Relation::kLessEqual:
      return graph.And(graph.Not(From(id, value, true)), graph.Not(IsNone(id)));
    case Relation::kEqual:
      break;
  }
  const NodeId from = From(id, value, false);
  return graph.Without(from, From(id, value, true));
}

NodeId Space::IsNone(VariableId variable) {
  return variables_[variable].has_none ? graph.InCells(variable, 0, 1) : graph.No();
}

void Space::LimitFacts(double power_of_ten) { first_unsafe_ = std::min(first_unsafe_, std::pow(10.0, power_of_ten)); }

inline bool Space::IsSafe(const Value& value) const {
  if (const auto* exact = std::get_if<Exact>(&value)) return std::abs(exact->ToDouble()) < first_unsafe_;
  if (!limits_dates_) return true;
  if (distrusts_dates_) return !std::holds_alternative<Days>(value) && !std::holds_alternative<Date>(value);
  constexpr std::chrono::days kCenturies = std::chrono::days(365 * 1000);
  if (const auto* days = std::get_if<Days>(&value)) return std::abs(days->count) < kCenturies.count();
  const auto* date = std::get_if<Date>(&value);
  using std::chrono::January;
  return date == nullptr || (*date > Date(std::chrono::year(2000) / January / 1) - kCenturies &&
                             *date < Date(std::chrono::year(8000) / January / 1));
}

bool Space::IsSafe(const Case& facts) const {
  if (!HasLimits()) return true;
  for (const Instance& instance : facts.instances) {
    for (const std::uint32_t position : limited_[instance.entity.Index()]) {
      const std::optional<Value>& value = instance.facts[position].value;
      if (value && !IsSafe(*value)) return false;
    }
  }
  return true;
}

}  // namespace proviso::evaluate
