#include "harness/findings/trial_cases.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>

#include "compiler/lower/cell_values.h"
#include "runtime/base/edit_case.h"

namespace proviso::findings {
namespace {

constexpr std::size_t kMaxElements = 4;
constexpr std::size_t kMaxInstances = 60;

/// Every entity of the case that is held by some fact.
std::vector<InstanceId> Held(const Case& facts) {
  std::vector<InstanceId> held = {facts.root};
  for (std::size_t next = 0; next < held.size(); ++next) {
    for (const FactState& state : facts.instances[held[next]].facts) {
      if (!state.value) continue;
      if (const auto* entity = std::get_if<EntityValue>(&*state.value)) held.push_back(entity->instance);
      if (const auto* list = std::get_if<ListValue>(&*state.value)) llvm::append_range(held, list->elements);
    }
  }
  return held;
}

bool IsMeasure(const Type& type) {
  return type.IsNumber() || type.kind == TypeKind::kDate || type.kind == TypeKind::kDays;
}

}  // namespace

TrialCases::Kind TrialCases::KindOf(const Type& type) {
  // All exact numbers of one unit are compared with each other.
  return {type.IsExactNumber() ? TypeKind::kRatio : type.kind, type.unit};
}

/// A day, and those from which the draft's periods lead to it, or to which they lead from it.
void TrialCases::AddDates(const check::CheckedDraft& draft, std::vector<Value>& values) {
  const Date day = *ParseDate("2025-01-02");
  values.emplace_back(day);
  for (const check::Expr& expr : draft.exprs) {
    for (const int sign : {-1, 1}) {
      std::optional<Date> other;
      if (expr.op == check::Op::kAddMonths) other = AddMonths(day, sign * expr.number, expr.month_end);
      const auto* const days = std::get_if<Days>(&expr.constant);
      if (expr.op == check::Op::kConstant && days != nullptr) other = AddDays(day, sign * days->count);
      if (other) AddAround(Value(*other), values);
    }
  }
}

TrialCases::TrialCases(const check::CheckedDraft& draft) : words_(*draft.vocabulary) {
  for (const check::Expr& expr : draft.exprs) {
    if (expr.op == check::Op::kConstant && IsMeasure(expr.type) && !IsNone(expr.constant))
      AddAround(expr.constant, values_[KindOf(expr.type)]);
    AddCompared(draft, expr);
  }
  for (const Fact& fact : words_.facts) {
    if (!IsMeasure(fact.type)) continue;
    std::vector<Value>& values = values_[KindOf(fact.type)];
    if (fact.type.IsExactNumber())
      for (const int number : {0, 1, 2, 100, -1}) values.emplace_back(Exact(number));
    if (fact.type.kind == TypeKind::kReal) values.emplace_back(0.0);
    if (fact.type.kind == TypeKind::kDays) values.emplace_back(Days{0});
    if (fact.type.kind == TypeKind::kDate) AddDates(draft, values);
  }
  for (auto& [kind, values] : values_) {
    std::ranges::sort(values);
    values.erase(std::ranges::unique(values).begin(), values.end());
  }
}

namespace {

void AddPieces(const check::CheckedDraft& draft, check::ExprId id, std::set<FactId>& facts,
               std::vector<const check::Expr*>& constants) {
  const check::Expr& expr = draft[id];
  if (expr.op == check::Op::kFact && IsMeasure(expr.type)) facts.insert(expr.fact);
  if (expr.op == check::Op::kConstant && IsMeasure(expr.type) && !IsNone(expr.constant)) constants.push_back(&expr);
  if (expr.op == check::Op::kOption) {
    for (const check::Alternative& each : draft.options[expr.option].alternatives)
      AddPieces(draft, each.value, facts, constants);
  }
  for (const check::ExprId operand : expr.operands) AddPieces(draft, operand, facts, constants);
}

}  // namespace

void TrialCases::AddCompared(const check::CheckedDraft& draft, const check::Expr& comparison) {
  const bool is_order = comparison.op == check::Op::kLess || comparison.op == check::Op::kLessEqual ||
                        comparison.op == check::Op::kGreater || comparison.op == check::Op::kGreaterEqual ||
                        comparison.op == check::Op::kEqual;
  if (!is_order) return;
  std::set<FactId> facts;
  std::vector<const check::Expr*> constants;
  for (const check::ExprId operand : comparison.operands) AddPieces(draft, operand, facts, constants);
  for (const FactId fact : facts) {
    for (const check::Expr* constant : constants) {
      if (KindOf(constant->type) == KindOf(words_.facts[fact].type)) AddAround(constant->constant, compared_[fact]);
    }
  }
}

void TrialCases::AddAround(const Value& value, std::vector<Value>& values) {
  values.push_back(value);
  if (const auto* exact = std::get_if<Exact>(&value)) {
    for (const Exact& step : {Exact(1), Exact(1) / Exact(100)}) {
      values.emplace_back(*exact + step);
      values.emplace_back(*exact - step);
    }
    values.emplace_back(*exact * Exact(2));
  } else if (const auto* real = std::get_if<double>(&value)) {
    values.emplace_back(std::nextafter(*real, std::numeric_limits<double>::infinity()));
    values.emplace_back(*real / 2);
    values.emplace_back(*real * 2);
  } else if (const auto* date = std::get_if<Date>(&value)) {
    values.emplace_back(Date(*date + std::chrono::days(1)));
    values.emplace_back(Date(*date - std::chrono::days(1)));
  } else if (const auto* days = std::get_if<Days>(&value)) {
    values.emplace_back(Days{days->count + 1});
    values.emplace_back(Days{days->count - 1});
  }
}

const std::vector<Value>& TrialCases::ValuesOf(const Type& type) const { return values_.at(KindOf(type)); }

Case TrialCases::Plain() const {
  Case facts = EmptyCase(words_);
  Complete(facts);
  return facts;
}

void TrialCases::Complete(Case& facts) const {
  for (std::size_t i = 0; i < facts.instances.size(); ++i) {
    const InstanceId instance(i);
    const std::vector<FactId> ids = words_.entities[facts.instances[instance].entity].facts;
    for (const FactId fact : ids) {
      if (facts.State(words_, instance, fact).value) continue;
      Value value = PlainValue(facts, instance, fact);
      facts.State(words_, instance, fact).value = std::move(value);
    }
  }
}

Value TrialCases::PlainValue(Case& facts, InstanceId instance, FactId id) const {
  const Type& type = words_.facts[id].type;
  if (type.kind == TypeKind::kEntity && !type.or_none)
    return EntityValue{AddInstance(facts, words_, type.entity, FactPath(facts, words_, instance, id))};
  if (type.kind == TypeKind::kDate && !type.or_none) return ValuesOf(type).front();
  return lower::PlainValue(type);
}

void TrialCases::Change(Case& facts, llvm::ArrayRef<reference::MissingFact> asked) {
  do {
    ChangeOne(facts, asked);
  } while (Below(2) == 0);
}

void TrialCases::Reduce(Case& facts, llvm::function_ref<bool(const Case&)> is_as_good) const {
  facts = Tidied(facts, words_);
  // Outer ones first: what they hold is then gone with them.
  for (std::size_t i = 0; i < Held(facts).size(); ++i) {
    const InstanceId instance = Held(facts)[i];
    const std::vector<FactId>& ids = words_.entities[facts.instances[instance].entity].facts;
    for (const FactId fact : ids) {
      const Type& type = words_.facts[fact].type;
      if (type.kind == TypeKind::kEntity && !type.or_none) continue;
      Case fewer = facts;
      Value plain = PlainValue(fewer, instance, fact);
      if (plain == *facts.State(words_, instance, fact).value) continue;
      fewer.State(words_, instance, fact).value = std::move(plain);
      if (is_as_good(fewer)) facts = std::move(fewer);
    }
  }
  facts = Tidied(facts, words_);
}

void TrialCases::Cross(Case& facts, const Case& other) {
  InstanceId instance = facts.root;
  InstanceId from = other.root;
  // Down some way of entities that both have.
  for (bool is_deeper = Below(2) == 0; is_deeper; is_deeper = is_deeper && Below(2) == 0) {
    std::vector<std::pair<InstanceId, InstanceId>> both;
    for (const FactId fact : words_.entities[facts.instances[instance].entity].facts) {
      const auto* const mine = std::get_if<EntityValue>(&*facts.State(words_, instance, fact).value);
      const auto* const others = std::get_if<EntityValue>(&*other.State(words_, from, fact).value);
      if (mine != nullptr && others != nullptr) both.emplace_back(mine->instance, others->instance);
    }
    is_deeper = !both.empty();
    if (is_deeper) std::tie(instance, from) = both[Below(both.size())];
  }
  CrossAt(facts, instance, other, from);
}

void TrialCases::CrossAt(Case& facts, InstanceId instance, const Case& other, InstanceId from) {
  const std::vector<FactId>& ids = words_.entities[facts.instances[instance].entity].facts;
  const std::size_t chance = 1 + Below(4);
  for (const FactId fact : ids) {
    if (Below(4) >= chance || facts.instances.size() > kMaxInstances) continue;
    Value value = Copied(facts, other, *other.State(words_, from, fact).value);
    facts.State(words_, instance, fact).value = std::move(value);
  }
}

Value TrialCases::Copied(Case& facts, const Case& other, const Value& value) const {
  const auto copy = [&](InstanceId from) {
    const EntityId entity = other.instances[from].entity;
    const InstanceId to = facts.instances.Add({entity, "", std::vector<FactState>(other.instances[from].facts.size())});
    for (std::size_t i = 0; i < other.instances[from].facts.size(); ++i) {
      Value inner = Copied(facts, other, *other.instances[from].facts[i].value);
      facts.instances[to].facts[i].value = std::move(inner);
    }
    return to;
  };
  if (const auto* const entity = std::get_if<EntityValue>(&value)) return EntityValue{copy(entity->instance)};
  const auto* const list = std::get_if<ListValue>(&value);
  if (list == nullptr) return value;
  ListValue copied;
  for (const InstanceId element : list->elements) copied.elements.push_back(copy(element));
  return copied;
}

void TrialCases::ChangeOne(Case& facts, llvm::ArrayRef<reference::MissingFact> asked) {
  if (!asked.empty() && Below(8) != 0) {
    const reference::MissingFact& one = asked[Below(asked.size())];
    const Type& type = words_.facts[one.fact].type;
    if (type.kind != TypeKind::kEntity || type.or_none) {
      Value value = Other(facts, one.instance, one.fact);
      facts.State(words_, one.instance, one.fact).value = std::move(value);
      return;
    }
  }
  const std::vector<InstanceId> held = Held(facts);
  const InstanceId instance = held[Below(held.size())];
  const std::vector<FactId>& ids = words_.entities[facts.instances[instance].entity].facts;
  if (ids.empty()) return;
  const FactId fact = ids[Below(ids.size())];
  Value value = Other(facts, instance, fact);
  facts.State(words_, instance, fact).value = std::move(value);
}

Value TrialCases::Other(Case& facts, InstanceId instance, FactId id) {
  const Fact& fact = words_.facts[id];
  const Type& type = fact.type;
  Value before = *facts.State(words_, instance, id).value;
  if (type.kind == TypeKind::kEntity && !type.or_none) return before;
  if (type.or_none && Below(4) == 0) return NoValue{};
  switch (type.kind) {
    case TypeKind::kBoolean:
      return before != Value(true);
    case TypeKind::kEnum:
      return Member{static_cast<std::uint32_t>(Below(words_.enums[type.enumeration].members.size()))};
    case TypeKind::kSet:
      return OtherSet(type, before);
    case TypeKind::kList:
      return OtherList(facts, fact, before);
    case TypeKind::kEntity:
      return facts.instances.size() < kMaxInstances ? Value(EntityValue{NewElement(facts, type.entity)}) : before;
    default:
      break;
  }
  const auto compared = compared_.find(id);
  const bool is_compared = compared != compared_.end() && !compared->second.empty() && Below(4) != 0;
  const std::vector<Value>& values = is_compared ? compared->second : ValuesOf(type);
  const Value& value = values[Below(values.size())];
  const auto within = WithinType(type, value);
  return std::holds_alternative<Value>(within) ? std::get<Value>(within) : before;
}

Value TrialCases::OtherSet(const Type& type, const Value& before) {
  MemberSet set;
  if (const auto* members = std::get_if<MemberSet>(&before)) set = *members;
  const auto member = static_cast<std::uint32_t>(Below(words_.enums[type.enumeration].members.size()));
  const auto at = std::ranges::lower_bound(set.members, member);
  if (at != set.members.end() && *at == member) {
    set.members.erase(at);
  } else {
    set.members.insert(at, member);
  }
  return set;
}

Value TrialCases::OtherList(Case& facts, const Fact& fact, const Value& before) {
  ListValue list;
  if (const auto* elements = std::get_if<ListValue>(&before)) list = *elements;
  const bool may_grow = list.elements.size() < kMaxElements && facts.instances.size() < kMaxInstances;
  if (may_grow && (list.elements.empty() || Below(3) != 0)) {
    list.elements.push_back(NewElement(facts, fact.type.entity));
  } else if (!list.elements.empty()) {
    list.elements.erase(list.elements.begin() + static_cast<std::ptrdiff_t>(Below(list.elements.size())));
  }
  return list;
}

InstanceId TrialCases::NewElement(Case& facts, EntityId entity) {
  const InstanceId added = AddInstance(facts, words_, entity, "");
  Complete(facts);
  return added;
}

}  // namespace proviso::findings
