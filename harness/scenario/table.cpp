#include "harness/scenario/table.h"

#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "runtime/base/nearest.h"

namespace proviso::scenario {

using diagnostics::Kind;

namespace {

/// What stands between the semicolons of a cell.
llvm::SmallVector<llvm::StringRef> PartsOf(llvm::StringRef cell) {
  llvm::SmallVector<llvm::StringRef> parts;
  cell.split(parts, ';');
  for (llvm::StringRef& part : parts) part = part.trim();
  return parts;
}

bool IsOrContains(llvm::StringRef cell, llvm::StringRef text) {
  return cell == text || llvm::is_contained(PartsOf(cell), text);
}

}  // namespace

std::vector<Scenario> TableReader::Read(const CsvTable& table, const YamlNode& suite) {
  const std::size_t errors_before = parts_.Sink().ErrorCount();
  Shared shared;
  shared.columns = ColumnReader(parts_, expectations_, drafts_).Read(table, suite);
  shared.background = parts_.BackgroundOf(suite);
  shared.complete = parts_.CompleteOf(suite);
  shared.has_totals = parts_.Document().Find(suite, "totals") != nullptr;
  shared.is_whole = parts_.BackgroundsAreWhole() && parts_.Sink().ErrorCount() == errors_before;
  const bool has_expectation =
      llvm::any_of(shared.columns, [](const Column& column) { return column.role == Column::Role::kExpectation; });
  if (shared.is_whole && !has_expectation && !shared.has_totals) {
    parts_.Sink()
        .Report<Kind::kAssertsNothing>(table.header.span, "this table")
        .Help("give it a column `expect DRAFT.DECISION`, or say `totals`");
    return {};
  }
  std::vector<Scenario> scenarios;
  for (const CsvRow* row : KeptRows(table, suite)) scenarios.push_back(ReadRow(*row, shared));
  return scenarios;
}

std::vector<const CsvRow*> TableReader::KeptRows(const CsvTable& table, const YamlNode& suite) {
  std::vector<const CsvRow*> rows;
  for (const CsvRow& row : table.rows) rows.push_back(&row);
  const YamlEntry* conditions = parts_.Document().Find(suite, "rows");
  const YamlNode* mapping = conditions == nullptr ? nullptr : parts_.TheShapes().Mapping(conditions->value, "`rows`");
  if (mapping == nullptr) {
    if (rows.empty()) parts_.Sink().Report<Kind::kAssertsNothing>(table.header.span, "a table without rows");
    return rows;
  }
  bool is_understood = true;
  for (const YamlEntry& entry : mapping->entries) {
    const auto column = FindColumn(table, {entry.key, entry.key_span}, parts_.Sink());
    const auto texts = parts_.TheShapes().Texts(entry.value, Quoted(entry.key));
    is_understood = is_understood && column && texts;
    if (!column || !texts) continue;
    llvm::erase_if(rows, [&](const CsvRow* row) {
      return llvm::none_of(*texts,
                           [&](const PlacedText& text) { return IsOrContains(row->cells[*column].text, text.text); });
    });
  }
  if (rows.empty() && is_understood) parts_.Sink().Report<Kind::kNoMatchingRow>(conditions->key_span);
  return rows;
}

Scenario TableReader::ReadRow(const CsvRow& row, const Shared& shared) {
  const std::size_t errors_before = parts_.Sink().ErrorCount();
  Scenario scenario;
  scenario.span = row.span;
  Layer own;
  std::vector<PlacedText> backgrounds;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const CsvCell& cell = row.cells[i];
    const Column& column = shared.columns[i];
    if (column.role == Column::Role::kExtra) scenario.extra[column.header] = cell.text;
    if (cell.text.empty()) continue;
    if (column.role == Column::Role::kName) scenario.name = cell.text;
    if (column.role == Column::Role::kSource) scenario.source = cell.text;
    if (column.role == Column::Role::kFact) ReadFactCell(own, column, cell);
    if (column.role == Column::Role::kExpectation) ReadExpectedCell(scenario.expectations, column, cell);
    if (column.role != Column::Role::kBackground) continue;
    for (const llvm::StringRef name : PartsOf(cell.text)) backgrounds.push_back({name.str(), cell.span});
  }
  if (scenario.name.empty() && shared.is_whole)
    parts_.Sink().Report<Kind::kMissingSuiteKey>(row.span, "the row", "name");
  if (scenario.expectations.empty() && shared.is_whole && !shared.has_totals) {
    parts_.Sink().Report<Kind::kAssertsNothing>(row.span, "the row");
  }
  for (const DraftExpectation& expectation : scenario.expectations) expectations_.CheckAgreement(expectation);
  const Layer layer = Overlay(parts_.WithBackgrounds(shared.background, backgrounds), own);
  const bool is_whole = shared.is_whole && parts_.Sink().ErrorCount() == errors_before;
  scenario.facts = parts_.MakeCase(layer, shared.complete, MissingElement::kIgnored, is_whole);
  if (is_whole) CheckAssumptions(drafts_, scenario.facts, row.span, parts_.Sink());
  return scenario;
}

void TableReader::ReadFactCell(Layer& layer, const Column& column, const CsvCell& cell) {
  if (!column.is_translated) {
    return parts_.Facts().ReadCell(layer, column.fact, cell.text, cell.span, column.unit);
  }
  const auto found = llvm::find_if(column.translations, [&](const Column::Translation& translation) {
    return IsOrContains(cell.text, translation.text);
  });
  if (found != column.translations.end()) {
    parts_.Facts().State(layer, column.fact, {Statement::Kind::kValue, found->value, cell.span, cell.span});
  } else if (column.otherwise) {
    parts_.Facts().State(layer, column.fact, {Statement::Kind::kValue, *column.otherwise, cell.span, cell.span});
  } else {
    parts_.Sink()
        .Report<Kind::kUntranslatedCell>(cell.span, Quoted(cell.text))
        .AddNote("the column is read here", column.span)
        .Help("add it to `values`, or say `otherwise`");
  }
}

void TableReader::ReadExpectedCell(std::vector<DraftExpectation>& expectations, const Column& column,
                                   const CsvCell& cell) {
  auto outcome = expectations_.OutcomeFromText(column.draft, column.decision, {cell.text, cell.span});
  auto of_draft = llvm::find_if(expectations,
                                [&](const DraftExpectation& expectation) { return expectation.draft == column.draft; });
  if (of_draft == expectations.end()) of_draft = expectations.insert(of_draft, DraftExpectation{column.draft, {}});
  if (!outcome) return;
  DecisionExpectation decision;
  decision.decision = column.decision;
  decision.text = cell.text;
  decision.outcome = std::move(outcome->value);
  decision.span = cell.span;
  Clause clause;
  clause.option_sets = column.option_sets;
  clause.decisions.push_back(std::move(decision));
  clause.span = cell.span;
  of_draft->clauses.push_back(std::move(clause));
}

}  // namespace proviso::scenario
