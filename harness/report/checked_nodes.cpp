#include "harness/report/checked_nodes.h"

#include <array>

namespace proviso::report {
namespace {

using check::CheckedDraft;
using check::Expr;
using check::ExprId;
using check::Op;

const char* OpText(Op op) {
  static constexpr std::array kTexts = {
#define OP(name, operands) #name,
#include "compiler/check/ops.def"
  };
  return kTexts[static_cast<std::size_t>(op)];
}

/// Makes the nodes of one draft: one function for each kind of thing in it.
class Maker {
 public:
  explicit Maker(const CheckedDraft& draft) : draft_(draft), vocabulary_(*draft.vocabulary) {}

  [[nodiscard]] Node Of(const check::Option& option) const {
    Node node{.kind = option.is_reading ? "Reading" : "Option", .span = option.span};
    node.With("name", option.name).With("of", EntityName(option.of)).With("type", TypeToText(vocabulary_, option.type));
    node.WithCites(option.cites).With("amendment", AmendmentText(option.amendment));
    if (option.settled) node.With("settled", option.alternatives[*option.settled].name);
    for (const check::Alternative& alternative : option.alternatives) {
      node.Add("", Node{.kind = "Alternative", .span = alternative.span}
                       .With("name", alternative.name)
                       .WithCites(alternative.cites)
                       .Add("", Of(alternative.value)));
    }
    return node;
  }

  [[nodiscard]] Node Of(const check::Constraint& constraint) const {
    return Node{.kind = "Constraint", .span = constraint.span}
        .With("name", constraint.name)
        .With("because", constraint.because)
        .Add("", Of(constraint.condition));
  }

  [[nodiscard]] Node Of(const check::Waiver& waiver) const {
    return Node{.kind = "Waiver", .span = waiver.span}
        .With("condition", waiver.condition)
        .With("declaration", waiver.declaration)
        .With("because", waiver.because);
  }

  [[nodiscard]] Node Of(const check::Transform& transform) const {
    Node node{.kind = "Transform", .span = transform.span};
    node.With("name", transform.name).With("fact", PathText(transform.path)).With("parameter", transform.parameter);
    if (!transform.parameter.empty()) node.With("from", std::to_string(transform.first));
    node.WithCites(transform.cites);
    for (const ExprId value : transform.values) node.Add("becomes", Of(value));
    return node;
  }

  [[nodiscard]] Node Of(const check::NamedOptionSet& set) const {
    std::vector<std::string> choices;
    for (const auto& [option, alternative] : set.choices) choices.push_back(ChoiceText(option, {alternative}));
    return Node{.kind = "OptionSet", .span = set.span}.With("name", set.name).WithAll("choices", std::move(choices));
  }

  [[nodiscard]] Node Of(const check::Term& term) const {
    return Node{.kind = "Term", .span = term.span}
        .With("name", term.ShownName())
        .With("of", EntityName(term.of))
        .With("type", TypeToText(vocabulary_, term.type))
        .WithCites(term.cites)
        .With("amendment", AmendmentText(term.amendment))
        .Add("", Of(term.body));
  }

  [[nodiscard]] Node Of(const check::Decision& decision) const {
    static constexpr std::array kPolicies = {"strictest wins", "first wins", "one applies"};
    Node node{.kind = "Decision", .span = decision.span};
    node.With("name", decision.name)
        .With("of", EntityName(decision.of))
        .With("type", TypeToText(vocabulary_, decision.type));
    if (decision.policy) node.With("policy", kPolicies[static_cast<std::size_t>(*decision.policy)]);
    node.WithCites(decision.cites).With("amendment", AmendmentText(decision.amendment));
    for (const check::RuleId rule : decision.rules) node.Add("", Of(draft_.rules[rule]));
    if (decision.otherwise) node.Add("otherwise", Of(*decision.otherwise));
    return node;
  }

  [[nodiscard]] Node Of(const check::Rule& rule) const {
    Node node{.kind = rule.is_exception ? "Exception" : "Rule", .span = rule.span};
    node.With("name", rule.name);
    if (rule.except_to) node.With("to", draft_.rules[*rule.except_to].name);
    if (rule.under) node.With("under", ChoiceText(rule.under->first, {rule.under->second}));
    node.WithCites(rule.cites).With("amendment", AmendmentText(rule.amendment));
    if (rule.value) node.Add("value", Of(*rule.value));
    return node.Add("when", Of(rule.condition));
  }

  [[nodiscard]] Node Of(const check::Assumption& assumption) const {
    return Node{.kind = "Assume", .span = assumption.span}
        .With("name", assumption.name)
        .With("of", EntityName(assumption.of))
        .WithCites(assumption.cites)
        .Add("", Of(assumption.condition));
  }

