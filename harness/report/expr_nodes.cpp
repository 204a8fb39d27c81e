// The expressions of a syntax tree: one function a kind.
#include <array>

#include "harness/report/tree_nodes.h"

namespace proviso::report {
namespace {

using namespace proviso::syntax;  // NOLINT(google-build-using-namespace): every node kind is named here

const char* OperatorText(BinaryOperator op) {
  static constexpr std::array kTexts = {"implies",  "unless", "or", "and", "=",         "is",      "is not",
                                        "<",        "<=",     ">",  ">=",  "less than", "at most", "more than",
                                        "at least", "+",      "-",  "*",   "/"};
  return kTexts[static_cast<std::size_t>(op)];
}

std::string PathText(const Path& path) {
  std::string text;
  for (const PathSegment& segment : path.segments) {
    if (!text.empty()) text += '.';
    text += segment.name.text;
    std::string arguments;
    for (const Name& argument : segment.arguments) arguments += (arguments.empty() ? "" : ", ") + argument.text;
    if (!arguments.empty()) text += "(" + arguments + ")";
  }
  return text;
}

/// Makes the node of each kind of expression; places are set by the caller.
class Maker {
 public:
  explicit Maker(const SyntaxTree& tree) : tree_(tree) {}

  Node operator()(const NumberLiteral& literal) const {
    return Node{.kind = "Number"}.With("value", literal.number).With("unit", literal.unit.text);
  }
  Node operator()(const PercentLiteral& literal) const { return Node{.kind = "Percent"}.With("value", literal.number); }
  Node operator()(const MoneyLiteral& literal) const { return Node{.kind = "Money"}.With("value", literal.number); }
  Node operator()(const DateLiteral& literal) const { return Node{.kind = "Date"}.With("value", literal.text); }
  Node operator()(const DurationLiteral& literal) const {
    static constexpr std::array kRules = {"", "clipped", "spilled"};
    return Node{.kind = "Duration"}
        .With("value", literal.number)
        .With("unit", literal.unit_word)
        .With("month_end", kRules[static_cast<std::size_t>(literal.rule)]);
  }
  Node operator()(const BooleanLiteral& literal) const { return Node{.kind = "Boolean"}.With("value", literal.word); }
  Node operator()(const NoneLiteral&) const { return Node{.kind = "None"}; }
  Node operator()(const Path& path) const { return Node{.kind = "Path"}.With("name", PathText(path)); }
  Node operator()(const Parenthesised& brackets) const { return Node{.kind = "Brackets"}.Add("", Of(brackets.inner)); }
  Node operator()(const SetLiteral& set) const { return AddAll(Node{.kind = "Set"}, set.members); }
  Node operator()(const ConditionList& list) const {
    static constexpr std::array kKinds = {"AnyOf", "AllOf", "NoneOf", "AtLeastOf"};
    Node node = Node{.kind = kKinds[static_cast<std::size_t>(list.kind)]}.With("number", list.number);
    for (const ConditionItem& item : list.items) node.Add("", Item(item));
    return node;
  }
  Node operator()(const Not& negation) const { return Node{.kind = "Not"}.Add("", Of(negation.operand)); }
  Node operator()(const Negate& negation) const { return Node{.kind = "Negate"}.Add("", Of(negation.operand)); }
  Node operator()(const Binary& binary) const {
    return Node{.kind = "Binary"}
        .With("op", OperatorText(binary.op))
        .Add("left", Of(binary.left))
        .Add("right", Of(binary.right));
  }
  Node operator()(const Between& between) const {
    return Node{.kind = "Between"}
        .Add("value", Of(between.value))
        .Add("low", Of(between.low))
        .Add("high", Of(between.high));
  }
  Node operator()(const InSet& in) const {
    return Node{.kind = "In"}.Add("value", Of(in.value)).Add("set", Of(in.set));
  }
  Node operator()(const Includes& includes) const {
    static constexpr std::array kKinds = {"Includes", "IncludesAny", "IncludesAll"};
    return Node{.kind = kKinds[static_cast<std::size_t>(includes.kind)]}
        .Add("set", Of(includes.set))
        .Add("of", Of(includes.operand));
  }
  Node operator()(const Supposing& supposing) const {
    Node node = Node{.kind = "Supposing"}.Add("", Of(supposing.expression));
    for (const Override& override : supposing.overrides) {
      node.Add("with", Node{.kind = "Override", .span = override.path_span}
                           .With("fact", PathText(override.path))
                           .Add("", Of(override.value)));
    }
    return node;
  }
  Node operator()(const DescribedIn& described) const {
    Node node = Node{.kind = "DescribedIn"}.With("cites", described.cite.text);
    return described.subject.IsValid() ? node.Add("", Of(described.subject)) : node;
  }
  Node operator()(const Quantified& quantified) const {
    return Iterating(quantified.every ? "Every" : "Some", quantified.variable, quantified.list, quantified.where)
        .Add("satisfies", Of(quantified.condition));
  }
  Node operator()(const Conditional& conditional) const {
    return Node{.kind = "If"}
        .Add("condition", Of(conditional.condition))
        .Add("then", Of(conditional.then_value))
        .Add("else", Of(conditional.else_value));
  }
  Node operator()(const Aggregate& aggregate) const {
    static constexpr std::array kKinds = {"Count", "SumOf", "MaxOf", "MinOf"};
    Node node = Iterating(kKinds[static_cast<std::size_t>(aggregate.kind)], aggregate.variable, aggregate.list,
                          aggregate.where);
    return aggregate.value.IsValid() ? node.Add("value", Of(aggregate.value)) : node;
  }
  Node operator()(const Call& call) const {
    static constexpr std::array kKinds = {"Max", "Min", "Round", "Real"};
    return AddAll(Node{.kind = kKinds[static_cast<std::size_t>(call.kind)]}, call.arguments);
  }
  Node operator()(const Decides& decides) const { return Node{.kind = "Decides"}.Add("rule", Of(decides.rule)); }

 private:
  [[nodiscard]] Node Of(ExprId expr) const { return ExprNode(tree_, expr); }

  Node AddAll(Node node, const std::vector<ExprId>& exprs) const {
    for (const ExprId expr : exprs) node.Add("", Of(expr));
    return node;
  }

  [[nodiscard]] Node Item(const ConditionItem& item) const {
    Node node{.kind = "Item", .span = item.span};
    std::vector<std::string> cites;
    for (const CitationText& cite : item.cites) cites.push_back(cite.text);
    node.WithAll("cites", std::move(cites));
    if (item.description) node.With("description", item.description->text);
    return node.Add("", Of(item.condition));
  }

  [[nodiscard]] Node Iterating(std::string kind, const Name& variable, ExprId list, ExprId where) const {
    Node node = Node{.kind = std::move(kind)}.With("variable", variable.text).Add("list", Of(list));
    return where.IsValid() ? node.Add("where", Of(where)) : node;
  }

  const SyntaxTree& tree_;
};

}  // namespace

Node ExprNode(const SyntaxTree& tree, ExprId expr) {
  if (!expr.IsValid()) return Node{.kind = "Nothing"};
  Node node = std::visit(Maker(tree), tree[expr].kind);
  node.span = tree[expr].span;
  return node;
}

}  // namespace proviso::report
