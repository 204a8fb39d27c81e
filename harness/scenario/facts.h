// facts.h: what a background or a scenario states of a case, layer over layer, and the case that results.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "harness/scenario/fact_path.h"
#include "harness/scenario/read_value.h"
#include "harness/scenario/yaml.h"
#include "runtime/base/case.h"

namespace proviso::scenario {

/// One thing stated at one path.
struct Statement {
  enum class Kind : std::uint8_t {
    kValue,      // the fact has `value`
    kExists,     // the entity or element is there
    kWholeList,  // the list is known: its elements are those stated below
  } kind = Kind::kValue;
  Value value;
  Span span;       // of the value
  Span path_span;  // of the path
};

/// What is stated in one place: a background, a scenario's own facts. Ordered by path, a list before its elements.
using Layer = std::map<FactKey, Statement>;

/// `base` as far as `top` does not say otherwise: a list written whole, or `none`, replaces all there was below.
[[nodiscard]] Layer Overlay(Layer base, const Layer& top);

/// Reads statements into layers; of two at one path the second is reported.
class FactReader {
 public:
  FactReader(const Vocabulary& vocabulary, diagnostics::DiagnosticSink& sink)
      : vocabulary_(vocabulary),
        sink_(sink),
        values_(vocabulary, sink),
        paths_(vocabulary, sink, Elements::kNumbered) {}

  /// A mapping of paths and values, flat, nested or mixed.
  [[nodiscard]] Layer ReadMapping(const YamlDocument& document, const YamlNode& mapping);

  /// One path and the value at `value`, on top of what `layer` states.
  void ReadAt(Layer& layer, std::string_view path, const Span& path_span, const YamlDocument& document, YamlId value);

  /// One fact from a table's cell.
  void ReadCell(Layer& layer, const FactKey& key, std::string_view text, const Span& span, UnitId default_unit);

  /// Adds a statement, or reports that one is there.
  void State(Layer& layer, const FactKey& key, Statement statement);

 private:
  struct Place {
    const YamlDocument& document;
    YamlId value;
    Span path_span;
  };
  void Read(Layer& layer, const PathSoFar& path, const Place& place);
  void ReadEntries(Layer& layer, const PathSoFar& path, const Place& place);
  void ReadEntity(Layer& layer, const PathSoFar& path, const Place& place, const Type& type);
  void ReadList(Layer& layer, const PathSoFar& path, const Place& place, const Type& type);
  void ReportTwice(const FactKey& key, const Span& second, const Span& first);

  const Vocabulary& vocabulary_;
  diagnostics::DiagnosticSink& sink_;
  ValueReader values_;
  PathReader paths_;
};

}  // namespace proviso::scenario
