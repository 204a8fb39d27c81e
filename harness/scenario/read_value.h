// read_value.h: texts of suites and tables → values of the vocabulary's types.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/diagnostics/diagnostic.h"
#include "harness/scenario/yaml.h"
#include "runtime/base/vocabulary.h"

namespace proviso::scenario {

/// Reads values and reports what is not one, at its place. `what` names the fact or decision in messages.
class ValueReader {
 public:
  ValueReader(const Vocabulary& vocabulary, diagnostics::DiagnosticSink& sink) : vocabulary_(vocabulary), sink_(sink) {}

  /// One value, or for a set its members in square brackets. Not for entities and lists of them.
  [[nodiscard]] std::optional<Value> FromYaml(const Type& type, std::string_view what, const YamlDocument& document,
                                              YamlId node, UnitId default_unit = UnitId());

  /// The same from one text, a set as `[a, b]`.
  [[nodiscard]] std::optional<Value> FromText(const Type& type, std::string_view what, std::string_view text,
                                              const Span& span, UnitId default_unit = UnitId());

 private:
  struct Placed {
    std::string_view text;
    Span span;
  };
  /// `whole`: the type to name in messages, of which `type` may be a member's.
  [[nodiscard]] std::optional<Value> Scalar(const Type& type, const Type& whole, std::string_view what,
                                            const Placed& text, UnitId unit);
  [[nodiscard]] std::optional<Value> Set(const Type& type, std::string_view what, const std::vector<Placed>& members);

  const Vocabulary& vocabulary_;
  diagnostics::DiagnosticSink& sink_;
};

/// What a fact of this type has to be, for messages: `one value`, `a list in square brackets`.
[[nodiscard]] std::string_view ShapeOf(const Type& type);

}  // namespace proviso::scenario
