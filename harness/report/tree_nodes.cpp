#include "harness/report/tree_nodes.h"

#include <array>

namespace proviso::report {
namespace {

using namespace proviso::syntax;  // NOLINT(google-build-using-namespace): every node kind is named here

template <typename WithText>
std::vector<std::string> Texts(const std::vector<WithText>& parts) {
  std::vector<std::string> texts;
  for (const WithText& part : parts) texts.push_back(part.text);
  return texts;
}

/// `(Share)`; empty for nothing.
std::string Brackets(const std::vector<Name>& names) {
  std::string text;
  for (const Name& name : names) text += (text.empty() ? "(" : ", ") + name.text;
  return text.empty() ? text : text + ")";
}

std::string NameText(const std::optional<Name>& name) { return name ? name->text : ""; }

std::string TypeAsWritten(const TypeText& type) {
  static constexpr std::array kWords = {"boolean", "integer", "decimal", "real",     "percent", "date",
                                        "days",    "ratio",   "set of ", "list of ", ""};
  std::string text = kWords[static_cast<std::size_t>(type.word)];
  if (!type.digits.empty()) text += "(" + type.digits + ")";
  const bool is_unit = type.word < TypeWord::kSetOf;
  if (!type.name.text.empty()) text += (is_unit ? " " : "") + type.name.text;
  return type.or_none ? text + " or none" : text;
}

/// Makes the node of each kind of declaration; places are set by the caller.
class Maker {
 public:
  explicit Maker(const SyntaxTree& tree) : tree_(tree) {}

  [[nodiscard]] Node Of(const Declaration& declaration) const {
    Node node = std::visit(*this, declaration.kind);
    node.span = declaration.span;
    return node;
  }

  // Vocabularies.
  Node operator()(const UnitDeclaration& unit) const {
    Node node = Named("Unit", unit.name, unit.supports);
    if (unit.factor) node.With("factor", unit.factor->number).With("base", unit.factor->unit.text);
    return node;
  }
  Node operator()(const EnumDeclaration& enumeration) const {
    Node node = Named(enumeration.ordered ? "OrderedEnum" : "Enum", enumeration.name, enumeration.supports);
    for (const EnumMemberText& member : enumeration.members) {
      node.Add("", Named("Member", member.name, member.supports));
    }
    return node;
  }
  Node operator()(const EntityDeclaration& entity) const {
    Node node = Named("Entity", entity.name, entity.supports);
    for (const FactDeclaration& fact : entity.facts) node.Add("", OfFact(fact));
    return node;
  }
  Node operator()(const CaseDeclaration& declaration) const {
    return Node{.kind = "Case"}.With("entity", declaration.entity.text);
  }
  Node operator()(const AssumeDeclaration& assume) const {
    return Named("Assume", assume.name, assume.supports)
        .With("of", NameText(assume.of))
        .Add("", ExprNode(tree_, assume.condition));
  }
  Node operator()(const SetDeclaration& set) const {
    Node node = Named("Set", set.name, set.supports);
    return node.WithAll("members", Texts(set.members));
  }

