// The facts of one case for a run: a file of facts, or a suite with one scenario, and single facts over it.
#include <algorithm>
#include <utility>

#include "harness/scenario/suite.h"
#include "harness/scenario/suite_parts.h"
#include "runtime/base/nearest.h"

namespace proviso::scenario {

using diagnostics::Kind;

namespace {

struct FactsAndComplete {
  Layer layer;
  std::vector<CompletePath> complete;
};

/// The one scenario of a suite, with its backgrounds.
std::optional<FactsAndComplete> FromSuite(const YamlNode& root, SuiteParts& parts) {
  const YamlDocument& document = parts.Document();
  const YamlEntry* scenarios = document.Find(root, "scenarios");
  const YamlNode* list = parts.TheShapes().Sequence(scenarios->value, "`scenarios`");
  if (list == nullptr) return std::nullopt;
  if (list->items.size() != 1) {
    parts.Sink().Report<Kind::kSeveralScenarios>(scenarios->key_span, list->items.size());
    return std::nullopt;
  }
  const YamlNode* scenario = parts.TheShapes().Mapping(list->items.front(), "a scenario");
  if (scenario == nullptr) return std::nullopt;
  if (const YamlEntry* backgrounds = document.Find(root, "backgrounds")) parts.ReadBackgrounds(backgrounds->value);
  return FactsAndComplete{Overlay(parts.BackgroundOf(*scenario), parts.FactsOf(*scenario)),
                          parts.CompleteOf(*scenario)};
}

std::optional<FactsAndComplete> FromFile(load::Workspace& workspace, const Vocabulary& vocabulary,
                                         const std::string& path) {
  const std::optional<FileId> file = workspace.Text(path);
  const auto document = file ? ReadYaml(workspace.Files(), *file, workspace.Sink()) : std::nullopt;
  if (!document) return std::nullopt;
  SuiteParts parts(vocabulary, *document, workspace.Sink());
  const YamlNode* root = parts.TheShapes().Mapping(document->root, "a file of facts");
  if (root == nullptr) return std::nullopt;
  if (document->Find(*root, "scenarios") != nullptr) return FromSuite(*root, parts);
  if (document->Find(*root, "facts") == nullptr)
    return FactsAndComplete{parts.Facts().ReadMapping(*document, *root), {}};
  parts.TheShapes().CheckKeys(*root, "a file of facts", {"facts", "complete"});
  return FactsAndComplete{parts.FactsOf(*root), parts.CompleteOf(*root)};
}

/// `PATH=VALUE`, the value as YAML; complaints point into the argument.
void ReadAssignment(load::Workspace& workspace, FactReader& reader, const std::string& flag, const std::string& text,
                    Layer& layer) {
  const FileId file = workspace.Files().Add(flag, text);
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) {
    workspace.Sink()
        .Report<Kind::kBadPath>({file, 0, static_cast<std::uint32_t>(text.size())}, Quoted(text))
        .Help("a fact is given as `PATH=VALUE`");
    return;
  }
  const auto end = static_cast<std::uint32_t>(equals);
  const auto value = ReadYaml(workspace.Files(), file, workspace.Sink(), end + 1);
  if (value) reader.ReadAt(layer, std::string_view(text).substr(0, equals), {file, 0, end}, *value, value->root);
}

}  // namespace

std::optional<Case> ReadFacts(load::Workspace& workspace, const Vocabulary& vocabulary, const std::string& path,
                              const std::vector<std::string>& assignments, const std::string& flag) {
  const std::size_t errors_before = workspace.Sink().ErrorCount();
  std::optional<FactsAndComplete> stated = FactsAndComplete();
  if (!path.empty()) stated = FromFile(workspace, vocabulary, path);
  FactReader reader(vocabulary, workspace.Sink());
  Layer given;
  for (const std::string& assignment : assignments) ReadAssignment(workspace, reader, flag, assignment, given);
  if (!stated || workspace.Sink().ErrorCount() != errors_before) return std::nullopt;
  Case facts = BuildCase(vocabulary, Overlay(std::move(stated->layer), given), workspace.Sink());
  Complete(facts, vocabulary, stated->complete, MissingElement::kReported, workspace.Sink());
  FillAssumed(facts, vocabulary);
  if (workspace.Sink().ErrorCount() != errors_before) return std::nullopt;
  return facts;
}

}  // namespace proviso::scenario
