// Conditions and values, in the drafter's words, with the facts that made them so.
#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringRef.h>

#include <cmath>

#include "compiler/reference/explainer.h"
#include "compiler/reference/written.h"

namespace proviso::reference {
namespace {

using check::Expr;
using check::ExprId;
using check::Op;
using ExplanationKind = Explanation::Kind;

/// Texts are cut after about this many bytes: a line of an explanation points at the draft, it does not repeat it.
constexpr std::size_t kMaxText = 90;
/// Elements of a list that are shown where all of them count alike.
constexpr std::size_t kMaxElements = 4;

constexpr std::string_view kUnknown = "unknown";
constexpr const char* kEmptyList = "the list is empty";

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

const char* DecidingText(const Possible& decides) {
  if (!decides.IsKnown()) return "may decide";
  return decides.Is(true) ? "decides" : "does not decide";
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
std::string RatioText(double ratio) { return RealToText(std::stod(fmt::format("{:.1e}", ratio))); }

std::string OfTheLimit(double measured, double limit) {
  if (measured == limit) return "exactly the limit";
  const double ratio = measured / limit;
  if (!std::isfinite(ratio) || ratio <= 0) return "";
  const std::string text = RatioText(ratio);
  if (text == "1") return measured > limit ? "just over the limit" : "just under the limit";
  return measured > limit ? text + " times the limit" : text + " of the limit";
}

}  // namespace

void Explainer::Add(ExprId id, const Scope& scope, Parts& parts) {
  if (!HasRoom()) return;
  const Expr& expr = draft_[id];
  switch (expr.op) {
    case Op::kAnd:
    case Op::kOr:
    case Op::kAtLeast:
      return AddConnective(expr, id, scope, parts);
    case Op::kNot:
      return AddNegation(expr, id, scope, parts);
    case Op::kSome:
    case Op::kEvery:
      return AddQuantifier(expr, id, scope, parts);
    case Op::kCount:
    case Op::kSum:
    case Op::kMaxOf:
    case Op::kMinOf:
      return AddAggregate(expr, id, scope, parts);
    case Op::kIf:
      return AddConditional(expr, scope, parts);
    case Op::kSupposing:
      return AddSupposing(expr, id, scope, parts);
    case Op::kFact:
      return AddFact(expr, scope, parts);
    case Op::kTerm:
      return AddTerm(expr, scope, parts);
    case Op::kOption:
      return AddOption(expr, scope, parts);
    case Op::kOptionIs:
      return AddOptionIs(expr, id, scope, parts);
    case Op::kDecision:
      return AddDecision(expr, scope, parts);
    case Op::kRuleFires:
    case Op::kRuleDecides:
      return AddRule(expr, scope, parts);
    default:
      return IsComparison(expr.op) ? AddComparison(expr, evaluator_.Evaluate(id, scope), scope, parts)
                                   : AddOperands(expr, scope, parts);
  }
}

// ---- Conditions ------------------------------------------------------------------------------------------

void Explainer::AddConnective(const Expr& expr, ExprId id, const Scope& scope, Parts& parts) {
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
  if (!is_cited) return Add(operand, scope, parts);
  Parts own;
  Add(operand, scope, own);
  if (own.size() != 1) {
    Explanation line = ConditionLine(draft_[operand], evaluator_.Evaluate(operand, scope));
    line.parts = std::move(own);
    own.assign(1, std::move(line));
  }
  std::vector<Citation> cites = expr.item_cites[item];
  llvm::copy_if(own.front().cites, std::back_inserter(cites),
                [&](const Citation& cite) { return !llvm::is_contained(cites, cite); });
  own.front().cites = std::move(cites);
  Keep(parts, std::move(own.front()));
}

void Explainer::AddNegation(const Expr& expr, ExprId id, const Scope& scope, Parts& parts) {
  const ExprId inner = expr.operands[0];
  const bool shares_text = expr.text.IsValid() && draft_[inner].text == expr.text;
  if (!shares_text || !IsComparison(draft_[inner].op)) return Add(inner, scope, parts);
  // `is not` and its like: one comparison in the text, so the answer is that of the whole.
  AddComparison(draft_[inner], evaluator_.Evaluate(id, scope), scope, parts);
}

void Explainer::AddComparison(const Expr& expr, const Possible& result, const Scope& scope, Parts& parts) {
  Explanation line = ConditionLine(expr, result);
  AddOperands(expr, scope, line.parts);
  if (line.parts.size() == 1 && line.parts.front().kind == ExplanationKind::kFact) {
    const Explanation fact = std::move(line.parts.front());
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
  const auto measured = Positive(evaluator_.Evaluate(expr.operands[left_is_limit ? 1 : 0], scope));
  const auto limit = Positive(evaluator_.Evaluate(expr.operands[left_is_limit ? 0 : 1], scope));
  return measured && limit ? OfTheLimit(*measured, *limit) : "";
}

void Explainer::AddQuantifier(const Expr& expr, ExprId id, const Scope& scope, Parts& parts) {
  const Possible result = evaluator_.Evaluate(id, scope);
  Explanation line = ConditionLine(expr, result);
  const Possible list = evaluator_.Evaluate(expr.operands[0], scope);
  const ListValue* elements = list.IsKnown() ? std::get_if<ListValue>(&list.values.front()) : nullptr;
  if (elements == nullptr) {
    Add(expr.operands[0], scope, line.parts);
    return Keep(parts, std::move(line));
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
  if (!IsComparison(draft_[body].op)) return Add(body, inside, parts);
  // The quantifier's own line has the comparison already: only what was compared is left to say.
  const std::size_t before = parts.size();
  AddOperands(draft_[body], inside, parts);
  if (parts.size() > before) AddRemark(parts[before], LimitRemark(draft_[body], inside));
}

void Explainer::AddConditional(const Expr& expr, const Scope& scope, Parts& parts) {
  Add(expr.operands[0], scope, parts);
  const Possible condition = evaluator_.Evaluate(expr.operands[0], scope);
  if (condition.MayBe(true)) Add(expr.operands[1], scope, parts);
  if (condition.MayBe(false)) Add(expr.operands[2], scope, parts);
}

void Explainer::AddSupposing(const Expr& expr, ExprId id, const Scope& scope, Parts& parts) {
  Explanation line = ConditionLine(expr, evaluator_.Evaluate(id, scope));
  if (const auto inside = evaluator_.Suppose(expr, scope)) Add(expr.operands[0], *inside, line.parts);
  Keep(parts, std::move(line));
}

// ---- Values ----------------------------------------------------------------------------------------------

void Explainer::AddOperands(const Expr& expr, const Scope& scope, Parts& parts) {
  for (const ExprId operand : expr.operands) Add(operand, scope, parts);
}

void Explainer::AddAggregate(const Expr& expr, ExprId id, const Scope& scope, Parts& parts) {
  Explanation line = ConditionLine(expr, evaluator_.Evaluate(id, scope));
  const Possible list = evaluator_.Evaluate(expr.operands[0], scope);
  const ListValue* elements = list.IsKnown() ? std::get_if<ListValue>(&list.values.front()) : nullptr;
  if (elements == nullptr) {
    Add(expr.operands[0], scope, line.parts);
    return Keep(parts, std::move(line));
  }
  if (elements->elements.empty()) line.remark = kEmptyList;
  std::size_t shown = 0;
  for (const InstanceId element : elements->elements) {
    const Binding binding = {.variable = expr.variable, .element = element, .outer = scope.elements};
    const Scope inside = scope.With(binding);
    if (evaluator_.Evaluate(expr.operands[1], inside).Is(false)) continue;
    if (++shown > kMaxElements) continue;
    Add(expr.operands.back(), inside, line.parts);
  }
  if (shown > kMaxElements) line.remark = fmt::format("and {} more elements", shown - kMaxElements);
  Keep(parts, std::move(line));
}

std::optional<InstanceId> Explainer::EntityOf(const Expr& expr, const Scope& scope) {
  const Possible entity = evaluator_.Evaluate(expr.operands[0], scope);
  if (!entity.IsKnown()) return std::nullopt;
  const auto* at = std::get_if<EntityValue>(&entity.values.front());
  if (at == nullptr) return std::nullopt;
  return at->instance;
}

void Explainer::AddFact(const Expr& expr, const Scope& scope, Parts& parts) {
  const std::optional<InstanceId> entity = EntityOf(expr, scope);
  // Where there is no entity, or none is known, that is what there is to say.
  if (!entity) return Add(expr.operands[0], scope, parts);
  const Type& type = vocabulary_.facts[expr.fact].type;
  Explanation line = Line(ExplanationKind::kFact, FactPath(facts_, vocabulary_, *entity, expr.fact), expr,
                          evaluator_.Fact(*entity, expr.fact, scope));
  line.answer = Answer(type, evaluator_.Fact(*entity, expr.fact, scope));
  if (evaluator_.IsSupposed(*entity, expr.fact, scope)) {
    line.remark = "supposed";
  } else if (facts_.State(vocabulary_, *entity, expr.fact).assumed) {
    line.remark = "assumed";
  }
  Keep(parts, std::move(line));
}

void Explainer::AddTerm(const Expr& expr, const Scope& scope, Parts& parts) {
  const std::optional<InstanceId> entity = EntityOf(expr, scope);
  if (!entity) return Add(expr.operands[0], scope, parts);
  const check::Term& term = draft_.terms[expr.term];
  const Scope inside = scope.At(*entity);
  Explanation line =
      Line(ExplanationKind::kTerm, PathOf(*entity, term.ShownName()), expr, evaluator_.Evaluate(term.body, inside));
  line.cites = term.cites;
  if (explained_terms_.insert({expr.term, *entity, scope.context}).second) {
    ++depth_;
    Add(term.body, inside, line.parts);
    --depth_;
  }
  Keep(parts, std::move(line));
}

void Explainer::AddOption(const Expr& expr, const Scope& scope, Parts& parts) {
  const std::optional<InstanceId> entity = EntityOf(expr, scope);
  if (!entity) return Add(expr.operands[0], scope, parts);
  const check::Option& option = draft_.options[expr.option];
  const check::Alternative& chosen = option.alternatives[options_[expr.option.Index()]];
  const Scope inside = scope.At(*entity);
  Explanation line = Line(ExplanationKind::kOption, fmt::format("{} is {}", option.name, chosen.name), expr,
                          evaluator_.Evaluate(chosen.value, inside));
  line.cites = chosen.cites.empty() ? option.cites : chosen.cites;
  Add(chosen.value, inside, line.parts);
  Keep(parts, std::move(line));
}

void Explainer::AddOptionIs(const Expr& expr, ExprId id, const Scope& scope, Parts& parts) {
  Explanation line = ConditionLine(expr, evaluator_.Evaluate(id, scope));
  line.kind = ExplanationKind::kOption;
  Keep(parts, std::move(line));
}

void Explainer::AddDecision(const Expr& expr, const Scope& scope, Parts& parts) {
  const std::optional<InstanceId> entity = EntityOf(expr, scope);
  if (!entity) return Add(expr.operands[0], scope, parts);
  const Scope inside = scope.At(*entity);
  // A decision of the case has an explanation of its own.
  const bool has_own = !draft_.decisions[expr.decision].of && inside.context == evaluator_.CaseScope().context;
  const bool first = explained_decisions_.insert({expr.decision, *entity, scope.context}).second;
  ++depth_;
  Explanation line = Decision(expr.decision, inside);
  --depth_;
  if (has_own || !first) line.parts.clear();
  Keep(parts, std::move(line));
}

void Explainer::AddRule(const Expr& expr, const Scope& scope, Parts& parts) {
  const std::optional<InstanceId> entity = EntityOf(expr, scope);
  if (!entity) return Add(expr.operands[0], scope, parts);
  const Scope inside = scope.At(*entity);
  ++depth_;
  Explanation line = Rule(expr.rule, inside);
  --depth_;
  if (expr.op == Op::kRuleDecides) line.answer = DecidingText(evaluator_.Decides(expr.rule, inside));
  Keep(parts, std::move(line));
}

// ---- Small things ----------------------------------------------------------------------------------------

Explanation Explainer::Line(ExplanationKind kind, std::string text, const Expr& expr, const Possible& result) const {
  Explanation line;
  line.kind = kind;
  line.text = std::move(text);
  line.answer = Answer(expr.type, result);
  line.span = expr.span;
  return line;
}

Explanation Explainer::ConditionLine(const Expr& expr, const Possible& result) const {
  return Line(ExplanationKind::kCondition, Text(expr), expr, result);
}

std::string Explainer::Answer(const Type& type, const Possible& result) const {
  if (result.IsFailed()) return "no answer";
  if (result.IsKnown()) return ValueToText(vocabulary_, type, result.values.front());
  return std::string(kUnknown);
}

std::string Explainer::Text(const Expr& expr) const {
  std::string text = Written(draft_, expr);
  if (text.size() <= kMaxText) return text;
  const std::size_t blank = text.rfind(' ', kMaxText);
  if (blank == std::string::npos) return text;
  return text.substr(0, blank) + " …";
}

std::string Explainer::PathOf(InstanceId entity, const std::string& name) const {
  const std::string& path = facts_.instances[entity].path;
  return path.empty() ? name : path + "." + name;
}

void Explainer::Keep(Parts& parts, Explanation line) {
  const bool is_there = llvm::any_of(parts, [&](const Explanation& other) {
    return other.kind == line.kind && other.text == line.text && other.answer == line.answer;
  });
  if (is_there) return;
  ++lines_;
  parts.push_back(std::move(line));
}

}  // namespace proviso::reference
