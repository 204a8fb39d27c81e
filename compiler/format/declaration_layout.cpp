#include "compiler/format/declaration_layout.h"

#include <array>

namespace proviso::format {

using syntax::TypeWord;

Doc DeclarationLayout::Of(const syntax::Declaration& declaration) { return LayAny(declaration.kind); }

// ---- Parts -----------------------------------------------------------------------------------------------

Doc DeclarationLayout::SupportsInline(const syntax::Supports& supports) {
  std::vector<Doc> parts;
  for (const syntax::CitationText& cite : supports.cites) {
    if (!parts.empty()) parts.push_back(docs_.Row({",", docs_.LineIfNeeded()}));
    parts.push_back(expressions_.Citation(cite));
  }
  if (supports.description) {
    if (!parts.empty()) parts.push_back(docs_.LineIfNeeded());
    parts.push_back(expressions_.Quoted(supports.description->text));
  }
  return docs_.Row(std::move(parts));
}

Doc DeclarationLayout::Supports(const syntax::Supports& supports) {
  if (supports.cites.empty() && !supports.description) return docs_.Row({});
  return docs_.Row({docs_.LineIfNeeded(), SupportsInline(supports)});
}

Doc DeclarationLayout::OfEntity(const std::optional<syntax::Name>& entity) {
  return entity ? docs_.Row({"of ", docs_.Text(entity->text), " "}) : docs_.Row({});
}

Doc DeclarationLayout::Kept(std::string_view word, const syntax::Name& name) {
  return docs_.Row({word, " ", docs_.Text(name.text)});
}

Doc DeclarationLayout::Type(const syntax::TypeText& type) {
  constexpr std::array<std::string_view, 10> kWords = {"boolean", "integer", "decimal", "real",   "percent",
                                                       "date",    "days",    "ratio",   "set of", "list of"};
  std::vector<Doc> parts;
  if (type.word != TypeWord::kNamed) parts.push_back(docs_.Words(kWords[static_cast<std::size_t>(type.word)]));
  if (type.word == TypeWord::kDecimal) parts.push_back(docs_.Row({"(", type.digits, ")"}));
  if (!parts.empty() && !type.name.text.empty()) parts.push_back(docs_.Spaces(1));
  if (!type.name.text.empty()) parts.push_back(docs_.Text(type.name.text));
  if (type.or_none) parts.push_back(docs_.Words(" or none"));
  return docs_.Row(std::move(parts));
}

Doc DeclarationLayout::Assignment(Doc head, syntax::ExprId value) {
  const bool is_list = expressions_.IsConditionList(value);
  const Doc laid =
      is_list ? expressions_.List(std::get<syntax::ConditionList>(tree_[value].kind)) : expressions_.Of(value, 2);
  return docs_.Group(docs_.Row({head, " =", docs_.Nest(2, docs_.Row({docs_.Line(), laid}))}));
}

Doc DeclarationLayout::Block(Doc head, const std::vector<Doc>& items) {
  if (items.empty()) return docs_.Group(docs_.Row({head, " {", docs_.Line(), "}"}));
  std::vector<Doc> inside;
  for (const Doc item : items) {
    inside.push_back(docs_.HardItemLine());
    inside.push_back(item);
  }
  return docs_.Row({head, " {", docs_.Nest(2, docs_.Row(std::move(inside))), docs_.HardItemLine(), "}"});
}

// ---- The file's head ---------------------------------------------------------------------------------------

Doc DeclarationLayout::Use(const syntax::UseText& use) {
  return docs_.Row({"use ", expressions_.Quoted(use.path.text)});
}

Doc DeclarationLayout::Header() {
  constexpr std::array<std::string_view, 5> kWords = {"amends ", "over ", "source ", "published ", "effective "};
  std::vector<Doc> parts = {Kept(tree_.kind == syntax::FileKind::kVocabulary ? "vocabulary" : "draft", tree_.name)};
  if (tree_.title) parts.push_back(docs_.Row({docs_.LineIfNeeded(), expressions_.Quoted(tree_.title->text)}));
  using AttributeKind = syntax::HeaderAttribute::Kind;
  for (const syntax::HeaderAttribute& attribute : tree_.attributes) {
    const bool is_first = &attribute == &tree_.attributes.front();
    const Doc line =
        is_first && attribute.kind == AttributeKind::kAmends ? docs_.LineIfNeeded() : docs_.Nest(2, docs_.HardLine());
    const Doc value =
        attribute.kind == AttributeKind::kSource ? expressions_.Quoted(attribute.text) : docs_.Text(attribute.text);
    parts.push_back(docs_.Row({line, kWords[static_cast<std::size_t>(attribute.kind)], value}));
  }
  return docs_.Row(std::move(parts));
}

// ---- Declarations of a vocabulary --------------------------------------------------------------------------

Doc DeclarationLayout::Lay(const syntax::UnitDeclaration& unit) {
  const Doc head = Kept("unit", unit.name);
  if (!unit.factor) return docs_.Row({head, Supports(unit.supports)});
  const Doc factor = docs_.Row({unit.factor->number, " ", unit.factor->unit.text});
  return docs_.Row({head, " =", docs_.LineIfNeeded(), factor, Supports(unit.supports)});
}

Doc DeclarationLayout::Lay(const syntax::EnumDeclaration& enumeration) {
  std::vector<Doc> members;
  bool has_supports = false;
  for (const syntax::EnumMemberText& member : enumeration.members) {
    members.push_back(docs_.Row({docs_.Text(member.name.text), Supports(member.supports)}));
    has_supports |= !member.supports.cites.empty() || member.supports.description.has_value();
  }
  const Doc head = docs_.Row(
      {enumeration.ordered ? "ordered " : "", Kept("enum", enumeration.name), Supports(enumeration.supports), " "});
  const Doc all = docs_.Row({head, expressions_.Braces(members)});
  return has_supports ? docs_.Broken(all) : docs_.Group(all);
}

Doc DeclarationLayout::Lay(const syntax::EntityDeclaration& entity) {
  std::vector<TableRow> rows;
  rows.reserve(entity.facts.size());
  for (const syntax::FactDeclaration& fact : entity.facts) rows.push_back(FactRow(fact));
  return Block(docs_.Row({Kept("entity", entity.name), Supports(entity.supports)}), Table(rows));
}

DeclarationLayout::TableRow DeclarationLayout::FactRow(const syntax::FactDeclaration& fact) {
  std::vector<Doc> parts;
  for (const auto& [name, enumerations] : fact.names) {
    if (!parts.empty()) parts.push_back(docs_.Row({",", docs_.LineIfNeeded()}));
    parts.push_back(docs_.Text(name.text));
    if (!enumerations.empty()) parts.push_back(docs_.Row({"(", expressions_.Names(enumerations), ")"}));
  }
  const Doc names = docs_.Row(std::move(parts));
  Doc type = docs_.Row({": ", Type(fact.type)});
  if (fact.assumed.IsValid()) {
    type = docs_.Row({type, docs_.LineIfNeeded(), "assumed ", expressions_.Of(fact.assumed, 2)});
  }
  if (fact.controlled) type = docs_.Row({type, docs_.LineIfNeeded(), docs_.Words(ControlToText(*fact.controlled))});
  TableRow row = {.begin = fact.names.front().name.span.begin,
                  .cells = {names, type},
                  .loose = {},
                  .stands_alone = fact.names.size() > 1};
  row.loose = docs_.Row({names, " ", type, Supports(fact.supports)});
  if (!fact.supports.cites.empty() || fact.supports.description) row.cells.push_back(SupportsInline(fact.supports));
  return row;
}

Doc DeclarationLayout::Lay(const syntax::CaseDeclaration& declaration) { return Kept("case", declaration.entity); }

Doc DeclarationLayout::Lay(const syntax::AssumeDeclaration& assume) {
  const Doc head =
      docs_.Row({"assume ", OfEntity(assume.of), docs_.Text(assume.name.text), Supports(assume.supports), ":"});
  const Doc condition = docs_.Row({docs_.Line(), expressions_.Of(assume.condition, 2)});
  return docs_.Group(docs_.Row({head, docs_.Nest(2, condition)}));
}

Doc DeclarationLayout::Lay(const syntax::SetDeclaration& set) {
  const std::vector<Doc> members =
      DocStore::Each(set.members, [this](const syntax::Name& member) { return expressions_.Member(member); });
  return docs_.Group(docs_.Row({Kept("set", set.name), Supports(set.supports), " = ", expressions_.Braces(members)}));
}

// ---- Declarations of a draft -------------------------------------------------------------------------------

Doc DeclarationLayout::Lay(const syntax::OptionDeclaration& option) {
  std::vector<TableRow> rows;
  bool has_supports = false;
  for (const syntax::AlternativeText& alternative : option.alternatives) {
    rows.push_back(AlternativeRow(alternative));
    has_supports |= !alternative.supports.cites.empty() || alternative.supports.description.has_value();
  }
  const Doc head = docs_.Row({option.is_reading ? "reading " : "option ", OfEntity(option.of),
                              docs_.Text(option.name.text), Supports(option.supports), " "});
  const std::vector<Doc> loose = DocStore::Each(rows, [](const TableRow& row) { return row.loose; });
  const Doc one_line = docs_.Row({head, expressions_.Braces(loose)});
  const Doc broken = docs_.Broken(docs_.Row({head, expressions_.Braces(Table(rows))}));
  if (has_supports) return broken;
  return docs_.Choice(docs_.Flat(one_line), broken);
}

DeclarationLayout::TableRow DeclarationLayout::AlternativeRow(const syntax::AlternativeText& alternative) {
  const Doc name = docs_.Row({docs_.Text(alternative.name.text), Supports(alternative.supports)});
  const Doc value = docs_.Row({"= ", expressions_.Of(alternative.value, 2)});
  return {.begin = alternative.name.span.begin, .cells = {name, value}, .loose = Assignment(name, alternative.value)};
}

Doc DeclarationLayout::Lay(const syntax::ConstraintDeclaration& constraint) {
  const Doc condition = expressions_.Of(constraint.condition, 2);
  const Doc head = constraint.name ? docs_.Row({Kept("constraint", *constraint.name), ":"}) : docs_.Text("constraint");
  const Doc all = docs_.Group(docs_.Row({head, docs_.Nest(2, docs_.Row({docs_.Line(), condition}))}));
  if (!constraint.because) return all;
  const Doc because = docs_.Row({docs_.HardLine(), "because ", expressions_.Quoted(constraint.because->text)});
  return docs_.Row({all, docs_.Nest(2, because)});
}

Doc DeclarationLayout::Lay(const syntax::OptionSetDeclaration& option_set) {
  const auto lay_choice = [this](const syntax::OptionSetDeclaration::Choice& choice) {
    return docs_.Row({docs_.Text(choice.option.text), " = ", docs_.Text(choice.alternative.text)});
  };
  const std::vector<Doc> choices = DocStore::Each(option_set.choices, lay_choice);
  return docs_.Group(docs_.Row({Kept("option_set", option_set.name), " ", expressions_.Braces(choices)}));
}

Doc DeclarationLayout::Lay(const syntax::TermDeclaration& term) {
  std::vector<Doc> head = {docs_.Row({"term ", OfEntity(term.of), docs_.Text(term.name.text)})};
  for (const auto& [name, enumeration] : term.parameters) {
    const bool is_first = &name == &term.parameters.front().name;
    head.push_back(is_first ? docs_.Text("(") : docs_.Row({",", docs_.LineIfNeeded()}));
    head.push_back(docs_.Row({docs_.Text(name.text), " : ", docs_.Text(enumeration.text)}));
  }
  if (!term.parameters.empty()) head.push_back(docs_.Text(")"));
  if (term.type) head.push_back(docs_.Row({" : ", Type(*term.type)}));
  head.push_back(Supports(term.supports));
  return Assignment(docs_.Row(std::move(head)), term.value);
}

Doc DeclarationLayout::Lay(const syntax::DecisionDeclaration& decision) {
  const Doc head = docs_.Row({"decision ", OfEntity(decision.of), docs_.Text(decision.name.text), " : ",
                              Type(decision.type), Supports(decision.supports)});
  return Block(head, DocStore::Each(decision.items, [this](const auto& item) { return LayAny(item); }));
}

Doc DeclarationLayout::Lay(const syntax::HitPolicyText& policy) {
  constexpr std::array<std::string_view, 3> kWords = {"strictest wins", "first wins", "one applies"};
  return docs_.Words(kWords[static_cast<std::size_t>(policy.policy)]);
}

Doc DeclarationLayout::Lay(const syntax::OtherwiseText& otherwise) {
  return expressions_.After("otherwise", otherwise.value);
}

Doc DeclarationLayout::RuleHead(const syntax::RuleText& rule) {
  const Doc name = docs_.Row({Kept(rule.is_exception ? "exception" : "rule", rule.name), Supports(rule.supports)});
  std::vector<Doc> parts = {name};
  if (rule.value.IsValid()) parts.push_back(docs_.Row({docs_.LineIfNeeded(), expressions_.After("->", rule.value)}));
  if (rule.except_to) parts.push_back(docs_.Row({docs_.LineIfNeeded(), Kept("to", *rule.except_to)}));
  if (rule.under_option) {
    parts.push_back(docs_.Row({docs_.LineIfNeeded(), Kept("under", *rule.under_option), " is ",
                               docs_.Text(rule.under_alternative.text), ":"}));
  }
  return docs_.Row(std::move(parts));
}

Doc DeclarationLayout::Lay(const syntax::RuleText& rule) {
  const Doc when = docs_.Row({docs_.HardLine(), expressions_.After("when", rule.condition)});
  return docs_.Row({RuleHead(rule), docs_.Nest(2, when)});
}

Doc DeclarationLayout::Claim(const syntax::PropertyDeclaration& property) {
  switch (property.kind) {
    case syntax::PropertyKind::kAlways:
      return expressions_.After("always", property.condition);
    case syntax::PropertyKind::kNever:
      return expressions_.After("never", property.condition);
    case syntax::PropertyKind::kNeverFalls:
      return docs_.Row({expressions_.Of(property.decision, 2), docs_.LineIfNeeded(), "never falls",
                        docs_.LineIfNeeded(), "as ", expressions_.Of(property.fact, 2), docs_.LineIfNeeded(),
                        property.falls ? "falls" : "rises"});
    case syntax::PropertyKind::kAtLeastAsStrict:
      break;
  }
  return docs_.Row({expressions_.Of(property.decision, 2), docs_.LineIfNeeded(), "at least as strict as ",
                    docs_.Text(property.draft.text)});
}

Doc DeclarationLayout::Lay(const syntax::WaiverDeclaration& waiver) {
  const Doc head =
      waiver.condition
          ? docs_.Row({"waive ", expressions_.Quoted(waiver.condition->text), " ", Kept("in", waiver.declaration)})
          : Kept("waive", waiver.declaration);
  const Doc because = docs_.Row({docs_.Line(), "because ", expressions_.Quoted(waiver.because.text)});
  return docs_.Group(docs_.Row({head, docs_.Nest(2, because)}));
}

Doc DeclarationLayout::Lay(const syntax::TransformDeclaration& transform) {
  std::vector<Doc> head = {Kept("transform", transform.name)};
  if (transform.range) {
    const auto& [name, first, last, span] = *transform.range;
    head.push_back(docs_.Row({" (", docs_.Text(name.text), ": ", first, " to ", last, ")"}));
  }
  head.push_back(docs_.Row({Supports(transform.supports), ":"}));
  const Doc change = docs_.Row(
      {expressions_.Of(transform.fact, 2), docs_.LineIfNeeded(), expressions_.After("becomes", transform.value)});
  return docs_.Row({docs_.Row(std::move(head)), docs_.Nest(2, docs_.Row({docs_.HardLine(), change}))});
}

Doc DeclarationLayout::Lay(const syntax::PropertyDeclaration& property) {
  const Doc head = docs_.Row({Kept("property", property.name), Supports(property.supports), ":"});
  return docs_.Row({head, docs_.Nest(2, docs_.Row({docs_.HardLine(), Claim(property)}))});
}

}  // namespace proviso::format
