#include "compiler/reference/possible.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace proviso::reference {

MissingId MissingFacts::Leaf(MissingFact fact) { return nodes_.Add({.fact = fact, .first = {}, .second = {}}); }

MissingId MissingFacts::Merge(MissingId first, MissingId second) {
  if (!first.IsValid() || first == second) return second;
  if (!second.IsValid()) return first;
  return nodes_.Add({.fact = std::nullopt, .first = first, .second = second});
}

std::vector<MissingFact> MissingFacts::List(MissingId id) const {
  std::vector<MissingFact> listed;
  std::set<MissingFact> seen;
  std::vector<bool> visited(nodes_.size());
  std::vector<MissingId> open = {id};
  while (!open.empty()) {
    const MissingId next = open.back();
    open.pop_back();
    if (!next.IsValid() || visited[next.Index()]) continue;
    visited[next.Index()] = true;
    const Node& node = nodes_[next];
    if (node.fact && seen.insert(*node.fact).second) listed.push_back(*node.fact);
    open.push_back(node.second);
    open.push_back(node.first);
  }
  return listed;
}

bool Possible::MayBe(bool truth) const {
  return any || llvm::any_of(values, [&](const Value& value) {
           const auto* known = std::get_if<bool>(&value);
           return known != nullptr && *known == truth;
         });
}

bool Possible::operator<(const Possible& other) const {
  const bool fails = error != nullptr;
  const bool other_fails = other.error != nullptr;
  return std::tie(values, any, fails) < std::tie(other.values, other.any, other_fails);
}

Possible Failed(EvaluationError error) {
  Possible failed;
  failed.error = std::make_shared<const EvaluationError>(std::move(error));
  return failed;
}

Possible Unknown(const Vocabulary& vocabulary, const Type& type, bool may_be_none, MissingId missing) {
  Possible unknown;
  unknown.missing = missing;
  if (type.kind == TypeKind::kBoolean) {
    unknown.values = {Value(false), Value(true)};
  } else if (type.kind == TypeKind::kEnum && vocabulary.enums[type.enumeration].members.size() < kMaxListed) {
    const std::size_t members = vocabulary.enums[type.enumeration].members.size();
    for (std::uint32_t i = 0; i < members; ++i) unknown.values.push_back(Member{i});
    if (may_be_none) unknown.values.push_back(NoValue{});
  } else {
    unknown.any = true;
  }
  return unknown;
}

void AddValue(Possible& to, const Value& value) {
  if (to.any || llvm::is_contained(to.values, value)) return;
  to.values.push_back(value);
  if (to.values.size() <= kMaxListed) return;
  to.values.clear();
  to.any = true;
}

Possible Negated(const Possible& condition) {
  Possible negated = condition;
  for (Value& value : negated.values) value = value == Value(false);
  return negated;
}

void Join(Possible& to, const Possible& from, MissingFacts& missing) {
  if (from.any) to.values.clear();
  to.any = to.any || from.any;
  for (const Value& value : from.values) AddValue(to, value);
  if (!to.error) to.error = from.error;
  to.missing = missing.Merge(to.missing, from.missing);
}

Possible Settled(Possible result) {
  if (result.IsKnown() || result.IsFailed()) result.missing = {};
  return result;
}

void Tally::Add(const Possible& operand) {
  const bool known = operand.IsKnown();
  if (operand.MayBe(true)) ++may_be_yes_;
  if (operand.MayBe(false)) ++may_be_no_;
  if (known && operand.MayBe(true)) ++sure_yes_;
  if (known && operand.MayBe(false)) ++sure_no_;
  if (!error_) error_ = operand.error;
  if (!known) open_ = missing_.Merge(open_, operand.missing);
}

Possible Tally::Result() const {
  if (sure_yes_ >= needed_) return Possible(true);
  if (sure_no_ + needed_ > operands_) return Possible(false);
  Possible result;
  if (may_be_no_ + needed_ > operands_) result.values.push_back(false);
  if (may_be_yes_ >= needed_) result.values.push_back(true);
  result.error = error_;
  result.missing = open_;
  return Settled(std::move(result));
}

bool AreSame(const Possible& one, const Possible& other) {
  if (one.IsFailed() || other.IsFailed())
    return one.IsFailed() && other.IsFailed() && one.error->kind == other.error->kind;
  return one.IsKnown() && other.IsKnown() && one.values.front() == other.values.front();
}

}  // namespace proviso::reference
