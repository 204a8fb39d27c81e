// trial_cases.h: cases changed at random, by values that the draft speaks of.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <map>
#include <random>
#include <tuple>
#include <vector>

#include "compiler/check/checked_draft.h"
#include "compiler/reference/evaluate.h"
#include "runtime/base/case.h"

namespace proviso::findings {

class TrialCases {
 public:
  explicit TrialCases(const check::CheckedDraft& draft);

  /// Everything is no, 0, none or empty; of enumerations and dates the first that the draft speaks of.
  [[nodiscard]] Case Plain() const;
  /// Gives every fact that is not known such a value.
  void Complete(Case& facts) const;
  /// Gives a few facts of it other values, most of them some of those that were `asked`.
  void Change(Case& facts, llvm::ArrayRef<reference::MissingFact> asked);
  /// Makes facts no, 0, none or empty as long as it `is_as_good`.
  void Reduce(Case& facts, llvm::function_ref<bool(const Case&)> is_as_good) const;
  /// Gives an entity of it, or the case itself, some of the values that the same has in `other`.
  void Cross(Case& facts, const Case& other);
  /// Chooses from here on as one that was made anew would, were this its number.
  void Seed(std::size_t number) { random_.seed(static_cast<std::mt19937::result_type>(number) + 1); }
  std::size_t Below(std::size_t count) { return random_() % count; }

 private:
  [[nodiscard]] Value PlainValue(Case& facts, InstanceId instance, FactId id) const;
  void ChangeOne(Case& facts, llvm::ArrayRef<reference::MissingFact> asked);
  Value Other(Case& facts, InstanceId instance, FactId id);
  Value OtherList(Case& facts, const Fact& fact, const Value& before);
  Value OtherSet(const Type& type, const Value& before);
  void CrossAt(Case& facts, InstanceId instance, const Case& other, InstanceId from);
  /// The value of a fact of the other case, with the entities that it holds.
  Value Copied(Case& facts, const Case& other, const Value& value) const;
  InstanceId NewElement(Case& facts, EntityId entity);
  [[nodiscard]] const std::vector<Value>& ValuesOf(const Type& type) const;

  /// Values of one kind are tried for every fact of that kind.
  using Kind = std::tuple<TypeKind, UnitId>;
  static Kind KindOf(const Type& type);
  void AddAround(const Value& value, std::vector<Value>& values);
  void AddDates(const check::CheckedDraft& draft, std::vector<Value>& values);
  void AddCompared(const check::CheckedDraft& draft, const check::Expr& comparison);

  const Vocabulary& words_;
  std::map<Kind, std::vector<Value>> values_;
  std::map<FactId, std::vector<Value>> compared_;  // with that fact
  std::mt19937 random_{1};
};

}  // namespace proviso::findings
