#include "compiler/check/words.h"

#include <algorithm>
#include <charconv>

namespace proviso::check {

using diagnostics::DiagnosticSink;
using diagnostics::Kind;

std::vector<Citation> ResolveCitations(const std::vector<syntax::CitationText>& cites, const Citation& enclosing,
                                       DiagnosticSink& sink) {
  std::vector<Citation> resolved;
  for (const syntax::CitationText& cite : cites) {
    if (cite.is_quoted) {
      resolved.push_back({cite.text});
    } else if (IsRelativeCitation(cite.text) && enclosing.text.empty()) {
      sink.Report<Kind::kCitationContinuesNothing>(cite.span, cite.text)
          .Help("write the whole citation, or give the declaration around it one");
    } else {
      resolved.push_back(ResolveCitation(enclosing, cite.text));
    }
  }
  return resolved;
}

namespace {

template <typename IdType, typename T>
std::optional<IdType> FindNamed(const Store<IdType, T>& store, std::string_view name) {
  const auto found = std::find_if(store.begin(), store.end(), [&](const T& each) { return each.name == name; });
  if (found == store.end()) return std::nullopt;
  return IdType(static_cast<std::size_t>(found - store.begin()));
}

template <typename IdType, typename T>
std::vector<std::string> NamesOf(const Store<IdType, T>& store) {
  std::vector<std::string> names;
  for (const T& each : store) names.push_back(each.name);
  return names;
}

}  // namespace

std::optional<EnumId> FindEnum(const Vocabulary& vocabulary, std::string_view name) {
  return FindNamed(vocabulary.enums, name);
}
std::optional<EntityId> FindEntity(const Vocabulary& vocabulary, std::string_view name) {
  return FindNamed(vocabulary.entities, name);
}
std::optional<UnitId> FindUnit(const Vocabulary& vocabulary, std::string_view name) {
  return FindNamed(vocabulary.units, name);
}

std::optional<EnumId> EnumNamed(const Vocabulary& vocabulary, const syntax::Name& name, DiagnosticSink& sink) {
  const auto found = FindEnum(vocabulary, name.text);
  if (!found) Suggest(sink.Report<Kind::kUnknownEnum>(name.span, name.text), name.text, NamesOf(vocabulary.enums));
  return found;
}
std::optional<EntityId> EntityNamed(const Vocabulary& vocabulary, const syntax::Name& name, DiagnosticSink& sink) {
  const auto found = FindEntity(vocabulary, name.text);
  if (!found) Suggest(sink.Report<Kind::kUnknownEntity>(name.span, name.text), name.text, NamesOf(vocabulary.entities));
  return found;
}
std::optional<UnitId> UnitNamed(const Vocabulary& vocabulary, const syntax::Name& name, DiagnosticSink& sink) {
  const auto found = FindUnit(vocabulary, name.text);
  if (!found) Suggest(sink.Report<Kind::kUnknownUnit>(name.span, name.text), name.text, NamesOf(vocabulary.units));
  return found;
}

namespace {

std::optional<Type> NumberType(const Vocabulary& vocabulary, const syntax::TypeText& text, TypeKind kind,
                               DiagnosticSink& sink) {
  Type type{.kind = kind};
  if (kind == TypeKind::kDecimal) {
    int digits = -1;
    const char* end = text.digits.data() + text.digits.size();
    const auto [stop, error] = std::from_chars(text.digits.data(), end, digits);
    if (error != std::errc() || stop != end || digits < 0 || digits > kMaxDigits) {
      sink.Report<Kind::kDigitsNotANumber>(text.span, text.digits);
      return std::nullopt;
    }
    type.digits = static_cast<std::uint8_t>(digits);
  }
  if (!text.name.text.empty()) {
    const auto unit = UnitNamed(vocabulary, text.name, sink);
    if (!unit) return std::nullopt;
    type.unit = *unit;
  }
  return type;
}

std::optional<Type> NamedType(const Vocabulary& vocabulary, const syntax::TypeText& text, DiagnosticSink& sink) {
  if (const auto enumeration = FindEnum(vocabulary, text.name.text))
    return Type{.kind = TypeKind::kEnum, .enumeration = *enumeration};
  if (const auto entity = FindEntity(vocabulary, text.name.text))
    return Type{.kind = TypeKind::kEntity, .entity = *entity};
  std::vector<std::string> names = NamesOf(vocabulary.enums);
  for (const std::string& name : NamesOf(vocabulary.entities)) names.push_back(name);
  for (const char* word : {"boolean", "integer", "decimal", "real", "percent", "date", "days"})
    names.emplace_back(word);
  Suggest(sink.Report<Kind::kUnknownType>(text.name.span, text.name.text), text.name.text, names);
  return std::nullopt;
}

std::optional<Type> TypeWithoutNone(const Vocabulary& vocabulary, const syntax::TypeText& text, DiagnosticSink& sink) {
  using syntax::TypeWord;
  switch (text.word) {
    case TypeWord::kBoolean:
      return Type{.kind = TypeKind::kBoolean};
    case TypeWord::kInteger:
      return NumberType(vocabulary, text, TypeKind::kInteger, sink);
    case TypeWord::kDecimal:
      return NumberType(vocabulary, text, TypeKind::kDecimal, sink);
    case TypeWord::kReal:
      return NumberType(vocabulary, text, TypeKind::kReal, sink);
    case TypeWord::kRatio:
      return NumberType(vocabulary, text, TypeKind::kRatio, sink);
    case TypeWord::kPercent:
      return Type{.kind = TypeKind::kDecimal, .digits = 6, .is_percent = true};
    case TypeWord::kDate:
      return Type{.kind = TypeKind::kDate};
    case TypeWord::kDays:
      return Type{.kind = TypeKind::kDays};
    case TypeWord::kNamed:
      return NamedType(vocabulary, text, sink);
    case TypeWord::kSetOf:
      if (const auto id = EnumNamed(vocabulary, text.name, sink))
        return Type{.kind = TypeKind::kSet, .enumeration = *id};
      return std::nullopt;
    case TypeWord::kListOf:
      if (const auto id = EntityNamed(vocabulary, text.name, sink)) return Type{.kind = TypeKind::kList, .entity = *id};
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Type> ResolveType(const Vocabulary& vocabulary, const syntax::TypeText& text, DiagnosticSink& sink) {
  std::optional<Type> type = TypeWithoutNone(vocabulary, text, sink);
  if (!type || !text.or_none) return type;
  if (type->kind == TypeKind::kBoolean || type->kind == TypeKind::kSet || type->kind == TypeKind::kList) {
    sink.Report<Kind::kNeverValue>(text.span, TypeToText(vocabulary, *type)).Help("drop `or none`");
    return std::nullopt;
  }
  type->or_none = true;
  return type;
}

std::optional<ResolvedSet> ResolveSet(const Vocabulary& vocabulary, const syntax::SetDeclaration& set,
                                      DiagnosticSink& sink) {
  // The enumeration is the one that has every member; a member written `ENUM.member` says it.
  const auto base_name = [](const std::string& text) { return text.substr(text.find('.') + 1); };
  std::vector<EnumId> candidates;
  std::size_t best_count = 0;
  std::optional<EnumId> best;
  for (std::size_t i = 0; i < vocabulary.enums.size(); ++i) {
    const Enumeration& enumeration = vocabulary.enums[EnumId(i)];
    std::size_t count = 0;
    for (const syntax::Name& member : set.members) {
      const std::size_t dot = member.text.find('.');
      const bool here = dot == std::string::npos || member.text.substr(0, dot) == enumeration.name;
      if (here && enumeration.Find(base_name(member.text))) ++count;
    }
    if (count == set.members.size()) candidates.push_back(EnumId(i));
    if (count > best_count) best_count = count, best = EnumId(i);
  }
  if (candidates.size() == 1) {
    ResolvedSet resolved{candidates.front(), {}};
    for (const syntax::Name& member : set.members)
      resolved.members.members.push_back(*vocabulary.enums[resolved.enumeration].Find(base_name(member.text)));
    auto& members = resolved.members.members;
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    return resolved;
  }
  if (candidates.size() > 1) {
    sink.Report<Kind::kAmbiguousName>(set.name.span, set.name.text, "a set of " + vocabulary.enums[candidates[0]].name,
                                      "a set of " + vocabulary.enums[candidates[1]].name)
        .Help(set.members.empty()
                  ? "an empty set does not say of what; write `{ }` where it is used"
                  : "write one member with its enumeration: `" + vocabulary.enums[candidates[0]].name + ".MEMBER`");
    return std::nullopt;
  }
  for (const syntax::Name& member : set.members) {
    const std::string shown = best ? vocabulary.enums[*best].name : "any enumeration";
    if (best && vocabulary.enums[*best].Find(base_name(member.text))) continue;
    auto& report = sink.Report<Kind::kUnknownMember>(member.span, member.text, shown);
    std::vector<std::string> names;
    for (const Enumeration& each : vocabulary.enums)
      if (!best || each.name == vocabulary.enums[*best].name)
        for (const EnumMember& known : each.members) names.push_back(known.name);
    Suggest(report, member.text, names);
  }
  return std::nullopt;
}

std::string Operation(std::string_view verb, std::string_view left, std::string_view right) {
  if (verb == "use") return fmt::format("use {} as {}", right, left);
  const std::string_view joint = verb == "compare" ? "with" : verb == "multiply" || verb == "divide" ? "by" : "and";
  return fmt::format("{} {} {} {}", verb, left, joint, right);
}

std::vector<std::vector<std::uint32_t>> MemberCombinations(const Vocabulary& vocabulary,
                                                           const std::vector<EnumId>& enumerations) {
  std::vector<std::vector<std::uint32_t>> all = {{}};
  for (const EnumId enumeration : enumerations) {
    std::vector<std::vector<std::uint32_t>> longer;
    for (const auto& prefix : all) {
      for (std::uint32_t member = 0; member < vocabulary.enums[enumeration].members.size(); ++member) {
        longer.push_back(prefix);
        longer.back().push_back(member);
      }
    }
    all = std::move(longer);
    if (all.size() > kMaxCombinations) break;
  }
  return all;
}

}  // namespace proviso::check
