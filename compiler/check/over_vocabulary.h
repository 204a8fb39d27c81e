// over_vocabulary.h: a checked draft over another vocabulary that has all of its own.
#pragma once

#include <memory>

#include "compiler/check/checked_draft.h"
#include "runtime/base/merge_vocabularies.h"

namespace proviso::check {

/// `places`: where in `vocabulary` what the draft's own declares is. The draft keeps its text.
[[nodiscard]] std::shared_ptr<const CheckedDraft> OverVocabulary(const CheckedDraft& draft,
                                                                 std::shared_ptr<const Vocabulary> vocabulary,
                                                                 const VocabularyPlaces& places);

}  // namespace proviso::check
