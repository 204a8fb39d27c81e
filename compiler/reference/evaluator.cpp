#include "compiler/reference/evaluator.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <array>
#include <set>

#include "compiler/reference/written.h"

namespace proviso::reference {
namespace {

using check::Expr;
using check::ExprId;

/// More combinations of what two operands may be than this are not gone through.
constexpr std::size_t kMaxCombinations = 4096;

constexpr std::string_view Complaint(Failure kind) {
  switch (kind) {
    case Failure::kOverflow:
      return "comes to more than 38 digits";
    case Failure::kDateRange:
      return "comes to a date outside the years 1 to 9999";
    default:
      return "is nested too deep to be evaluated";
  }
}

}  // namespace

Evaluator::Evaluator(const check::CheckedDraft& draft, const Case& facts, const check::OptionSet& options)
    : draft_(draft),
      vocabulary_(*draft.vocabulary),
      facts_(facts),
      options_(options),
      options_asked_(static_cast<unsigned>(options.size())) {
  context_ids_[{}] = contexts_.Add({});
}

Possible Evaluator::Evaluate(ExprId id, const Scope& scope) {
  using Form = Possible (Evaluator::*)(const Expr&, const Scope&);
  static constexpr auto kForms = std::to_array<Form>({
#define OP(name, operands) &Evaluator::Eval##name,
#include "compiler/check/ops.def"
  });
  const Expr& expr = draft_[id];
  if (depth_ >= kMaxDepth) return Failed(ErrorAt(Failure::kTooDeep, expr));
  if (looks_ != nullptr) looks_->at.set(id.Index());
  ++depth_;
  Possible result = (this->*kForms[static_cast<std::size_t>(expr.op)])(expr, scope);
  --depth_;
  if (notes_ != nullptr && expr.type.kind == TypeKind::kBoolean && result.IsKnown())
    notes_->came_out[id.Index()] |= result.Is(true) ? kCameOutYes : kCameOutNo;
  return result;
}

void Evaluator::LookNoFurther(const Expr& expr) {
  if (looks_ == nullptr) return;
  looks_->not_further.emplace_back(static_cast<std::size_t>(&expr - &*draft_.exprs.begin()));
}

EvaluationError Evaluator::ErrorAt(Failure kind, const Expr& expr) const {
  const std::string text = Written(draft_, expr);
  const std::string shown = text.empty() ? "an expression" : fmt::format("`{}`", text);
  return {.kind = kind, .message = fmt::format("{} {}", shown, Complaint(kind)), .span = expr.span};
}

Possible Evaluator::Remember(Known kind, std::size_t id, const Scope& scope, llvm::function_ref<Possible()> make) {
  const auto pair = [](std::uint64_t high, std::uint64_t low) { return high << 32 | low; };
  const CacheKey key = {pair(static_cast<std::uint64_t>(kind), id), pair(scope.self.Index(), scope.context.Index())};
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  if (depth_ >= kMaxDepth)
    return Failed({.kind = Failure::kTooDeep, .message = "this is nested too deep to be evaluated", .span = {}});
  ++depth_;
  Possible result = make();
  --depth_;
  known_[key] = result;
  return result;
}

std::vector<MissingFact> Evaluator::AssumedRead() const {
  std::vector<MissingFact> read;
  std::set<MissingFact> seen;
  std::ranges::copy_if(assumed_, std::back_inserter(read), [&](const auto& fact) { return seen.insert(fact).second; });
  return read;
}

// ---- Operations on what operands may be ------------------------------------------------------------------

void Evaluator::AddAttempt(Possible& to, const Expr& expr, const Type& type, const Attempt& attempt) const {
  const Attempt within = WithinType(type, attempt);
  if (const auto* value = std::get_if<Value>(&within)) {
    AddValue(to, *value);
  } else if (!to.error) {
    to.error = Failed(ErrorAt(std::get<Failure>(within), expr)).error;
  }
}

Possible Evaluator::Apply(const Expr& expr, const Type& type, const Possible& operand, Operation operation) {
  Possible result;
  if (operand.any) result = Unknown(vocabulary_, type, true, {});
  for (const Value& value : operand.values) AddAttempt(result, expr, type, operation(expr.Parameters(), value));
  if (!result.error) result.error = operand.error;
  result.missing = operand.missing;
  return Settled(std::move(result));
}

Possible Evaluator::Apply(const Expr& expr, const Type& type, const Possible& left, const Possible& right,
                          Operation2 operation) {
  Possible result;
  if (left.any || right.any || left.values.size() * right.values.size() > kMaxCombinations) {
    result = Unknown(vocabulary_, type, true, {});
  } else {
    for (const Value& first : left.values) {
      for (const Value& second : right.values)
        AddAttempt(result, expr, type, operation(expr.Parameters(), first, second));
    }
  }
  if (left.IsFailed() || right.IsFailed()) result = {};
  if (right.error && !result.error) result.error = right.error;
  if (left.error) result.error = left.error;
  result.missing = missing_.Merge(left.missing, right.missing);
  return Settled(std::move(result));
}

Possible Evaluator::Unary(const Expr& expr, const Scope& scope, Operation operation) {
  return Apply(expr, expr.type, Evaluate(expr.operands[0], scope), operation);
}

Possible Evaluator::Binary(const Expr& expr, const Scope& scope, Operation2 operation) {
  const Possible left = Evaluate(expr.operands[0], scope);
  const Possible right = Evaluate(expr.operands[1], scope);
  return Apply(expr, expr.type, left, right, operation);
}

Possible Evaluator::FoldOperands(const Expr& expr, const Scope& scope, Operation2 operation) {
  Possible result(NoValue{});
  for (const ExprId operand : expr.operands) {
    result = Apply(expr, expr.type, result, Evaluate(operand, scope), operation);
  }
  return result;
}

Possible Evaluator::EvalNegate(const Expr& expr, const Scope& scope) { return Unary(expr, scope, Negate); }
Possible Evaluator::EvalAdd(const Expr& expr, const Scope& scope) { return Binary(expr, scope, Add); }
Possible Evaluator::EvalSubtract(const Expr& expr, const Scope& scope) { return Binary(expr, scope, Subtract); }
Possible Evaluator::EvalMultiply(const Expr& expr, const Scope& scope) { return Binary(expr, scope, Multiply); }
Possible Evaluator::EvalDivide(const Expr& expr, const Scope& scope) { return Binary(expr, scope, Divide); }
Possible Evaluator::EvalScale(const Expr& expr, const Scope& scope) { return Unary(expr, scope, Scale); }
Possible Evaluator::EvalMax(const Expr& expr, const Scope& scope) { return FoldOperands(expr, scope, Greatest); }
Possible Evaluator::EvalMin(const Expr& expr, const Scope& scope) { return FoldOperands(expr, scope, Smallest); }
Possible Evaluator::EvalRound(const Expr& expr, const Scope& scope) { return Unary(expr, scope, Round); }
Possible Evaluator::EvalToReal(const Expr& expr, const Scope& scope) { return Unary(expr, scope, ToReal); }
Possible Evaluator::EvalAddMonths(const Expr& expr, const Scope& scope) { return Unary(expr, scope, AddMonthsTo); }

Possible Evaluator::EvalEqual(const Expr& expr, const Scope& scope) { return Binary(expr, scope, Equal); }
Possible Evaluator::EvalLess(const Expr& expr, const Scope& scope) { return Binary(expr, scope, Less); }
Possible Evaluator::EvalLessEqual(const Expr& expr, const Scope& scope) { return Binary(expr, scope, LessEqual); }
Possible Evaluator::EvalGreater(const Expr& expr, const Scope& scope) { return Binary(expr, scope, Greater); }
Possible Evaluator::EvalGreaterEqual(const Expr& expr, const Scope& scope) { return Binary(expr, scope, GreaterEqual); }
Possible Evaluator::EvalIsNone(const Expr& expr, const Scope& scope) { return Unary(expr, scope, IsNoneTest); }
Possible Evaluator::EvalIn(const Expr& expr, const Scope& scope) { return Binary(expr, scope, In); }
Possible Evaluator::EvalIncludesAny(const Expr& expr, const Scope& scope) { return Binary(expr, scope, IncludesAny); }
Possible Evaluator::EvalIncludesAll(const Expr& expr, const Scope& scope) { return Binary(expr, scope, IncludesAll); }

// ---- Conditions ------------------------------------------------------------------------------------------

Possible Evaluator::EvalNot(const Expr& expr, const Scope& scope) { return Negated(Evaluate(expr.operands[0], scope)); }

Possible Evaluator::AtLeast(const Expr& expr, const Scope& scope, std::size_t needed) {
  Tally tally(needed, expr.operands.size(), missing_);
  for (const ExprId operand : expr.operands) {
    if (tally.IsDecided()) break;
    tally.Add(Evaluate(operand, scope));
  }
  return tally.Result();
}

Possible Evaluator::EvalAnd(const Expr& expr, const Scope& scope) { return AtLeast(expr, scope, expr.operands.size()); }
Possible Evaluator::EvalOr(const Expr& expr, const Scope& scope) { return AtLeast(expr, scope, 1); }
Possible Evaluator::EvalAtLeast(const Expr& expr, const Scope& scope) {
  return AtLeast(expr, scope, static_cast<std::size_t>(std::max<std::int64_t>(expr.number, 0)));
}

Possible Evaluator::EvalIf(const Expr& expr, const Scope& scope) {
  const Possible condition = Evaluate(expr.operands[0], scope);
  Possible result;
  result.error = condition.error;
  result.missing = condition.missing;
  if (condition.MayBe(true)) Join(result, Evaluate(expr.operands[1], scope), missing_);
  if (condition.MayBe(false)) Join(result, Evaluate(expr.operands[2], scope), missing_);
  return Settled(std::move(result));
}

// ---- Values ----------------------------------------------------------------------------------------------

Possible Evaluator::EvalConstant(const Expr& expr, const Scope& /*scope*/) { return Possible(expr.constant); }
Possible Evaluator::EvalCase(const Expr& /*expr*/, const Scope& /*scope*/) {
  return Possible(EntityValue{facts_.root});
}
Possible Evaluator::EvalSelf(const Expr& /*expr*/, const Scope& scope) { return Possible(EntityValue{scope.self}); }

Possible Evaluator::EvalElement(const Expr& expr, const Scope& scope) {
  const Binding* binding = scope.elements;
  while (binding->variable != expr.variable) binding = binding->outer;
  return Possible(EntityValue{binding->element});
}

Possible Evaluator::OfEntity(const Expr& expr, const Scope& scope, WithEntity with_entity) {
  const Possible entity = Evaluate(expr.operands[0], scope);
  if (entity.any) {
    LookNoFurther(expr);
    Possible unknown = Unknown(vocabulary_, expr.type, true, entity.missing);
    unknown.error = entity.error;
    return unknown;
  }
  Possible result;
  result.missing = entity.missing;
  for (const Value& value : entity.values) {
    const auto* at = std::get_if<EntityValue>(&value);
    Join(result, at != nullptr ? with_entity(at->instance) : Possible(ThroughNone(expr.type)), missing_);
  }
  if (!result.error) result.error = entity.error;
  return Settled(std::move(result));
}

Possible Evaluator::Fact(InstanceId entity, FactId fact, const Scope& scope) {
  const Overrides& supposed = contexts_[scope.context];
  if (const auto found = supposed.find({.instance = entity, .fact = fact}); found != supposed.end())
    return found->second;
  const FactState& state = facts_.State(vocabulary_, entity, fact);
  if (notes_ != nullptr) notes_->facts.push_back({.instance = entity, .fact = fact});
  if (!state.value) {
    const Type& type = vocabulary_.facts[fact].type;
    return Unknown(vocabulary_, type, type.or_none, missing_.Leaf({.instance = entity, .fact = fact}));
  }
  if (state.assumed) assumed_.push_back({.instance = entity, .fact = fact});
  return Possible(*state.value);
}

Possible Evaluator::EvalFact(const Expr& expr, const Scope& scope) {
  return OfEntity(expr, scope, [&](InstanceId entity) { return Fact(entity, expr.fact, scope); });
}

Possible Evaluator::EvalTerm(const Expr& expr, const Scope& scope) {
  return OfEntity(expr, scope, [&](InstanceId entity) {
    const Scope inside = scope.At(entity);
    return Remember(Known::kTerm, expr.term.Index(), inside,
                    [&] { return Evaluate(draft_.terms[expr.term].body, inside); });
  });
}

std::uint32_t Evaluator::Chosen(check::OptionId option) {
  options_asked_.set(option.Index());
  return options_[option.Index()];
}

Possible Evaluator::EvalOption(const Expr& expr, const Scope& scope) {
  const check::Option& option = draft_.options[expr.option];
  const check::Alternative& chosen = option.alternatives[Chosen(expr.option)];
  return OfEntity(expr, scope, [&](InstanceId entity) {
    const Scope inside = scope.At(entity);
    return Remember(Known::kOption, expr.option.Index(), inside, [&] { return Evaluate(chosen.value, inside); });
  });
}

Possible Evaluator::EvalOptionIs(const Expr& expr, const Scope& /*scope*/) {
  return Possible(Value(std::ranges::binary_search(expr.alternatives, Chosen(expr.option))));
}

Possible Evaluator::EvalDecision(const Expr& expr, const Scope& scope) {
  return OfEntity(expr, scope, [&](InstanceId entity) { return Outcome(expr.decision, scope.At(entity)); });
}

Possible Evaluator::EvalRuleFires(const Expr& expr, const Scope& scope) {
  return OfEntity(expr, scope, [&](InstanceId entity) { return Fires(expr.rule, scope.At(entity)); });
}

Possible Evaluator::EvalRuleDecides(const Expr& expr, const Scope& scope) {
  return OfEntity(expr, scope, [&](InstanceId entity) { return Decides(expr.rule, scope.At(entity)); });
}

Possible Evaluator::EvalStandsAt(const Expr& expr, const Scope& scope) {
  return OfEntity(expr, scope, [&](InstanceId entity) {
    return Possible(Value(llvm::is_contained(EntitiesAt(facts_, vocabulary_, expr.path), entity)));
  });
}

// ---- Supposing -------------------------------------------------------------------------------------------

bool Evaluator::IsSupposed(InstanceId entity, FactId fact, const Scope& scope) const {
  return contexts_[scope.context].contains({.instance = entity, .fact = fact});
}

std::optional<Scope> Evaluator::Suppose(const Expr& expr, const Scope& scope) {
  Overrides supposed = contexts_[scope.context];
  for (const check::Override& change : expr.overrides) {
    const Expr& fact = draft_[change.fact];
    const Possible entity = Evaluate(fact.operands[0], scope);
    if (!entity.IsKnown()) return std::nullopt;
    // There is nothing to change in an entity that is `none`.
    if (const auto* at = std::get_if<EntityValue>(&entity.values.front())) {
      supposed[{.instance = at->instance, .fact = fact.fact}] = Evaluate(change.value, scope);
    }
  }
  const auto [known, is_new] = context_ids_.try_emplace(supposed);
  if (is_new) known->second = contexts_.Add(std::move(supposed));
  return Scope{.self = scope.self, .elements = scope.elements, .context = known->second};
}

Possible Evaluator::EvalSupposing(const Expr& expr, const Scope& scope) {
  if (const std::optional<Scope> inside = Suppose(expr, scope)) return Evaluate(expr.operands[0], *inside);
  LookNoFurther(expr);
  MissingId missing;
  for (const check::Override& change : expr.overrides) {
    missing = missing_.Merge(missing, Evaluate(draft_[change.fact].operands[0], scope).missing);
  }
  return Unknown(vocabulary_, expr.type, true, missing);
}

}  // namespace proviso::reference
