#include "harness/change/edits.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <cmath>

#include "compiler/lower/cell_values.h"
#include "compiler/lower/small_witness.h"
#include "runtime/evaluate/resolve.h"
#include "runtime/evaluate/walk.h"

namespace proviso::change {
namespace {

using evaluate::NodeId;
using evaluate::PlaceId;
using evaluate::Variable;
using evaluate::VariableId;

/// Ways to members of an enumeration, or of one fact to a quantity, that are kept apart.
constexpr std::size_t kMaxWays = 3;
/// How many years count as much as a yes/no fact.
constexpr double kDaysOfOne = 365;

std::optional<double> NumberOf(const Value& value) {
  if (const auto* const exact = std::get_if<Exact>(&value)) return exact->ToDouble();
  if (const auto* const real = std::get_if<double>(&value)) return *real;
  return std::nullopt;
}

std::optional<double> DaysOf(const Value& value) {
  if (const auto* const days = std::get_if<Days>(&value)) return static_cast<double>(days->count);
  if (const auto* const date = std::get_if<Date>(&value)) return static_cast<double>(date->time_since_epoch().count());
  return std::nullopt;
}

Edits Both(const Edits& one, const Edits& other) {
  Edits both = one;
  both.facts += other.facts;
  both.distance += other.distance;
  llvm::append_range(both.edits, other.edits);
  return both;
}

Edits One(Edit edit, double distance) { return {.facts = 1, .distance = distance, .edits = {std::move(edit)}}; }

/// Adds what is not there yet, if it is among the nearest.
void Keep(std::vector<Edits>& kept, Edits added, std::size_t keep) {
  if (added.facts > EditSearch::kMaxFacts) return;
  if (llvm::any_of(kept, [&](const Edits& one) { return one.edits == added.edits; })) return;
  const auto at = std::ranges::find_if(kept, [&](const Edits& one) { return added.IsNearerThan(one); });
  if (static_cast<std::size_t>(at - kept.begin()) >= keep) return;
  kept.insert(at, std::move(added));
  if (kept.size() > keep) kept.pop_back();
}

}  // namespace

double DistanceBetween(const std::optional<Value>& from, const Value& to) {
  if (!from) return 1;
  if (const auto one = NumberOf(*from), other = NumberOf(to); one && other) {
    const double size = std::max(std::abs(*one), std::abs(*other));
    return size == 0 ? 0 : std::min(1.0, std::abs(*one - *other) / size);
  }
  if (const auto one = DaysOf(*from), other = DaysOf(to); one && other)
    return std::min(1.0, std::abs(*one - *other) / kDaysOfOne);
  return 1;
}

EditSearch::EditSearch(lower::Lowered& lowered, const Case& facts, MayChange may_change)
    : lowered_(lowered), space_(*lowered.space), words_(space_.Words()), facts_(facts), may_change_(may_change) {
  AddFacts(facts.root, space_.Root());
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the case
void EditSearch::AddFacts(InstanceId instance, PlaceId place) {
  for (const FactId fact : words_.entities[facts_.instances[instance].entity].facts) {
    const std::optional<Value>& value = facts_.State(words_, instance, fact).value;
    if (value && std::holds_alternative<EntityValue>(*value)) {
      AddFacts(std::get<EntityValue>(*value).instance, space_.Part(place, fact));
    } else if (value && std::holds_alternative<ListValue>(*value)) {
      const PlaceId element = space_.Element(place, fact, 0);
      for (const InstanceId at : std::get<ListValue>(*value).elements) AddFacts(at, element);
      all_facts_.push_back({instance, fact, place});
    } else {
      all_facts_.push_back({instance, fact, place});
    }
  }
}

// ---- Ways through a graph --------------------------------------------------------------------------------

class EditSearch::Ways {
 public:
  Ways(EditSearch& search, const Bound& bound, std::size_t keep) : search_(search), bound_(bound), keep_(keep) {}

  // NOLINTNEXTLINE(misc-no-recursion): as deep as there are variables
  const std::vector<Edits>& From(NodeId node) {
    const graph::Graph& graph = search_.space_.graph;
    if (const auto found = made_.find(node); found != made_.end()) return found->second;
    std::vector<Edits> kept;
    if (graph.IsTerminal(node)) {
      if (node == graph.Yes()) kept.emplace_back();
      return made_[node] = std::move(kept);
    }
    const VariableId variable = graph.VariableOf(node);
    for (const auto& run : graph.Runs(node)) {
      if (run.to == graph.No()) continue;
      const std::vector<Edits>& rest = From(run.to);
      if (rest.empty()) continue;
      for (const Edits& here : search_.Into(variable, run.first, run.last, bound_)) {
        for (const Edits& after : rest) Keep(kept, Both(here, after), keep_);
      }
    }
    return made_[node] = std::move(kept);
  }

 private:
  EditSearch& search_;
  const Bound& bound_;
  std::size_t keep_;
  std::map<NodeId, std::vector<Edits>> made_;
};

std::vector<Edits> EditSearch::FindAt(NodeId condition, const Bound& bound, std::size_t keep) {
  return Ways(*this, bound, keep).From(condition);
}

std::vector<Edits> EditSearch::Find(NodeId condition, std::size_t keep) { return FindAt(condition, {}, keep); }

std::vector<Edits> EditSearch::Into(VariableId id, std::size_t first, std::size_t last, const Bound& bound) {
  const Variable& variable = space_[id];
  if (variable.kind == Variable::Kind::kFact) return FactInto(variable, first, last, bound);
  if (variable.kind == Variable::Kind::kMember) return MemberInto(variable, first, bound);
  if (variable.kind == Variable::Kind::kList && space_.IsFree(id) && bound.empty()) return ListInto(id, first, last);
  return DerivedInto(id, first, last);
}

// ---- Facts -----------------------------------------------------------------------------------------------

namespace {

/// The cell of a value that is not an entity.
std::size_t CellOf(const Variable& variable, const Value& value) {
  if (IsNone(value)) return 0;
  const std::size_t first = variable.has_none ? 1 : 0;
  if (variable.type.kind == TypeKind::kEntity) return first;
  if (const auto* const truth = std::get_if<bool>(&value)) return first + (*truth ? 1 : 0);
  if (const auto* const member = std::get_if<Member>(&value)) return first + member->index;
  std::size_t cell = first;
  while (cell + 1 < variable.begins.size() && !(value < *variable.begins[cell + 1])) ++cell;
  return cell;
}

/// The value of the cells that is nearest to `from`, none of them the cell of `none`.
Value NearestValue(const Variable& variable, std::size_t first, std::size_t last, const std::optional<Value>& from) {
  const std::size_t none = variable.has_none ? 1 : 0;
  if (variable.type.kind == TypeKind::kBoolean) return first - none == 1;
  if (variable.type.kind == TypeKind::kEnum) {
    const bool is_above = from && !IsNone(*from) && CellOf(variable, *from) >= last;
    return Member{static_cast<std::uint32_t>((is_above ? last - 1 : first) - none)};
  }
  if (!from || IsNone(*from)) return lower::ThresholdValue(variable, first);
  if (CellOf(variable, *from) < first) return *variable.begins[first];
  return lower::ValueBefore(variable, last).value_or(lower::ThresholdValue(variable, last - 1));
}

}  // namespace

std::vector<Edits> EditSearch::FactInto(const Variable& variable, std::size_t first, std::size_t last,
                                        const Bound& bound) {
  const evaluate::Resolved at = evaluate::Resolve(space_, facts_, variable.place, bound);
  if (at.kind != evaluate::Resolved::Kind::kThere) return {};
  const std::optional<Value>& value = facts_.State(words_, at.instance, variable.fact).value;
  if (value) {
    const std::size_t cell = CellOf(variable, *value);
    if (first <= cell && cell < last) return {{}};
  }
  if (!may_change_(at.instance, variable.fact)) return {};
  std::vector<Edits> ways;
  const auto add = [&](Value to) {
    const double distance = DistanceBetween(value, to);
    Keep(ways, One({.instance = at.instance, .fact = variable.fact, .value = std::move(to), .member = {}}, distance),
         kMaxWays);
  };
  if (variable.has_none && first == 0) {
    add(NoValue{});
    if (++first == last) return ways;
  }
  if (variable.type.kind == TypeKind::kEntity) return ways;  // what it would be like is not known
  const bool is_ordered = variable.type.kind != TypeKind::kEnum || words_.enums[variable.type.enumeration].ordered;
  if (is_ordered) {
    add(NearestValue(variable, first, last, value));
  } else {
    for (std::size_t cell = first; cell < last; ++cell) add(NearestValue(variable, cell, cell + 1, value));
  }
  return ways;
}

std::vector<Edits> EditSearch::MemberInto(const Variable& variable, std::size_t first, const Bound& bound) {
  const evaluate::Resolved at = evaluate::Resolve(space_, facts_, variable.place, bound);
  if (at.kind != evaluate::Resolved::Kind::kThere) return {};
  const std::optional<Value>& value = facts_.State(words_, at.instance, variable.fact).value;
  const auto* const set = value ? std::get_if<MemberSet>(&*value) : nullptr;
  if (set != nullptr && set->Contains(variable.member) == (first == 1)) return {{}};
  if (set == nullptr && value && first == 0) return {{}};
  if (set == nullptr || !may_change_(at.instance, variable.fact)) return {};
  return {One({.instance = at.instance, .fact = variable.fact, .value = {}, .member = variable.member}, 1)};
}

// ---- Lists -----------------------------------------------------------------------------------------------

std::vector<Edits> EditSearch::ListInto(VariableId id, std::size_t first, std::size_t last) {
  const std::vector<std::optional<Edits>>& ways = ListWays(space_[id].list);
  std::vector<Edits> kept;
  for (std::size_t cell = first; cell < std::min(last, ways.size()); ++cell) {
    if (ways[cell]) Keep(kept, *ways[cell], kMaxWays);
  }
  if (!kept.empty() && kept.front().facts == 0) kept.resize(1);
  return kept;
}

std::vector<std::optional<Edits>> EditSearch::ElementWays(const evaluate::List& list, InstanceId element) {
  Bound bound(space_.Places());
  bound[list.element.Index()] = element;
  const NodeId assumed = lower::AssumedOf(lowered_, list);
  std::vector<std::optional<Edits>> ways;
  for (std::uint32_t kind = 0; kind < list.joined.size(); ++kind) {
    const NodeId is_of_kind = space_.graph.And(lower::IsOfClass(space_, list, kind), assumed);
    const std::vector<Edits> found = FindAt(is_of_kind, bound, 1);
    ways.push_back(found.empty() ? std::nullopt : std::optional(found.front()));
  }
  return ways;
}

void EditSearch::AddElements(evaluate::ListId id, InstanceId holder, std::vector<std::optional<Edits>>& ways) {
  const evaluate::List list = space_[id];
  std::vector<Edits> adding;
  for (std::uint32_t kind = 0; kind < list.joined.size(); ++kind) {
    const auto tests = lower::SmallestElement(lowered_, list, lower::IsOfClass(space_, list, kind));
    Edits& add = adding.emplace_back(One({.kind = FactChange::Kind::kAdded,
                                          .instance = holder,
                                          .fact = list.fact,
                                          .value = {},
                                          .member = {},
                                          .list = id,
                                          .element_class = kind},
                                         1));
    add.facts = tests ? std::max<std::size_t>(1, tests->size()) : kMaxFacts + 1;
  }
  for (std::size_t cell = 0; cell < ways.size(); ++cell) {
    for (std::uint32_t kind = 0; ways[cell] && kind < adding.size(); ++kind) {
      if (ways[cell]->facts + adding[kind].facts > kMaxFacts) continue;
      const Edits more = Both(*ways[cell], adding[kind]);
      std::optional<Edits>& to = ways[list.joined[kind][cell]];
      if (!to || more.IsNearerThan(*to)) to = more;
    }
  }
}

const std::vector<std::optional<Edits>>& EditSearch::ListWays(evaluate::ListId id) {
  if (const auto found = list_ways_.find(id); found != list_ways_.end()) return found->second;
  const evaluate::List list = space_[id];
  const std::size_t cells = list.Cells();
  const evaluate::Resolved at = evaluate::Resolve(space_, facts_, list.place);
  std::vector<std::optional<Edits>>& ways = list_ways_[id];
  if (at.kind != evaluate::Resolved::Kind::kThere) return ways;
  const std::optional<Value>& value = facts_.State(words_, at.instance, list.fact).value;
  const auto* const elements = value ? std::get_if<ListValue>(&*value) : nullptr;
  if (elements == nullptr) return ways;
  const bool is_free = may_change_(at.instance, list.fact);
  ways.resize(cells);
  ways.front() = Edits{};
  const auto improve = [](std::optional<Edits>& to, const Edits& by) {
    if (by.facts <= kMaxFacts && (!to || by.IsNearerThan(*to))) to = by;
  };
  for (const InstanceId element : elements->elements) {
    const std::vector<std::optional<Edits>> kinds = ElementWays(list, element);
    std::vector<std::optional<Edits>> next(cells);
    for (std::size_t cell = 0; cell < cells; ++cell) {
      if (!ways[cell]) continue;
      if (is_free) {
        const Edit drop{.kind = FactChange::Kind::kDropped,
                        .instance = at.instance,
                        .fact = list.fact,
                        .value = {},
                        .member = {},
                        .element = element};
        improve(next[cell], Both(*ways[cell], One(drop, 1)));
      }
      for (std::uint32_t kind = 0; kind < kinds.size(); ++kind) {
        if (kinds[kind]) improve(next[list.joined[kind][cell]], Both(*ways[cell], *kinds[kind]));
      }
    }
    ways = std::move(next);
  }
  if (is_free) AddElements(id, at.instance, ways);
  return ways;
}

// ---- Quantities made of several facts --------------------------------------------------------------------

bool EditSearch::IsIn(const Case& facts, VariableId id, std::size_t first, std::size_t last) const {
  evaluate::Walk walk(space_, facts);
  return walk.Ends(space_.graph.InCells(id, first, last)) == std::vector{space_.graph.Yes()};
}

std::vector<Edits> EditSearch::DerivedInto(VariableId id, std::size_t first, std::size_t last) {
  const auto [found, is_new] = derived_ways_.try_emplace({id, first, last});
  if (!is_new) return found->second;
  if (IsIn(facts_, id, first, last)) return found->second = {{}};
  std::vector<Edits> kept;
  for (const Fact& fact : all_facts_) {
    if (!may_change_(fact.instance, fact.fact) || !space_.Reads(id, fact.place, fact.fact)) continue;
    if (auto way = OneFactInto(fact, id, first, last)) Keep(kept, std::move(*way), kMaxWays);
  }
  return derived_ways_[{id, first, last}] = kept;
}

std::optional<Edits> EditSearch::OneFactInto(const Fact& fact, VariableId id, std::size_t first, std::size_t last) {
  const Type& type = words_.facts[fact.fact].type;
  const std::optional<Value>& value = facts_.State(words_, fact.instance, fact.fact).value;
  if (!value) return std::nullopt;
  Case changed = facts_;
  const auto is_in = [&](const Value& to) {
    changed.State(words_, fact.instance, fact.fact).value = to;
    return IsIn(changed, id, first, last);
  };
  std::optional<Value> to;
  if (type.kind == TypeKind::kBoolean) {
    const Value other = !(std::holds_alternative<bool>(*value) && std::get<bool>(*value));
    if (is_in(other)) to = other;
  } else if (type.kind == TypeKind::kEnum) {
    const auto members = static_cast<std::uint32_t>(words_.enums[type.enumeration].members.size());
    for (std::uint32_t member = 0; member < members && !to; ++member) {
      if (is_in(Member{member})) to = Member{member};
    }
  } else if (lower::PlaceAmongAll(type, *value)) {
    to = NearestNumber(fact, *value, is_in);
  }
  if (!to) return std::nullopt;
  const double distance = DistanceBetween(value, *to);
  return One({.instance = fact.instance, .fact = fact.fact, .value = std::move(to), .member = {}}, distance);
}

std::optional<Value> EditSearch::NearestNumber(const Fact& fact, const Value& from,
                                               llvm::function_ref<bool(const Value&)> is_in) const {
  Type type = words_.facts[fact.fact].type;
  type.or_none = false;
  const Exact start = *lower::PlaceAmongAll(type, from);
  const bool is_calendar = type.kind == TypeKind::kDate || type.kind == TypeKind::kDays;
  const Exact longest = Exact::PowerOfTen(is_calendar ? 6 : 16);
  std::optional<Value> nearest;
  for (const int direction : {1, -1}) {
    Exact outside = start;
    // Ever longer steps, then by halves.
    for (Exact step = 1; step < longest; step = step * Exact(8)) {
      const Exact place = start + step * Exact(direction);
      if (!is_in(lower::ValueAtPlace(type, place))) {
        outside = place;
        continue;
      }
      Exact inside = place;
      for (Exact middle = lower::Middle(outside, inside); middle != inside && middle != outside;
           middle = lower::Middle(outside, inside)) {
        (is_in(lower::ValueAtPlace(type, middle)) ? inside : outside) = middle;
      }
      const Value found = lower::ValueAtPlace(type, inside);
      if (!nearest || DistanceBetween(from, found) < DistanceBetween(from, *nearest)) nearest = found;
      break;
    }
  }
  return nearest;
}

}  // namespace proviso::change