  // Drafts.
  Node operator()(const OptionDeclaration& option) const {
    Node node = Named(option.is_reading ? "Reading" : "Option", option.name, option.supports);
    node.With("of", NameText(option.of));
    for (const AlternativeText& alternative : option.alternatives) {
      Node part = Named("Alternative", alternative.name, alternative.supports);
      part.span = alternative.span;
      node.Add("", part.Add("", ExprNode(tree_, alternative.value)));
    }
    return node;
  }
  Node operator()(const ConstraintDeclaration& constraint) const {
    return Node{.kind = "Constraint"}
        .With("name", NameText(constraint.name))
        .With("because", constraint.because ? constraint.because->text : "")
        .Add("", ExprNode(tree_, constraint.condition));
  }
  Node operator()(const OptionSetDeclaration& set) const {
    Node node = Node{.kind = "OptionSet"}.With("name", set.name.text);
    std::vector<std::string> choices;
    for (const auto& choice : set.choices) choices.push_back(choice.option.text + " = " + choice.alternative.text);
    return node.WithAll("choices", std::move(choices));
  }
  Node operator()(const TermDeclaration& term) const {
    Node node = Named("Term", term.name, term.supports).With("of", NameText(term.of));
    std::vector<std::string> parameters;
    for (const Parameter& one : term.parameters) parameters.push_back(one.name.text + " : " + one.enumeration.text);
    node.WithAll("parameters", std::move(parameters));
    if (term.type) node.With("type", TypeAsWritten(*term.type));
    return node.Add("", ExprNode(tree_, term.value));
  }
  Node operator()(const DecisionDeclaration& decision) const {
    Node node = Named("Decision", decision.name, decision.supports)
                    .With("of", NameText(decision.of))
                    .With("type", TypeAsWritten(decision.type));
    for (const auto& item : decision.items) node.Add("", std::visit(*this, item));
    return node;
  }
  Node operator()(const PropertyDeclaration& property) const {
    static constexpr std::array kForms = {"always", "never", "never falls", "at least as strict"};
    Node node = Named("Property", property.name, property.supports)
                    .With("form", kForms[static_cast<std::size_t>(property.kind)])
                    .With("draft", property.draft.text);
    if (property.kind == PropertyKind::kNeverFalls) node.With("as_fact", property.falls ? "falls" : "rises");
    AddIfThere(node, "condition", property.condition);
    AddIfThere(node, "decision", property.decision);
    AddIfThere(node, "fact", property.fact);
    return node;
  }
  Node operator()(const TransformDeclaration& transform) const {
    Node node = Named("Transform", transform.name, transform.supports);
    if (transform.range) {
      node.With("parameter", transform.range->name.text);
      node.With("from", transform.range->first).With("to", transform.range->last);
    }
    AddIfThere(node, "fact", transform.fact);
    AddIfThere(node, "becomes", transform.value);
    return node;
  }
  Node operator()(const WaiverDeclaration& waiver) const {
    return Node{.kind = "Waiver"}
        .With("condition", waiver.condition ? waiver.condition->text : "")
        .With("declaration", waiver.declaration.text)
        .With("because", waiver.because.text);
  }

  // What a decision is made of.
  Node operator()(const HitPolicyText& policy) const {
    static constexpr std::array kTexts = {"strictest wins", "first wins", "one applies"};
    return Node{.kind = "HitPolicy", .span = policy.span}.With("policy",
                                                               kTexts[static_cast<std::size_t>(policy.policy)]);
  }
  Node operator()(const OtherwiseText& otherwise) const {
    return Node{.kind = "Otherwise", .span = otherwise.span}.Add("", ExprNode(tree_, otherwise.value));
  }
  Node operator()(const RuleText& rule) const {
    Node node = Named(rule.is_exception ? "Exception" : "Rule", rule.name, rule.supports);
    node.span = rule.span;
    node.With("to", NameText(rule.except_to));
    if (rule.under_option) node.With("under", rule.under_option->text + " is " + rule.under_alternative.text);
    AddIfThere(node, "value", rule.value);
    AddIfThere(node, "when", rule.condition);
    return node;
  }

