#include "harness/scenario/suite.h"

#include <algorithm>
#include <utility>

#include "harness/scenario/csv.h"
#include "harness/scenario/expectations.h"
#include "harness/scenario/suite_drafts.h"
#include "harness/scenario/suite_parts.h"
#include "harness/scenario/table.h"
#include "harness/scenario/totals.h"

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
  SuiteReader(load::Workspace& workspace, const YamlDocument& document, const std::string& path)
      : workspace_(workspace), sink_(workspace.Sink()), document_(document), shapes_(document, workspace.Sink()) {
    suite_.path = path;
  }

  std::optional<Suite> Read() {
    const std::size_t errors_before = sink_.ErrorCount();
    const YamlNode* root = shapes_.Mapping(document_.root, "a suite");
    if (root == nullptr) return std::nullopt;
    shapes_.CheckKeys(*root, "a suite", SuiteKeys());
    if (!ReadDrafts(*root)) return std::nullopt;
    SuiteParts parts(*suite_.vocabulary, document_, sink_);
    ExpectationReader expectations(suite_.drafts, document_, sink_);
    if (const YamlEntry* backgrounds = document_.Find(*root, "backgrounds")) parts.ReadBackgrounds(backgrounds->value);
    if (const YamlEntry* scenarios = document_.Find(*root, "scenarios")) ReadScenarios(*scenarios, parts, expectations);
    ReadTable(*root, parts, expectations);
    if (sink_.ErrorCount() != errors_before) return std::nullopt;
    suite_.backgrounds = parts.Backgrounds();
    return std::move(suite_);
  }

 private:
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
    const YamlEntry* entry = document_.Find(root, key);
    if (entry == nullptr) {
      sink_.Report<Kind::kMissingSuiteKey>(root.span, "the suite", key);
      return std::nullopt;
    }
    auto texts = shapes_.Texts(entry->value, fmt::format("`{}`", key));
    if (texts && texts->empty()) sink_.Report<Kind::kMissingSuiteKey>(entry->key_span, "the suite", key);
    return texts && texts->empty() ? std::nullopt : std::move(texts);
  }

  void ReadScenarios(const YamlEntry& entry, SuiteParts& parts, ExpectationReader& expectations) {
    const YamlNode* list = shapes_.Sequence(entry.value, "`scenarios`");
    if (list == nullptr) return;
    if (list->items.empty()) sink_.Report<Kind::kAssertsNothing>(entry.key_span, "a suite without scenarios");
    for (const YamlId item : list->items) {
      if (const YamlNode* scenario = shapes_.Mapping(item, "a scenario")) ReadScenario(*scenario, parts, expectations);
    }
  }

  void ReadScenario(const YamlNode& mapping, SuiteParts& parts, ExpectationReader& expectations) {
    const std::size_t errors_before = sink_.ErrorCount();
    shapes_.CheckKeys(mapping, "a scenario", ScenarioKeys());
    Scenario scenario;
    scenario.span = mapping.span;
    ReadNameAndSource(mapping, scenario);
    const Layer layer = Overlay(parts.BackgroundOf(mapping), parts.FactsOf(mapping));
    const std::vector<CompletePath> complete = parts.CompleteOf(mapping);
    const bool is_whole = parts.BackgroundsAreWhole() && sink_.ErrorCount() == errors_before;
    scenario.facts = parts.MakeCase(layer, complete, MissingElement::kReported, is_whole);
    if (is_whole) CheckAssumptions(suite_.drafts, scenario.facts, scenario.span, sink_);
    if (const YamlEntry* expect = document_.Find(mapping, "expect")) {
      scenario.expectations = expectations.ReadExpect(expect->value);
    } else {
      sink_.Report<Kind::kAssertsNothing>(scenario.span, "this scenario").Help("say under `expect` what it comes to");
    }
    suite_.scenarios.push_back(std::move(scenario));
  }

  void ReadNameAndSource(const YamlNode& mapping, Scenario& scenario) {
    if (const YamlEntry* name = document_.Find(mapping, "name")) {
      if (auto text = shapes_.Text(name->value, "`name`")) {
        scenario.name = std::move(text->text);
        scenario.span = text->span;
      }
    } else {
      sink_.Report<Kind::kMissingSuiteKey>(mapping.span, "the scenario", "name");
    }
    if (const YamlEntry* source = document_.Find(mapping, "source")) {
      if (auto text = shapes_.Text(source->value, "`source`")) scenario.source = std::move(text->text);
    }
    if (const YamlEntry* status = document_.Find(mapping, "status")) ReadStatus(*status, scenario);
  }

  void ReadStatus(const YamlEntry& status, Scenario& scenario) {
    const auto text = shapes_.Text(status.value, "`status`");
    scenario.is_unreviewed = text && text->text == kUnreviewed;
    if (!text || scenario.is_unreviewed) return;
    sink_.Report<Kind::kSuiteShape>(text->span, "`status`", "`unreviewed`")
        .Help("a scenario that has been reviewed has no status");
  }

  void ReadTable(const YamlNode& root, SuiteParts& parts, ExpectationReader& expectations) {
    suite_.first_row = suite_.scenarios.size();
    const YamlEntry* entry = document_.Find(root, "table");
    if (entry == nullptr) return CheckWithoutTable(root);
    const auto path = shapes_.Text(entry->value, "`table`");
    const auto file = path ? workspace_.Text(RelativeTo(suite_.path, path->text), path->span) : std::nullopt;
    const auto table = file ? ReadCsv(workspace_.Files(), *file, sink_) : std::nullopt;
    if (!table) return;
    const std::size_t errors_before = sink_.ErrorCount();
    for (Scenario& row : TableReader(parts, expectations, suite_.drafts).Read(*table, root)) {
      suite_.scenarios.push_back(std::move(row));
    }
    const YamlEntry* totals = document_.Find(root, "totals");
    if (totals == nullptr) return;
    const bool rows_are_whole = sink_.ErrorCount() == errors_before;
    suite_.totals = TotalsReader(suite_, document_, expectations, sink_, rows_are_whole).Read(totals->value);
  }

  void CheckWithoutTable(const YamlNode& root) {
    bool has_table_key = false;
    for (const std::string_view key : {"background", "rows", "complete", "columns", "totals"}) {
      const YamlEntry* entry = document_.Find(root, key);
      has_table_key = has_table_key || entry != nullptr;
      if (entry != nullptr) sink_.Report<Kind::kTableKeyWithoutTable>(entry->key_span, key);
    }
    if (!has_table_key && document_.Find(root, "scenarios") == nullptr) {
      sink_.Report<Kind::kAssertsNothing>(root.span, "a suite without `scenarios` and `table`");
    }
  }

  load::Workspace& workspace_;
  DiagnosticSink& sink_;
  const YamlDocument& document_;
  Shapes shapes_;
  Suite suite_;
};

}  // namespace

std::optional<Suite> ReadSuite(load::Workspace& workspace, const std::string& path) {
  const std::optional<FileId> file = workspace.Text(path);
  return file ? ReadSuite(workspace, *file) : std::nullopt;
}

std::optional<Suite> ReadSuite(load::Workspace& workspace, FileId file) {
  const auto document = ReadYaml(workspace.Files(), file, workspace.Sink());
  if (!document) return std::nullopt;
  return SuiteReader(workspace, *document, workspace.Files()[file].path).Read();
}

}  // namespace proviso::scenario
