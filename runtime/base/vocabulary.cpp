#include "runtime/base/vocabulary.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

namespace proviso {
namespace {

std::string WithUnit(const Vocabulary& vocabulary, const Type& type, const std::string& text) {
  return type.unit.IsValid() ? text + " " + vocabulary.units[type.unit].name : text;
}

std::string KindToText(const Vocabulary& vocabulary, const Type& type) {
  switch (type.kind) {
    case TypeKind::kBoolean:
      return "boolean";
    case TypeKind::kInteger:
      return WithUnit(vocabulary, type, "integer");
    case TypeKind::kDecimal:
      return type.is_percent ? "percent" : WithUnit(vocabulary, type, fmt::format("decimal({})", type.digits));
    case TypeKind::kReal:
      return WithUnit(vocabulary, type, "real");
    case TypeKind::kRatio:
      return WithUnit(vocabulary, type, "ratio");
    case TypeKind::kDate:
      return "date";
    case TypeKind::kDays:
      return "days";
    case TypeKind::kEnum:
      return vocabulary.enums[type.enumeration].name;
    case TypeKind::kSet:
      return "set of " + vocabulary.enums[type.enumeration].name;
    case TypeKind::kEntity:
      return vocabulary.entities[type.entity].name;
    case TypeKind::kList:
      return "list of " + vocabulary.entities[type.entity].name;
  }
  return {};
}

/// One function a kind of value; the type says what the value alone does not.
struct ValueWriter {
  const Vocabulary& vocabulary;
  const Type& type;

  std::string operator()(NoValue) const { return "none"; }
  std::string operator()(bool value) const { return value ? "yes" : "no"; }
  std::string operator()(const Exact& value) const {
    if (type.is_percent) return (value * Exact(100)).ToText() + "%";
    return WithUnit(vocabulary, type, value.ToText());
  }
  std::string operator()(double value) const { return WithUnit(vocabulary, type, RealToText(value)); }
  std::string operator()(Date value) const { return DateToText(value); }
  std::string operator()(Days value) const {
    return fmt::format("{} {}", value.count, value.count == 1 ? "day" : "days");
  }
  std::string operator()(Member value) const { return MemberName(value.index); }
  std::string operator()(const MemberSet& value) const {
    std::string names;
    for (const std::uint32_t member : value.members) names += (names.empty() ? "" : ", ") + MemberName(member);
    return names.empty() ? "{ }" : "{ " + names + " }";
  }
  std::string operator()(EntityValue) const {
    const Entity& entity = vocabulary.entities[type.entity];
    return fmt::format("{} with {} {}", entity.name, entity.facts.size(), entity.facts.size() == 1 ? "fact" : "facts");
  }
  std::string operator()(const ListValue& value) const {
    return fmt::format("{} {}", value.elements.size(), value.elements.size() == 1 ? "element" : "elements");
  }

  [[nodiscard]] std::string MemberName(std::uint32_t index) const {
    return vocabulary.enums[type.enumeration].members[index].name;
  }
};

}  // namespace

std::optional<std::uint32_t> Enumeration::Find(std::string_view member) const {
  const auto found = llvm::find_if(members, [&](const EnumMember& candidate) { return candidate.name == member; });
  if (found == members.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - members.begin());
}

std::string Fact::ShownName() const {
  return arguments.empty() ? name : fmt::format("{}({})", name, fmt::join(arguments, ", "));
}

std::optional<FactId> Vocabulary::FindFact(EntityId entity, std::string_view shown_name) const {
  for (const FactId fact : entities[entity].facts) {
    if (facts[fact].ShownName() == shown_name) return fact;
  }
  return std::nullopt;
}

std::string TypeToText(const Vocabulary& vocabulary, const Type& type) {
  return KindToText(vocabulary, type) + (type.or_none ? " or none" : "");
}

std::string ValueToText(const Vocabulary& vocabulary, const Type& type, const Value& value) {
  return std::visit(ValueWriter{vocabulary, type}, value);
}

}  // namespace proviso
