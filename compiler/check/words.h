// words.h: small things said alike by every part of the checker.
#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/syntax_tree.h"
#include "runtime/base/citation.h"
#include "runtime/base/vocabulary.h"

namespace proviso::check {

/// Whether the types are one but for units, digits and `or none`.
[[nodiscard]] inline bool SameKind(const Type& a, const Type& b) {
  return a.kind == b.kind && a.enumeration == b.enumeration && a.entity == b.entity;
}

using diagnostics::Suggest;
using diagnostics::SuggestNearest;

/// The citations of a declaration or item inside `enclosing`; one that continues nothing is reported.
[[nodiscard]] std::vector<Citation> ResolveCitations(const std::vector<syntax::CitationText>& cites,
                                                     const Citation& enclosing, diagnostics::DiagnosticSink& sink);

[[nodiscard]] inline std::string DescriptionOf(const syntax::Supports& supports) {
  return supports.description ? supports.description->text : std::string();
}

/// What a written type means; nothing where it was reported.
[[nodiscard]] std::optional<Type> ResolveType(const Vocabulary& vocabulary, const syntax::TypeText& text,
                                              diagnostics::DiagnosticSink& sink);

[[nodiscard]] std::optional<EnumId> FindEnum(const Vocabulary& vocabulary, std::string_view name);
[[nodiscard]] std::optional<EntityId> FindEntity(const Vocabulary& vocabulary, std::string_view name);
[[nodiscard]] std::optional<UnitId> FindUnit(const Vocabulary& vocabulary, std::string_view name);

/// Each reports a name that is not there.
[[nodiscard]] std::optional<EnumId> EnumNamed(const Vocabulary& vocabulary, const syntax::Name& name,
                                              diagnostics::DiagnosticSink& sink);
[[nodiscard]] std::optional<EntityId> EntityNamed(const Vocabulary& vocabulary, const syntax::Name& name,
                                                  diagnostics::DiagnosticSink& sink);
[[nodiscard]] std::optional<UnitId> UnitNamed(const Vocabulary& vocabulary, const syntax::Name& name,
                                              diagnostics::DiagnosticSink& sink);

/// The members of a named set's declaration and their enumeration; nothing where it was reported.
struct ResolvedSet {
  EnumId enumeration;
  MemberSet members;
};
[[nodiscard]] std::optional<ResolvedSet> ResolveSet(const Vocabulary& vocabulary, const syntax::SetDeclaration& set,
                                                    diagnostics::DiagnosticSink& sink);

/// What an operation does to its two sides, for messages: `compare flop with usd`, `add flop and usd`. The verb `use`
/// speaks of a value (`right`) in a place (`left`): `use usd as flop`.
[[nodiscard]] std::string Operation(std::string_view verb, std::string_view left, std::string_view right);

/// Every combination of one member from each enumeration, the last one fastest.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> MemberCombinations(const Vocabulary& vocabulary,
                                                                         const std::vector<EnumId>& enumerations);

/// A fact or term with parameters stands for at most this many.
inline constexpr std::size_t kMaxCombinations = 10'000;

}  // namespace proviso::check
