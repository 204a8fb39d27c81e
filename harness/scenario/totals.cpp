#include "harness/scenario/totals.h"

#include <fmt/format.h>

#include <algorithm>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "runtime/base/nearest.h"

namespace proviso::scenario {

using diagnostics::Kind;

namespace {

std::size_t RowCount(const Total::Line& line) {
  const auto* names = std::get_if<std::vector<std::string>>(&line.rows);
  return names != nullptr ? names->size() : std::get<std::size_t>(line.rows);
}

}  // namespace

std::vector<Total> TotalsReader::Read(YamlId node) {
  std::vector<Total> totals;
  const YamlNode* mapping = shapes_.Mapping(node, "`totals`");
  if (mapping == nullptr) return totals;
  for (const YamlEntry& entry : mapping->entries) {
    const auto draft = expectations_.FindDraft({entry.key, entry.key_span});
    if (!draft) continue;
    for (const YamlId clause : expectations_.ClausesOf(entry.value)) ReadClause(*draft, document_[clause], totals);
  }
  return totals;
}

void TotalsReader::ReadClause(std::size_t draft, const YamlNode& clause, std::vector<Total>& totals) {
  const auto option_sets = expectations_.UnderOf(draft, clause);
  bool has_decision = false;
  for (const YamlEntry& entry : clause.entries) {
    if (entry.key == "under") continue;
    has_decision = true;
    const auto decision = expectations_.FindDecision(draft, {entry.key, entry.key_span});
    const YamlNode* lines = shapes_.Mapping(entry.value, Quoted(entry.key));
    if (!decision || lines == nullptr || !option_sets) continue;
    Total total{draft, *option_sets, *decision, {}, entry.key_span};
    std::vector<PlacedText> names;
    ReadLines(*lines, total, names);
    if (rows_are_whole_) CheckNames(names);
    if (rows_are_whole_ && total.lines.size() == lines->entries.size()) CheckAccount(total);
    totals.push_back(std::move(total));
  }
  if (!has_decision) sink_.Report<Kind::kAssertsNothing>(clause.span, "this clause");
}

void TotalsReader::ReadLines(const YamlNode& mapping, Total& total, std::vector<PlacedText>& names) {
  for (const YamlEntry& entry : mapping.entries) {
    auto outcome = expectations_.OutcomeFromText(total.draft, total.decision, {entry.key, entry.key_span});
    Total::Line line;
    line.span = entry.key_span;
    const bool has_rows = ReadRows(entry, line, names);
    if (!outcome || !has_rows) continue;
    line.outcome = std::move(outcome->value);
    const bool is_twice =
        llvm::any_of(total.lines, [&](const Total::Line& other) { return other.outcome == line.outcome; });
    if (is_twice) sink_.Report<Kind::kGivenTwice>(entry.key_span, Quoted(entry.key));
    total.lines.push_back(std::move(line));
  }
}

bool TotalsReader::ReadRows(const YamlEntry& entry, Total::Line& line, std::vector<PlacedText>& all_names) {
  const YamlNode& value = document_[entry.value];
  std::size_t count = 0;
  if (value.IsScalar() && !llvm::StringRef(value.text).getAsInteger(10, count)) {
    line.rows = count;
    return true;
  }
  std::vector<std::string> names;
  if (!value.IsSequence()) {
    sink_.Report<Kind::kSuiteShape>(value.span, Quoted(entry.key), "a number of rows, or a list of their names");
    return false;
  }
  const auto texts = shapes_.Texts(entry.value, Quoted(entry.key));
  if (!texts) return false;
  for (const PlacedText& text : *texts) names.push_back(text.text);
  line.rows = std::move(names);
  all_names.insert(all_names.end(), texts->begin(), texts->end());
  return true;
}

/// Each name stands in the table, and no more often here than there.
void TotalsReader::CheckNames(const std::vector<PlacedText>& names) {
  llvm::StringMap<std::size_t> left;
  const auto rows = llvm::ArrayRef(suite_.scenarios).drop_front(suite_.first_row);
  for (const Scenario& row : rows) ++left[row.name];
  for (const PlacedText& name : names) {
    const auto found = left.find(name.text);
    if (found == left.end()) {
      Suggest(sink_.Report<Kind::kUnknownRow>(name.span, Quoted(name.text)), name.text, NamesOf(rows));
    } else if (found->second == 0) {
      sink_.Report<Kind::kGivenTwice>(name.span, Quoted(name.text));
    } else {
      --found->second;
    }
  }
}

void TotalsReader::CheckAccount(const Total& total) {
  const std::size_t rows = suite_.scenarios.size() - suite_.first_row;
  std::size_t accounted = 0;
  for (const Total::Line& line : total.lines) accounted += RowCount(line);
  if (accounted == rows) return;
  const std::string& decision = suite_.drafts[total.draft]->draft->decisions[total.decision].name;
  auto& report = sink_.Report<Kind::kTotalsIncomplete>(total.span, decision, accounted, rows);
  const std::size_t left = rows - std::min(accounted, rows);
  if (left > 0) report.Help(fmt::format("{} {} not accounted for", left, left == 1 ? "row is" : "rows are"));
}

}  // namespace proviso::scenario
