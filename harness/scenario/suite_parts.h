// suite_parts.h: what reading scenarios and reading tables share: backgrounds, `complete`, the case that results.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "harness/scenario/build_case.h"
#include "harness/scenario/facts.h"
#include "harness/scenario/shapes.h"
#include "harness/scenario/suite.h"
#include "harness/scenario/yaml.h"

namespace proviso::scenario {

class SuiteParts {
 public:
  SuiteParts(const Vocabulary& vocabulary, const YamlDocument& document, diagnostics::DiagnosticSink& sink)
      : vocabulary_(vocabulary), document_(document), sink_(sink), shapes_(document, sink), facts_(vocabulary, sink) {}

  [[nodiscard]] const Vocabulary& TheVocabulary() const { return vocabulary_; }
  [[nodiscard]] const YamlDocument& Document() const { return document_; }
  [[nodiscard]] diagnostics::DiagnosticSink& Sink() { return sink_; }
  [[nodiscard]] const Shapes& TheShapes() const { return shapes_; }
  [[nodiscard]] FactReader& Facts() { return facts_; }

  /// `backgrounds:`, kept by name.
  void ReadBackgrounds(YamlId node);

  /// Each as a case by itself.
  [[nodiscard]] std::vector<std::pair<std::string, Case>> Backgrounds() const;

  /// What the backgrounds of these names state, later over earlier, all over `below`.
  [[nodiscard]] Layer WithBackgrounds(Layer below, const std::vector<PlacedText>& names);

  /// A mapping's `background`, over nothing.
  [[nodiscard]] Layer BackgroundOf(const YamlNode& mapping);

  /// A mapping's own `facts`.
  [[nodiscard]] Layer FactsOf(const YamlNode& mapping);

  /// A mapping's `complete`.
  [[nodiscard]] std::vector<CompletePath> CompleteOf(const YamlNode& mapping);

  /// Whether the backgrounds were read without errors.
  [[nodiscard]] bool BackgroundsAreWhole() const { return backgrounds_are_whole_; }

  /// The case that `layer` states, completed, and assumed values filled in. What is wrong with it as a whole is only
  /// reported where `is_whole`: else it may follow from what could not be read.
  [[nodiscard]] Case MakeCase(const Layer& layer, const std::vector<CompletePath>& complete, MissingElement missing,
                              bool is_whole);

 private:
  const Vocabulary& vocabulary_;
  const YamlDocument& document_;
  diagnostics::DiagnosticSink& sink_;
  Shapes shapes_;
  FactReader facts_;
  std::map<std::string, Layer> backgrounds_;
  bool backgrounds_are_whole_ = true;
};

/// Reports each assumption that the scenario's case breaks, once over all drafts.
void CheckAssumptions(const std::vector<const load::LoadedDraft*>& drafts, const Case& facts, const Span& span,
                      diagnostics::DiagnosticSink& sink);

}  // namespace proviso::scenario
