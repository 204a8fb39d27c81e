// generated.h: drafts of any size, the same at every run.
#pragma once

#include <cstddef>
#include <string>

namespace proviso::bench {

/// The vocabulary that generated drafts are over.
[[nodiscard]] std::string GeneratedVocabulary();

struct GeneratedDraft {
  std::string text;
  std::size_t declarations = 0;
};

/// A draft of at least `bytes` bytes (and at most a few hundred more): terms and decisions of the kinds that drafts
/// are made of, with citations, comments, lists of conditions and quantifiers. It compiles without errors.
[[nodiscard]] GeneratedDraft GenerateDraft(std::size_t bytes);

}  // namespace proviso::bench
