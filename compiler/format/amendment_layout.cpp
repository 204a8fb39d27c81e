#include <array>

#include "compiler/format/declaration_layout.h"

namespace proviso::format {

namespace {

constexpr std::array<std::string_view, 17> kDeclarationWords = {
    "unit ",       "enum ",       "entity ", "set ",      "option ", "reading ",
    "constraint ", "option_set ", "term ",   "decision ", "rule ",   "exception ",
    "property ",   "transform ",  "assume ", "",          ""};

/// `add`, `replace` or `repeal`, whichever enumeration of changes it is.
template <typename ChangeKind>
std::string_view ChangeWord(ChangeKind kind) {
  constexpr std::array<std::string_view, 3> kWords = {"replace ", "add ", "repeal "};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view PlacementWord(syntax::Placement placement) {
  return placement == syntax::Placement::kBefore ? "before " : "after ";
}

}  // namespace

Doc DeclarationLayout::Amended(syntax::DeclarationWord word, const std::optional<syntax::Name>& of,
                               const syntax::Name& name) {
  return docs_.Row({kDeclarationWords[static_cast<std::size_t>(word)], OfEntity(of), docs_.Text(name.text)});
}

Doc DeclarationLayout::Lay(const syntax::SettleAmendment& settle) {
  const Doc head = Kept("settle", settle.option);
  if (settle.alternative) return docs_.Row({head, docs_.LineIfNeeded(), Kept("=", *settle.alternative)});
  return Assignment(docs_.Row({head, " otherwise"}), settle.otherwise);
}

Doc DeclarationLayout::Lay(const syntax::AddAmendment& add) {
  return docs_.Row({"add ", Of(tree_.nested[add.declaration])});
}

Doc DeclarationLayout::Lay(const syntax::ReplaceAmendment& replace) {
  return docs_.Row({"replace ", Of(tree_.nested[replace.declaration])});
}

Doc DeclarationLayout::Lay(const syntax::RepealAmendment& repeal) {
  return docs_.Row({"repeal ", Amended(repeal.word, repeal.of, repeal.name)});
}

Doc DeclarationLayout::Lay(const syntax::SetAmendment& change) {
  return docs_.Row({change.add ? "add " : "remove ", expressions_.Names(change.members), docs_.LineIfNeeded(),
                    Kept(change.add ? "to" : "from", change.set)});
}

Doc DeclarationLayout::Lay(const syntax::AmendAmendment& amend) {
  const std::vector<Doc> changes =
      DocStore::Each(amend.changes, [this](const syntax::Change& change) { return LayAny(change); });
  return Block(docs_.Row({"amend ", Amended(amend.word, amend.of, amend.name)}), changes);
}

Doc DeclarationLayout::Lay(const syntax::ParagraphChange& change) {
  std::vector<Doc> parts = {docs_.Row({ChangeWord(change.kind), expressions_.Citation(change.cite)})};
  if (change.description) {
    parts.push_back(docs_.Row({docs_.LineIfNeeded(), expressions_.Quoted(change.description->text)}));
  }
  if (change.condition.IsValid()) {
    parts.push_back(docs_.Row({docs_.LineIfNeeded(), expressions_.Of(change.condition, 2)}));
  }
  if (change.placement != syntax::Placement::kLast) {
    const Doc anchor = docs_.Row({PlacementWord(change.placement), expressions_.Citation(change.anchor)});
    parts.push_back(docs_.Nest(2, docs_.Row({docs_.Line(), anchor})));
  }
  return docs_.Group(docs_.Row(std::move(parts)));
}

Doc DeclarationLayout::Lay(const syntax::RuleChange& change) {
  const Doc word = docs_.Words(ChangeWord(change.kind));
  if (change.kind == syntax::RuleChange::Kind::kRepeal) {
    return docs_.Row({word, Kept(change.rule.is_exception ? "exception" : "rule", change.rule.name)});
  }
  const Doc rule = docs_.Row({word, Lay(change.rule)});
  if (change.placement == syntax::Placement::kLast) return rule;
  const Doc anchor = docs_.Row({PlacementWord(change.placement), docs_.Text(change.anchor.text)});
  return docs_.Row({rule, docs_.Nest(2, docs_.Row({docs_.HardLine(), anchor}))});
}

Doc DeclarationLayout::Lay(const syntax::OtherwiseChange& change) {
  return docs_.Row({change.add ? "add " : "replace ", Lay(change.otherwise)});
}

Doc DeclarationLayout::Lay(const syntax::HitPolicyChange& change) {
  return docs_.Row({change.add ? "add " : "replace ", Lay(change.policy)});
}

}  // namespace proviso::format
