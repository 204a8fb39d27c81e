#include "harness/scenario/suite.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "harness/scenario/csv.h"
#include "harness/scenario/expectations.h"
#include "harness/scenario/suite_drafts.h"
#include "harness/scenario/suite_parts.h"
#include "harness/scenario/table.h"
#include "harness/scenario/totals.h"
#include "runtime/base/in_parallel.h"

namespace proviso::scenario {

using diagnostics::DiagnosticSink;
using diagnostics::Kind;

namespace {

const std::vector<std::string>& SuiteKeys() {
  static const std::vector<std::string> kKeys = {"vocabulary", "use",  "backgrounds", "scenarios", "table",
                                                 "background", "rows", "complete",    "columns",   "totals"};
  return kKeys;
}

constexpr std::string_view kUnreviewed = "unreviewed";

const std::vector<std::string>& ScenarioKeys() {
  static const std::vector<std::string> kKeys = {"name",  "source",   "status", "background",
                                                 "facts", "complete", "expect"};
  return kKeys;
}

class SuiteReader {
 public:
  /// Both must outlive it.
  SuiteReader(load::Workspace& workspace, FileId file) : workspace_(workspace), file_(file) {
    suite_.path = workspace.Files()[file].path;
  }

  /// Reads the text; asks nothing of the workspace but files that are there.
  void Parse() { document_ = ReadYaml(workspace_.Files(), file_, sink_); }

  /// Loads the drafts and the table that the suite names.
  void Load() {
    if (!document_) return;
    const Shapes shapes = TheShapes();
    const YamlNode* root = shapes.Mapping(document_->root, "a suite");
    if (root == nullptr) return;
    shapes.CheckKeys(*root, "a suite", SuiteKeys());
    if (!ReadDrafts(*root)) return;
    const YamlEntry* const table = document_->Find(*root, "table");
    const auto path = table == nullptr ? std::nullopt : shapes.Text(table->value, "`table`");
    if (path) table_ = workspace_.Text(RelativeTo(suite_.path, path->text), path->span);
    is_whole_ = table == nullptr || table_.has_value();
  }

  /// Reads all the rest; asks nothing of the workspace but files that are there. Nothing where there was an error.
  std::optional<Suite> Read() {
    if (suite_.vocabulary == nullptr) return std::nullopt;
    const YamlNode& root = document_->Root();
    SuiteParts parts(*suite_.vocabulary, *document_, sink_);
    ExpectationReader expectations(suite_.drafts, *document_, sink_);
    if (const YamlEntry* backgrounds = document_->Find(root, "backgrounds")) parts.ReadBackgrounds(backgrounds->value);
    if (const YamlEntry* scenarios = document_->Find(root, "scenarios")) ReadScenarios(*scenarios, parts, expectations);
    ReadTable(root, parts, expectations);
    if (!is_whole_ || sink_.HasErrors()) return std::nullopt;
    suite_.backgrounds = parts.Backgrounds();
    return std::move(suite_);
  }

  /// Says what was wrong to the workspace's sink.
  void Complain() {
    for (diagnostics::Diagnostic& one : sink_.Sorted()) workspace_.Sink().Add(std::move(one));
  }

 private:
  [[nodiscard]] Shapes TheShapes() { return {*document_, sink_}; }

  bool ReadDrafts(const YamlNode& root) {
    const auto vocabulary = Required(root, "vocabulary");
    const auto use = Required(root, "use");
    if (!vocabulary || !use) return false;
    SuiteDrafts loaded = LoadDrafts(workspace_, suite_.path, vocabulary->front(), *use);
    suite_.drafts = std::move(loaded.drafts);
    suite_.vocabulary = std::move(loaded.vocabulary);
    return suite_.vocabulary != nullptr;
  }

  /// One text at least.
  std::optional<std::vector<PlacedText>> Required(const YamlNode& root, std::string_view key) {
    const YamlEntry* entry = document_->Find(root, key);
    if (entry == nullptr) {
      sink_.Report<Kind::kMissingSuiteKey>(root.span, "the suite", key);
      return std::nullopt;
    }
    auto texts = TheShapes().Texts(entry->value, fmt::format("`{}`", key));
    if (texts && texts->empty()) sink_.Report<Kind::kMissingSuiteKey>(entry->key_span, "the suite", key);
    return texts && texts->empty() ? std::nullopt : std::move(texts);
  }

  void ReadScenarios(const YamlEntry& entry, SuiteParts& parts, ExpectationReader& expectations) {
    const YamlNode* list = TheShapes().Sequence(entry.value, "`scenarios`");
    if (list == nullptr) return;
    if (list->items.empty()) sink_.Report<Kind::kAssertsNothing>(entry.key_span, "a suite without scenarios");
    for (const YamlId item : list->items) {
      if (const YamlNode* scenario = TheShapes().Mapping(item, "a scenario"))
        ReadScenario(*scenario, parts, expectations);
    }
  }

