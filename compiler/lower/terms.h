// terms.h: the drafter's own names for conditions, as variables that stand for what they mean.
#pragma once

#include <optional>
#include <string>

#include "compiler/check/checked_draft.h"
#include "runtime/evaluate/space.h"

namespace proviso::lower {

/// A yes/no term of the case or of an entity on a fixed path, or a decision's coming to one of its outcomes.
struct NamedTerm {
  std::string name;    // `target.person_of_country_of_concern`, `treatment is prohibited`
  check::TermId term;  // invalid for an outcome
  evaluate::PlaceId place;
  evaluate::NodeId definition;               // by the terms that it is made of
  evaluate::VariableId variable;             // that stands for it (Space::TermVariable); invalid where none does
  std::optional<evaluate::NodeId> by_facts;  // the same without terms, where that is said
};

/// The condition with what its terms mean in their place; nothing where that has more than `max_nodes`.
[[nodiscard]] std::optional<evaluate::NodeId> WithoutTerms(evaluate::Space& space, evaluate::NodeId condition,
                                                           std::size_t max_nodes);

}  // namespace proviso::lower
