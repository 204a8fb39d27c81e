// table.h: the rows of a CSV file as scenarios.
#pragma once

#include <optional>
#include <vector>

#include "harness/scenario/columns.h"
#include "harness/scenario/csv.h"
#include "harness/scenario/expectations.h"
#include "harness/scenario/suite_parts.h"

namespace proviso::scenario {

class TableReader {
 public:
  TableReader(SuiteParts& parts, ExpectationReader& expectations, const Drafts& drafts)
      : parts_(parts), expectations_(expectations), drafts_(drafts) {}

  /// The scenarios of the rows that `rows:` keeps. `suite` says how the columns are read and what all rows share.
  [[nodiscard]] std::vector<Scenario> Read(const CsvTable& table, const YamlNode& suite);

 private:
  /// What all rows share.
  struct Shared {
    std::vector<Column> columns;
    Layer background;
    std::vector<CompletePath> complete;
    bool is_whole = true;  // all of this was read without errors
    bool has_totals = false;
  };

  [[nodiscard]] std::vector<const CsvRow*> KeptRows(const CsvTable& table, const YamlNode& suite);
  [[nodiscard]] Scenario ReadRow(const CsvRow& row, const Shared& shared);
  void ReadFactCell(Layer& layer, const Column& column, const CsvCell& cell);
  void ReadExpectedCell(std::vector<DraftExpectation>& expectations, const Column& column, const CsvCell& cell);

  SuiteParts& parts_;
  ExpectationReader& expectations_;
  const Drafts& drafts_;
};

}  // namespace proviso::scenario
