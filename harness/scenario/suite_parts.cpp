#include "harness/scenario/suite_parts.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "compiler/reference/evaluate.h"
#include "runtime/base/nearest.h"

namespace proviso::scenario {

using diagnostics::DiagnosticSink;
using diagnostics::Kind;

void SuiteParts::ReadBackgrounds(YamlId node) {
  const YamlNode* mapping = shapes_.Mapping(node, "`backgrounds`");
  const std::size_t errors_before = sink_.ErrorCount();
  for (const YamlEntry& entry : mapping == nullptr ? std::vector<YamlEntry>() : mapping->entries) {
    const YamlNode* facts = shapes_.Mapping(entry.value, "a background");
    backgrounds_[entry.key] = facts == nullptr ? Layer() : facts_.ReadMapping(document_, *facts);
  }
  backgrounds_are_whole_ = mapping != nullptr && sink_.ErrorCount() == errors_before;
}

std::vector<std::pair<std::string, Case>> SuiteParts::Backgrounds() const {
  std::vector<std::pair<std::string, Case>> cases;
  DiagnosticSink unread;  // what is wrong with one is said of the scenarios that use it
  for (const auto& [name, layer] : backgrounds_) {
    Case& facts = cases.emplace_back(name, BuildCase(vocabulary_, layer, unread)).second;
    FillAssumed(facts, vocabulary_);
  }
  return cases;
}

Layer SuiteParts::WithBackgrounds(Layer below, const std::vector<PlacedText>& names) {
  for (const PlacedText& name : names) {
    const auto found = backgrounds_.find(name.text);
    if (found != backgrounds_.end()) {
      below = Overlay(std::move(below), found->second);
      continue;
    }
    std::vector<std::string> known;
    for (const auto& background : backgrounds_) known.push_back(background.first);
    Suggest(sink_.Report<Kind::kUnknownBackground>(name.span, Quoted(name.text)), name.text, known);
  }
  return below;
}

Layer SuiteParts::BackgroundOf(const YamlNode& mapping) {
  const YamlEntry* entry = document_.Find(mapping, "background");
  if (entry == nullptr) return {};
  const auto names = shapes_.Texts(entry->value, "`background`");
  return names ? WithBackgrounds({}, *names) : Layer();
}

Layer SuiteParts::FactsOf(const YamlNode& mapping) {
  const YamlEntry* entry = document_.Find(mapping, "facts");
  const YamlNode* facts = entry == nullptr ? nullptr : shapes_.Mapping(entry->value, "`facts`");
  return facts == nullptr ? Layer() : facts_.ReadMapping(document_, *facts);
}

std::vector<CompletePath> SuiteParts::CompleteOf(const YamlNode& mapping) {
  std::vector<CompletePath> paths;
  const YamlEntry* entry = document_.Find(mapping, "complete");
  if (entry == nullptr) return paths;
  const auto texts = shapes_.Texts(entry->value, "`complete`");
  if (!texts) return paths;
  PathReader reader(vocabulary_, sink_, Elements::kAny);
  for (const PlacedText& text : *texts) {
    if (auto key = reader.Whole(text.text, text.span)) paths.push_back({std::move(*key), text.span});
  }
  return paths;
}

Case SuiteParts::MakeCase(const Layer& layer, const std::vector<CompletePath>& complete, MissingElement missing,
                          bool is_whole) {
  DiagnosticSink unread;
  DiagnosticSink& sink = is_whole ? sink_ : unread;
  Case facts = BuildCase(vocabulary_, layer, sink);
  Complete(facts, vocabulary_, complete, missing, sink);
  FillAssumed(facts, vocabulary_);
  return facts;
}

void CheckAssumptions(const std::vector<const load::LoadedDraft*>& drafts, const Case& facts, const Span& span,
                      DiagnosticSink& sink) {
  std::set<std::pair<std::string, InstanceId>> reported;
  for (const load::LoadedDraft* draft : drafts) {
    for (const reference::BrokenAssumption& broken : reference::BrokenAssumptions(*draft->draft, facts)) {
      const check::Assumption& assumption = draft->draft->assumptions[broken.assumption];
      if (!reported.emplace(assumption.name, broken.instance).second) continue;
      auto& report = sink.Report<Kind::kBrokenAssumption>(span, assumption.name);
      const std::string& path = facts.instances[broken.instance].path;
      if (!path.empty()) report.Label(fmt::format("of `{}`", path));
      report.AddNote("the assumption is stated here", assumption.span);
    }
  }
}

}  // namespace proviso::scenario
