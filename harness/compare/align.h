// align.h: drafts over vocabularies that are not one the beginning of the other → drafts over one vocabulary.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "harness/compare/rename.h"
#include "runtime/base/merge_vocabularies.h"

namespace proviso::compare {

class Alignment {
 public:
  using Draft = std::shared_ptr<const check::CheckedDraft>;

  /// Facts, entities, units, enumerations and members of one name are one. What cannot be is reported to `sink`;
  /// nothing then. `renames`: `a=b`, of each draft that has an `a`, which is then called as the last one calls it.
  [[nodiscard]] static std::optional<Alignment> Of(const std::vector<Draft>& drafts,
                                                   const std::vector<scenario::PlacedText>& renames,
                                                   diagnostics::DiagnosticSink& sink);

  /// The draft of that place, or one with the same declarations, by id.
  [[nodiscard]] Draft Aligned(std::size_t place, const Draft& draft) const;

  /// Whether the drafts' own vocabularies do: all are the beginning of one.
  [[nodiscard]] bool IsOfOneVocabulary() const { return vocabulary_ == nullptr; }

 private:
  std::shared_ptr<const Vocabulary> vocabulary_;  // null: each draft's own
  std::vector<VocabularyPlaces> places_;
  std::vector<std::vector<Renaming>> renamings_;  // by place; none of the last
};

}  // namespace proviso::compare
