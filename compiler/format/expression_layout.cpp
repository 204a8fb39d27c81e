#include "compiler/format/expression_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace proviso::format {

using syntax::BinaryOperator;
using syntax::ExprId;

namespace {

constexpr std::array<std::string_view, 19> kOperatorWords = {
    "implies", "unless",    "or",      "and",       "=",        "is", "is not", "<", "<=", ">",
    ">=",      "less than", "at most", "more than", "at least", "+",  "-",      "*", "/"};

std::string_view OperatorWord(BinaryOperator op) { return kOperatorWords[static_cast<std::size_t>(op)]; }

/// Operators of one level stand in one chain; comparisons have no chains.
int Level(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::kImplies:
      return 0;
    case BinaryOperator::kUnless:
      return 1;
    case BinaryOperator::kOr:
      return 2;
    case BinaryOperator::kAnd:
      return 3;
    case BinaryOperator::kAdd:
    case BinaryOperator::kSubtract:
      return 5;
    case BinaryOperator::kMultiply:
    case BinaryOperator::kDivide:
      return 6;
    default:
      return 4;
  }
}

/// `2000000` as `2,000,000`.
std::string GroupDigits(std::string_view number) {
  const std::size_t whole = std::min(number.find('.'), number.size());
  std::string grouped;
  for (std::size_t i = 0; i < whole; ++i) {
    if (i > 0 && (whole - i) % 3 == 0) grouped += ',';
    grouped += number[i];
  }
  return grouped.append(number.substr(whole));
}

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace

Doc ExpressionLayout::Of(ExprId expr, int hang) {
  return std::visit([&](const auto& kind) { return Lay(kind, hang); }, tree_[expr].kind);
}

bool ExpressionLayout::IsConditionList(ExprId expr) const {
  return std::holds_alternative<syntax::ConditionList>(tree_[expr].kind);
}

Doc ExpressionLayout::After(std::string_view word, ExprId expr) {
  if (IsConditionList(expr)) return docs_.Row({word, " ", Of(expr, 0)});
  return docs_.Row({word, " ", docs_.Align(Of(expr, 0))});
}

// ---- Literals and names ----------------------------------------------------------------------------------

Doc ExpressionLayout::Quoted(const std::string& text) { return docs_.Text(fmt::format("\"{}\"", Escaped(text))); }

Doc ExpressionLayout::Citation(const syntax::CitationText& cite) {
  return cite.is_quoted ? docs_.Row({"cites ", Quoted(cite.text)}) : docs_.Text(cite.text);
}

Doc ExpressionLayout::Member(const syntax::Name& name) {
  const std::size_t dot = name.text.find('.');
  if (dot == std::string::npos) return docs_.Text(name.text);
  return docs_.Row({docs_.Text(name.text.substr(0, dot)), ".", docs_.Text(name.text.substr(dot + 1))});
}

Doc ExpressionLayout::Names(const std::vector<syntax::Name>& names) {
  std::vector<Doc> parts;
  for (const syntax::Name& name : names) {
    if (!parts.empty()) parts.push_back(docs_.Row({",", docs_.LineIfNeeded()}));
    parts.push_back(Member(name));
  }
  return docs_.Row(std::move(parts));
}

Doc ExpressionLayout::Lay(const syntax::NumberLiteral& number, int) {
  if (number.unit.text.empty()) return docs_.Text(number.number);
  return docs_.Row({number.number, " ", number.unit.text});
}

Doc ExpressionLayout::Lay(const syntax::PercentLiteral& percent, int) { return docs_.Text(percent.number + "%"); }
Doc ExpressionLayout::Lay(const syntax::MoneyLiteral& money, int) {
  return docs_.Text("$" + GroupDigits(money.number));
}
Doc ExpressionLayout::Lay(const syntax::DateLiteral& date, int) { return docs_.Text(date.text); }

Doc ExpressionLayout::Lay(const syntax::DurationLiteral& duration, int) {
  const Doc period = docs_.Row({duration.number, " ", duration.unit_word});
  if (duration.rule == syntax::MonthRule::kMissing) return period;
  return docs_.Row({period, " (", duration.rule == syntax::MonthRule::kClipped ? "clipped" : "spilled", ")"});
}

