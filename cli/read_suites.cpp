#include "cli/read_suites.h"

#include <fmt/core.h>

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "harness/scenario/find_suites.h"

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
  for (const std::string& path : paths) {
    terminal.Progress("reading " + path);
    if (std::optional<scenario::Suite> suite = scenario::ReadSuite(workspace, path)) {
      read.suites.push_back(std::move(*suite));
    } else {
      read.unread.push_back(path);
    }
  }
  workspace.Sink().DropWarnings();  // `check` shows those of the drafts
  terminal.ShowDiagnostics(workspace);
  return read;
}

}  // namespace proviso::cli
