#include "compiler/check/variants.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <set>
#include <string>

namespace proviso::check {
namespace {

bool IsLiteral(const CheckedDraft& draft, ExprId id) {
  const std::vector<ExprId>& operands = draft[id].operands;
  return draft[id].op == Op::kConstant ||
         (!operands.empty() && llvm::all_of(operands, [&](ExprId operand) { return IsLiteral(draft, operand); }));
}

bool IsAskedByName(const CheckedDraft& draft, OptionId option) {
  return llvm::any_of(draft.exprs,
                      [&](const Expr& expr) { return expr.op == Op::kOptionIs && expr.option == option; }) ||
         llvm::any_of(draft.rules, [&](const Rule& rule) { return rule.under && rule.under->first == option; });
}

/// Whether a value other than those of its alternatives is one that the option could have.
bool IsOfAnyValue(const CheckedDraft& draft, OptionId id) {
  const Option& option = draft.options[id];
  const bool has_order =
      option.type.IsNumber() || option.type.kind == TypeKind::kDate || option.type.kind == TypeKind::kDays;
  return has_order && !option.type.or_none && !IsAskedByName(draft, id) &&
         llvm::all_of(option.alternatives,
                      [&](const Alternative& alternative) { return IsLiteral(draft, alternative.value); });
}

void AddAllUnder(const CheckedDraft& draft, ExprId id, std::set<ExprId>& found) {
  if (!found.insert(id).second) return;
  for (const ExprId operand : draft[id].operands) AddAllUnder(draft, operand, found);
}

/// Where rules, terms and the like read an option: as it is, and each expression that makes a real of it.
struct Readings {
  std::set<ExprId> exact, real;
};

Readings ReadingsOf(const CheckedDraft& draft, OptionId option) {
  std::set<ExprId> of_constraints;
  for (const Constraint& constraint : draft.constraints) AddAllUnder(draft, constraint.condition, of_constraints);
  Readings readings;
  std::set<ExprId> as_real;
  for (std::size_t i = 0; i < draft.exprs.size(); ++i) {
    const ExprId id(i);
    const Expr& expr = draft[id];
    if (expr.op == Op::kOption && expr.option == option && !of_constraints.contains(id)) readings.exact.insert(id);
    if (expr.op != Op::kToReal) continue;
    const Expr& operand = draft[expr.operands.front()];
    if (operand.op != Op::kOption || operand.option != option) continue;
    readings.real.insert(id);
    as_real.insert(expr.operands.front());
  }
  for (const ExprId id : as_real) readings.exact.erase(id);
  return readings;
}

/// The type of all values that the option could have where it is read so: with as many digits as what it is compared
/// and combined with has, the fewest of them.
Type TypeOfAll(const CheckedDraft& draft, Type option, const std::set<ExprId>& exact) {
  std::optional<std::uint8_t> digits;
  const auto limit_to = [&](const Type& type) {
    if (type.kind != TypeKind::kInteger && type.kind != TypeKind::kDecimal) return;
    const std::uint8_t of_type = type.kind == TypeKind::kInteger ? 0 : type.digits;
    digits = std::min(digits.value_or(of_type), of_type);
  };
  for (const Expr& expr : draft.exprs) {
    if (llvm::none_of(expr.operands, [&](ExprId operand) { return exact.contains(operand); })) continue;
    limit_to(expr.type);
    for (const ExprId operand : expr.operands) {
      if (!exact.contains(operand) && !IsLiteral(draft, operand)) limit_to(draft[operand].type);
    }
  }
  if (!digits) {
    option.kind = TypeKind::kRatio;
    return option;
  }
  const std::uint8_t own = option.kind == TypeKind::kDecimal ? option.digits : 0;
  option.digits = std::max(*digits, own);
  option.kind = option.digits == 0 ? TypeKind::kInteger : TypeKind::kDecimal;
  return option;
}

}  // namespace

std::shared_ptr<const CheckedDraft> WithConditions(const CheckedDraft& draft, llvm::ArrayRef<ExprId> conditions,
                                                   bool truth) {
  auto variant = std::make_shared<CheckedDraft>(draft);
  for (const ExprId id : conditions) {
    Expr constant;
    constant.type = {.kind = TypeKind::kBoolean};
    constant.span = draft[id].span;
    constant.text = draft[id].text;
    constant.constant = truth;
    variant->exprs[id] = std::move(constant);
  }
  return variant;
}

std::shared_ptr<const CheckedDraft> WithSettled(const CheckedDraft& draft, OptionId option, std::uint32_t alternative) {
  auto variant = std::make_shared<CheckedDraft>(draft);
  variant->options[option].settled = alternative;
  return variant;
}

std::optional<OptionAsFact> WithOptionAsFact(const CheckedDraft& draft, OptionId option) {
  if (!IsOfAnyValue(draft, option)) return std::nullopt;
  const Readings readings = ReadingsOf(draft, option);
  if (!readings.exact.empty() && !readings.real.empty()) return std::nullopt;
  Type type = draft.options[option].type;
  if (!readings.real.empty()) type.kind = TypeKind::kReal;
  if (type.IsExactNumber()) type = TypeOfAll(draft, type, readings.exact);

  auto vocabulary = std::make_shared<Vocabulary>(*draft.vocabulary);
  Entity& owner = vocabulary->entities[vocabulary->case_entity];
  Fact fact;
  fact.name = draft.options[option].name;
  fact.type = type;
  fact.owner = vocabulary->case_entity;
  fact.position = static_cast<std::uint32_t>(owner.facts.size());
  const FactId id = vocabulary->facts.Add(std::move(fact));
  owner.facts.push_back(id);

  auto variant = std::make_shared<CheckedDraft>(draft);
  Expr whole;
  whole.op = Op::kCase;
  whole.type = {.kind = TypeKind::kEntity, .entity = vocabulary->case_entity};
  const ExprId whole_case = variant->exprs.Add(std::move(whole));
  for (const ExprId reading : readings.real.empty() ? readings.exact : readings.real) {
    Expr& expr = variant->exprs[reading];
    expr.op = Op::kFact;
    expr.type = type;
    expr.operands = {whole_case};
    expr.fact = id;
  }
  variant->constraints.clear();
  variant->options[option].settled = 0;
  variant->vocabulary = std::move(vocabulary);
  return OptionAsFact{std::move(variant), id, type};
}

std::shared_ptr<const CheckedDraft> WithAlternatives(const CheckedDraft& draft, OptionId option,
                                                     llvm::ArrayRef<Value> values) {
  auto variant = std::make_shared<CheckedDraft>(draft);
  Option& changed = variant->options[option];
  const Alternative first = changed.alternatives.front();
  changed.settled.reset();
  changed.alternatives.clear();
  for (const Value& value : values) {
    Alternative alternative = first;
    alternative.name = std::to_string(changed.alternatives.size());
    Expr constant;
    constant.type = changed.type;
    constant.span = draft[first.value].span;
    constant.text = draft[first.value].text;
    constant.constant = value;
    alternative.value = variant->exprs.Add(std::move(constant));
    changed.alternatives.push_back(std::move(alternative));
  }
  return variant;
}

std::shared_ptr<const CheckedDraft> WithoutAssumption(const CheckedDraft& draft, std::size_t assumption) {
  auto variant = std::make_shared<CheckedDraft>(draft);
  variant->assumptions.erase(variant->assumptions.begin() + static_cast<std::ptrdiff_t>(assumption));
  return variant;
}

std::shared_ptr<const CheckedDraft> WithoutAssumptions(const CheckedDraft& draft) {
  auto variant = std::make_shared<CheckedDraft>(draft);
  variant->assumptions.clear();
  return variant;
}

}  // namespace proviso::check