  // Amendments.
  Node operator()(const SettleAmendment& settle) const {
    Node node = Node{.kind = "Settle"}.With("option", settle.option.text).With("as", NameText(settle.alternative));
    AddIfThere(node, "otherwise", settle.otherwise);
    return node;
  }
  Node operator()(const AddAmendment& add) const {
    return Node{.kind = "Add"}.Add("", Of(tree_.nested[add.declaration]));
  }
  Node operator()(const ReplaceAmendment& replace) const {
    return Node{.kind = "Replace"}.Add("", Of(tree_.nested[replace.declaration]));
  }
  Node operator()(const RepealAmendment& repeal) const {
    return Node{.kind = "Repeal"}.With("name", repeal.name.text).With("of", NameText(repeal.of));
  }
  Node operator()(const SetAmendment& amendment) const {
    Node node{.kind = amendment.add ? "AddToSet" : "RemoveFromSet"};
    return node.With("set", amendment.set.text).WithAll("members", Texts(amendment.members));
  }
  Node operator()(const AmendAmendment& amend) const {
    Node node = Node{.kind = "Amend"}.With("name", amend.name.text).With("of", NameText(amend.of));
    for (const Change& change : amend.changes) node.Add("", std::visit(*this, change));
    return node;
  }
  Node operator()(const ParagraphChange& change) const {
    static constexpr std::array kKinds = {"ReplaceParagraph", "AddParagraph", "RepealParagraph"};
    Node node{.kind = kKinds[static_cast<std::size_t>(change.kind)], .span = change.span};
    node.With("cites", change.cite.text).With("description", change.description ? change.description->text : "");
    node.With(PlacementText(change.placement), change.anchor.text);
    AddIfThere(node, "condition", change.condition);
    return node;
  }
  Node operator()(const RuleChange& change) const {
    static constexpr std::array kKinds = {"ReplaceRule", "AddRule", "RepealRule"};
    Node node{.kind = kKinds[static_cast<std::size_t>(change.kind)], .span = change.span};
    node.With(PlacementText(change.placement), change.anchor.text);
    return node.Add("", (*this)(change.rule));
  }
  Node operator()(const OtherwiseChange& change) const {
    return Node{.kind = "ChangeOtherwise", .span = change.span}.Add("", (*this)(change.otherwise));
  }
  Node operator()(const HitPolicyChange& change) const {
    return Node{.kind = "ChangeHitPolicy", .span = change.span}.Add("", (*this)(change.policy));
  }

 private:
  static Node Named(const char* kind, const Name& name, const Supports& supports) {
    Node node = Node{.kind = kind}.With("name", name.text);
    node.WithAll("cites", Texts(supports.cites));
    return node.With("description", supports.description ? supports.description->text : "");
  }

  [[nodiscard]] Node OfFact(const FactDeclaration& fact) const {
    Node node{.kind = "Fact", .span = fact.span};
    std::vector<std::string> names;
    for (const auto& name : fact.names) names.push_back(name.name.text + Brackets(name.enumerations));
    node.WithAll("names", std::move(names)).With("type", TypeAsWritten(fact.type));
    node.WithAll("cites", Texts(fact.supports.cites));
    node.With("description", fact.supports.description ? fact.supports.description->text : "");
    if (fact.controlled) node.With("control", std::string(ControlToText(*fact.controlled)));
    AddIfThere(node, "assumed", fact.assumed);
    return node;
  }

  static const char* PlacementText(Placement placement) { return placement == Placement::kBefore ? "before" : "after"; }

  void AddIfThere(Node& node, const char* role, ExprId expr) const {
    if (expr.IsValid()) node.Add(role, ExprNode(tree_, expr));
  }

  const SyntaxTree& tree_;
};

}  // namespace

Node TreeNode(const SyntaxTree& tree) {
  static constexpr std::array kAttributes = {"Amends", "Over", "Source", "Published", "Effective"};
  Node node{.kind = tree.kind == FileKind::kVocabulary ? "Vocabulary" : "Draft", .span = tree.header_span};
  node.With("name", tree.name.text).With("title", tree.title ? tree.title->text : "");
  for (const HeaderAttribute& attribute : tree.attributes) {
    node.Add("", Node{.kind = kAttributes[static_cast<std::size_t>(attribute.kind)], .span = attribute.span}.With(
                     "text", attribute.text));
  }
  std::vector<std::string> uses;
  for (const UseText& use : tree.uses) uses.push_back(use.path.text);
  node.WithAll("uses", std::move(uses));
  for (const Declaration& declaration : tree.declarations) node.Add("", Maker(tree).Of(declaration));
  for (const Comment& comment : tree.comments) {
    node.Add("", Node{.kind = "Comment", .span = comment.span}.With("text", comment.text));
  }
  return node;
}

}  // namespace proviso::report
