#include "compiler/amend/labels.h"

#include <optional>
#include <variant>

namespace proviso::amend {

using namespace syntax;  // NOLINT(google-build-using-namespace): works on nearly every node of the tree

namespace {

Label LabelOf(DeclarationWord word, std::string_view kind, const Name& name, const std::optional<Name>& of = {}) {
  return {word, kind, name.text, name.span, of ? of->text : std::string()};
}
Label LabelOf(const UnitDeclaration& d) { return LabelOf(DeclarationWord::kUnit, "unit", d.name); }
Label LabelOf(const EnumDeclaration& d) { return LabelOf(DeclarationWord::kEnum, "enum", d.name); }
Label LabelOf(const EntityDeclaration& d) { return LabelOf(DeclarationWord::kEntity, "entity", d.name); }
Label LabelOf(const CaseDeclaration& d) { return LabelOf(DeclarationWord::kNone, "case", d.entity); }
Label LabelOf(const AssumeDeclaration& d) { return LabelOf(DeclarationWord::kAssume, "assumption", d.name); }
Label LabelOf(const SetDeclaration& d) { return LabelOf(DeclarationWord::kSet, "set", d.name); }
Label LabelOf(const OptionDeclaration& d) {
  return d.is_reading ? LabelOf(DeclarationWord::kReading, "reading", d.name, d.of)
                      : LabelOf(DeclarationWord::kOption, "option", d.name, d.of);
}
Label LabelOf(const ConstraintDeclaration& d) {
  return LabelOf(DeclarationWord::kConstraint, "constraint", d.name.value_or(Name()));
}
Label LabelOf(const OptionSetDeclaration& d) { return LabelOf(DeclarationWord::kOptionSet, "option set", d.name); }
Label LabelOf(const TermDeclaration& d) { return LabelOf(DeclarationWord::kTerm, "term", d.name, d.of); }
Label LabelOf(const DecisionDeclaration& d) { return LabelOf(DeclarationWord::kDecision, "decision", d.name, d.of); }
Label LabelOf(const PropertyDeclaration& d) { return LabelOf(DeclarationWord::kProperty, "property", d.name); }
Label LabelOf(const TransformDeclaration& d) { return LabelOf(DeclarationWord::kTransform, "transform", d.name); }
/// It has no name of its own: what it names is another declaration.
Label LabelOf(const WaiverDeclaration&) { return LabelOf(DeclarationWord::kWaiver, "waiver", {}); }
template <typename Amending>
Label LabelOf(const Amending&) {
  return {};
}

}  // namespace

std::string_view KindText(DeclarationWord word) {
  constexpr std::string_view kTexts[] = {
      "unit",     "enum", "entity",    "set",      "option",    "reading",    "constraint", "option set", "term",
      "decision", "rule", "exception", "property", "transform", "assumption", "waiver",     "declaration"};
  return kTexts[static_cast<std::size_t>(word)];
}

Label LabelOf(const Declaration& declaration) {
  return std::visit([](const auto& kind) { return LabelOf(kind); }, declaration.kind);
}

}  // namespace proviso::amend