  void ReadScenario(const YamlNode& mapping, SuiteParts& parts, ExpectationReader& expectations) {
    const std::size_t errors_before = sink_.ErrorCount();
    TheShapes().CheckKeys(mapping, "a scenario", ScenarioKeys());
    Scenario scenario;
    scenario.span = mapping.span;
    ReadNameAndSource(mapping, scenario);
    const Layer layer = Overlay(parts.BackgroundOf(mapping), parts.FactsOf(mapping));
    const std::vector<CompletePath> complete = parts.CompleteOf(mapping);
    const bool is_whole = parts.BackgroundsAreWhole() && sink_.ErrorCount() == errors_before;
    scenario.facts = parts.MakeCase(layer, complete, MissingElement::kReported, is_whole);
    if (is_whole) CheckAssumptions(suite_.drafts, scenario.facts, scenario.span, sink_);
    if (const YamlEntry* expect = document_->Find(mapping, "expect")) {
      scenario.expectations = expectations.ReadExpect(expect->value);
    } else {
      sink_.Report<Kind::kAssertsNothing>(scenario.span, "this scenario").Help("say under `expect` what it comes to");
    }
    suite_.scenarios.push_back(std::move(scenario));
  }

  void ReadNameAndSource(const YamlNode& mapping, Scenario& scenario) {
    if (const YamlEntry* name = document_->Find(mapping, "name")) {
      if (auto text = TheShapes().Text(name->value, "`name`")) {
        scenario.name = std::move(text->text);
        scenario.span = text->span;
      }
    } else {
      sink_.Report<Kind::kMissingSuiteKey>(mapping.span, "the scenario", "name");
    }
    if (const YamlEntry* source = document_->Find(mapping, "source")) {
      if (auto text = TheShapes().Text(source->value, "`source`")) scenario.source = std::move(text->text);
    }
    if (const YamlEntry* status = document_->Find(mapping, "status")) ReadStatus(*status, scenario);
  }

  void ReadStatus(const YamlEntry& status, Scenario& scenario) {
    const auto text = TheShapes().Text(status.value, "`status`");
    scenario.is_unreviewed = text && text->text == kUnreviewed;
    if (!text || scenario.is_unreviewed) return;
    sink_.Report<Kind::kSuiteShape>(text->span, "`status`", "`unreviewed`")
        .Help("a scenario that has been reviewed has no status");
  }

  void ReadTable(const YamlNode& root, SuiteParts& parts, ExpectationReader& expectations) {
    suite_.first_row = suite_.scenarios.size();
    if (document_->Find(root, "table") == nullptr) return CheckWithoutTable(root);
    const auto table = table_ ? ReadCsv(workspace_.Files(), *table_, sink_) : std::nullopt;
    if (!table) return;
    const std::size_t errors_before = sink_.ErrorCount();
    for (Scenario& row : TableReader(parts, expectations, suite_.drafts).Read(*table, root)) {
      suite_.scenarios.push_back(std::move(row));
    }
    const YamlEntry* totals = document_->Find(root, "totals");
    if (totals == nullptr) return;
    const bool rows_are_whole = sink_.ErrorCount() == errors_before;
    suite_.totals = TotalsReader(suite_, *document_, expectations, sink_, rows_are_whole).Read(totals->value);
  }

  void CheckWithoutTable(const YamlNode& root) {
    bool has_table_key = false;
    for (const std::string_view key : {"background", "rows", "complete", "columns", "totals"}) {
      const YamlEntry* entry = document_->Find(root, key);
      has_table_key = has_table_key || entry != nullptr;
      if (entry != nullptr) sink_.Report<Kind::kTableKeyWithoutTable>(entry->key_span, key);
    }
    if (!has_table_key && document_->Find(root, "scenarios") == nullptr) {
      sink_.Report<Kind::kAssertsNothing>(root.span, "a suite without `scenarios` and `table`");
    }
  }

  load::Workspace& workspace_;
  FileId file_;
  DiagnosticSink sink_;
  std::optional<YamlDocument> document_;
  std::optional<FileId> table_;
  bool is_whole_ = false;  // the table is there, if one is named
  Suite suite_;
};

}  // namespace

std::optional<Suite> ReadSuite(load::Workspace& workspace, const std::string& path) {
  const std::optional<FileId> file = workspace.Text(path);
  return file ? ReadSuite(workspace, *file) : std::nullopt;
}

std::optional<Suite> ReadSuite(load::Workspace& workspace, FileId file) {
  return std::move(ReadSuites(workspace, file).front());
}

std::vector<std::optional<Suite>> ReadSuites(load::Workspace& workspace, llvm::ArrayRef<FileId> files) {
  std::deque<SuiteReader> readers;
  for (const FileId file : files) readers.emplace_back(workspace, file);
  std::vector<std::optional<Suite>> suites(files.size());
  InParallel(files.size(), [&](std::size_t i) { readers[i].Parse(); });
  for (SuiteReader& reader : readers) reader.Load();
  InParallel(files.size(), [&](std::size_t i) { suites[i] = readers[i].Read(); });
  for (SuiteReader& reader : readers) reader.Complain();
  return suites;
}

}  // namespace proviso::scenario
