// What could be written by mistake in an expression.
#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringRef.h>

#include <array>
#include <optional>

#include "compiler/amend/import.h"
#include "harness/mutate/finder.h"

namespace proviso::mutate {

using syntax::Binary;
using syntax::BinaryOperator;
using syntax::ConditionList;
using syntax::ExprId;
using syntax::ExprKind;
using syntax::ListKind;

namespace {

/// Each comparison with the one that differs at its boundary alone.
constexpr std::array<std::pair<BinaryOperator, BinaryOperator>, 4> kBoundaries = {{
    {BinaryOperator::kLess, BinaryOperator::kLessEqual},
    {BinaryOperator::kGreater, BinaryOperator::kGreaterEqual},
    {BinaryOperator::kLessThan, BinaryOperator::kAtMost},
    {BinaryOperator::kMoreThan, BinaryOperator::kAtLeast},
}};

std::optional<BinaryOperator> AcrossBoundary(BinaryOperator op) {
  for (const auto& [strict, open] : kBoundaries) {
    if (op == strict) return open;
    if (op == open) return strict;
  }
  return std::nullopt;
}

template <typename T>
std::vector<T> Without(std::vector<T> all, std::size_t index) {
  all.erase(all.begin() + static_cast<std::ptrdiff_t>(index));
  return all;
}

}  // namespace

void Finder::VisitExpr(ExprId id, const Around& around) {
  if (!id.IsValid()) return;
  for (ExprKind& mistake : literals_.MistakesFor(tree_[id].kind))
    Replace(Slip::kThreshold, around, id, std::move(mistake));
  std::visit([&](const auto& kind) { Visit(kind, id, around); }, tree_[id].kind);
  const auto* const binary = std::get_if<Binary>(&tree_[id].kind);
  const bool is_chain = binary != nullptr && (binary->op == BinaryOperator::kAnd || binary->op == BinaryOperator::kOr);
  if (is_chain || std::holds_alternative<ConditionList>(tree_[id].kind)) return;  // has visited what is in it
  syntax::Expr expr = tree_[id];
  Around inner = around;
  // What an outcome is chosen or computed by is none.
  inner.is_outcome = around.is_outcome && std::holds_alternative<syntax::Parenthesised>(expr.kind);
  amend::ForEachChild(expr, [&](ExprId child) { VisitExpr(child, inner); });
}

void Finder::Visit(const syntax::Path& path, ExprId id, const Around& around) {
  const auto member = members_.find(id);
  if (member == members_.end()) return;
  const auto [enumeration, index] = member->second;
  const Enumeration& words = draft_.vocabulary->enums[enumeration];
  if (!words.ordered && !around.is_outcome) return;
  for (const int step : {1, -1}) {
    const auto next = static_cast<std::uint32_t>(static_cast<std::int64_t>(index) + step);
    if (next >= words.members.size()) continue;  // also one below the first
    syntax::Path other = path;
    other.segments.back().name.text = words.members[next].name;
    Replace(around.is_outcome ? Slip::kOutcome : Slip::kThreshold, around, id, std::move(other));
  }
}

void Finder::Visit(const syntax::BooleanLiteral& literal, ExprId id, const Around& around) {
  if (!around.is_outcome) return;
  const bool is_true_word = literal.word == "true" || literal.word == "false";
  const std::string word = literal.value ? (is_true_word ? "false" : "no") : (is_true_word ? "true" : "yes");
  Replace(Slip::kOutcome, around, id, syntax::BooleanLiteral{!literal.value, word});
}

void Finder::Visit(const syntax::Not& negation, ExprId id, const Around& around) {
  ReplaceBy(Slip::kNegation, around, id, negation.operand);
}

void Finder::Visit(const Binary& binary, ExprId id, const Around& around) {
  Binary other = binary;
  if (const auto across = AcrossBoundary(binary.op)) {
    other.op = *across;
    Replace(Slip::kBoundary, around, id, other);
  }
  if (binary.op == BinaryOperator::kIsNot) {
    other.op = BinaryOperator::kIs;
    Replace(Slip::kNegation, around, id, other);
  }
  if (binary.op == BinaryOperator::kUnless) VisitUnless(binary, id, around);
  if (binary.op == BinaryOperator::kAnd || binary.op == BinaryOperator::kOr) VisitChain(binary.op, id, around);
}

void Finder::VisitUnless(const Binary& unless, ExprId id, const Around& around) {
  ReplaceBy(Slip::kRemoval, around, id, unless.left);
  Editor editor = Edited();
  // `and` binds tighter than what may stand on either side of `unless`.
  const auto bracketed = [&](ExprId side) { return editor.New(syntax::Parenthesised{side}, tree_[side].span); };
  Binary both = unless;
  both.op = BinaryOperator::kAnd;
  both.left = bracketed(unless.left);
  both.right = bracketed(unless.right);
  editor.Set(id, both);
  Add(Slip::kNegation, around, tree_[id].span, std::move(editor));
}

/// `a and b and c`: each operand left out, and each `and` turned, as it would be read then.
void Finder::VisitChain(BinaryOperator op, ExprId id, const Around& around) {
  std::vector<ExprId> operands;
  std::vector<Span> words;  // of the operator before each operand but the first
  ExprId at = id;
  for (const Binary* link = std::get_if<Binary>(&tree_[at].kind); link != nullptr && link->op == op;
       link = std::get_if<Binary>(&tree_[at].kind)) {
    operands.insert(operands.begin(), link->right);
    words.insert(words.begin(), link->op_span);
    at = link->left;
  }
  operands.insert(operands.begin(), at);
  const auto chained = [&](Editor& editor, BinaryOperator by, llvm::ArrayRef<ExprId> some) {
    ExprId all = some.front();
    for (const ExprId next : some.drop_front()) all = editor.New(Binary{by, all, next, words.front()}, tree_[id].span);
    return all;
  };
  const auto add = [&](Slip slip, const Span& span, Editor editor, ExprId all) {
    editor.Set(id, ExprKind(editor.At(all).kind));
    Add(slip, around, span, std::move(editor));
  };
  for (std::size_t i = 0; i < operands.size(); ++i) {
    Editor editor = Edited();
    const ExprId left = chained(editor, op, Without(operands, i));
    add(Slip::kRemoval, tree_[operands[i]].span, std::move(editor), left);
  }
  const llvm::ArrayRef<ExprId> all = operands;
  for (std::size_t i = 1; i < operands.size(); ++i) {
    Editor editor = Edited();
    if (op == BinaryOperator::kAnd) {
      const std::array sides = {chained(editor, op, all.take_front(i)), chained(editor, op, all.drop_front(i))};
      const ExprId either = chained(editor, BinaryOperator::kOr, sides);
      add(Slip::kConnective, words[i - 1], std::move(editor), either);
    } else {
      std::vector<ExprId> joined(operands.begin(), operands.begin() + static_cast<std::ptrdiff_t>(i - 1));
      joined.push_back(chained(editor, BinaryOperator::kAnd, {operands[i - 1], operands[i]}));
      joined.insert(joined.end(), operands.begin() + static_cast<std::ptrdiff_t>(i + 1), operands.end());
      const ExprId either = chained(editor, op, joined);
      add(Slip::kConnective, words[i - 1], std::move(editor), either);
    }
  }
  for (const ExprId operand : operands) VisitExpr(operand, around);
}

void Finder::Visit(const syntax::Between& between, ExprId id, const Around& around) {
  const auto with_ends = [&](BinaryOperator low, BinaryOperator high) {
    Editor editor = Edited();
    const Span& span = tree_[id].span;
    const ExprId from = editor.New(Binary{low, between.value, between.low, span}, span);
    const ExprId to = editor.New(Binary{high, between.value, between.high, span}, span);
    const ExprId both = editor.New(Binary{BinaryOperator::kAnd, from, to, span}, span);
    editor.Set(id, syntax::Parenthesised{both});
    Add(Slip::kBoundary, around, span, std::move(editor));
  };
  with_ends(BinaryOperator::kMoreThan, BinaryOperator::kAtMost);
  with_ends(BinaryOperator::kAtLeast, BinaryOperator::kLessThan);
}

void Finder::Visit(const syntax::Includes& includes, ExprId id, const Around& around) {
  if (includes.kind == syntax::IncludesKind::kOne) return;
  const auto* const set = std::get_if<syntax::SetLiteral>(&tree_[includes.operand].kind);
  if (set != nullptr && set->members.size() < 2) return;
  syntax::Includes other = includes;
  other.kind = includes.kind == syntax::IncludesKind::kAny ? syntax::IncludesKind::kAll : syntax::IncludesKind::kAny;
  Replace(Slip::kConnective, around, id, other);
}

void Finder::Visit(const syntax::SetLiteral& set, ExprId id, const Around& around) {
  for (std::size_t i = 0; i < set.members.size(); ++i) {
    Replace(Slip::kRemoval, around, id, syntax::SetLiteral{Without(set.members, i)});
  }
}

void Finder::Visit(const ConditionList& list, ExprId id, const Around& around) {
  ConditionList other = list;
  int number = 0;
  if (list.kind == ListKind::kNoneOf) {
    other.kind = ListKind::kAnyOf;
    Replace(Slip::kNegation, around, id, other);
  } else if (list.kind == ListKind::kAtLeast && !llvm::StringRef(list.number).getAsInteger(10, number)) {
    for (const int step : {1, -1}) {
      other.number = std::to_string(number + step);
      Replace(Slip::kBoundary, around, id, other);
    }
  } else if (list.items.size() > 1) {
    other.kind = list.kind == ListKind::kAnyOf ? ListKind::kAllOf : ListKind::kAnyOf;
    Replace(Slip::kConnective, around, id, other);
  }
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const syntax::ConditionItem& item = list.items[i];
    const Around inner = around.With(item.cites);
    if (!item.cites.empty()) {
      for (const Citation& cite : inner.cites)
        cited_.push_back({cite, item.span, around.declaration, around.inside, Cited::Kind::kItem, id, i});
    }
    if (list.items.size() > 1) {
      ConditionList shorter = list;
      shorter.items = Without(list.items, i);
      Editor editor = Edited();
      editor.Set(id, std::move(shorter));
      Add(Slip::kRemoval, inner, item.span, std::move(editor));
    }
    VisitExpr(item.condition, inner);
  }
}

void Finder::Visit(const syntax::Supposing& supposing, ExprId id, const Around& around) {
  for (std::size_t i = 0; i < supposing.overrides.size(); ++i) {
    if (supposing.overrides.size() == 1) {
      ReplaceBy(Slip::kRemoval, around, id, supposing.expression);
    } else {
      Replace(Slip::kRemoval, around, id, syntax::Supposing{supposing.expression, Without(supposing.overrides, i)});
    }
  }
}

void Finder::Visit(const syntax::Quantified& quantified, ExprId id, const Around& around) {
  syntax::Quantified other = quantified;
  other.every = !quantified.every;
  Replace(Slip::kConnective, around, id, other);
  if (!quantified.where.IsValid()) return;
  other = quantified;
  other.where = {};
  Replace(Slip::kRemoval, around, id, other);
}

void Finder::Visit(const syntax::Aggregate& aggregate, ExprId id, const Around& around) {
  if (!aggregate.where.IsValid()) return;
  syntax::Aggregate other = aggregate;
  other.where = {};
  Replace(Slip::kRemoval, around, id, other);
}

}  // namespace proviso::mutate