Doc ExpressionLayout::Lay(const syntax::BooleanLiteral& boolean, int) { return docs_.Text(boolean.word); }
Doc ExpressionLayout::Lay(const syntax::NoneLiteral&, int) { return docs_.Text("none"); }

Doc ExpressionLayout::Path(const syntax::Path& path) {
  std::vector<Doc> parts;
  for (const syntax::PathSegment& segment : path.segments) {
    if (!parts.empty()) parts.push_back(docs_.Text("."));
    parts.push_back(docs_.Text(segment.name.text));
    if (!segment.arguments.empty()) parts.push_back(docs_.Row({"(", Names(segment.arguments), ")"}));
  }
  return parts.size() == 1 ? parts.front() : docs_.Row(std::move(parts));
}

Doc ExpressionLayout::Lay(const syntax::Path& path, int) { return Path(path); }

// ---- Braces ----------------------------------------------------------------------------------------------

Doc ExpressionLayout::Braces(const std::vector<Doc>& items) {
  if (items.empty()) return docs_.Row({"{", docs_.Line(), "}"});
  std::vector<Doc> inside;
  for (const Doc item : items) {
    inside.push_back(inside.empty() ? docs_.ItemLine() : docs_.Row({",", docs_.ItemLine()}));
    inside.push_back(item);
  }
  return docs_.Row(
      {"{", docs_.Nest(2, docs_.Row(std::move(inside))), docs_.IfBroken(docs_.Text(",")), docs_.ItemLine(), "}"});
}

Doc ExpressionLayout::Lay(const syntax::SetLiteral& set, int) {
  return docs_.Group(Braces(DocStore::Each(set.members, [this](ExprId member) { return Of(member, 2); })));
}

Doc ExpressionLayout::Item(const syntax::ConditionItem& item) {
  std::vector<Doc> parts;
  for (const syntax::CitationText& cite : item.cites) {
    if (!parts.empty()) parts.push_back(docs_.Row({",", docs_.LineIfNeeded()}));
    parts.push_back(Citation(cite));
  }
  if (item.description) {
    if (!parts.empty()) parts.push_back(docs_.LineIfNeeded());
    parts.push_back(Quoted(item.description->text));
  }
  if (!parts.empty()) parts.push_back(docs_.LineIfNeeded());
  parts.push_back(Of(item.condition, 2));
  return docs_.Row(std::move(parts));
}

Doc ExpressionLayout::List(const syntax::ConditionList& list) {
  constexpr std::array<std::string_view, 3> kHeads = {"any of", "all of", "none of"};
  const bool is_counted = list.kind == syntax::ListKind::kAtLeast;
  const std::string head = is_counted ? fmt::format("at least {} of", list.number)
                                      : std::string(kHeads[static_cast<std::size_t>(list.kind)]);
  std::vector<Doc> items;
  bool has_citations = false;
  for (const syntax::ConditionItem& item : list.items) {
    items.push_back(Item(item));
    has_citations |= !item.cites.empty() || item.description.has_value();
  }
  const Doc all = docs_.Row({head, " ", Braces(items)});
  return has_citations ? docs_.Broken(all) : all;
}

Doc ExpressionLayout::Lay(const syntax::ConditionList& list, int) { return docs_.Group(List(list)); }

// ---- Operators -------------------------------------------------------------------------------------------

Doc ExpressionLayout::Lay(const syntax::Parenthesised& parenthesised, int) {
  return docs_.Row({"(", docs_.Group(docs_.SoftLine()), docs_.Align(Of(parenthesised.inner, 0)), ")"});
}

Doc ExpressionLayout::Lay(const syntax::Not& negation, int) {
  return docs_.Row({"not", docs_.LineIfNeeded(), docs_.Align(Of(negation.operand, 0))});
}

Doc ExpressionLayout::Lay(const syntax::Negate& negation, int) {
  return docs_.Row({"-", docs_.Align(Of(negation.operand, 0))});
}

