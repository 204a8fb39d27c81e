// changed_facts.h: a draft as it reads a case, and as it reads what becomes of the case when facts of it are otherwise.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <memory>
#include <optional>

#include "compiler/check/checked_draft.h"

namespace proviso::check {

/// Two drafts that both are asked of one case. All that is of the draft that they are made from keeps its id.
struct BeforeAndAfter {
  /// With what is assumed of the changed case, too, where `after` does not say it.
  std::shared_ptr<const CheckedDraft> before;
  std::shared_ptr<const CheckedDraft> after;
  /// Whether `after` comes to what the draft comes to in the changed case. It may not where something is asked
  /// supposing facts that the change turns on.
  bool is_exact = true;
};

/// Every entity that the transform's path leads to has its new value, that of the number with the index. Where the
/// changed case would break an assumption, decisions of the case with an ordered outcome come to the strongest.
[[nodiscard]] BeforeAndAfter WithTransform(const CheckedDraft& draft, const Transform& transform, std::size_t index);

/// Each of the facts has a second value, which may be any and is a fact more, after all others; `after` reads these.
struct SecondValues : BeforeAndAfter {
  std::vector<FactId> second;  // one for each of the facts
};
[[nodiscard]] SecondValues WithSecondValues(const CheckedDraft& draft, llvm::ArrayRef<FactId> facts);

/// Adds a fact to the draft's vocabulary that can be what the fact can be, of the same entities: its last.
FactId AddSecondValue(CheckedDraft& draft, FactId fact);

}  // namespace proviso::check
