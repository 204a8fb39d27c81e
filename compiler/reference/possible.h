// possible.h: what is known of one expression's value when facts may be unknown: the values it may still have.
#pragma once

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/SmallVector.h>

#include <memory>
#include <optional>
#include <vector>

#include "compiler/reference/evaluate.h"
#include "runtime/base/arithmetic.h"
#include "runtime/base/vocabulary.h"

namespace proviso::reference {

using MissingId = Id<struct MissingTag>;

/// The unknown facts that results turned on, as a shared graph: merging is cheap, listing is done once at the end.
class MissingFacts {
 public:
  MissingId Leaf(MissingFact fact);
  MissingId Merge(MissingId first, MissingId second);
  /// Each fact once, in the order in which they were merged.
  [[nodiscard]] std::vector<MissingFact> List(MissingId id) const;

 private:
  struct Node {
    std::optional<MissingFact> fact;
    MissingId first, second;
  };
  Store<MissingId, Node> nodes_;
};

using ErrorPointer = std::shared_ptr<const EvaluationError>;

/// The values that an expression may have under some completion of the facts; a superset is allowed, so that one value
/// alone is sure. Completions may also end in `error`, where that is given; there is no value at all where every one
/// does.
struct Possible {
  llvm::SmallVector<Value, 1> values;  // each once, unless `any`
  bool any = false;                    // values that are not listed (numbers, dates, sets, entities, lists)
  ErrorPointer error;
  MissingId missing;  // what it turned on; invalid where it is known

  Possible() = default;
  explicit Possible(Value value) { values.push_back(std::move(value)); }

  [[nodiscard]] bool IsKnown() const { return values.size() == 1 && !any && !error; }
  [[nodiscard]] bool IsFailed() const { return values.empty() && !any; }
  /// Of conditions.
  [[nodiscard]] bool MayBe(bool truth) const;
  [[nodiscard]] bool Is(bool truth) const { return IsKnown() && MayBe(truth); }

  /// By the values alone: what they turned on is not compared.
  bool operator<(const Possible& other) const;
};

/// Whether the two are one known value, or fail alike.
[[nodiscard]] bool AreSame(const Possible& one, const Possible& other);

/// More values than this are not listed but are `any`.
inline constexpr std::size_t kMaxListed = 256;

[[nodiscard]] Possible Failed(EvaluationError error);

/// Nothing known of a value of this type: both truths, every member of an enumeration, else `any`.
[[nodiscard]] Possible Unknown(const Vocabulary& vocabulary, const Type& type, bool may_be_none, MissingId missing);

/// Adds one value, if it is not there yet.
void AddValue(Possible& to, const Value& value);

/// The other truth.
[[nodiscard]] Possible Negated(const Possible& condition);

/// Either of the two: adds what `from` may be to what `to` may be.
void Join(Possible& to, const Possible& from, MissingFacts& missing);

/// What is known turned on nothing that is missing.
[[nodiscard]] Possible Settled(Possible result);

/// `at least N of` as three-valued logic; `and` is all of them, `or` one. Operands that decide do so whatever the
/// others are: an unknown or failed one then does not matter, wherever it stands.
class Tally {
 public:
  Tally(std::size_t needed, std::size_t operands, MissingFacts& missing)
      : needed_(needed), operands_(operands), missing_(missing) {}
  void Add(const Possible& operand);
  [[nodiscard]] bool IsDecided() const { return sure_yes_ >= needed_ || sure_no_ + needed_ > operands_; }
  [[nodiscard]] Possible Result() const;

 private:
  std::size_t needed_, operands_;
  std::size_t sure_yes_ = 0, sure_no_ = 0, may_be_yes_ = 0, may_be_no_ = 0;
  ErrorPointer error_;
  MissingId open_;
  MissingFacts& missing_;
};

}  // namespace proviso::reference
