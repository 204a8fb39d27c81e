#include "harness/scenario/columns.h"

#include <fmt/format.h>

#include <map>
#include <tuple>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "runtime/base/nearest.h"

namespace proviso::scenario {

using diagnostics::Kind;

namespace {

/// `PATH [unit]` in two; an element's number is no unit.
std::pair<llvm::StringRef, llvm::StringRef> SplitUnit(llvm::StringRef text) {
  const std::size_t open = text.rfind('[');
  if (!text.ends_with("]") || open == llvm::StringRef::npos) return {text, {}};
  const llvm::StringRef inner = text.slice(open + 1, text.size() - 1).trim();
  if (inner.empty() || llvm::all_of(inner, llvm::isDigit)) return {text, {}};
  return {text.take_front(open).rtrim(), inner};
}

}  // namespace

std::optional<std::size_t> FindColumn(const CsvTable& table, const PlacedText& header,
                                      diagnostics::DiagnosticSink& sink) {
  std::vector<std::string> headers;
  for (const CsvCell& cell : table.header.cells) headers.push_back(cell.text);
  const auto found = llvm::find(headers, header.text);
  if (found != headers.end()) return static_cast<std::size_t>(found - headers.begin());
  Suggest(sink.Report<Kind::kUnknownColumn>(header.span, Quoted(header.text)), header.text, headers);
  return std::nullopt;
}

std::vector<Column> ColumnReader::Read(const CsvTable& table, const YamlNode& suite) {
  std::vector<Column> columns;
  for (const CsvCell& cell : table.header.cells) {
    columns.emplace_back();
    columns.back().header = cell.text;
    columns.back().span = cell.span;
  }
  const YamlEntry* mapped = parts_.Document().Find(suite, "columns");
  if (mapped == nullptr) {
    for (Column& column : columns) ReadRole(column, {column.header, column.span});
  } else if (const YamlNode* mapping = parts_.TheShapes().Mapping(mapped->value, "`columns`")) {
    for (const YamlEntry& entry : mapping->entries) {
      const auto index = FindColumn(table, {entry.key, entry.key_span}, parts_.Sink());
      if (index) ReadMapped(columns[*index], entry);
    }
  }
  CheckTogether(table, columns);
  return columns;
}

void ColumnReader::ReadMapped(Column& column, const YamlEntry& entry) {
  const YamlNode& value = parts_.Document()[entry.value];
  if (!value.IsMapping()) {
    if (const auto text = parts_.TheShapes().Text(entry.value, Quoted(entry.key))) ReadRole(column, *text);
    return;
  }
  parts_.TheShapes().CheckKeys(value, "a column", {"to", "values"});
  const YamlEntry* to = parts_.Document().Find(value, "to");
  if (to == nullptr) {
    parts_.Sink().Report<Kind::kMissingSuiteKey>(entry.key_span, "the column", "to");
    return;
  }
  const auto text = parts_.TheShapes().Text(to->value, "`to`");
  if (!text) return;
  ReadRole(column, *text);
  const YamlEntry* values = parts_.Document().Find(value, "values");
  if (values != nullptr) ReadValues(column, values->value);
}

void ColumnReader::ReadRole(Column& column, const PlacedText& text) {
  column.span = text.span;
  if (text.text == "name") {
    column.role = Column::Role::kName;
  } else if (text.text == "source") {
    column.role = Column::Role::kSource;
  } else if (text.text == "background") {
    column.role = Column::Role::kBackground;
  } else if (llvm::StringRef(text.text).starts_with("expect ")) {
    ReadExpectation(column, text);
  } else {
    ReadFact(column, text);
  }
}

void ColumnReader::ReadFact(Column& column, const PlacedText& text) {
  const auto [path, unit] = SplitUnit(llvm::StringRef(text.text).trim());
  PathReader reader(parts_.TheVocabulary(), parts_.Sink(), Elements::kNumbered);
  auto key = reader.Whole(path, text.span);
  if (!key) return;
  column.role = Column::Role::kFact;
  column.fact = std::move(*key);
  if (!unit.empty()) ReadUnit(column, {unit.str(), text.span});
}

void ColumnReader::ReadUnit(Column& column, const PlacedText& unit) {
  const Vocabulary& vocabulary = parts_.TheVocabulary();
  const auto found = llvm::find_if(vocabulary.units, [&](const Unit& one) { return one.name == unit.text; });
  if (found == vocabulary.units.end()) {
    auto& report = parts_.Sink().Report<Kind::kFactUnit>(unit.span, fmt::format("{} is not a unit", Quoted(unit.text)));
    column.role = Column::Role::kExtra;
    return Suggest(report, unit.text, NamesOf(vocabulary.units));
  }
  column.unit = UnitId(static_cast<std::size_t>(found - vocabulary.units.begin()));
  const Type& type = vocabulary.facts[column.fact.back().fact].type;
  if (type.unit.IsValid() && vocabulary.units[type.unit].base == found->base) return;
  column.role = Column::Role::kExtra;
  parts_.Sink()
      .Report<Kind::kFactUnit>(unit.span, fmt::format("{} is not a unit of {}", Quoted(unit.text),
                                                      Quoted(PathText(vocabulary, column.fact))))
      .Label(fmt::format("it is {}", TypeToText(vocabulary, type)));
}

/// `expect DRAFT.DECISION` or `expect DRAFT[OPTION=ALTERNATIVE, …].DECISION`.
void ColumnReader::ReadExpectation(Column& column, const PlacedText& text) {
  llvm::StringRef rest = llvm::StringRef(text.text).drop_front(std::string_view("expect ").size()).trim();
  const llvm::StringRef draft_name = rest.take_until([](char c) { return c == '.' || c == '['; });
  rest = rest.drop_front(draft_name.size());
  llvm::StringRef choices;
  if (rest.consume_front("[")) {
    std::tie(choices, rest) = rest.split(']');
    if (choices.empty()) rest = {};
  }
  if (!rest.consume_front(".")) {
    parts_.Sink()
        .Report<Kind::kSuiteShape>(text.span, Quoted(text.text), "`expect DRAFT.DECISION`")
        .Help("or `expect DRAFT[OPTION=ALTERNATIVE].DECISION`");
    return;
  }
  const auto draft = expectations_.FindDraft({draft_name.trim().str(), text.span});
  if (!draft) return;
  const auto decision = expectations_.FindDecision(*draft, {rest.trim().str(), text.span});
  const auto option_sets =
      choices.empty() ? AllOptionSets(*drafts_[*draft]) : under_.FromText(*drafts_[*draft], {choices.str(), text.span});
  if (!decision || !option_sets) return;
  column.role = Column::Role::kExpectation;
  column.draft = *draft;
  column.decision = *decision;
  column.option_sets = *option_sets;
}

void ColumnReader::ReadValues(Column& column, YamlId node) {
  const YamlNode* mapping = parts_.TheShapes().Mapping(node, "`values`");
  if (mapping == nullptr) return;
  if (column.role != Column::Role::kFact) {
    if (column.role != Column::Role::kExtra) {
      parts_.Sink().Report<Kind::kSuiteShape>(mapping->span, "a column with `values`", "one of a fact");
    }
    column.role = Column::Role::kExtra;
    return;
  }
  column.is_translated = true;
  const Type& type = parts_.TheVocabulary().facts[column.fact.back().fact].type;
  const std::string shown = PathText(parts_.TheVocabulary(), column.fact);
  ValueReader reader(parts_.TheVocabulary(), parts_.Sink());
  for (const YamlEntry& entry : mapping->entries) {
    auto value = reader.FromYaml(type, shown, parts_.Document(), entry.value, column.unit);
    if (!value) {
      column.role = Column::Role::kExtra;
    } else if (entry.key == "otherwise") {
      column.otherwise = std::move(value);
    } else {
      column.translations.push_back({entry.key, std::move(*value)});
    }
  }
}

/// Reports a table without names, and two columns for one thing.
void ColumnReader::CheckTogether(const CsvTable& table, std::vector<Column>& columns) {
  std::map<std::pair<Column::Role, FactKey>, Span> seen;
  for (Column& column : columns) {
    if (column.role == Column::Role::kExtra || column.role == Column::Role::kExpectation) continue;
    const auto [first, is_new] = seen.try_emplace({column.role, column.fact}, column.span);
    if (is_new) continue;
    const std::string what =
        column.role == Column::Role::kFact ? PathText(parts_.TheVocabulary(), column.fact) : column.header;
    parts_.Sink().Report<Kind::kGivenTwice>(column.span, Quoted(what)).AddNote("it is given here first", first->second);
    column.role = Column::Role::kExtra;
  }
  if (seen.contains({Column::Role::kName, {}})) return;
  parts_.Sink().Report<Kind::kMissingColumn>(table.header.span);
}

}  // namespace proviso::scenario
