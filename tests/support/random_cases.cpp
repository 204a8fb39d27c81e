#include "tests/support/random_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/support/scratch.h"

namespace proviso::tests {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxElements = 2;
constexpr int kMaxTiers = 2;

bool IsFixedEntity(const Type& type) { return type.kind == TypeKind::kEntity && !type.or_none; }

}  // namespace

void RandomCases::Complete(Case& facts) {
  for (std::size_t i = 0; i < facts.instances.size(); ++i) CompleteInstance(facts, InstanceId(i));
}

void RandomCases::Hide(Case& facts) {
  for (Instance& instance : facts.instances) {
    for (const FactId id : vocabulary_.entities[instance.entity].facts) {
      const Fact& fact = vocabulary_.facts[id];
      if (!IsFixedEntity(fact.type) && Pick(3) == 0) instance.facts[fact.position] = {};
    }
  }
}

void RandomCases::Give(Case& facts, InstanceId instance, FactId fact) {
  facts.State(vocabulary_, instance, fact).value = Make(facts, instance, fact);
}

void RandomCases::CompleteInstance(Case& facts, InstanceId instance) {
  const std::vector<FactId> ids = vocabulary_.entities[facts.instances[instance].entity].facts;
  for (const FactId id : ids) {
    if (!facts.State(vocabulary_, instance, id).value) Give(facts, instance, id);
  }
}

Value RandomCases::Make(Case& facts, InstanceId instance, FactId id) {
  const Type& type = vocabulary_.facts[id].type;
  if (type.or_none && Pick(3) == 0) return NoValue{};
  const std::string path = FactPath(facts, vocabulary_, instance, id);
  if (type.kind == TypeKind::kEntity) return EntityValue{AddInstance(facts, vocabulary_, type.entity, path)};
  if (type.kind == TypeKind::kList) return MakeList(facts, type, path);
  return MakeScalar(type);
}

Value RandomCases::MakeList(Case& facts, const Type& type, const std::string& path) {
  ListValue list;
  const bool is_deep = std::ranges::count(path, '[') >= kMaxTiers;
  const std::size_t count = is_deep ? 0 : Pick(kMaxElements + 1);
  for (std::size_t i = 0; i < count; ++i) {
    list.elements.push_back(AddInstance(facts, vocabulary_, type.entity, fmt::format("{}[{}]", path, i)));
  }
  return list;
}

Value RandomCases::MakeScalar(const Type& type) {
  static const std::vector<const char*> kNumbers = {"0", "1", "2", "10", "11", "15", "1000", "10^24", "10^25"};
  static const std::vector<const char*> kDays = {"2024-01-31", "2024-02-29", "2025-01-02", "9999-12-15"};
  switch (type.kind) {
    case TypeKind::kBoolean:
      return Pick(2) == 0;
    case TypeKind::kReal:
      return *ParseReal(kNumbers[Pick(kNumbers.size())]);
    case TypeKind::kDate:
      return *ParseDate(kDays[Pick(kDays.size())]);
    case TypeKind::kDays:
      return Days{static_cast<std::int64_t>(Pick(60))};
    case TypeKind::kEnum:
      return Member{static_cast<std::uint32_t>(Pick(vocabulary_.enums[type.enumeration].members.size()))};
    case TypeKind::kSet:
      return MakeSet(type);
    default:
      return type.is_percent ? Exact(static_cast<std::int64_t>(Pick(5))) / Exact(4)
                             : *Exact::Parse(kNumbers[Pick(kNumbers.size())]);
  }
}

Value RandomCases::MakeSet(const Type& type) {
  MemberSet set;
  const auto members = static_cast<std::uint32_t>(vocabulary_.enums[type.enumeration].members.size());
  for (std::uint32_t member = 0; member < members; ++member) {
    if (Pick(2) == 0) set.members.push_back(member);
  }
  return set;
}

namespace {

/// Told by its header, without the parser: the list is made at every start of the tests.
bool IsDraft(const fs::path& path) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("draft ")) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> DraftsIn(const std::vector<std::string>& folders) {
  std::vector<std::string> drafts;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(tests::SourceFolder() / folder)) {
      const fs::path& path = entry.path();
      const bool is_of_checker = path.string().find("constructs/fail_") != std::string::npos;
      if (path.extension() == ".pvo" && !is_of_checker && IsDraft(path)) drafts.push_back(path.string());
    }
  }
  std::ranges::sort(drafts);
  return drafts;
}

}  // namespace proviso::tests
