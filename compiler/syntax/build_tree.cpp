// The file's frame and the small parts that declarations share.
#include "compiler/syntax/build_tree.h"

#include <set>

namespace proviso::syntax {

using diagnostics::Kind;

namespace {

/// `"a \"b\""` → `a "b"`. A lone backslash was reported with the tokens.
std::string Unquoted(std::string_view quoted) {
  const std::string_view inside = quoted.substr(1, quoted.size() - 2);
  std::string text;
  text.reserve(inside.size());
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\\' && i + 1 < inside.size()) ++i;
    text += inside[i];
  }
  return text;
}

bool MayRepeat(HeaderAttribute::Kind kind) { return kind == HeaderAttribute::Kind::kSource; }

TypeWord WordOf(std::size_t token_type) {
  using P = grammar::ProvisoParser;
  switch (token_type) {
    case P::BOOLEAN:
      return TypeWord::kBoolean;
    case P::INTEGER:
      return TypeWord::kInteger;
    case P::DECIMAL:
      return TypeWord::kDecimal;
    case P::REAL:
      return TypeWord::kReal;
    case P::PERCENT_TYPE:
      return TypeWord::kPercent;
    case P::DATE_TYPE:
      return TypeWord::kDate;
    case P::DAYS:
      return TypeWord::kDays;
    case P::RATIO:
      return TypeWord::kRatio;
    case P::SET:
      return TypeWord::kSetOf;
    default:
      return TypeWord::kListOf;
  }
}

}  // namespace

SyntaxTree TreeBuilder::Build(P::FileContext* context) {
  tree_.exprs.Reserve(tokens_.Count() / 4);
  for (P::UseContext* use : context->use())
    if (!use->exception) tree_.uses.push_back({MakeString(use->STRING()), tokens_.SpanOf(use)});
  if (P::HeaderContext* header = context->header(); header != nullptr && !header->exception) BuildHeader(header);
  for (P::DeclarationContext* declaration : context->declaration())
    if (std::optional<Declaration> made = MakeDeclaration(declaration)) tree_.declarations.push_back(std::move(*made));
  tree_.comments = tokens_.Comments();
  return std::move(tree_);
}

void TreeBuilder::BuildHeader(P::HeaderContext* context) {
  tree_.kind = context->VOCABULARY() != nullptr ? FileKind::kVocabulary : FileKind::kDraft;
  tree_.name = MakeName(context->name());
  if (context->STRING() != nullptr) tree_.title = MakeString(context->STRING());
  tree_.header_span = tokens_.SpanOf(context);
  std::set<HeaderAttribute::Kind> seen;
  for (P::HeaderAttributeContext* attribute : context->headerAttribute()) {
    tree_.attributes.push_back(MakeAttribute(attribute));
    const HeaderAttribute::Kind kind = tree_.attributes.back().kind;
    if (!seen.insert(kind).second && !MayRepeat(kind))
      sink_.Report<Kind::kRepeatedAttribute>(tokens_.SpanOf(attribute), tree_.name.text,
                                             tokens_.TextOf(attribute->start));
  }
}

HeaderAttribute TreeBuilder::MakeAttribute(P::HeaderAttributeContext* context) {
  using Attribute = HeaderAttribute::Kind;
  if (context->SOURCE() != nullptr) {
    StringText text = MakeString(context->STRING());
    return {Attribute::kSource, std::move(text.text), text.span};
  }
  if (context->DATE() != nullptr) {
    const bool published = context->PUBLISHED() != nullptr;
    return {published ? Attribute::kPublished : Attribute::kEffective, TextOf(context->DATE()),
            SpanOf(context->DATE())};
  }
  Name name = MakeName(context->name());
  return {context->AMENDS() != nullptr ? Attribute::kAmends : Attribute::kOver, std::move(name.text), name.span};
}

Name TreeBuilder::MakeName(const antlr4::ParserRuleContext* context) const {
  return {std::string(tokens_.TextOf(context->start)), tokens_.SpanOf(context->start)};
}

Name TreeBuilder::MakeMember(P::MemberContext* context) const {
  Name member = MakeName(context->name(0));
  if (context->DOT() == nullptr) return member;
  member.text += "." + MakeName(context->name(1)).text;
  member.span = tokens_.SpanOf(context);
  return member;
}

std::optional<Name> TreeBuilder::MakeOf(P::OfEntityContext* context) const {
  if (context == nullptr) return std::nullopt;
  return MakeName(context->name());
}

StringText TreeBuilder::MakeString(antlr4::tree::TerminalNode* node) const {
  return {Unquoted(tokens_.TextOf(node->getSymbol())), SpanOf(node)};
}

CitationText TreeBuilder::MakeCitation(P::CitationContext* context) const {
  if (context->CITATION() != nullptr) return MakeCitation(context->CITATION());
  return {MakeString(context->STRING()).text, true, tokens_.SpanOf(context)};
}

CitationText TreeBuilder::MakeCitation(antlr4::tree::TerminalNode* node) const {
  return {TextOf(node), false, SpanOf(node)};
}

Supports TreeBuilder::MakeSupports(P::SupportsContext* context) const {
  Supports supports;
  if (context->citations() != nullptr)
    for (P::CitationContext* citation : context->citations()->citation())
      supports.cites.push_back(MakeCitation(citation));
  if (context->STRING() != nullptr) supports.description = MakeString(context->STRING());
  return supports;
}

TypeText TreeBuilder::MakeType(P::TypeContext* context) const {
  TypeText type;
  type.span = tokens_.SpanOf(context);
  type.or_none = context->NONE() != nullptr;
  type.word = WordOf(context->start->getType());
  if (P::NumberTypeContext* number = context->numberType()) {
    if (number->NUMBER() != nullptr) type.digits = TextOf(number->NUMBER());
    if (number->unitName() != nullptr) type.name = MakeName(number->unitName());
  } else if (P::CollectionTypeContext* collection = context->collectionType()) {
    type.name = MakeName(collection->name());
  } else if (context->name() != nullptr) {
    type.word = TypeWord::kNamed;
    type.name = MakeName(context->name());
  }
  return type;
}

Span TreeBuilder::SpanOf(antlr4::tree::TerminalNode* node) const { return tokens_.SpanOf(node->getSymbol()); }

std::string TreeBuilder::TextOf(antlr4::tree::TerminalNode* node) const {
  return std::string(tokens_.TextOf(node->getSymbol()));
}

}  // namespace proviso::syntax
