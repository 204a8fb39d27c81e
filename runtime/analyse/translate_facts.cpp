#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "runtime/analyse/translator.h"
#include "runtime/evaluate/operate.h"

namespace proviso::analyse {
namespace {

/// Tiers are tried so deep.
constexpr std::uint32_t kMaxDepth = 3;

}  // namespace

std::string NumberOf(const Value& value) {
  if (const auto* real = std::get_if<double>(&value)) return Whole(OrdinalOf(*real));
  return Number(evaluate::AsNumber(value).value_or(Exact(0)));
}

// ---- Entities --------------------------------------------------------------------------------------------

Translator::PlacesId Translator::With(PlacesId places, PlaceId place, BeingId being) {
  Places more = places.IsValid() ? places_[places] : Places();
  if (place.IsValid()) more[place] = being;
  const auto [found, is_new] = place_ids_.try_emplace(more);
  if (is_new) found->second = places_.Add(more);
  return found->second;
}

BeingId Translator::BeingAt(PlaceId id, PlacesId places) {
  const evaluate::Place place = space_[id];
  using Kind = evaluate::Place::Kind;
  if (place.kind == Kind::kCase) return BeingId(0);
  if (place.kind == Kind::kPart) return Part(BeingAt(place.parent, places), place.fact);
  if (place.kind == Kind::kKnown) {
    const std::vector<BeingId> elements = Elements({place.parent, place.fact}, places);
    return elements[place.nesting];
  }
  return places_[places].at(id);
}

const Value* Translator::KnownValue(BeingId being, FactId fact) const {
  const InstanceId instance = formula_.beings[being].instance;
  if (!instance.IsValid()) return nullptr;
  const FactState& state = wanted_.known.State(space_.Words(), instance, fact);
  return state.value ? &*state.value : nullptr;
}

BeingId Translator::Part(BeingId parent, FactId fact) {
  if (const auto found = parts_.find({parent, fact}); found != parts_.end()) return found->second;
  const Being above = formula_.beings[parent];
  const Value* const known = KnownValue(parent, fact);
  const auto* entity = known != nullptr ? std::get_if<EntityValue>(known) : nullptr;
  const Symbol value = FactOf(parent, fact);
  return parts_[{parent, fact}] = formula_.beings.Add(
             {.entity = space_.Words().facts[fact].type.entity,
              .instance = entity != nullptr ? entity->instance : InstanceId(),
              .parent = parent,
              .fact = fact,
              .depth = above.depth,
              .name = fmt::format("{}_{}", above.name, fact.Index()),
              .exists = Define("Bool", And(above.is_element ? "true" : above.exists, Not(value.none)))});
}

std::vector<BeingId> Translator::Elements(const ListOf& list, PlacesId places) {
  const BeingId owner = BeingAt(list.place, places);
  if (const auto found = elements_.find({owner, list.fact}); found != elements_.end()) return found->second;
  std::vector<BeingId> elements;
  const auto add = [&] { elements.push_back(AddElement(list, owner, static_cast<std::uint32_t>(elements.size()))); };
  if (const Value* const known = KnownValue(owner, list.fact)) {
    const auto* value = std::get_if<ListValue>(known);
    for (std::size_t i = 0; value != nullptr && i < value->elements.size(); ++i) add();
  } else {
    const auto asked = questions_.lists.find(list);
    const bool is_bounded = asked != questions_.lists.end() && asked->second.is_argued;
    formula_.is_complete = formula_.is_complete && is_bounded;
    const bool is_deep = questions_.has_tiers && formula_.beings[owner].depth >= kMaxDepth;
    // Tiers fan out.
    const std::size_t most = questions_.has_tiers ? 2 : 8;
    std::size_t count = asked != questions_.lists.end() ? std::min(asked->second.elements, most) : most;
    if (is_deep) count = 0;
    while (elements.size() < count) add();
  }
  elements_[{owner, list.fact}] = elements;
  for (const BeingId element : elements) Assume(list, element, places);
  return elements;
}

BeingId Translator::AddElement(const ListOf& list, BeingId owner, std::uint32_t index) {
  const Being above = formula_.beings[owner];
  const Value* const known = KnownValue(owner, list.fact);
  Being element{.entity = space_.Words().facts[list.fact].type.entity,
                .instance = known != nullptr ? std::get<ListValue>(*known).elements[index] : InstanceId(),
                .parent = owner,
                .fact = list.fact,
                .index = index,
                .is_element = true,
                .depth = above.depth + 1,
                .name = fmt::format("{}_{}_{}", above.name, list.fact.Index(), index),
                .exists = "true"};
  const BeingId id = formula_.beings.Add(element);
  if (known != nullptr) return id;
  const Term exists =
      Declare("Bool", {.kind = Unknown::Kind::kExists, .name = element.name + "_e", .being = id, .fact = list.fact});
  formula_.beings[id].exists = exists;
  // The first elements are those that there are.
  if (index > 0) Assert(fmt::format("(=> {} {}_{}_{}_e)", exists, above.name, list.fact.Index(), index - 1));
  return id;
}

void Translator::Assume(const ListOf& list, BeingId element, PlacesId places) {
  for (const OfElements& assumed : wanted_.assumed) {
    const evaluate::Place& place = space_[assumed.element];
    if (place.parent != list.place || place.fact != list.fact) continue;
    const Term holds = Holds(assumed.condition, With(places, assumed.element, element));
    const Term owner = formula_.beings[formula_.beings[element].parent].exists;
    Assert(fmt::format("(=> {} {})", And(owner, formula_.beings[element].exists), holds));
  }
}

std::optional<Translator::PlacesId> Translator::InTier(evaluate::TierId id, PlaceId asked, PlacesId places) {
  if (lists_ == Lists::kOpen) return std::nullopt;
  formula_.is_complete = false;
  const BeingId being = BeingAt(asked, places);
  const PlaceId place = space_[id].place;
  const PlacesId inside = With(PlacesId(0), place, being);
  if (!in_tiers_.insert({id, being}).second) return inside;
  for (const OfElements& assumed : wanted_.assumed) {
    if (assumed.element == place)
      Assert(fmt::format("(=> {} {})", formula_.beings[being].exists, Holds(assumed.condition, inside)));
  }
  return inside;
}

// ---- Facts -----------------------------------------------------------------------------------------------

Symbol Translator::Literal(const Value& value) {
  if (IsNone(value)) return {.none = "true", .term = "0.0"};
  if (const auto* truth = std::get_if<bool>(&value)) return {.none = "false", .term = *truth ? "true" : "false"};
  if (const auto* member = std::get_if<Member>(&value)) return {.none = "false", .term = Whole(member->index)};
  const bool is_entity = std::holds_alternative<EntityValue>(value) || std::holds_alternative<MemberSet>(value) ||
                         std::holds_alternative<ListValue>(value);
  return {.none = "false", .term = is_entity ? "" : NumberOf(value)};
}

Symbol Translator::FactOf(BeingId being, FactId fact) {
  if (const auto found = facts_.find({being, fact}); found != facts_.end()) return found->second;
  const Value* const known = KnownValue(being, fact);
  Symbol value = known != nullptr ? Literal(*known) : UnknownFact(being, fact);
  const TypeKind kind = space_.Words().facts[fact].type.kind;
  if (value.none == "true") {
    const bool is_whole = kind == TypeKind::kEnum || kind == TypeKind::kReal;
    const bool has_term = kind != TypeKind::kEntity && kind != TypeKind::kSet;
    value.term = !has_term ? "" : is_whole ? "0" : "0.0";
  }
  return facts_[{being, fact}] = value;
}

Symbol Translator::UnknownFact(BeingId being, FactId fact) {
  const Type& type = space_.Words().facts[fact].type;
  const Term name = fmt::format("{}_{}", formula_.beings[being].name, fact.Index());
  const auto declare = [&](const char* sort, Unknown::Kind kind) {
    return Declare(
        sort,
        {.kind = kind, .name = name + (kind == Unknown::Kind::kIsNone ? "_n" : "_v"), .being = being, .fact = fact});
  };
  Symbol value{.none = type.or_none ? declare("Bool", Unknown::Kind::kIsNone) : "false", .term = {}};
  if (type.kind == TypeKind::kEntity || type.kind == TypeKind::kSet || type.kind == TypeKind::kList) return value;
  if (type.kind == TypeKind::kBoolean) {
    value.term = declare("Bool", Unknown::Kind::kFact);
    return value;
  }
  const Term number = declare("Int", Unknown::Kind::kFact);
  const auto limit = [&](const Term& least, const Term& greatest) {
    Assert(fmt::format("(and (<= {} {}) (<= {} {}))", least, number, number, greatest));
  };
  value.term = fmt::format("(to_real {})", number);
  if (type.kind == TypeKind::kEnum) {
    const auto members = static_cast<std::int64_t>(space_.Words().enums[type.enumeration].members.size());
    limit("0", Whole(members - 1));
    value.term = number;
  } else if (type.kind == TypeKind::kReal) {
    limit(Whole(OrdinalOf(std::numeric_limits<double>::lowest())),
          Whole(OrdinalOf(std::numeric_limits<double>::max())));
    value.term = number;
  } else if (type.kind == TypeKind::kDate) {
    const auto day = [](int year, unsigned month, unsigned of_month) {
      return Whole(Date(std::chrono::year(year) / month / of_month).time_since_epoch().count());
    };
    limit(day(1, 1, 1), day(9999, 12, 31));
  } else if (type.kind == TypeKind::kDecimal) {
    value.term = fmt::format("(* {} {})", Number(Exact::PowerOfTen(-type.digits)), value.term);
  }
  return value;
}

Translator::Term Translator::MemberOf(BeingId being, FactId fact, std::uint32_t member) {
  const auto [found, is_new] = members_.try_emplace({being, fact, member});
  if (!is_new) return found->second;
  Term has;
  if (const Value* const known = KnownValue(being, fact)) {
    const auto* set = std::get_if<MemberSet>(known);
    has = set != nullptr && set->Contains(member) ? "true" : "false";
  } else {
    has = Declare("Bool", {.kind = Unknown::Kind::kMember,
                           .name = fmt::format("{}_{}_m{}", formula_.beings[being].name, fact.Index(), member),
                           .being = being,
                           .fact = fact,
                           .member = member});
  }
  return members_[{being, fact, member}] = has;
}

}  // namespace proviso::analyse
