// checked_nodes.h: a checked draft as `proviso emit checked` shows it.
#pragma once

#include "compiler/load/workspace.h"
#include "harness/report/node.h"
#include "runtime/base/vocabulary.h"

namespace proviso::report {

/// Options, option sets by number, terms, decisions, assumptions and properties in their core forms.
[[nodiscard]] Node CheckedNode(const load::LoadedDraft& loaded);

/// Units, enumerations, sets and entities with their facts.
[[nodiscard]] Node VocabularyNode(const Vocabulary& vocabulary);

}  // namespace proviso::report
