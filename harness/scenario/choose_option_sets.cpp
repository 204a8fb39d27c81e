#include "harness/scenario/choose_option_sets.h"

#include <algorithm>
#include <iterator>

#include "harness/scenario/under.h"
#include "llvm/ADT/StringExtras.h"
#include "runtime/base/nearest.h"

namespace proviso::scenario {
namespace {

/// The value of a command line's option as a text that diagnostics can point into.
PlacedText Argument(load::Workspace& workspace, const std::string& option, const std::string& text) {
  const FileId file = workspace.Files().Add(option, text);
  return {text, {file, 0, static_cast<std::uint32_t>(text.size())}};
}

}  // namespace

std::optional<std::vector<check::OptionSet>> ChooseOptionSets(load::Workspace& workspace,
                                                              const load::LoadedDraft& draft,
                                                              const std::vector<std::string>& choices,
                                                              const std::string& named) {
  UnderReader reader(workspace.Sink());
  const auto all = AllOptionSets(draft);
  const auto by_choice =
      choices.empty() ? all : reader.FromText(draft, Argument(workspace, "--set", llvm::join(choices, ", ")));
  const auto by_name = named.empty() ? all : reader.FromText(draft, Argument(workspace, "--option-set", named));
  if (!by_choice || !by_name) return std::nullopt;
  OptionSetIndices chosen;
  std::set_intersection(by_choice->begin(), by_choice->end(), by_name->begin(), by_name->end(),
                        std::back_inserter(chosen));
  std::vector<check::OptionSet> sets;
  for (const std::size_t index : chosen) sets.push_back(draft.option_sets[index]);
  if (!sets.empty()) return sets;
  workspace.Sink().Report<diagnostics::Kind::kNothingChosen>({}, Quoted(draft.draft->name));
  return std::nullopt;
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
