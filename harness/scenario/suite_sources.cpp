#include "harness/scenario/suite_sources.h"

#include <algorithm>

#include "harness/scenario/shapes.h"
#include "harness/scenario/suite_drafts.h"
#include "harness/scenario/yaml.h"

namespace proviso::scenario {

std::vector<std::string> SourcesOf(load::Workspace& workspace, const std::string& path) {
  std::vector<std::string> sources = {path};
  const std::optional<FileId> file = workspace.Text(path);
  diagnostics::DiagnosticSink unheard;
  const auto document = file ? ReadYaml(workspace.Files(), *file, unheard) : std::nullopt;
  if (!document) return sources;
  const Shapes shapes(*document, unheard);
  const auto texts = [&](std::string_view key) {
    const YamlEntry* const entry = document->Find(document->Root(), key);
    return entry == nullptr ? std::vector<PlacedText>()
                            : shapes.Texts(entry->value, key).value_or(std::vector<PlacedText>());
  };
  for (const PlacedText& table : texts("table")) sources.push_back(RelativeTo(path, table.text));
  for (const PlacedText& use : texts("use")) {
    for (std::string& used : workspace.FilesOf(RelativeTo(path, use.text))) sources.push_back(std::move(used));
  }
  std::sort(sources.begin(), sources.end());
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  return sources;
}

}  // namespace proviso::scenario