ExpressionLayout::Chain ExpressionLayout::Unchain(const syntax::Binary& binary) const {
  const int level = Level(binary.op);
  const bool leans_right = binary.op == BinaryOperator::kImplies;
  const bool leans_left = level == 2 || level == 3 || level > 4;
  Chain chain = {.is_condition = level < 4, .operands = {}, .operators = {}};
  const syntax::Binary* next = &binary;
  while (true) {
    chain.operands.push_back(leans_right ? next->left : next->right);
    chain.operators.push_back(OperatorWord(next->op));
    const ExprId deeper = leans_right ? next->right : next->left;
    const auto* inner = std::get_if<syntax::Binary>(&tree_[deeper].kind);
    if (!(leans_left || leans_right) || inner == nullptr || Level(inner->op) != level) {
      chain.operands.push_back(deeper);
      break;
    }
    next = inner;
  }
  if (!leans_right) {
    std::ranges::reverse(chain.operands);
    std::ranges::reverse(chain.operators);
  }
  return chain;
}

Doc ExpressionLayout::Lay(const syntax::Binary& binary, int hang) {
  const Chain chain = Unchain(binary);
  return LayChain(chain, chain.is_condition ? hang : 2);
}

/// The last operand in two parts: what may stay on the chain's line, and what then goes on new ones.
ExpressionLayout::Tail ExpressionLayout::LayTail(ExprId operand, bool is_condition) {
  const syntax::ExprKind& kind = tree_[operand].kind;
  if (const auto* list = std::get_if<syntax::ConditionList>(&kind)) return {.head = List(*list), .rest = Doc()};
  if (const auto* quantified = std::get_if<syntax::Quantified>(&kind)) {
    return {.head = QuantifiedHead(*quantified),
            .rest = docs_.Nest(2, docs_.Row({docs_.Line(), Satisfies(*quantified)}))};
  }
  if (const auto* parenthesised = std::get_if<syntax::Parenthesised>(&kind);
      parenthesised != nullptr && !is_condition) {
    return {.head = docs_.Text("("), .rest = docs_.Row({docs_.Align(Of(parenthesised->inner, 0)), ")"})};
  }
  return {};
}

Doc ExpressionLayout::LayChain(const Chain& chain, int hang) {
  const Tail tail = LayTail(chain.operands.back(), chain.is_condition);
  std::vector<Doc> lines = {Of(chain.operands.front(), hang + 2)};
  std::vector<Doc> one_line = {lines.front()};
  for (std::size_t i = 1; i < chain.operands.size(); ++i) {
    const bool is_last = i + 1 == chain.operands.size();
    const Doc word = docs_.Row({chain.operators[i - 1], " "});
    const Doc operand =
        is_last && tail.head.IsValid() ? docs_.Group(tail.Whole(docs_, false)) : Of(chain.operands[i], 0);
    const bool continues_brace = i == 1 && IsConditionList(chain.operands.front());
    lines.push_back(continues_brace ? docs_.LineIfNeeded(hang) : docs_.Nest(hang, docs_.Line()));
    lines.push_back(docs_.Nest(hang, docs_.Row({word, docs_.Align(operand)})));
    one_line.push_back(docs_.Row({" ", word}));
    if (!is_last) one_line.push_back(operand);
  }
  const Doc broken = docs_.Row(std::move(lines));
  if (!tail.head.IsValid()) return docs_.Group(broken);
  const Doc before_tail = docs_.Flat(docs_.Row(std::move(one_line)));
  return docs_.Group(docs_.Choice(docs_.Row({before_tail, tail.Whole(docs_, true)}), broken));
}

Doc ExpressionLayout::Lay(const syntax::Between& between, int) {
  const Doc low = docs_.Row({docs_.Line(), "between ", Of(between.low, 2)});
  const Doc high = docs_.Row({docs_.Line(), "and ", Of(between.high, 2)});
  return docs_.Group(docs_.Row({Of(between.value, 2), docs_.Nest(2, docs_.Row({low, high}))}));
}

Doc ExpressionLayout::Lay(const syntax::InSet& in_set, int) {
  return docs_.Row({Of(in_set.value, 2), docs_.LineIfNeeded(), "in ", Of(in_set.set, 2)});
}

Doc ExpressionLayout::Lay(const syntax::Includes& includes, int) {
  constexpr std::array<std::string_view, 3> kWords = {"includes ", "includes any of ", "includes all of "};
  return docs_.Row({Of(includes.set, 2), docs_.LineIfNeeded(), kWords[static_cast<std::size_t>(includes.kind)],
                    Of(includes.operand, 2)});
}

