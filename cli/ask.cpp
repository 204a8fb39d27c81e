#include "cli/ask.h"

#include <fmt/core.h>

#include <filesystem>

#include "cli/replace_file.h"
#include "harness/ask/dialogue.h"
#include "harness/ask/question_text.h"
#include "harness/scenario/suite.h"
#include "harness/scenario/write_suite.h"

namespace proviso::cli {
namespace {

using ask::Dialogue;
using Effect = Dialogue::Reply::Effect;

void ShowQuestion(const Dialogue& dialogue, const check::CheckedDraft& draft, const Case& facts, Terminal& terminal) {
  if (dialogue.Current() == nullptr) return;  // the verdict follows
  for (const std::string& line : dialogue.Settled()) terminal.Error(line + "\n");
  if (!dialogue.Settled().empty()) terminal.Error("\n");
  terminal.Error(
      ask::QuestionText(*draft.vocabulary, facts, *dialogue.Current(), dialogue.Answered() + 1, terminal.ErrorStyle()));
}

/// Adds to the file or makes it, and says which, or why not.
void Save(const std::string& path, const std::string& name, const std::string& draft_path, const Case& facts,
          lower::Answer& answer, Terminal& terminal) {
  load::Workspace workspace;
  const scenario::NewScenario scenario = {.name = name, .facts = facts, .answer = answer};
  std::optional<std::string> text;
  if (std::filesystem::exists(path)) {
    const std::optional<FileId> file = workspace.Text(path);
    if (file) text = scenario::TextWithScenario(workspace, *file, scenario);
  } else {
    const std::string made = scenario::NewSuiteText(path, draft_path, scenario);
    if (scenario::ReadSuite(workspace, workspace.Files().Add(path, made))) text = made;
  }
  if (!text) {
    terminal.ShowDiagnostics(workspace);
    terminal.Error(fmt::format("error: the case cannot be added to {}, which stays as it is\n", report::AsUtf8(path)));
    return;
  }
  const std::string problem = ReplaceFile(path, *text);
  terminal.Error(problem.empty() ? fmt::format("saved in {}\n", report::AsUtf8(path))
                                 : fmt::format("error: {} cannot be written: {}\n", report::AsUtf8(path), problem));
}

}  // namespace

Asked AskForFacts(load::Workspace& workspace, const load::LoadedDraft& draft, const Case& facts,
                  const std::vector<lower::OptionProduct>& chosen, const std::vector<check::DecisionId>& decisions,
                  Terminal& terminal) {
  Dialogue dialogue(draft, facts, chosen, decisions, workspace.Files(), terminal.ErrorStyle());
  bool is_whole = true;
  ShowQuestion(dialogue, *draft.draft, dialogue.Facts(), terminal);
  while (is_whole && dialogue.Current() != nullptr) {
    const std::optional<std::string> line = terminal.Ask("  > ");
    const Dialogue::Reply reply = line ? dialogue.Take(*line) : Dialogue::Reply{Effect::kStopped, ""};
    terminal.Error(reply.text + (reply.text.empty() ? "" : "\n"));
    is_whole = reply.effect != Effect::kStopped;
    if (reply.effect == Effect::kTaken) terminal.Error("\n");
    if (reply.effect == Effect::kTaken) ShowQuestion(dialogue, *draft.draft, dialogue.Facts(), terminal);
  }
  if (is_whole) terminal.Error(fmt::format("settled by {}\n\n", report::Counted(dialogue.Answered(), "answer")));
  return {.facts = dialogue.Facts(), .is_whole = is_whole};
}

void OfferToSave(const std::string& draft_path, const Case& facts, lower::Answer& answer, Terminal& terminal) {
  const auto path = terminal.Ask("\nSave the case as a scenario? The file (*.yaml), or nothing: ");
  if (!path || path->empty()) return;
  const auto name = terminal.Ask("A name for it: ");
  if (!name || name->empty()) return;
  Save(*path, *name, draft_path, facts, answer, terminal);
}

}  // namespace proviso::cli
