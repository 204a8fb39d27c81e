#include "tests/support/checked_builder.h"

#include <fmt/format.h>

namespace proviso::test_support {

using check::ExprId;
using check::Op;

CheckedBuilder::CheckedBuilder() {
  level_ = vocabulary_->enums.Add(
      {"Level", "", true, {{"low", "", {}, {}}, {"middle", "", {}, {}}, {"high", "", {}, {}}}, {}});
  use_ = vocabulary_->enums.Add(
      {"Use", "", false, {{"military", "", {}, {}}, {"robotics", "", {}, {}}, {"cyber", "", {}, {}}}, {}});
  item_ = vocabulary_->entities.Add({"Item", "", {}, {}});
  deal_ = vocabulary_->entities.Add({"Deal", "", {}, {}});
  vocabulary_->case_entity = deal_;
  Type items = Of(TypeKind::kList);
  items.entity = item_;
  Type party = Of(TypeKind::kEntity);
  party.entity = item_;
  Type partner = party;
  partner.or_none = true;
  Type uses = Of(TypeKind::kSet);
  uses.enumeration = use_;
  Type learned = Of(TypeKind::kDate);
  learned.or_none = true;
  AddFact(item_, "ok", Of(TypeKind::kBoolean));
  AddFact(item_, "weight", Of(TypeKind::kInteger));
  AddFact(item_, "mass", Of(TypeKind::kReal));
  AddFact(item_, "level", Level());
  AddFact(item_, "parts", items);
  for (const char* name : {"a", "b", "c"}) AddFact(deal_, name, Of(TypeKind::kBoolean));
  AddFact(deal_, "amount", Of(TypeKind::kInteger));
  AddFact(deal_, "money", Of(TypeKind::kDecimal, 2));
  AddFact(deal_, "size", Of(TypeKind::kReal));
  AddFact(deal_, "day", Of(TypeKind::kDate));
  AddFact(deal_, "learned", learned);
  AddFact(deal_, "span", Of(TypeKind::kDays));
  AddFact(deal_, "level", Level());
  AddFact(deal_, "uses", uses);
  AddFact(deal_, "party", party);
  AddFact(deal_, "partner", partner);
  AddFact(deal_, "items", items);
  draft_->name = "draft";
  draft_->vocabulary = vocabulary_;
}

void CheckedBuilder::AddFact(EntityId entity, std::string name, Type type) {
  proviso::Fact fact;
  fact.name = std::move(name);
  fact.type = type;
  fact.owner = entity;
  fact.position = static_cast<std::uint32_t>(vocabulary_->entities[entity].facts.size());
  vocabulary_->entities[entity].facts.push_back(vocabulary_->facts.Add(std::move(fact)));
}

Type CheckedBuilder::Of(TypeKind kind, std::uint8_t digits) {
  Type type;
  type.kind = kind;
  type.digits = digits;
  return type;
}

Type CheckedBuilder::Level() const {
  Type type = Of(TypeKind::kEnum);
  type.enumeration = level_;
  return type;
}

FactId CheckedBuilder::Named(EntityId entity, std::string_view name) const {
  return vocabulary_->FindFact(entity, name).value();
}

ExprId CheckedBuilder::Make(Op op, const Type& type, std::vector<ExprId> operands) {
  check::Expr expr;
  expr.op = op;
  expr.type = type;
  expr.operands = std::move(operands);
  return Add(std::move(expr));
}

ExprId CheckedBuilder::Is(Op op, std::vector<ExprId> operands) {
  return Make(op, Of(TypeKind::kBoolean), std::move(operands));
}

namespace {

ExprId Constant(CheckedBuilder& builder, const Type& type, Value value) {
  check::Expr expr;
  expr.type = type;
  expr.constant = std::move(value);
  return builder.Add(std::move(expr));
}

}  // namespace

ExprId CheckedBuilder::Truth(bool value) { return Constant(*this, Of(TypeKind::kBoolean), value); }
ExprId CheckedBuilder::Number(std::int64_t value) { return Constant(*this, Of(TypeKind::kInteger), Exact(value)); }
ExprId CheckedBuilder::Real(double value) { return Constant(*this, Of(TypeKind::kReal), value); }
ExprId CheckedBuilder::Member(std::uint32_t member) { return Constant(*this, Level(), proviso::Member{member}); }
ExprId CheckedBuilder::None(const Type& type) { return Constant(*this, type, NoValue{}); }

ExprId CheckedBuilder::Uses(std::vector<std::uint32_t> members) {
  Type type = Of(TypeKind::kSet);
  type.enumeration = use_;
  return Constant(*this, type, MemberSet{std::move(members)});
}

ExprId CheckedBuilder::Case() {
  Type type = Of(TypeKind::kEntity);
  type.entity = deal_;
  return Make(Op::kCase, type, {});
}

ExprId CheckedBuilder::Self() {
  Type type = Of(TypeKind::kEntity);
  type.entity = item_;
  return Make(Op::kSelf, type, {});
}

ExprId CheckedBuilder::Element(check::VariableId variable) {
  check::Expr expr;
  expr.op = Op::kElement;
  expr.type = Of(TypeKind::kEntity);
  expr.type.entity = item_;
  expr.variable = variable;
  return Add(std::move(expr));
}

ExprId CheckedBuilder::Fact(std::string_view name) {
  check::Expr expr;
  expr.op = Op::kFact;
  expr.fact = Named(deal_, name);
  expr.type = vocabulary_->facts[expr.fact].type;
  expr.operands = {Case()};
  return Add(std::move(expr));
}

ExprId CheckedBuilder::Fact(ExprId entity, std::string_view name) {
  check::Expr expr;
  expr.op = Op::kFact;
  expr.fact = Named(draft_->exprs[entity].type.entity, name);
  expr.type = vocabulary_->facts[expr.fact].type;
  expr.operands = {entity};
  return Add(std::move(expr));
}

check::VariableId CheckedBuilder::Variable(std::string name) { return draft_->variables.Add(std::move(name)); }

ExprId CheckedBuilder::Over(Op op, const Type& type, check::VariableId variable, std::vector<ExprId> operands) {
  check::Expr expr;
  expr.op = op;
  expr.type = type;
  expr.variable = variable;
  expr.operands = std::move(operands);
  return Add(std::move(expr));
}

ExprId CheckedBuilder::Term(check::TermId term, ExprId entity) {
  check::Expr expr;
  expr.op = Op::kTerm;
  expr.type = draft_->terms[term].type;
  expr.term = term;
  expr.operands = {entity};
  return Add(std::move(expr));
}

ExprId CheckedBuilder::Decision(check::DecisionId decision) {
  check::Expr expr;
  expr.op = Op::kDecision;
  expr.type = draft_->decisions[decision].type;
  expr.decision = decision;
  expr.operands = {Case()};
  return Add(std::move(expr));
}

ExprId CheckedBuilder::Option(check::OptionId option) {
  check::Expr expr;
  expr.op = Op::kOption;
  expr.type = draft_->options[option].type;
  expr.option = option;
  expr.operands = {Case()};
  return Add(std::move(expr));
}

ExprId CheckedBuilder::OptionIs(check::OptionId option, std::vector<std::uint32_t> alternatives) {
  check::Expr expr;
  expr.op = Op::kOptionIs;
  expr.option = option;
  expr.alternatives = std::move(alternatives);
  return Add(std::move(expr));
}

ExprId CheckedBuilder::Fires(check::RuleId rule) {
  check::Expr expr;
  expr.op = Op::kRuleFires;
  expr.rule = rule;
  expr.operands = {Case()};
  return Add(std::move(expr));
}

ExprId CheckedBuilder::Decides(check::RuleId rule) {
  check::Expr expr;
  expr.op = Op::kRuleDecides;
  expr.rule = rule;
  expr.operands = {Case()};
  return Add(std::move(expr));
}

ExprId CheckedBuilder::Supposing(ExprId body, const std::vector<std::pair<ExprId, ExprId>>& changes) {
  check::Expr expr;
  expr.op = Op::kSupposing;
  expr.type = draft_->exprs[body].type;
  expr.operands = {body};
  for (const auto& [fact, value] : changes) expr.overrides.push_back({fact, value});
  return Add(std::move(expr));
}

check::TermId CheckedBuilder::AddTerm(std::string name, const Type& type, ExprId body, std::optional<EntityId> of) {
  check::Term term;
  term.name = std::move(name);
  term.of = of;
  term.type = type;
  term.body = body;
  return draft_->terms.Add(std::move(term));
}

check::OptionId CheckedBuilder::AddOption(std::string name, const std::vector<ExprId>& alternatives) {
  check::Option option;
  option.name = std::move(name);
  option.type = draft_->exprs[alternatives.front()].type;
  for (const ExprId value : alternatives) {
    check::Alternative alternative;
    alternative.name = fmt::format("alt_{}", option.alternatives.size() + 1);
    alternative.value = value;
    option.alternatives.push_back(std::move(alternative));
  }
  return draft_->options.Add(std::move(option));
}

check::DecisionId CheckedBuilder::AddDecision(std::string name, const Type& type,
                                              std::optional<syntax::HitPolicy> policy,
                                              std::optional<ExprId> otherwise) {
  check::Decision decision;
  decision.name = std::move(name);
  decision.type = type;
  decision.policy = policy;
  decision.otherwise = otherwise;
  return draft_->decisions.Add(std::move(decision));
}

check::RuleId CheckedBuilder::AddRule(check::DecisionId decision, std::string name, ExprId value, ExprId condition) {
  check::Rule rule;
  rule.name = std::move(name);
  rule.decision = decision;
  rule.value = value;
  rule.condition = condition;
  const check::RuleId id = draft_->rules.Add(std::move(rule));
  draft_->decisions[decision].rules.push_back(id);
  return id;
}

check::RuleId CheckedBuilder::AddException(check::DecisionId decision, std::string name, ExprId value,
                                           ExprId condition) {
  const check::RuleId id = AddRule(decision, std::move(name), value, condition);
  draft_->rules[id].is_exception = true;
  return id;
}

check::RuleId CheckedBuilder::AddExceptionTo(check::RuleId rule, std::string name, ExprId condition) {
  const check::RuleId id = AddException(draft_->rules[rule].decision, std::move(name), ExprId(), condition);
  draft_->rules[id].value.reset();
  draft_->rules[id].except_to = rule;
  draft_->rules[rule].exceptions.push_back(id);
  return id;
}

CaseBuilder& CaseBuilder::Set(InstanceId entity, std::string_view fact, Value value) {
  const FactId id = world_.Named(facts_.instances[entity].entity, fact);
  facts_.State(world_.World(), entity, id).value = std::move(value);
  return *this;
}

std::vector<InstanceId> CaseBuilder::List(InstanceId entity, std::string_view fact, std::size_t count) {
  ListValue list;
  const FactId id = world_.Named(facts_.instances[entity].entity, fact);
  const std::string path = FactPath(facts_, world_.World(), entity, id);
  for (std::size_t i = 0; i < count; ++i) {
    list.elements.push_back(AddInstance(facts_, world_.World(), world_.Item(), fmt::format("{}[{}]", path, i)));
  }
  Set(entity, fact, list);
  return list.elements;
}

InstanceId CaseBuilder::Partner() {
  const InstanceId partner = AddInstance(facts_, world_.World(), world_.Item(), "partner");
  Set("partner", EntityValue{partner});
  return partner;
}

}  // namespace proviso::test_support