Doc ExpressionLayout::Lay(const syntax::Supposing& supposing, int hang) {
  const auto lay_override = [this](const syntax::Override& change) {
    return docs_.Row({Path(change.path), docs_.LineIfNeeded(), "= ", Of(change.value, 2)});
  };
  const std::vector<Doc> overrides = DocStore::Each(supposing.overrides, lay_override);
  return docs_.Row(
      {Of(supposing.expression, hang), docs_.LineIfNeeded(), "supposing ", docs_.Group(Braces(overrides))});
}

Doc ExpressionLayout::Lay(const syntax::DescribedIn& described, int) {
  const Doc words = docs_.Row({"described in ", Citation(described.cite)});
  if (!described.subject.IsValid()) return words;
  return docs_.Row({Of(described.subject, 2), docs_.LineIfNeeded(), words});
}

// ---- Elements of lists, choices --------------------------------------------------------------------------

Doc ExpressionLayout::QuantifiedHead(const syntax::Quantified& quantified) {
  const Doc head = docs_.Row({quantified.every ? "every " : "some ", docs_.Text(quantified.variable.text), " in",
                              docs_.LineIfNeeded(), Of(quantified.list, 2)});
  if (!quantified.where.IsValid()) return head;
  return docs_.Row({head, docs_.LineIfNeeded(), After("where", quantified.where)});
}

Doc ExpressionLayout::Satisfies(const syntax::Quantified& quantified) {
  return After("satisfies", quantified.condition);
}

Doc ExpressionLayout::Lay(const syntax::Quantified& quantified, int) {
  const Doc satisfies = docs_.Nest(2, docs_.Row({docs_.Line(), Satisfies(quantified)}));
  return docs_.Group(docs_.Row({QuantifiedHead(quantified), satisfies}));
}

Doc ExpressionLayout::Lay(const syntax::Conditional& conditional, int) {
  std::vector<Doc> parts;
  const syntax::Conditional* next = &conditional;
  while (true) {
    parts.push_back(docs_.Row({After("if", next->condition), docs_.LineIfNeeded(), After("then", next->then_value)}));
    parts.push_back(docs_.Line());
    const auto* otherwise = std::get_if<syntax::Conditional>(&tree_[next->else_value].kind);
    if (otherwise == nullptr) break;
    parts.push_back(docs_.Words("else "));
    next = otherwise;
  }
  parts.push_back(After("else", next->else_value));
  return docs_.Group(docs_.Align(docs_.Row(std::move(parts))));
}

Doc ExpressionLayout::Lay(const syntax::Aggregate& aggregate, int) {
  constexpr std::array<std::string_view, 4> kWords = {"count", "sum", "max", "min"};
  const Doc elements = docs_.Row({docs_.Text(aggregate.variable.text), " in ", Of(aggregate.list, 2)});
  std::vector<Doc> parts = {elements};
  if (aggregate.value.IsValid()) parts = {Of(aggregate.value, 2), docs_.Line(), docs_.Row({"for ", elements})};
  if (aggregate.where.IsValid()) {
    parts.push_back(docs_.Line());
    parts.push_back(After("where", aggregate.where));
  }
  const Doc inside = docs_.Align(docs_.Group(docs_.Row(std::move(parts))));
  return docs_.Row({kWords[static_cast<std::size_t>(aggregate.kind)], "(", docs_.Group(docs_.SoftLine()), inside, ")"});
}

Doc ExpressionLayout::Lay(const syntax::Call& call, int) {
  constexpr std::array<std::string_view, 4> kWords = {"max", "min", "round", "real"};
  std::vector<Doc> arguments;
  for (const ExprId argument : call.arguments) {
    if (!arguments.empty()) arguments.push_back(docs_.Row({",", docs_.Line()}));
    arguments.push_back(Of(argument, 2));
  }
  const Doc inside = docs_.Align(docs_.Group(docs_.Row(std::move(arguments))));
  return docs_.Row({kWords[static_cast<std::size_t>(call.kind)], "(", docs_.Group(docs_.SoftLine()), inside, ")"});
}

Doc ExpressionLayout::Lay(const syntax::Decides& decides, int) {
  return docs_.Row({Of(decides.rule, 2), docs_.LineIfNeeded(), "decides"});
}

}  // namespace proviso::format
