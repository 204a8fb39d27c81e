// totals.h: how many of a table's rows a suite expects to come to each outcome, or which.
#pragma once

#include <vector>

#include "harness/scenario/expectations.h"
#include "harness/scenario/suite.h"

namespace proviso::scenario {

class TotalsReader {
 public:
  /// `suite`'s rows must have been read. Where that was not without errors (`rows_are_whole`), totals are not held
  /// against them.
  TotalsReader(const Suite& suite, const YamlDocument& document, ExpectationReader& expectations,
               diagnostics::DiagnosticSink& sink, bool rows_are_whole)
      : suite_(suite),
        document_(document),
        expectations_(expectations),
        sink_(sink),
        shapes_(document, sink),
        rows_are_whole_(rows_are_whole) {}

  /// `totals:`: a mapping of drafts and clauses, whose decisions are mappings of outcomes and counts or names. Lines
  /// that do not account for every row are reported.
  [[nodiscard]] std::vector<Total> Read(YamlId node);

 private:
  void ReadClause(std::size_t draft, const YamlNode& clause, std::vector<Total>& totals);
  void ReadLines(const YamlNode& mapping, Total& total, std::vector<PlacedText>& names);
  [[nodiscard]] bool ReadRows(const YamlEntry& entry, Total::Line& line, std::vector<PlacedText>& all_names);
  void CheckNames(const std::vector<PlacedText>& names);
  void CheckAccount(const Total& total);

  const Suite& suite_;
  const YamlDocument& document_;
  ExpectationReader& expectations_;
  diagnostics::DiagnosticSink& sink_;
  Shapes shapes_;
  bool rows_are_whole_;
};

}  // namespace proviso::scenario
