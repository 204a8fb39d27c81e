#include "harness/scenario/choose_option_sets.h"

#include "harness/scenario/under.h"
#include "llvm/ADT/StringExtras.h"
#include "runtime/base/nearest.h"

namespace proviso::scenario {

PlacedText Argument(load::Workspace& workspace, const std::string& option, const std::string& text) {
  const FileId file = workspace.Files().Add(option, text);
  return {text, {file, 0, static_cast<std::uint32_t>(text.size())}};
}

std::vector<PlacedText> Arguments(load::Workspace& workspace, const std::string& option,
                                  const std::vector<std::string>& texts) {
  std::vector<PlacedText> placed;
  placed.reserve(texts.size());
  for (const std::string& text : texts) placed.push_back(Argument(workspace, option, text));
  return placed;
}

std::optional<std::vector<lower::OptionProduct>> ChooseOptions(load::Workspace& workspace,
                                                               const check::CheckedDraft& draft,
                                                               const std::vector<std::string>& choices,
                                                               const std::string& named, const std::string& flag) {
  UnderReader reader(workspace.Sink());
  std::vector<lower::OptionProduct> chosen;
  bool all_there = true;
  const auto add = [&](const std::string& option, const std::string& text) {
    const auto read = reader.ChoicesFromText(draft, Argument(workspace, option, text));
    all_there = all_there && read;
    if (!read) return;
    for (const OptionChoice& choice : *read) {
      chosen.emplace_back(draft.options.size());
      chosen.back()[choice.option.Index()] = choice.alternatives;
    }
  };
  if (!choices.empty()) add(flag, llvm::join(choices, ", "));
  if (!named.empty()) add("--option-set", named);
  return all_there ? std::optional(chosen) : std::nullopt;
}

void ReportNothingChosen(load::Workspace& workspace, const load::LoadedDraft& draft,
                         const std::vector<std::string>& choices, const std::string& named) {
  UnderReader reader(workspace.Sink());
  const bool has_choice =
      choices.empty() || reader.FromText(draft, Argument(workspace, "--set", llvm::join(choices, ", ")));
  const bool has_named = named.empty() || reader.FromText(draft, Argument(workspace, "--option-set", named));
  if (has_choice && has_named)
    workspace.Sink().Report<diagnostics::Kind::kNothingChosen>({}, Quoted(draft.draft->name));
}

std::optional<check::DecisionId> ChooseDecision(load::Workspace& workspace, const load::LoadedDraft& draft,
                                                const std::string& name) {
  const auto decision = draft.draft->FindDecision(name);
  if (decision) return decision;
  const PlacedText argument = Argument(workspace, "--decision", name);
  Suggest(workspace.Sink().Report<diagnostics::Kind::kUnknownExpectedDecision>(argument.span, Quoted(name),
                                                                               Quoted(draft.draft->name)),
          name, NamesOf(draft.draft->decisions));
  return std::nullopt;
}

}  // namespace proviso::scenario
