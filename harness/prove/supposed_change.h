// supposed_change.h: "never falls as a fact rises" as one condition on one case, in which the fact has a second value.
#pragma once

#include <memory>

#include "compiler/check/checked_draft.h"
#include "runtime/base/case.h"

namespace proviso::prove {

struct SupposedChange {
  /// Over a vocabulary with one fact more: the entity's that has the fact that changes, the last.
  std::shared_ptr<const check::CheckedDraft> draft;
  FactId after;
  /// That the decision, supposing the fact is what `after` says, in one entity that the path leads to, comes to a
  /// weaker outcome, and the fact has changed in the direction of the property.
  check::ExprId condition;
};

/// Of a property of the kind `never falls`. The options and rules of the draft keep their ids.
[[nodiscard]] SupposedChange SupposeChange(const check::CheckedDraft& draft, const check::Property& property);

/// A case of `changed` without the second value, entities keeping their ids.
[[nodiscard]] Case WithoutSecondValue(const SupposedChange& changed, Case facts);

}  // namespace proviso::prove
