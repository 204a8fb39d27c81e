// build_case.h: what a scenario states → the case it describes.
#pragma once

#include <optional>
#include <vector>

#include "harness/scenario/facts.h"

namespace proviso::scenario {

/// The case that `layer` states; what it does not state is unknown. Gaps in lists are reported.
[[nodiscard]] Case BuildCase(const Vocabulary& vocabulary, const Layer& layer, diagnostics::DiagnosticSink& sink);

/// A path at and below which all there is to know is stated.
struct CompletePath {
  FactKey key;
  Span span;
};

/// Whether a path of `complete` to an element that the case does not have is an error.
enum class MissingElement : std::uint8_t { kReported, kIgnored };

/// What silence about a fact means there: its assumed value, else no, empty or none where the type has such a value;
/// nothing for what stays unknown.
[[nodiscard]] std::optional<Value> SilentValue(const Fact& fact);

/// Fills what is silent at and below the paths (SilentValue).
void Complete(Case& facts, const Vocabulary& vocabulary, const std::vector<CompletePath>& paths, MissingElement missing,
              diagnostics::DiagnosticSink& sink);

}  // namespace proviso::scenario
