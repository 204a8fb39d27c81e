// questions.h: what is asked of the elements of each list, and how many elements are enough to answer it in any way
// in which it can be answered.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <map>
#include <set>

#include "runtime/evaluate/space.h"

namespace proviso::analyse {

using evaluate::ListOf;
using evaluate::NodeId;
using evaluate::PlaceId;
using evaluate::QuantityId;
using evaluate::Space;
using evaluate::VariableId;

/// What conditions ask of one list.
struct Asked {
  /// A list that answers in some way can be cut down to so many elements and answers in the same way: each condition
  /// that some element meets needs one witness, a count as many as its greatest threshold, a maximum one; a sum one
  /// for each class of elements, where its summands are asked nothing else and so can be put together.
  std::size_t elements = 0;
  /// Whether that argument goes through; without it, lists of `elements` are an example.
  bool is_argued = true;
  /// Whether all that is asked is asked by `some` and `every`, so that the list's variable says everything.
  bool is_plain = true;
};

struct Questions {
  std::map<ListOf, Asked> lists;
  bool has_tiers = false;
};

/// Of all that these conditions, together, are made from.
[[nodiscard]] Questions QuestionsOf(const Space& space, llvm::ArrayRef<NodeId> conditions);

}  // namespace proviso::analyse
