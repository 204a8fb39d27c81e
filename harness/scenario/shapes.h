// shapes.h: asks parts of a YAML document to be what they must be, and reports where they are not.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "harness/scenario/yaml.h"

namespace proviso::scenario {

struct PlacedText {
  std::string text;
  Span span;
};

/// `what` names the part in messages: "`under`", "a scenario".
class Shapes {
 public:
  Shapes(const YamlDocument& document, diagnostics::DiagnosticSink& sink) : document_(document), sink_(sink) {}

  [[nodiscard]] const YamlNode* Mapping(YamlId node, std::string_view what) const;
  [[nodiscard]] const YamlNode* Sequence(YamlId node, std::string_view what) const;
  /// A text that says something.
  [[nodiscard]] std::optional<PlacedText> Text(YamlId node, std::string_view what) const;
  /// One text, or a list of them; nothing where it is neither.
  [[nodiscard]] std::optional<std::vector<PlacedText>> Texts(YamlId node, std::string_view what) const;

  /// Reports each key of `mapping` that is none of `keys`.
  void CheckKeys(const YamlNode& mapping, std::string_view what, const std::vector<std::string>& keys) const;

 private:
  const YamlDocument& document_;
  diagnostics::DiagnosticSink& sink_;
};

using diagnostics::Suggest;

/// The names of declarations, in their order.
template <typename Things>
[[nodiscard]] std::vector<std::string> NamesOf(const Things& things) {
  std::vector<std::string> names;
  for (const auto& thing : things) names.push_back(thing.name);
  return names;
}

}  // namespace proviso::scenario
