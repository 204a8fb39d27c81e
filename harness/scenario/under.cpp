#include "harness/scenario/under.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "runtime/base/nearest.h"

namespace proviso::scenario {

using check::CheckedDraft;
using diagnostics::Kind;

OptionSetIndices AllOptionSets(const load::LoadedDraft& draft) {
  OptionSetIndices all(draft.option_sets.size());
  std::iota(all.begin(), all.end(), 0);
  return all;
}

std::optional<OptionSetIndices> UnderReader::FromYaml(const load::LoadedDraft& draft, const YamlDocument& document,
                                                      YamlId node) {
  const Shapes shapes(document, sink_);
  const YamlNode& under = document[node];
  if (!under.IsMapping()) {
    const std::optional<PlacedText> name = shapes.Text(node, "`under`");
    const auto choices = name ? Named(*draft.draft, *name) : std::nullopt;
    return choices ? Matching(draft, *choices, name->span) : std::nullopt;
  }
  std::vector<OptionChoice> choices;
  for (const YamlEntry& entry : under.entries) {
    const auto alternatives = shapes.Texts(entry.value, Quoted(entry.key));
    if (!alternatives) continue;
    if (auto choice = Chosen(*draft.draft, {entry.key, entry.key_span}, *alternatives)) {
      choices.push_back(std::move(*choice));
    }
  }
  if (choices.size() != under.entries.size()) return std::nullopt;
  return Matching(draft, choices, under.span);
}

std::optional<OptionSetIndices> UnderReader::FromText(const load::LoadedDraft& draft, const PlacedText& text) {
  const auto choices = ChoicesFromText(*draft.draft, text);
  return choices ? Matching(draft, *choices, text.span) : std::nullopt;
}

std::optional<std::vector<OptionChoice>> UnderReader::ChoicesFromText(const CheckedDraft& draft,
                                                                      const PlacedText& text) {
  const llvm::StringRef whole = llvm::StringRef(text.text).trim();
  if (!whole.contains('=')) return Named(draft, {whole.str(), text.span});
  llvm::SmallVector<llvm::StringRef> parts;
  whole.split(parts, ',');
  std::vector<OptionChoice> choices;
  for (const llvm::StringRef part : parts) {
    const auto [option, alternative] = part.split('=');
    auto choice = Chosen(draft, {option.trim().str(), text.span}, {{alternative.trim().str(), text.span}});
    if (choice) choices.push_back(std::move(*choice));
  }
  if (choices.size() != parts.size()) return std::nullopt;
  return choices;
}

std::optional<std::vector<OptionChoice>> UnderReader::Named(const CheckedDraft& draft, const PlacedText& name) {
  const auto found =
      llvm::find_if(draft.option_sets, [&](const check::NamedOptionSet& set) { return set.name == name.text; });
  if (found == draft.option_sets.end()) {
    Suggest(sink_.Report<Kind::kUnknownExpectedOptionSet>(name.span, Quoted(name.text), Quoted(draft.name)), name.text,
            NamesOf(draft.option_sets));
    return std::nullopt;
  }
  std::vector<OptionChoice> choices;
  for (const auto& [option, alternative] : found->choices) choices.push_back({option, {alternative}});
  return choices;
}

std::optional<OptionChoice> UnderReader::Chosen(const CheckedDraft& draft, const PlacedText& option,
                                                const std::vector<PlacedText>& alternatives) {
  const auto id = draft.FindOption(option.text);
  if (!id) {
    Suggest(sink_.Report<Kind::kUnknownExpectedOption>(option.span, Quoted(option.text), Quoted(draft.name)),
            option.text, NamesOf(draft.options));
    return std::nullopt;
  }
  const std::vector<check::Alternative>& all = draft.options[*id].alternatives;
  OptionChoice choice{*id, {}};
  for (const PlacedText& text : alternatives) {
    const auto found = llvm::find_if(all, [&](const check::Alternative& one) { return one.name == text.text; });
    if (found == all.end()) {
      auto& report = sink_.Report<Kind::kUnknownExpectedAlternative>(text.span, Quoted(text.text), Quoted(option.text));
      Suggest(report, text.text, NamesOf(all));
      return std::nullopt;
    }
    choice.alternatives.push_back(static_cast<std::uint32_t>(found - all.begin()));
  }
  return choice;
}

std::optional<OptionSetIndices> UnderReader::Matching(const load::LoadedDraft& draft,
                                                      const std::vector<OptionChoice>& choices, const Span& span) {
  const auto matches = [&](const check::OptionSet& set) {
    return llvm::all_of(choices, [&](const OptionChoice& choice) {
      return llvm::is_contained(choice.alternatives, set[choice.option.Index()]);
    });
  };
  OptionSetIndices matching;
  for (std::size_t i = 0; i < draft.option_sets.size(); ++i) {
    if (matches(draft.option_sets[i])) matching.push_back(i);
  }
  if (!matching.empty()) {
    ReportStale(draft, choices, matching, span);
    return matching;
  }
  auto& report = sink_.Report<Kind::kNoMatchingOptionSet>(span, Quoted(draft.draft->name));
  for (const OptionChoice& choice : choices) {
    const check::Option& option = draft.draft->options[choice.option];
    if (!option.settled || llvm::is_contained(choice.alternatives, *option.settled)) continue;
    report.AddNote(fmt::format("`{}` is settled: `{}` holds", option.name, option.alternatives[*option.settled].name));
  }
  if (report.notes.empty())
    for (const check::Constraint& constraint : draft.draft->constraints)
      report.AddNote("the constraints are these", constraint.span, constraint.because);
  return std::nullopt;
}

void UnderReader::ReportStale(const load::LoadedDraft& draft, const std::vector<OptionChoice>& choices,
                              const OptionSetIndices& matching, const Span& span) {
  for (const OptionChoice& choice : choices) {
    const check::Option& option = draft.draft->options[choice.option];
    for (const std::uint32_t alternative : choice.alternatives) {
      const bool is_there = llvm::any_of(
          matching, [&](std::size_t set) { return draft.option_sets[set][choice.option.Index()] == alternative; });
      if (is_there) continue;
      auto& report = sink_.Report<Kind::kStaleAlternative>(
          span, Quoted(draft.draft->name), Quoted(option.alternatives[alternative].name), Quoted(option.name));
      if (option.settled)
        report.AddNote(
            fmt::format("`{}` is settled: `{}` holds", option.name, option.alternatives[*option.settled].name));
    }
  }
}

}  // namespace proviso::scenario
