// Conditions and values, in the drafter's words, with the facts that made them so.
#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringRef.h>

#include <cmath>

#include "compiler/reference/explainer.h"

namespace proviso::reference {
namespace {

using check::Expr;
using check::ExprId;
using check::Op;
using ExplanationKind = Explanation::Kind;

void AddRemark(Explanation& line, const std::string& remark) {
  if (!line.remark.empty() && !remark.empty()) line.remark += ", ";
  line.remark += remark;
}

bool IsConstant(const check::CheckedDraft& draft, ExprId id) {
  const Expr& expr = draft[id];
  if (expr.op == Op::kConstant || expr.op == Op::kOption) return true;
  const bool is_converted = expr.op == Op::kScale || expr.op == Op::kToReal || expr.op == Op::kNegate;
  return is_converted && IsConstant(draft, expr.operands[0]);
}

bool IsThreshold(Op op) {
  return op == Op::kLess || op == Op::kLessEqual || op == Op::kGreater || op == Op::kGreaterEqual;
}

bool IsComparison(Op op) {
  return IsThreshold(op) || op == Op::kEqual || op == Op::kIn || op == Op::kIncludesAny || op == Op::kIncludesAll ||
         op == Op::kIsNone;
}

std::optional<double> Positive(const Possible& result) {
  if (!result.IsKnown()) return std::nullopt;
  double number = 0;
  if (const auto* exact = std::get_if<Exact>(&result.values.front())) number = exact->ToDouble();
  if (const auto* real = std::get_if<double>(&result.values.front())) number = *real;
  if (!(number > 0) || !std::isfinite(number)) return std::nullopt;
  return number;
}

/// To two significant digits.
std::string RatioText(double ratio) { return RealToText(ParseReal(fmt::format("{:.1e}", ratio)).value_or(ratio)); }

std::string OfTheLimit(double measured, double limit) {
  const double ratio = measured / limit;
  if (!std::isfinite(ratio) || ratio <= 0 || ratio == 1) return "";
  const std::string text = RatioText(ratio);
  if (text == "1") return ratio < 1 ? "just under the limit" : "just over the limit";
  return text + (ratio > 1 ? " times the limit" : " of the limit");
}

}  // namespace

Explainer::Form Explainer::FormFor(Op op) {
  switch (op) {
    case Op::kAnd:
    case Op::kOr:
    case Op::kAtLeast:
      return &Explainer::AddConnective;
    case Op::kNot:
      return &Explainer::AddNegation;
    case Op::kSome:
    case Op::kEvery:
      return &Explainer::AddQuantifier;
    case Op::kCount:
    case Op::kSum:
    case Op::kMaxOf:
    case Op::kMinOf:
      return &Explainer::AddAggregate;
    case Op::kIf:
      return &Explainer::AddConditional;
    case Op::kSupposing:
      return &Explainer::AddSupposing;
    case Op::kFact:
      return &Explainer::AddFact;
    case Op::kTerm:
      return &Explainer::AddTerm;
    case Op::kOption:
      return &Explainer::AddOption;
    case Op::kOptionIs:
      return &Explainer::AddOptionIs;
    case Op::kDecision:
      return &Explainer::AddDecision;
    case Op::kRuleFires:
    case Op::kRuleDecides:
      return &Explainer::AddRule;
    default:
      return IsComparison(op) ? &Explainer::AddComparison : &Explainer::AddOperands;
  }
}

void Explainer::Add(ExprId id, const Scope& scope, Parts& parts) {
  if (HasRoom()) (this->*FormFor(draft_[id].op))(id, scope, parts);
}

// ---- Conditions ------------------------------------------------------------------------------------------

void Explainer::AddConnective(ExprId id, const Scope& scope, Parts& parts) {
  const Expr& expr = draft_[id];
  const Possible result = evaluator_.Evaluate(id, scope);
  for (std::size_t i = 0; i < expr.operands.size(); ++i) {
    const Possible operand = evaluator_.Evaluate(expr.operands[i], scope);
    // Those that made it so; where it is open, those that are.
    const bool matters = result.IsKnown() ? operand.Is(result.MayBe(true)) : !operand.IsKnown();
    if (matters) AddItem(expr, i, scope, parts);
  }
}

void Explainer::AddItem(const Expr& expr, std::size_t item, const Scope& scope, Parts& parts) {
  const ExprId operand = expr.operands[item];
  const bool is_cited = item < expr.item_cites.size() && !expr.item_cites[item].empty();
  if (!is_cited) {
    Add(operand, scope, parts);
    return;
  }
  Parts own;
  Add(operand, scope, own);
  if (own.size() != 1) {
    Explanation line = ConditionLine(draft_[operand], evaluator_.Evaluate(operand, scope));
    line.parts = std::move(own);
    own.clear();
    own.push_back(std::move(line));
  }
  std::vector<Citation> cites = expr.item_cites[item];
  llvm::copy_if(own.front().cites, std::back_inserter(cites),
                [&](const Citation& cite) { return !llvm::is_contained(cites, cite); });
  own.front().cites = std::move(cites);
  Keep(parts, std::move(own.front()));
}

void Explainer::AddNegation(ExprId id, const Scope& scope, Parts& parts) {
  const Expr& expr = draft_[id];
  const ExprId inner = expr.operands[0];
  const bool shares_text = expr.text.IsValid() && draft_[inner].text == expr.text;
  if (!shares_text || !IsComparison(draft_[inner].op)) {
    Add(inner, scope, parts);
    return;
  }
  // `is not` and its like: one comparison in the text, so the answer is that of the whole.
  AddCompared(inner, evaluator_.Evaluate(id, scope), scope, parts);
}

void Explainer::AddComparison(ExprId id, const Scope& scope, Parts& parts) {
  AddCompared(id, evaluator_.Evaluate(id, scope), scope, parts);
}

void Explainer::AddCompared(ExprId id, const Possible& result, const Scope& scope, Parts& parts) {
  const Expr& expr = draft_[id];
  Explanation line = ConditionLine(expr, result);
  AddOperands(id, scope, line.parts);
  if (line.parts.size() == 1 && line.parts.front().kind == ExplanationKind::kFact) {
    const Explanation fact = line.parts.front();
    line.parts.clear();
    const std::string found = fmt::format("{} is {}", fact.text, fact.answer == kUnknown ? "not known" : fact.answer);
    // `form is equity_acquisition` says already what was found.
    if (!llvm::StringRef(found).ends_with(line.text)) line.answer += ", " + found;
    line.remark = fact.remark;
  }
  AddRemark(line, LimitRemark(expr, scope));
  Keep(parts, std::move(line));
}

std::string Explainer::LimitRemark(const Expr& expr, const Scope& scope) {
  if (!IsThreshold(expr.op)) return "";
  const bool left_is_limit = IsConstant(draft_, expr.operands[0]);
  if (left_is_limit == IsConstant(draft_, expr.operands[1])) return "";
  const ExprId measured_id = expr.operands[left_is_limit ? 1 : 0];
  const ExprId limit_id = expr.operands[left_is_limit ? 0 : 1];
  const Possible measured = evaluator_.Evaluate(measured_id, scope);
  const Possible limit = evaluator_.Evaluate(limit_id, scope);
  if (measured.IsKnown() && limit.IsKnown())
    NoteDistance(measured_id, measured.values.front(), draft_[limit_id], limit.values.front(), scope);
  const auto measured_number = Positive(measured);
  const auto limit_number = Positive(limit);
  if (!measured_number || !limit_number) return "";
  if (measured.values == limit.values) return "exactly the limit";
  return OfTheLimit(*measured_number, *limit_number);
}

void Explainer::AddQuantifier(ExprId id, const Scope& scope, Parts& parts) {
  const Expr& expr = draft_[id];
  const Possible result = evaluator_.Evaluate(id, scope);
  Explanation line = ConditionLine(expr, result);
  const Possible list = evaluator_.Evaluate(expr.operands[0], scope);
  const ListValue* elements = list.IsKnown() ? std::get_if<ListValue>(&list.values.front()) : nullptr;
  if (elements == nullptr) {
    Add(expr.operands[0], scope, line.parts);
    Keep(parts, std::move(line));
    return;
  }
  if (elements->elements.empty()) line.remark = kEmptyList;
  // One element that decides says all; else each of them counts.
  const bool one_decides = result.Is(expr.op == Op::kSome);
  std::size_t shown = 0;
  std::size_t left_out = 0;
  for (const InstanceId element : elements->elements) {
    const Binding binding = {.variable = expr.variable, .element = element, .outer = scope.elements};
    const Scope inside = scope.With(binding);
    const Possible holds = evaluator_.Evaluate(expr.operands[1], inside);
    if (result.IsKnown() ? !holds.Is(result.MayBe(true)) : holds.IsKnown()) continue;
    if (shown == kMaxElements) {
      ++left_out;
      continue;
    }
    ++shown;
    AddElement(expr.operands[1], inside, line.parts);
    if (one_decides) break;
  }
  if (left_out > 0) line.remark = fmt::format("and {} more elements", left_out);
  Keep(parts, std::move(line));
}

void Explainer::AddElement(ExprId body, const Scope& inside, Parts& parts) {
  if (!IsComparison(draft_[body].op)) {
    Add(body, inside, parts);
    return;
  }
  // The quantifier's own line has the comparison already: only what was compared is left to say.
  const std::size_t before = parts.size();
  AddOperands(body, inside, parts);
  if (parts.size() > before) AddRemark(parts[before], LimitRemark(draft_[body], inside));
}

void Explainer::AddConditional(ExprId id, const Scope& scope, Parts& parts) {
  const Expr& expr = draft_[id];
  Add(expr.operands[0], scope, parts);
  const Possible condition = evaluator_.Evaluate(expr.operands[0], scope);
  if (condition.MayBe(true)) Add(expr.operands[1], scope, parts);
  if (condition.MayBe(false)) Add(expr.operands[2], scope, parts);
}

void Explainer::AddSupposing(ExprId id, const Scope& scope, Parts& parts) {
  const Expr& expr = draft_[id];
  Explanation line = ConditionLine(expr, evaluator_.Evaluate(id, scope));
  if (const auto inside = evaluator_.Suppose(expr, scope)) Add(expr.operands[0], *inside, line.parts);
  Keep(parts, std::move(line));
}

}  // namespace proviso::reference
