// Facts, terms, options, decisions and aggregates, with what they came to.
#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

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

const char* DecidingText(const Possible& decides) {
  if (!decides.IsKnown()) return "may decide";
  return decides.Is(true) ? "decides" : "does not decide";
}

}  // namespace

void Explainer::AddOperands(ExprId id, const Scope& scope, Parts& parts) {
  const Expr& expr = draft_[id];
  for (const ExprId operand : expr.operands) Add(operand, scope, parts);
}

void Explainer::AddAggregate(ExprId id, const Scope& scope, Parts& parts) {
  const Expr& expr = draft_[id];
  Explanation line = ConditionLine(expr, evaluator_.Evaluate(id, scope));
  const Possible list = evaluator_.Evaluate(expr.operands[0], scope);
  const ListValue* elements = list.IsKnown() ? std::get_if<ListValue>(&list.values.front()) : nullptr;
  if (elements == nullptr) {
    Add(expr.operands[0], scope, line.parts);
    Keep(parts, std::move(line));
    return;
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

void Explainer::AddFact(ExprId id, const Scope& scope, Parts& parts) {
  const Expr& expr = draft_[id];
  const std::optional<InstanceId> entity = EntityOf(expr, scope);
  // Where there is no entity, or none is known, that is what there is to say.
  if (!entity) {
    Add(expr.operands[0], scope, parts);
    return;
  }
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

void Explainer::AddTerm(ExprId id, const Scope& scope, Parts& parts) {
  const Expr& expr = draft_[id];
  const std::optional<InstanceId> entity = EntityOf(expr, scope);
  if (!entity) {
    Add(expr.operands[0], scope, parts);
    return;
  }
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

void Explainer::AddOption(ExprId id, const Scope& scope, Parts& parts) {
  const Expr& expr = draft_[id];
  const std::optional<InstanceId> entity = EntityOf(expr, scope);
  if (!entity) {
    Add(expr.operands[0], scope, parts);
    return;
  }
  const check::Option& option = draft_.options[expr.option];
  const check::Alternative& chosen = option.alternatives[options_[expr.option.Index()]];
  const Scope inside = scope.At(*entity);
  Explanation line = Line(ExplanationKind::kOption, fmt::format("{} is {}", option.name, chosen.name), expr,
                          evaluator_.Evaluate(chosen.value, inside));
  line.cites = chosen.cites.empty() ? option.cites : chosen.cites;
  Add(chosen.value, inside, line.parts);
  Keep(parts, std::move(line));
}

void Explainer::AddOptionIs(ExprId id, const Scope& scope, Parts& parts) {
  const Expr& expr = draft_[id];
  Explanation line = ConditionLine(expr, evaluator_.Evaluate(id, scope));
  line.kind = ExplanationKind::kOption;
  Keep(parts, std::move(line));
}

void Explainer::AddDecision(ExprId id, const Scope& scope, Parts& parts) {
  const Expr& expr = draft_[id];
  const std::optional<InstanceId> entity = EntityOf(expr, scope);
  if (!entity) {
    Add(expr.operands[0], scope, parts);
    return;
  }
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

void Explainer::AddRule(ExprId id, const Scope& scope, Parts& parts) {
  const Expr& expr = draft_[id];
  const std::optional<InstanceId> entity = EntityOf(expr, scope);
  if (!entity) {
    Add(expr.operands[0], scope, parts);
    return;
  }
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
  return kUnknown;
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
