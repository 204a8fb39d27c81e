#include "runtime/base/merge_vocabularies.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "runtime/base/fixed_entities.h"

namespace proviso {
namespace {

using Kind = VocabularyClash::Kind;

template <typename Things>
auto FindNamed(Things& things, const std::string& name) {
  return std::ranges::find_if(things, [&](const auto& thing) { return thing.name == name; });
}

template <typename IdType, typename T>
std::optional<IdType> IdOf(const Store<IdType, T>& store, const std::string& name) {
  const auto found = FindNamed(store, name);
  return found == store.end() ? std::nullopt : std::optional(IdType(static_cast<std::size_t>(found - store.begin())));
}

template <typename IdType, typename T>
std::vector<IdType> AllIds(const Store<IdType, T>& store) {
  std::vector<IdType> ids;
  for (std::size_t i = 0; i < store.size(); ++i) ids.emplace_back(i);
  return ids;
}

VocabularyPlaces Unmoved(const Vocabulary& vocabulary) {
  VocabularyPlaces places{.units = AllIds(vocabulary.units),
                          .enums = AllIds(vocabulary.enums),
                          .members = {},
                          .entities = AllIds(vocabulary.entities),
                          .facts = AllIds(vocabulary.facts)};
  for (const Enumeration& one : vocabulary.enums) {
    places.members.emplace_back(one.members.size());
    std::iota(places.members.back().begin(), places.members.back().end(), 0U);
  }
  return places;
}

std::string SizeText(const Vocabulary& vocabulary, const Unit& unit) {
  if (vocabulary.units[unit.base].name == unit.name) return "a unit of its own";
  return fmt::format("{} {}", unit.factor.ToPlainText(), vocabulary.units[unit.base].name);
}

/// Adds one vocabulary to another.
class Adder {
 public:
  Adder(Vocabulary& into, std::vector<VocabularyPlaces>& earlier, const Vocabulary& from,
        std::vector<VocabularyClash>& clashes)
      : into_(into), earlier_(earlier), from_(from), clashes_(clashes) {}

  VocabularyPlaces Run() {
    for (const Unit& unit : from_.units) AddUnit(unit);
    for (const Enumeration& one : from_.enums) AddEnumeration(one);
    for (const Entity& entity : from_.entities) AddEntity(entity);
    for (const Fact& fact : from_.facts) AddFact(fact);
    for (const NamedSet& set : from_.sets) AddSet(set);
    if (places_.entities[from_.case_entity.Index()] != into_.case_entity) {
      const Entity& one = into_.entities[into_.case_entity];
      const Entity& other = from_.entities[from_.case_entity];
      Clash({Kind::kCase, "", {one.name, other.name}, {one.span, other.span}});
    }
    return std::move(places_);
  }

 private:
  void Clash(VocabularyClash clash) { clashes_.push_back(std::move(clash)); }

  /// A unit stands behind the one that it is derived from.
  void AddUnit(const Unit& unit) {
    const UnitId own(places_.units.size());
    const bool is_base = unit.base == own;
    if (const auto there = IdOf(into_.units, unit.name)) {
      const Unit& other = into_.units[*there];
      const bool is_same = other.factor == unit.factor &&
                           (is_base ? other.base == *there : other.base == places_.units[unit.base.Index()]);
      if (!is_same)
        Clash({Kind::kUnit, unit.name, {SizeText(into_, other), SizeText(from_, unit)}, {other.span, unit.span}});
      places_.units.push_back(*there);
      return;
    }
    Unit added = unit;
    added.base = is_base ? UnitId(into_.units.size()) : places_.units[unit.base.Index()];
    places_.units.push_back(into_.units.Add(std::move(added)));
  }

  void AddEnumeration(const Enumeration& one) {
    const auto there = IdOf(into_.enums, one.name);
    const EnumId id = there ? *there : into_.enums.Add(one);
    places_.enums.push_back(id);
    if (there) MergeMembers(id, one);
    std::vector<std::uint32_t>& members = places_.members.emplace_back();
    for (const EnumMember& member : one.members) members.push_back(into_.enums[id].Find(member.name).value_or(0));
  }

  void MergeMembers(EnumId id, const Enumeration& one) {
    const Enumeration before = into_.enums[id];
    if (before.ordered != one.ordered) {
      const auto text = [](const Enumeration& each) { return std::string(each.ordered ? "ordered" : "not ordered"); };
      return Clash({Kind::kOrdered, one.name, {text(before), text(one)}, {before.span, one.span}});
    }
    std::vector<EnumMember>& members = into_.enums[id].members;
    if (one.ordered) {
      members = InOrder(before, one);
    } else {
      for (const EnumMember& member : one.members) {
        if (!before.Find(member.name)) members.push_back(member);
      }
    }
    std::vector<std::uint32_t> now;
    for (const EnumMember& member : before.members) now.push_back(into_.enums[id].Find(member.name).value_or(0));
    if (!std::ranges::is_sorted(now) || now.empty() || now.back() + 1 != now.size()) MoveMembers(id, now);
  }