  [[nodiscard]] Node Of(const check::Property& property) const {
    static constexpr std::array kForms = {"always", "never", "never falls", "at least as strict"};
    Node node{.kind = "Property", .span = property.span};
    node.With("name", property.name).With("form", kForms[static_cast<std::size_t>(property.kind)]);
    if (property.decision) node.With("decision", draft_.decisions[*property.decision].name);
    const std::string path = PathText(property.fact_path);
    if (!path.empty()) node.With("fact", path).With("as_fact", property.falls ? "falls" : "rises");
    node.With("draft", property.draft).WithCites(property.cites);
    return property.condition ? node.Add("condition", Of(*property.condition)) : node;
  }

 private:
  [[nodiscard]] std::string PathText(const std::vector<FactId>& path) const {
    std::string text;
    for (const FactId fact : path) text += (text.empty() ? "" : ".") + vocabulary_.facts[fact].ShownName();
    return text;
  }

  [[nodiscard]] Node Of(ExprId id) const {
    const Expr& expr = draft_[id];
    Node node{.kind = OpText(expr.op), .span = expr.span};
    AddMeaning(node, expr);
    node.With("type", TypeToText(vocabulary_, expr.type));
    for (std::size_t i = 0; i < expr.operands.size(); ++i) {
      Node part = Of(expr.operands[i]);
      if (i < expr.item_cites.size()) part.WithCites(expr.item_cites[i]);
      node.Add("", std::move(part));
    }
    for (const check::Override& override : expr.overrides) {
      node.Add("with", Node{.kind = "Override"}.Add("fact", Of(override.fact)).Add("value", Of(override.value)));
    }
    return node;
  }

  /// The fields that mean something for this operation (ops.def).
  void AddMeaning(Node& node, const Expr& expr) const {
    if (expr.op == Op::kConstant) node.With("value", ValueToText(vocabulary_, expr.type, expr.constant));
    const Exact* const factor = std::get_if<Exact>(&expr.constant);
    if (expr.op == Op::kScale && factor != nullptr) node.With("by", factor->ToText());
    if (expr.variable.IsValid()) node.With("variable", draft_.variables[expr.variable]);
    if (expr.fact.IsValid()) node.With("name", vocabulary_.facts[expr.fact].ShownName());
    if (expr.term.IsValid()) node.With("name", draft_.terms[expr.term].ShownName());
    if (expr.decision.IsValid()) node.With("name", draft_.decisions[expr.decision].name);
    if (expr.op == Op::kOption) node.With("name", draft_.options[expr.option].name);
    if (expr.op == Op::kOptionIs) node.With("choice", ChoiceText(expr.option, expr.alternatives));
    if (expr.rule.IsValid()) node.With("rule", draft_.rules[expr.rule].name);
    const bool has_number = expr.op == Op::kAtLeast || expr.op == Op::kRound || expr.op == Op::kAddMonths;
    if (has_number) node.With("number", std::to_string(expr.number));
    if (expr.op == Op::kAddMonths) node.With("month_end", expr.month_end == MonthEnd::kClipped ? "clipped" : "spilled");
  }

  [[nodiscard]] std::string ChoiceText(check::OptionId id, const std::vector<std::uint32_t>& alternatives) const {
    const check::Option& option = draft_.options[id];
    std::string text;
    for (const std::uint32_t alternative : alternatives) {
      text += (text.empty() ? option.name + " is " : " or ") + option.alternatives[alternative].name;
    }
    return text;
  }

  [[nodiscard]] std::string EntityName(const std::optional<EntityId>& entity) const {
    return entity ? vocabulary_.entities[*entity].name : "";
  }

  [[nodiscard]] std::string AmendmentText(syntax::AmendmentId amendment) const {
    if (!amendment.IsValid()) return "";
    const amend::Amendment& by = draft_.text->amendments[amendment];
    return by.draft + ": " + by.text;
  }

  const CheckedDraft& draft_;
  const Vocabulary& vocabulary_;
};

template <typename Things>
void AddEach(Node& node, const Maker& maker, const Things& things) {
  for (const auto& thing : things) node.Add("", maker.Of(thing));
}

}  // namespace

Node CheckedNode(const load::LoadedDraft& loaded) {
  const CheckedDraft& draft = *loaded.draft;
  const Maker maker(draft);
  Node node{.kind = "Draft"};
  node.With("name", draft.name).With("title", draft.title).WithAll("sources", draft.sources);
  node.WithAll("chain", draft.text->chain).With("vocabulary", draft.vocabulary->name);
  node.With("option_sets", std::to_string(loaded.option_sets.size()));
  AddEach(node, maker, draft.options);
  AddEach(node, maker, draft.constraints);
  AddEach(node, maker, draft.option_sets);
  AddEach(node, maker, draft.terms);
  AddEach(node, maker, draft.decisions);
  AddEach(node, maker, draft.assumptions);
  AddEach(node, maker, draft.properties);
  AddEach(node, maker, draft.waivers);
  AddEach(node, maker, draft.transforms);
  return node;
}

}  // namespace proviso::report
