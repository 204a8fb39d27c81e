#include "tests/support/few_values.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/reference/evaluate.h"

namespace proviso::tests {
namespace {

constexpr std::uint32_t kLimit = 2;  // of numbers, and of the elements of a list

std::vector<Value> ScalarsOf(const Vocabulary& vocabulary, const Type& type) {
  std::vector<Value> values;
  const auto members =
      static_cast<std::uint32_t>(type.enumeration.IsValid() ? vocabulary.enums[type.enumeration].members.size() : 0);
  if (type.kind == TypeKind::kBoolean) values = {true, false};
  if (type.kind == TypeKind::kEnum) {
    for (std::uint32_t member = 0; member < members; ++member) values.emplace_back(Member{member});
  }
  if (type.kind == TypeKind::kSet) {
    for (std::uint32_t bits = 0; bits < 1U << members; ++bits) {
      MemberSet set;
      for (std::uint32_t member = 0; member < members; ++member) {
        if ((bits >> member & 1) != 0) set.members.push_back(member);
      }
      values.emplace_back(std::move(set));
    }
  }
  if (type.IsExactNumber()) {
    for (std::uint32_t number = 0; number <= kLimit; ++number) values.emplace_back(Exact(std::int64_t{number}));
  }
  return values;
}

}  // namespace

std::vector<FewValues::Place> FewValues::Unknown(const Case& facts) const {
  std::vector<Place> unknown;
  for (std::size_t i = 0; i < facts.instances.size(); ++i) {
    const InstanceId instance(i);
    for (const FactId id : vocabulary_.entities[facts.instances[instance].entity].facts) {
      if (!facts.State(vocabulary_, instance, id).value) unknown.push_back({instance, id});
    }
  }
  return unknown;
}

std::vector<Case> FewValues::With(const Case& facts, const Place& place) const {
  const Type& type = vocabulary_.facts[place.fact].type;
  const std::string path = FactPath(facts, vocabulary_, place.instance, place.fact);
  std::vector<Case> cases;
  const auto give = [&](Case with, Value value) {
    with.State(vocabulary_, place.instance, place.fact).value = std::move(value);
    cases.push_back(std::move(with));
  };
  if (type.or_none) give(facts, NoValue{});
  for (const Value& value : ScalarsOf(vocabulary_, type)) give(facts, value);
  if (type.kind == TypeKind::kEntity) {
    Case with = facts;
    const EntityValue entity{AddInstance(with, vocabulary_, type.entity, path)};
    give(std::move(with), entity);
  }
  if (type.kind == TypeKind::kList) {
    for (std::uint32_t count = 0; count <= kLimit; ++count) {
      Case with = facts;
      ListValue list;
      for (std::uint32_t i = 0; i < count; ++i)
        list.elements.push_back(AddInstance(with, vocabulary_, type.entity, fmt::format("{}[{}]", path, i)));
      give(std::move(with), std::move(list));
    }
  }
  return cases;
}

bool FewValues::ForEach(const Case& facts, std::size_t max, llvm::function_ref<void(const Case&)> visit) const {
  std::vector<Case> open = {facts};
  for (std::size_t visited = 0; !open.empty();) {
    const Case at = std::move(open.back());
    open.pop_back();
    const std::vector<Place> unknown = Unknown(at);
    if (unknown.empty()) {
      if (++visited > max) return false;
      visit(at);
      continue;
    }
    for (Case& with : With(at, unknown.front())) open.push_back(std::move(with));
  }
  return true;
}

Case FewValues::Some(Case facts, std::size_t percent_unknown, std::mt19937& random) const {
  std::vector<Place> left;
  const auto is_left = [&](const Place& place) {
    return std::ranges::any_of(
        left, [&](const Place& other) { return other.instance == place.instance && other.fact == place.fact; });
  };
  for (;;) {
    std::vector<Place> unknown = Unknown(facts);
    std::erase_if(unknown, is_left);
    if (unknown.empty()) return facts;
    if (random() % 100 < percent_unknown) {
      left.push_back(unknown.front());
      continue;
    }
    std::vector<Case> with = With(facts, unknown.front());
    facts = std::move(with[random() % with.size()]);
  }
}

std::optional<std::vector<Case>> AllowedCases(const check::CheckedDraft& draft, std::size_t max) {
  std::vector<Case> cases;
  const Vocabulary& words = *draft.vocabulary;
  const bool is_all = FewValues(words).ForEach(EmptyCase(words), max, [&](const Case& facts) {
    if (reference::BrokenAssumptions(draft, facts).empty()) cases.push_back(facts);
  });
  return is_all ? std::optional(std::move(cases)) : std::nullopt;
}

}  // namespace proviso::tests
