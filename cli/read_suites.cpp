#include "cli/read_suites.h"

#include <fmt/core.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "harness/scenario/find_suites.h"
#include "harness/scenario/suite_drafts.h"
#include "runtime/base/edit_case.h"

namespace proviso::cli {

std::vector<std::string> SuitesAt(const std::vector<std::string>& paths) {
  std::vector<std::string> suites;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) {
      suites.push_back(path);
      continue;
    }
    const std::vector<std::string> found = scenario::FindSuites(path);
    suites.insert(suites.end(), found.begin(), found.end());
  }
  return suites;
}

bool HaveSuites(const std::vector<std::string>& paths, Terminal& terminal) {
  for (const std::string& path : paths) {
    if (!SuitesAt({path}).empty()) continue;
    terminal.Error(
        fmt::format("error: there is no scenario suite in `{}`: no *.yaml file in it or below says "
                    "`vocabulary:` and `scenarios:` or `table:`\n",
                    path));
    return false;
  }
  return true;
}

std::vector<const scenario::Suite*> SuitesRead::Pointers() const {
  std::vector<const scenario::Suite*> pointers;
  for (const scenario::Suite& suite : suites) pointers.push_back(&suite);
  return pointers;
}

SuitesRead ReadAll(load::Workspace& workspace, const std::vector<std::string>& paths, Terminal& terminal) {
  SuitesRead read;
  std::vector<FileId> files;
  std::vector<bool> is_text;  // by path
  for (const std::string& path : paths) {
    const std::optional<FileId> file = workspace.Text(path);
    is_text.push_back(file.has_value());
    if (file) files.push_back(*file);
  }
  terminal.Progress("reading " + report::Counted(files.size(), "suite"));
  auto suites = scenario::ReadSuites(workspace, files);
  auto next = suites.begin();
  for (std::size_t i = 0; i < paths.size(); ++i) {
    std::optional<scenario::Suite> suite = is_text[i] ? std::move(*next++) : std::nullopt;
    if (suite) {
      read.suites.push_back(*std::move(suite));
    } else {
      read.unread.push_back(paths[i]);
    }
  }
  workspace.Sink().DropWarnings();  // `check` shows those of the drafts
  terminal.ShowDiagnostics(workspace);
  return read;
}

std::optional<SuitesRead> ReadOver(load::Workspace& workspace, const std::vector<std::string>& paths,
                                   const check::CheckedDraft& draft, Terminal& terminal) {
  if (!HaveSuites(paths, terminal)) return std::nullopt;
  SuitesRead read = ReadAll(workspace, SuitesAt(paths), terminal);
  bool are_fine = read.unread.empty();
  for (scenario::Suite& suite : read.suites) {
    if (scenario::IsBeginningOf(*draft.vocabulary, *suite.vocabulary)) continue;
    if (!scenario::IsBeginningOf(*suite.vocabulary, *draft.vocabulary)) {
      workspace.Sink().Report<diagnostics::Kind::kDifferentVocabularies>(
          {}, report::AsUtf8(suite.path), draft.name, suite.vocabulary->name, draft.vocabulary->name);
      are_fine = false;
      continue;
    }
    for (scenario::Scenario& scenario : suite.scenarios)
      scenario.facts = Widened(std::move(scenario.facts), *draft.vocabulary);
    suite.vocabulary = draft.vocabulary;
  }
  return are_fine ? std::optional(std::move(read)) : std::nullopt;
}

}  // namespace proviso::cli