  /// Both sides' members, each side's in its order.
  std::vector<EnumMember> InOrder(const Enumeration& one, const Enumeration& other) {
    std::vector<EnumMember> members;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < one.members.size() || j < other.members.size()) {
      const std::size_t first = members.size();
      const std::size_t i_before = i;
      for (; i < one.members.size() && !other.Find(one.members[i].name); ++i) members.push_back(one.members[i]);
      const std::size_t j_before = j;
      for (; j < other.members.size() && !one.Find(other.members[j].name); ++j) members.push_back(other.members[j]);
      if (i > i_before && j > j_before) {
        const EnumMember& here = members[first];
        const EnumMember& there = other.members[j_before];
        Clash({Kind::kNoOrder, one.name, {here.name, there.name}, {here.span, there.span}});
      }
      if (i == one.members.size() || j == other.members.size()) continue;
      const EnumMember& here = one.members[i];
      const EnumMember& there = other.members[j];
      if (here.name != there.name) {
        Clash({Kind::kMemberOrder, one.name, {here.name, there.name}, {here.span, there.span}});
        return one.members;
      }
      members.push_back(here);
      ++i;
      ++j;
    }
    return members;
  }

  /// Members of this enumeration are now elsewhere: in all that is there already.
  void MoveMembers(EnumId id, const std::vector<std::uint32_t>& now) {
    VocabularyPlaces moved = Unmoved(into_);
    moved.members[id.Index()] = now;
    for (Fact& fact : into_.facts) {
      if (fact.assumed) fact.assumed = moved.Moved(fact.type, *fact.assumed);
    }
    for (NamedSet& set : into_.sets)
      set.members =
          std::get<MemberSet>(moved.Moved({.kind = TypeKind::kSet, .enumeration = set.enumeration}, set.members));
    for (VocabularyPlaces& places : earlier_) {
      for (std::size_t i = 0; i < places.enums.size(); ++i) {
        if (places.enums[i] != id) continue;
        for (std::uint32_t& member : places.members[i]) member = now[member];
      }
    }
  }

  void AddEntity(const Entity& entity) {
    if (const auto there = IdOf(into_.entities, entity.name)) {
      places_.entities.push_back(*there);
      return;
    }
    Entity added = entity;
    added.facts.clear();
    places_.entities.push_back(into_.entities.Add(std::move(added)));
  }

  void AddFact(const Fact& fact) {
    const EntityId owner = places_.entities[fact.owner.Index()];
    const Type type = places_.Moved(fact.type);
    if (const auto there = into_.FindFact(owner, fact.ShownName())) {
      const Fact& other = into_.facts[*there];
      if (other.type != type) {
        Clash({Kind::kFactType,
               fmt::format("{}.{}", into_.entities[owner].name, fact.ShownName()),
               {TypeToText(into_, other.type), TypeToText(from_, fact.type)},
               {other.span, fact.span}});
      }
      places_.facts.push_back(*there);
      return;
    }
    Fact added = fact;
    added.owner = owner;
    added.type = type;
    if (added.assumed) added.assumed = places_.Moved(fact.type, *added.assumed);
    added.position = static_cast<std::uint32_t>(into_.entities[owner].facts.size());
    const FactId id = into_.facts.Add(std::move(added));
    into_.entities[owner].facts.push_back(id);
    places_.facts.push_back(id);
  }

  void AddSet(const NamedSet& set) {
    if (IdOf(into_.sets, set.name)) return;
    NamedSet added = set;
    added.members =
        std::get<MemberSet>(places_.Moved({.kind = TypeKind::kSet, .enumeration = set.enumeration}, set.members));
    added.enumeration = places_.enums[set.enumeration.Index()];
    into_.sets.Add(std::move(added));
  }

  Vocabulary& into_;
  std::vector<VocabularyPlaces>& earlier_;  // of those that are in it
  const Vocabulary& from_;
  std::vector<VocabularyClash>& clashes_;
  VocabularyPlaces places_;
};

}  // namespace

Type VocabularyPlaces::Moved(Type type) const {
  if (type.unit.IsValid()) type.unit = units[type.unit.Index()];
  if (type.enumeration.IsValid()) type.enumeration = enums[type.enumeration.Index()];
  if (type.entity.IsValid()) type.entity = entities[type.entity.Index()];
  return type;
}

Value VocabularyPlaces::Moved(const Type& type, Value value) const {
  if (auto* const member = std::get_if<Member>(&value))
    member->index = members[type.enumeration.Index()][member->index];
  if (auto* const set = std::get_if<MemberSet>(&value)) {
    for (std::uint32_t& member : set->members) member = members[type.enumeration.Index()][member];
    std::ranges::sort(set->members);
  }
  return value;
}

MergedVocabularies Merge(const std::vector<const Vocabulary*>& all) {
  MergedVocabularies merged;
  auto vocabulary = std::make_shared<Vocabulary>(*all.back());
  std::vector<VocabularyPlaces> places = {Unmoved(*vocabulary)};  // the last one's first
  for (std::size_t i = 0; i + 1 < all.size(); ++i)
    places.push_back(Adder(*vocabulary, places, *all[i], merged.clashes).Run());
  std::ranges::rotate(places, places.begin() + 1);
  if (merged.clashes.empty()) {
    const Entity& entity = vocabulary->entities[vocabulary->case_entity];
    if (FixedEntities(*vocabulary) > kMaxFixedEntities)
      merged.clashes.push_back({Kind::kTooLarge, entity.name, {}, {entity.span, {}}});
  }
  if (merged.clashes.empty()) merged.vocabulary = std::move(vocabulary);
  merged.places = std::move(places);
  return merged;
}

}  // namespace proviso
