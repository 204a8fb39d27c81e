// columns.h: what each column of a table says of the scenario in a row.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/csv.h"
#include "harness/scenario/expectations.h"
#include "harness/scenario/suite_parts.h"

namespace proviso::scenario {

struct Column {
  enum class Role : std::uint8_t { kExtra, kName, kSource, kBackground, kFact, kExpectation } role = Role::kExtra;
  std::string header;
  Span span;  // of what says how it is read
  // kFact
  FactKey fact;
  UnitId unit;  // of numbers without one
  struct Translation {
    std::string text;  // of the cell, or one of its parts
    Value value;
  };
  bool is_translated = false;  // cells are looked up, not read
  std::vector<Translation> translations;
  std::optional<Value> otherwise;
  // kExpectation
  std::size_t draft = 0;
  OptionSetIndices option_sets;
  check::DecisionId decision;
};

/// The column with this header; reported where there is none.
[[nodiscard]] std::optional<std::size_t> FindColumn(const CsvTable& table, const PlacedText& header,
                                                    diagnostics::DiagnosticSink& sink);

/// Reads the columns by their headers, or by the suite's `columns:`, which leaves all others as extra texts.
class ColumnReader {
 public:
  ColumnReader(SuiteParts& parts, ExpectationReader& expectations, const Drafts& drafts)
      : parts_(parts), expectations_(expectations), drafts_(drafts), under_(parts.Sink()) {}

  [[nodiscard]] std::vector<Column> Read(const CsvTable& table, const YamlNode& suite);

 private:
  void ReadMapped(Column& column, const YamlEntry& entry);
  void ReadRole(Column& column, const PlacedText& text);
  void ReadFact(Column& column, const PlacedText& text);
  void ReadUnit(Column& column, const PlacedText& unit);
  void ReadExpectation(Column& column, const PlacedText& text);
  void ReadValues(Column& column, YamlId node);
  /// A column in error is left as extra text, so that its cells are not complained of too.
  void CheckTogether(const CsvTable& table, std::vector<Column>& columns);

  SuiteParts& parts_;
  ExpectationReader& expectations_;
  const Drafts& drafts_;
  UnderReader under_;
};

}  // namespace proviso::scenario
